// SPDX-License-Identifier: Apache-2.0
// What a patient's chart suggests: an FHIR R4 Bundle in, suggestions with their origin out. Nothing
// is answered by it, nothing is concluded from what a chart lacks, and no threshold is applied. The
// chart rules are part of the questionnaire file.
//
//     fbss::CodeLists lists;
//     fbss::Prefill prefill(questionnaire, lists);
//     fbss::Document bundle;
//     constexpr std::string_view chart_text =
//         R"({"resourceType": "Bundle", "type": "collection", "entry": [)"
//         R"(  {"resource": {"resourceType": "Patient", "id": "p1"}},)"
//         R"(  {"resource": {"resourceType": "Condition", "id": "c1",)"
//         R"(    "subject": {"reference": "Patient/p1"}, "recordedDate": "2026-03-01",)"
//         R"(    "clinicalStatus": {"coding": [{"code": "active"}]},)"
//         R"(    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm",)"
//         R"(                         "code": "E11.9"}]}}}]})";
//     if (bundle.parse(chart_text, fbss::chart_limits()))
//       if (auto chart = prefill.run(bundle.root()))
//         for (const fbss::Suggestion& suggestion : chart->suggestions)
//           std::cout << suggestion.question->id << ": " << suggestion.label << '\n';
#pragma once

#include <memory>

#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/suggestion.hpp>

namespace fbss {

/// The limits under which a chart is parsed: a record of Limits::chart_bytes.
Limits chart_limits(Limits limits = {});

/// Belongs to one thread at a time and is reused from chart to chart. The code lists outlive it.
///
/// What is common to all questions: only resources of the Bundle's one Patient speak; a fact
/// without a date suggests nothing, but may disagree; a question is suggested an answer where all
/// facts that speak for an answer speak for the same one and none speaks against it.
class Prefill {
 public:
  Prefill(Questionnaire questionnaire, const CodeLists& lists, const Limits& limits = {});
  ~Prefill();
  Prefill(Prefill&&) noexcept;
  Prefill& operator=(Prefill&&) noexcept;

  /// Problems: wrong_type (no Bundle), no_patient, more_than_one_patient, rule_error; then nothing
  /// was read. Resources of other patients are named in Chart::ignored. The order of the Bundle's
  /// entries changes nothing else. Cost: less than parsing the Bundle.
  Result<Chart> run(JsonNode bundle);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether every code list that the questionnaire names (in chart rules, as `code_list` of
/// questions and options) is there, and what is in it can be told (CodeLists::check):
/// bad_reference for each that is not, at its first place.
Problems check_code_lists(const Questionnaire& questionnaire, const CodeLists& lists);

}  // namespace fbss
