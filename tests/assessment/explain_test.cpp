// SPDX-License-Identifier: Apache-2.0
// Step by step: every part of a rule with its truth value, also what the rule need not look at; and
// the answers read.
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

using fbss::Status;
using fbss::TruthValue;

namespace {

// One line a part: an indent by its depth, the expression, its value.
std::string lines(const std::vector<fbss::SubExpression>& parts) {
  std::string out;
  for (const fbss::SubExpression& part : parts) {
    out += std::string(part.depth * 2, ' ') + std::string(part.expression) + " -> " + part.value;
    out += part.truth || part.value.empty() ? "\n" : " (a value)\n";
    if (part.truth) CHECK(part.value == fbss::truth_word(*part.truth));
  }
  return out;
}

fbss::Explanation explain(std::string_view record, std::string_view rule) {
  auto explanation = fbss::explain(small_rules::read(record), rule);
  REQUIRE(explanation.ok());
  return std::move(*explanation);
}

struct Row {
  const char* record;
  const char* rule;
  const char* applies_when;
  const char* present_when;
};

// The rule of a questionnaire of its own, for what the small rules do not hold.
std::string lines_of_rule(const std::string& condition, std::string_view record,
                          std::string_view date = {}) {
  const auto questionnaire = small_screen::load(R"json(
    "rules": [{"id": "the_rule", "kind": "note", "title": "The rule", "interpretation": "1 2 3",
      "present_when": ")json" + condition + R"json(",
      "cites": [{"source": "s", "heading": "h", "phrase": "operation"}]}],
    "tallies": [], "notices": []})json");
  fbss::Response response(questionnaire);
  if (!date.empty()) REQUIRE(response.set_date(date).ok());
  REQUIRE(response.read(record).ok());
  const auto explanation = fbss::explain(response, "the_rule");
  REQUIRE(explanation.ok());
  return "\n" + lines(explanation->present_when);
}

}  // namespace

TEST_CASE("the parts of a rule, inner ones first") {
  const Row table[] = {
      {R"({})", "rf_multiple", "", "%earlier = 'two_or_more' -> unknown\n"},
      {R"({"earlier":"one"})", "rf_multiple", "", "%earlier = 'two_or_more' -> false\n"},
      {R"({"earlier":"declined"})", "rf_multiple", "", "%earlier = 'two_or_more' -> unknown\n"},
      {R"({})", "rf_depression", "",
       "  %depression -> unknown\n"
       "  %depression_treated = false -> unknown\n"
       "%depression and %depression_treated = false -> unknown\n"},
      // One side decides; the other is shown all the same.
      {R"({"depression":"no"})", "rf_depression", "",
       "  %depression -> false\n"
       "  %depression_treated = false -> unknown\n"
       "%depression and %depression_treated = false -> false\n"},
      {R"({"planned":"yes"})", "step_any", "",
       "    %depression -> unknown\n"
       "    %depression_treated = false -> unknown\n"
       "  %depression and %depression_treated = false -> unknown\n"
       "  %planned -> true\n"
       "(%depression and %depression_treated = false) or %planned -> true\n"},
      // The gate decides; the condition is shown all the same.
      {R"({"earlier":"none"})", "rf_rehab",
       "  %earlier in ('one' | 'two_or_more') -> false\n"
       "  %rehab != 'no_program' -> unknown\n"
       "%earlier in ('one' | 'two_or_more') and %rehab != 'no_program' -> false\n",
       "%rehab = 'not_followed' -> unknown\n"},
      // A variable is followed; the branch that is not taken says no "no" that nobody gave.
      {R"({})", "rf_walking", "",
       "      %exercises.exists() -> false\n"
       "      %exercises contains 'walking' -> unknown\n"
       "    iif(%exercises.exists(), %exercises contains 'walking') -> unknown\n"
       "  %plans_walking -> unknown\n"
       "%plans_walking.not() -> unknown\n"},
      {R"({"exercises":["yoga"]})", "rf_walking", "",
       "      %exercises.exists() -> true\n"
       "      %exercises contains 'walking' -> false\n"
       "    iif(%exercises.exists(), %exercises contains 'walking') -> false\n"
       "  %plans_walking -> false\n"
       "%plans_walking.not() -> true\n"},
      {R"({"exercises":["walking"],"repetitions":12})", "dose_walking",
       "    %exercises.exists() -> true\n"
       "    %exercises contains 'walking' -> true\n"
       "  iif(%exercises.exists(), %exercises contains 'walking') -> true\n"
       "%plans_walking -> true\n",
       "%repetitions < 10 -> false\n"},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    CAPTURE(row.rule);
    const fbss::Explanation explanation = explain(row.record, row.rule);
    CHECK(lines(explanation.applies_when) == row.applies_when);
    CHECK(lines(explanation.present_when) == row.present_when);
    const auto assessment = small_rules::assess(row.record);
    CHECK(explanation.status == small_rules::finding(assessment, row.rule).status);
    CHECK(explanation.plain_words == assessment.questionnaire.plain_words(*explanation.rule));
  }
}

