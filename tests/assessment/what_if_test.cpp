// SPDX-License-Identifier: Apache-2.0
// What one other answer would change, and which answers it would make void.
#include <doctest/doctest.h>

#include <string>

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
