// SPDX-License-Identifier: Apache-2.0
// Any FHIR R4 Questionnaire, with what SDC adds: loaded once, then run over any number of
// QuestionnaireResponses.
//
//     auto form = fbss::Form::load(
//         R"({"resourceType": "Questionnaire", "status": "active", "item": [)"
//         R"({"linkId": "pain", "type": "boolean", "text": "Any pain?"},)"
//         R"({"linkId": "where", "type": "string", "text": "Where?", "enableWhen": [)"
//         R"({"question": "pain", "operator": "=", "answerBoolean": true}]}]})");
//     if (!form) return;
//     for (const fbss::FormIssue& issue : form->issues())
//       std::cerr << issue.path << ": " << issue.message << '\n';
//
//     fbss::FormSession session(*form);  // one a thread, reused from response to response
//     auto read = session.read(
//         R"({"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": [)"
//         R"({"linkId": "pain", "answer": [{"valueBoolean": true}]}]})");
//     if (read)
//       for (std::string_view link_id : session.enabled()) std::cout << link_id << '\n';
//
// load() refuses only what cannot be run at all; whatever else is wrong with a Questionnaire, and
// whatever of it this version does not know, stands in issues(). An expression that does not
// compile, or that raises an error on a response, is told and taken as empty: it never stops the
// rest.
//
// Threads: a Form is immutable, copies share it and any number of threads may use it. A FormSession
// belongs to one thread; what it gives out is valid until it reads the next response.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>
#include <fbss/value_sets.hpp>

namespace fbss {

/// How bad an issue is: the words of FHIR's IssueSeverity.
enum class Severity : std::uint8_t { fatal, error, warning, information };
std::string_view severity_word(Severity severity);

/// What can be wrong with a Questionnaire or with a response to one. The names are stable: programs
/// may rely on rule_word().
enum class FormRule : std::uint8_t {
#define FBSS_FORM_RULE(name, issue_type, severity, sentence) name,
#include <fbss/form_rules.def>
#undef FBSS_FORM_RULE
};

/// The stable word of a rule, for instance "maxLength"; what it means, in one sentence; FHIR's
/// IssueType for it. Thread-safe, never fail.
std::string_view rule_word(FormRule rule);
std::string_view rule_sentence(FormRule rule);
std::string_view rule_issue_type(FormRule rule);

/// One thing that is wrong with a Questionnaire or a response, and where. No message repeats text
/// that a person typed into a response.
struct FormIssue {
  FormRule rule{};
  Severity severity{};
  std::string path{};        ///< FHIRPath with indices: "Questionnaire.item[0].item[2]"
  std::string other_path{};  ///< where a second place is concerned: that one
  std::string link_id{};     ///< of the item concerned; empty where there is none
  std::string message{};
};
using FormIssues = std::vector<FormIssue>;

/// The issues as an OperationOutcome of FHIR R4, indented, with a newline at the end. Each has
/// `severity`, `code`, `details.coding` (the rule's word), `details.text`, `expression` (the
/// paths), and the linkId in `diagnostics`. Without issues there is one of severity information
/// that says so.
std::string operation_outcome(const FormIssues& issues);

/// Whether an issue is an error or fatal.
bool has_errors(const FormIssues& issues);

struct FormOptions {
  Limits limits = {};
  /// What answerValueSet, memberOf() and weight() may ask besides the Questionnaire's contained
  /// resources, which are added to it.
  fhirpath::ValueSets value_sets = {};
};

class Form {
 public:
  /// Reads a Questionnaire in JSON. Problems: not_json, too_deep, too_large; wrong_type (no
  /// Questionnaire); missing_key (an item without linkId or type); bad_value (a type that FHIR R4
  /// does not have); dependency_cycle (variables or calculated values that depend on themselves);
  /// limit_exceeded (they depend on each other in too long a chain). Each names its place. Cost:
  /// some microseconds an item and expression.
  static Result<Form> load(std::string_view json, FormOptions options = {});

  /// The canonical url, version and title; empty where the Questionnaire has none.
  std::string_view url() const;
  std::string_view version() const;
  std::string_view title() const;

  /// What is wrong with the Questionnaire, or not supported by this version, in its order.
  const FormIssues& issues() const;

  struct Model;  // lib/fhir/form/model.hpp
  const Model& model() const { return *model_; }

 private:
  explicit Form(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
  std::shared_ptr<const Model> model_;
};

struct FormSessionOptions {
  std::string today = {};  ///< ISO date that today() gives; empty: today() is empty
  std::string now = {};    ///< ISO date-time that now() and timeOfDay() give; empty: they are empty
  Limits limits = {};
};

/// A Form at work on one response after another.
class FormSession {
 public:
  explicit FormSession(Form form, FormSessionOptions options = {});
  ~FormSession();
  FormSession(FormSession&&) noexcept;
  FormSession& operator=(FormSession&&) noexcept;

  /// Reads a QuestionnaireResponse, and works out which items are enabled. Problems: those of
  /// Document::parse(), and wrong_type (no QuestionnaireResponse). Whether it fits the form is
  /// validate()'s to say. Allocates nothing once warm.
  Result<void> read(std::string_view json);

  /// The linkIds of the items that are enabled, each once, in the order of the Questionnaire: those
  /// that the response leaves out too. In a repeating group an item is enabled where it is in some
  /// repetition.
  std::vector<std::string_view> enabled() const;

  /// What went wrong while this response was worked on: expressions that raised an error.
  const FormIssues& issues() const;

  const Form& form() const;

  struct State;  // lib/fhir/run/session.hpp
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fbss
