// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <set>

#include <fbss/document.hpp>
#include <fbss/form.hpp>

#include "fhir/form/rules.hpp"

using namespace fbss;

TEST_CASE("an OperationOutcome has every issue with its paths") {
  const FormIssues issues = {
      {.rule = FormRule::required,
       .severity = Severity::error,
       .path = "QuestionnaireResponse.item[0]",
       .link_id = "a",
       .message = "It has \"no\" answer."},
      {.rule = FormRule::exclusiveAnswerOption,
       .severity = Severity::warning,
       .path = "QuestionnaireResponse.item[1].answer[0]",
       .other_path = "QuestionnaireResponse.item[1]",
       .message = "x"},
  };
  CHECK(has_errors(issues));
  CHECK_FALSE(has_errors({issues[1]}));
  Document outcome;
  REQUIRE(outcome.parse(operation_outcome(issues)));
  CHECK(outcome.root().find("resourceType").text() == "OperationOutcome");
  const JsonNode first = outcome.root().find("issue").first();
  CHECK(first.find("severity").text() == "error");
  CHECK(first.find("code").text() == "required");
  CHECK(first.find("details").find("coding").first().find("code").text() == "required");
  CHECK(first.find("details").find("text").text() == "It has \"no\" answer.");
  CHECK(first.find("diagnostics").text() == "linkId: a");
  CHECK(first.find("expression").first().text() == "QuestionnaireResponse.item[0]");
  const JsonNode second = first.next();
  CHECK(second.find("severity").text() == "warning");
  CHECK(second.find("expression").size() == 2);
  CHECK_FALSE(second.find("diagnostics"));
}

TEST_CASE("without issues there is one that says so") {
  Document outcome;
  REQUIRE(outcome.parse(operation_outcome({})));
  const JsonNode only = outcome.root().find("issue").first();
  CHECK(only.find("severity").text() == "information");
  CHECK(only.find("code").text() == "informational");
  CHECK_FALSE(only.next());
}

TEST_CASE("a thousand issues are told, and that there are more, as bad as the worst of them") {
  form::IssueList list;
  for (int i = 0; i < 1000; ++i) list.add({.severity = Severity::warning, .message = "x"});
  CHECK(list.take().size() == 1000);
  for (int i = 0; i < 1005; ++i)
    list.add({.severity = i == 1003 ? Severity::error : Severity::warning, .message = "x"});
  const FormIssues issues = list.take();
  REQUIRE(issues.size() == 1001);
  CHECK(issues.back().rule == FormRule::moreIssues);
  CHECK(issues.back().severity == Severity::error);
  CHECK(list.take().empty());
}

TEST_CASE("every rule has a word of its own, a sentence and an IssueType of FHIR") {
  const std::set<std::string_view> types = {
      "invalid",       "structure",  "required",      "value",           "invariant",
      "not-supported", "duplicate",  "not-found",     "code-invalid",    "business-rule",
      "exception",     "incomplete", "informational", "multiple-matches"};
  std::set<std::string_view> words;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FormRule::notSupported); ++i) {
    const auto rule = static_cast<FormRule>(i);
    CHECK(words.insert(rule_word(rule)).second);
    CHECK(rule_sentence(rule).ends_with(rule_sentence(rule).ends_with(')') ? ")" : "."));
    CHECK_MESSAGE(types.contains(rule_issue_type(rule)), rule_word(rule));
  }
}
