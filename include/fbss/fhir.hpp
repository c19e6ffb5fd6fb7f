// SPDX-License-Identifier: Apache-2.0
// Questionnaires and responses in the EHR's language, FHIR R4: out, so that other engines render,
// compute and store them, and in.
//
//     std::cout << fbss::export_questionnaire(questionnaire);
//     std::string stored = fbss::export_response(response);
//     fbss::Response again(questionnaire);
//     if (auto read = fbss::read_record(again, stored); !read)
//       std::cerr << read.problems().front().message << '\n';
//
// Same input, same bytes: no clock, no random id. Thread-safe. Never a RiskAssessment.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <fbss/assessment.hpp>
#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

namespace fbss {

/// The base of canonical urls where a site sets none. A name reserved for examples: it leads
/// nowhere.
inline constexpr std::string_view default_fhir_base = "https://fbss.example/fhir";

struct FhirOptions {
  /// The base of canonical urls and code systems, without a slash at the end.
  std::string base = std::string(default_fhir_base);
  /// Where options and questions get their codes of public terminologies from; null: no such codes.
  const CodeLists* code_lists = nullptr;
};

/// "BASE/Questionnaire/preop_screen|1.1.0".
std::string canonical_url(const Questionnaire& questionnaire, const FhirOptions& options = {});

/// A Questionnaire that other engines render and compute (FHIR R4; SDC 3.0: variable,
/// calculatedExpression, enableWhenExpression), indented, with a newline at the end. Sections,
/// questions and rules are items whose linkIds are their ids; the value of a rule's item is its
/// status_word(). The linkIds of what else it holds have a dot ("fbss.about", "diabetes.help").
/// Cost: about two milliseconds.
std::string export_questionnaire(const Questionnaire& questionnaire,
                                 const FhirOptions& options = {});

/// A QuestionnaireResponse: the recorded answers, unknown and declined kept apart. Its `authored`
/// is the response's date; its status `completed`, or where Response::check() finds a contradiction
/// `in-progress`. Indented, with a newline at the end.
std::string export_response(const Response& response, const FhirOptions& options = {});

/// A Bundle of type collection: the QuestionnaireResponse, and an Observation for each finding and
/// each tally, derived from it. Present and absent are values; unknown and not applicable are
/// reasons why there is none (dataAbsentReason). The patient is that of Assessment::chart, where
/// there is one. The assessment is that of the response, with AssessOptions::explain.
std::string export_bundle(const Response& response, const Assessment& assessment,
                          const FhirOptions& options = {});

/// Whether the record is a QuestionnaireResponse (else Response::read() takes it).
bool is_questionnaire_response(JsonNode record);

/// Reads records of any form, one after another: {"question_id": value} as Response::read() does,
/// or a QuestionnaireResponse to an export of the response's questionnaire.
///
/// Of a QuestionnaireResponse, questions are known by their linkId, wherever they stand. Rules that
/// another engine computed in it are passed over and worked out anew. The canonical url must name
/// the questionnaire (under any base) in the same major version; a response without one is taken by
/// its linkIds. The date stays the caller's: `authored` does not set it. Problems are those of
/// Response::read(), other_questionnaire and withdrawn, all together, with pointers into the
/// resource; then the Response is empty.
///
/// Belongs to one thread at a time; a record costs no allocation once warm.
class RecordReader {
 public:
  RecordReader();
  ~RecordReader();
  RecordReader(RecordReader&&) noexcept;
  RecordReader& operator=(RecordReader&&) noexcept;

  Result<void> read(Response& response, std::string_view json);
  Result<void> read(Response& response, const Document& record);

  /// Reads what a chart holds of recorded answers: its one patient's QuestionnaireResponse to the
  /// response's questionnaire. False, and an empty Response, where it holds none; one that does not
  /// name its questionnaire, or was entered in error, is none. Problems, with pointers into the
  /// Bundle: duplicate_answer where it holds several, and those of Prefill::run() and read().
  Result<bool> read_from_chart(Response& response, JsonNode bundle);

  /// What the record that was read last calls itself, also where it was refused, unless the id is
  /// what is wrong with it; else empty. Valid until the next read(), and as long as the Document.
  std::string_view record_id() const;
  bool record_id_is_number() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same for one record.
Result<void> read_record(Response& response, std::string_view json);
Result<void> read_record(Response& response, const Document& record);

}  // namespace fbss
