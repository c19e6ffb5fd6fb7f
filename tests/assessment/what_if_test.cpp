// SPDX-License-Identifier: Apache-2.0
// What one other answer would change, and which answers it would make void.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

namespace {

struct Row {
  const char* record;
  const char* question;
  const char* answer;
  const char* changes;
  const char* dropped;
};

std::string words(const fbss::WhatIf& what_if) {
  std::string out;
  for (const fbss::Change& change : what_if.changes)
    out += (out.empty() ? "" : " ") + change.rule->id + ":" +
           std::string(fbss::status_word(change.before)) + ">" +
           std::string(fbss::status_word(change.after));
  return out;
}

}  // namespace

TEST_CASE("what would change") {
  const Row table[] = {
      {R"({"depression":"yes","depression_treated":"no"})", "depression_treated", "yes",
       "rf_depression:present>absent step_any:present>unknown", ""},
      {R"({"depression":"yes","depression_treated":"no","planned":"no"})", "depression", "no",
       "rf_depression:present>absent step_any:present>absent", "depression_treated"},
      {R"({"depression":"yes","depression_treated":"yes","treatment":"medicine"})", "depression",
       "unknown", "rf_depression:absent>unknown treated_with_medicine:present>unknown",
       "depression_treated treatment"},
      {R"({"exercises":["walking"],"repetitions":3})", "exercises", "yoga",
       "rf_walking:absent>present dose_walking:present>not_applicable", "repetitions"},
      {R"({})", "earlier", "none", "rf_multiple:unknown>absent rf_rehab:unknown>not_applicable",
       ""},
      {R"({"earlier":"none"})", "earlier", "none", "", ""},
      {R"({"earlier":"none"})", "weight", "71.5", "", ""},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    CAPTURE(row.question);
    const auto response = small_rules::read(row.record);
    const std::string before = response.to_json();
    const auto result = fbss::what_if(response, row.question, row.answer);
    REQUIRE(result.ok());
    CHECK(words(*result) == row.changes);
    CHECK(small_rules::ids(result->dropped) == row.dropped);
    CHECK(response.to_json() == before);
  }
}

TEST_CASE("what cannot be answered") {
  const auto response = small_rules::read(R"({"depression":"no"})");
  struct Refused {
    const char *question, *answer, *code;
  };
  const Refused table[] = {{"deprssion", "yes", "unknown_question"},
                           {"depression", "perhaps", "not_an_option"},
                           {"depression_treated", "yes", "answer_not_applicable"}};
  for (const Refused& row : table) {
    const auto result = fbss::what_if(response, row.question, row.answer);
    REQUIRE(result.problems().size() == 1);
    CHECK(fbss::code_word(result.problems()[0].code) == row.code);
  }
  fbss::Response contradictory = response;
  REQUIRE(contradictory.answer("depression_treated", true).ok());
  CHECK_FALSE(fbss::what_if(contradictory, "earlier", "one").ok());
}

TEST_CASE("several other answers at once") {
  const auto response = small_rules::read(R"({"depression":"no","exercises":["walking"]})");
  // Each alone would be refused or mean something else; their order makes no difference.
  const fbss::OtherAnswer treated{"depression_treated", {"no"}}, depressed{"depression", {"yes"}},
      exercises{"exercises", {"walking", "yoga"}};
  for (const auto& answers :
       {std::vector{treated, depressed, exercises}, std::vector{exercises, depressed, treated}}) {
    const auto result = fbss::what_if(response, answers);
    REQUIRE(result.ok());
    CHECK(words(*result) == "rf_depression:absent>present step_any:unknown>present");
    REQUIRE(result->answers.size() == 3);
    CHECK(result->answers[0].before.question->id == "depression");
    CHECK(result->answers[0].before.answer == "no");
    CHECK(result->answers[0].after.label == "Yes");
    CHECK(result->answers[1].before.label == "Not asked");
    CHECK(result->answers[1].before.json == "null");
    CHECK(result->answers[2].after.json == R"(["walking","yoga"])");
    CHECK(result->before.tallies[0].present == 0);
    CHECK(result->after.tallies[0].present == 1);
  }
}

TEST_CASE("everything that other answers are refused for is told at once") {
  const auto response = small_rules::read(R"({"exercises":["walking"]})");
  const fbss::OtherAnswer wrong[] = {
      {"deprssion", {"yes"}}, {"earlier", {"one", "none"}}, {"exercises", {"none", "yoga"}},
      {"planned", {"yes"}},   {"planned", {"no"}},          {"other", {}}};
  std::string codes;
  const auto told = fbss::what_if(response, wrong);
  for (const fbss::Problem& problem : told.problems())
    codes += std::string(fbss::code_word(problem.code)) + ":" + problem.question + " ";
  CHECK(codes ==
        "unknown_question:deprssion wrong_type:earlier exclusive_option:exercises "
        "duplicate_answer:planned wrong_type:other ");
  // Both are given, and one makes the other void: a record with both would be refused.
  const fbss::OtherAnswer contradictory[] = {{"depression", {"no"}},
                                             {"depression_treated", {"yes"}}};
  const auto refused = fbss::what_if(response, contradictory);
  REQUIRE(refused.problems().size() == 1);
  CHECK(refused.problems()[0].code == fbss::ErrorCode::answer_not_applicable);
}