TEST_CASE("parts that are no conditions show their values") {
  const std::string many = "iif(%exercises.exists(), %exercises.count() > 1)";
  CHECK(lines_of_rule(many, R"({"exercises":["yoga","walking"]})") == R"(
  %exercises.exists() -> true
    %exercises.count() -> 2 (a value)
  %exercises.count() > 1 -> true
iif(%exercises.exists(), %exercises.count() > 1) -> true
)");
  CHECK(lines_of_rule(many, "{}") == R"(
  %exercises.exists() -> false
    %exercises.count() -> 
  %exercises.count() > 1 -> unknown
iif(%exercises.exists(), %exercises.count() > 1) -> unknown
)");
  const std::string old = "%last_visit < today()";
  CHECK(lines_of_rule(old, R"({"last_visit":"2026-01-02"})", "2026-11-21") == R"(
  today() -> 2026-11-21 (a value)
%last_visit < today() -> true
)");
  CHECK(lines_of_rule(old, R"({"last_visit":"2026-01-02"})") == R"(
  today() -> 
%last_visit < today() -> unknown
)");
}

TEST_CASE("a chain of one operator has all its parts side by side") {
  CHECK(lines_of_rule("%planned and %depression and (%other or %earlier = 'one' or %planned.not())",
                      R"({"planned":"yes","other":"no"})") == R"(
  %planned -> true
  %depression -> unknown
    %other -> false
    %earlier = 'one' -> unknown
      %planned -> true
    %planned.not() -> false
  %other or %earlier = 'one' or %planned.not() -> unknown
%planned and %depression and (%other or %earlier = 'one' or %planned.not()) -> unknown
)");
}

TEST_CASE("what stands in the brackets of a function of many values is no part of its own") {
  CHECK(lines_of_rule("iif(%exercises.exists(), %exercises.where($this = 'yoga').exists())",
                      R"({"exercises":["yoga","walking"]})") == R"(
  %exercises.exists() -> true
    %exercises.where($this = 'yoga') -> yoga (a value)
  %exercises.where($this = 'yoga').exists() -> true
iif(%exercises.exists(), %exercises.where($this = 'yoga').exists()) -> true
)");
}

TEST_CASE("an expression of very many parts is cut short, never the whole of it") {
  std::string condition = "%planned";
  for (int i = 0; i < 900; ++i) condition += i % 2 == 0 ? " or %other" : " or %depression";
  const auto found = lines_of_rule(condition, R"({"other":"yes"})");
  CHECK(found.ends_with(condition + " -> true\n"));
}

TEST_CASE("the answers read") {
  const auto explanation = explain(R"({"earlier":"two_or_more"})", "rf_rehab");
  REQUIRE(explanation.answers.size() == 2);
  CHECK(explanation.answers[0].given.question->id == "earlier");
  CHECK(explanation.answers[0].state == fbss::AnswerState::answered);
  CHECK(explanation.answers[0].given.answer == "two_or_more");
  CHECK(explanation.answers[0].given.label == "Two or more");
  CHECK(explanation.answers[1].given.question->id == "rehab");
  CHECK(explanation.answers[1].state == fbss::AnswerState::not_asked);
  CHECK(explain("{}", "rf_rehab").answers[1].state == fbss::AnswerState::not_enabled);
  CHECK(explain(R"({"earlier":"unknown"})", "rf_rehab").answers[0].given.label == "Unknown");
  CHECK(explanation.answers[0].given.json == R"("two_or_more")");
  CHECK(explanation.answers[1].given.json == "null");
}

TEST_CASE("no such rule, and a record that does not fit") {
  const auto none = fbss::explain(small_rules::read("{}"), "rf_nothing");
  REQUIRE(none.problems().size() == 1);
  CHECK(none.problems()[0].code == fbss::ErrorCode::bad_reference);
  fbss::Response contradictory = small_rules::read(R"({"depression":"no"})");
  REQUIRE(contradictory.answer("depression_treated", true).ok());
  CHECK_FALSE(fbss::explain(contradictory, "rf_multiple").ok());
}

TEST_CASE("an assessment holds explanations where they are asked for") {
  const auto response = small_rules::read(R"({"depression":"yes","planned":"no"})");
  const auto without = fbss::assess(response);
  REQUIRE(without.ok());
  CHECK(without->explanations.empty());
  auto with = fbss::assess(response, {.truth_tables = true});
  REQUIRE(with.ok());
  REQUIRE(with->explanations.size() == with->findings.size());
  for (std::size_t i = 0; i < with->findings.size(); ++i) {
    CHECK(with->explanations[i].rule == with->findings[i].rule);
    CHECK(with->explanations[i].status == with->findings[i].status);
  }
  REQUIRE(fbss::assess_into(*with, response).ok());
  CHECK(with->explanations.empty());
}
