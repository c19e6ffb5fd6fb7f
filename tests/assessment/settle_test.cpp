// SPDX-License-Identifier: Apache-2.0
// What would settle a rule that is unknown: questions that can be answered now and of which a
// single answer decides it.
#include <doctest/doctest.h>

#include <string>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

namespace {

struct Row {
  const char* record;
  const char* rule;
  const char* questions;
};

}  // namespace

TEST_CASE("the questions that would settle a rule") {
  const Row table[] = {
      {R"({})", "rf_multiple", "earlier"},
      {R"({"earlier":"unknown"})", "rf_multiple", "earlier"},
      {R"({"earlier":"declined"})", "rf_multiple", "earlier"},
      {R"({"earlier":"one"})", "rf_multiple", ""},  // settled: absent
      {R"({})", "rf_depression", "depression"},     // by No
      {R"({"depression":"yes"})", "rf_depression", "depression_treated"},
      {R"({"depression":"yes","depression_treated":"declined"})", "rf_depression",
       "depression_treated"},
      {R"({})", "rf_rehab", "earlier"},
      {R"({"earlier":"two_or_more"})", "rf_rehab", "rehab"},
      {R"({})", "rf_condition", "planned"},  // other alone decides nothing
      {R"({"planned":"yes"})", "rf_condition", "other"},
      {R"({"other":"yes"})", "rf_condition", "planned"},
      {R"({})", "step_any", "planned"},
      {R"({"depression":"yes"})", "step_any", "planned depression_treated"},
      {R"({"depression":"no"})", "step_any", "planned"},
      {R"({"planned":"no"})", "step_any", "depression"},
      {R"({})", "dose_walking", "exercises"},
      {R"({"exercises":["walking"]})", "dose_walking", "repetitions"},
      {R"({})", "either", "other"},
      {R"({"other":"yes"})", "either", "planned depression"},
      // Two answers are needed, no single one decides it.
      {R"({})", "treated_with_medicine", ""},
      {R"({"depression":"yes"})", "treated_with_medicine", ""},
      {R"({"depression":"yes","depression_treated":"yes"})", "treated_with_medicine", "treatment"},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    CAPTURE(row.rule);
    const auto assessment = small_rules::assess(row.record);
    CHECK(small_rules::ids(small_rules::finding(assessment, row.rule).would_settle) ==
          row.questions);
  }
}

TEST_CASE("the questions in the order in which they settle most") {
  struct Order {
    const char* record;
    const char* questions;  // id:fewest-most
  };
  const Order table[] = {
      // Yoga decides two rules, walking one; "none" two operations, "one" only one.
      {R"({})", "earlier:1-2 exercises:1-2 planned:1-1 depression:0-1 other:0-1"},
      {R"({"exercises":"declined","earlier":"unknown"})",
       "earlier:1-2 exercises:1-2 planned:1-1 depression:0-1 other:0-1"},
      {R"({"exercises":["walking"],"earlier":"one","planned":"no"})",
       "rehab:1-1 repetitions:1-1 depression:0-2 other:0-1"},
      {R"({"earlier":"none","depression":"no","exercises":["none"],"planned":"yes","other":"no"})",
       ""},
  };
  for (const Order& row : table) {
    CAPTURE(row.record);
    std::string found;
    for (const fbss::SettlingQuestion& settling : small_rules::assess(row.record).settles_most)
      found += (found.empty() ? "" : " ") + settling.question->id + ":" +
               std::to_string(settling.fewest) + "-" + std::to_string(settling.most);
    CHECK(found == row.questions);
  }
}
