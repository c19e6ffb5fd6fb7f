// SPDX-License-Identifier: Apache-2.0
// Each operator in plain words, with the questions' wording up to the question mark and the
// options' labels.
#include <doctest/doctest.h>

#include "sample.hpp"

namespace {

const std::string diabetes = "the answer to “Does the patient have diabetes?”";
const std::string smoking = "the answer to “Does the patient smoke today?”";
const std::string treated = "the answer to “Is the diabetes treated?”";
const std::string exercises = "the answer to “Which exercises are planned?”";
const std::string repetitions = "the answer to “How many repetitions?”";
const std::string surgery = "the answer to “When was the operation?”";

std::string words(const std::string& expression, const std::string& variables = "") {
  const fbss::Questionnaire sample = load_sample(sample_with_rule(expression, "", variables));
  return sample.plain_words(sample.rules()[0]);
}

}  // namespace

TEST_CASE("every operator has its words") {
  struct Row {
    std::string expression;
    std::string words;
  };
  const Row rows[] = {
      {"%diabetes", diabetes + " is “Yes”"},
      {"%diabetes.not()", diabetes + " is “No”"},
      {"%diabetes = true", diabetes + " is “Yes”"},
      {"%diabetes = false", diabetes + " is “No”"},
      {"%diabetes != true", diabetes + " is “No”"},
      {"true = %diabetes", diabetes + " is “Yes”"},
      {"%smoking = 'daily'", smoking + " is “Every day”"},
      {"'daily' = %smoking", smoking + " is “Every day”"},
      {"%smoking != 'daily'", smoking + " is not “Every day”"},
      {"(%smoking = 'daily').not()", smoking + " is not “Every day”"},
      {"%smoking in ('daily' | 'some_days')", smoking + " is “Every day” or “Some days”"},
      {"%smoking in ('daily' | 'some_days' | 'never')",
       smoking + " is “Every day”, “Some days” or “Never”"},
      {"('daily' | 'some_days') contains %smoking", smoking + " is “Every day” or “Some days”"},
      {"(%smoking in ('daily' | 'some_days')).not()",
       smoking + " is neither “Every day” nor “Some days”"},
      {"(%smoking in ('daily' | 'some_days' | 'never')).not()",
       smoking + " is none of “Every day”, “Some days” and “Never”"},
      {"%repetitions < 5", repetitions + " is less than 5 repetitions"},
      {"%repetitions <= 5", repetitions + " is at most 5 repetitions"},
      {"%repetitions > 5", repetitions + " is more than 5 repetitions"},
      {"%repetitions >= 5", repetitions + " is at least 5 repetitions"},
      {"5 < %repetitions", repetitions + " is more than 5 repetitions"},
      {"(%repetitions < 5).not()", repetitions + " is at least 5 repetitions"},
      {"%repetitions != 5", repetitions + " is not 5 repetitions"},
      {"%surgery_date < @2020-01-01", surgery + " is before 2020-01-01"},
      {"%surgery_date >= today()", surgery + " is on or after the date of the assessment"},
      {"%diabetes and %treated", diabetes + " is “Yes” and " + treated + " is “Yes”"},
      {"%diabetes or %treated and %smoking = 'daily'",
       diabetes + " is “Yes” or (" + treated + " is “Yes” and " + smoking + " is “Every day”)"},
      {"(%diabetes or %treated) and %smoking = 'daily' and %diabetes",
       "(" + diabetes + " is “Yes” or " + treated + " is “Yes”) and " + smoking +
           " is “Every day” and " + diabetes + " is “Yes”"},
      {"(%diabetes and %treated).not()",
       "it is not so that (" + diabetes + " is “Yes” and " + treated + " is “Yes”)"},
      {"%diabetes xor %treated",
       "either " + diabetes + " is “Yes” or " + treated + " is “Yes”, but not both"},
      {"%diabetes implies %treated", "if " + diabetes + " is “Yes”, then " + treated + " is “Yes”"},
      {"%diabetes and (%diabetes implies %treated)",
       diabetes + " is “Yes” and (if " + diabetes + " is “Yes”, then " + treated + " is “Yes”)"},
      {"iif(%exercises.exists(), %exercises contains 'yoga')", exercises + " includes “Yoga”"},
      {"iif(%exercises.exists(), ('yoga' in %exercises).not())",
       exercises + " does not include “Yoga”"},
      {"iif(%exercises.exists(), %exercises.where($this = 'yoga').exists())",
       exercises + " includes “Yoga”"},
      {"iif(%exercises.exists(), %exercises.exists('yoga' = $this))",
       exercises + " includes “Yoga”"},
      {"iif(%exercises.exists(), %exercises.count() > 2)",
       "the number of answers to “Which exercises are planned?” is more than 2"},
      {"%smokes", smoking + " is “Every day” or “Some days”"},
      {"%plans_yoga and %diabetes", exercises + " includes “Yoga” and " + diabetes + " is “Yes”"},
      {"%smoking = %smoking", smoking + " is the same as " + smoking},
      {"%smoking != %smoking", smoking + " differs from " + smoking},
      {"iif(%diabetes and %treated.exists(), %treated)",
       "if (" + diabetes + " is “Yes” and “Is the diabetes treated?” is answered), then " +
           treated + " is “Yes”"},
      {"%repetitions + 2 > 5", "the expression “(%repetitions + 2) > 5” is true"},
      {"(%repetitions * -2 > 5).not()", "the expression “(%repetitions * (-2)) > 5” is false"},
      {"%smoking.convertsToInteger() and %diabetes",
       "the expression “%smoking.convertsToInteger()” is true and " + diabetes + " is “Yes”"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(words(row.expression) == "Present when " + row.words + ".");
  }
}

TEST_CASE("variables are written out, lists of codes too") {
  CHECK(words("%smoking in %kinds", R"("kinds": "'daily' | 'never'")") ==
        "Present when " + smoking + " is “Every day” or “Never”.");
  CHECK(words("%outer.not()", R"("inner": "%diabetes", "outer": "%inner or %treated")") ==
        "Present when it is not so that (" + diabetes + " is “Yes” or " + treated + " is “Yes”).");
}

TEST_CASE("a tower of variables stays short enough to read") {
  std::string tower = R"("v0": "%diabetes and %treated")";
  for (int i = 1; i < 20; ++i) {
    const std::string below = "%v" + std::to_string(i - 1);
    tower += ", \"v" + std::to_string(i) + "\": \"" + below + " or " + below + ".not()\"";
  }
  CHECK(words("%v19", tower).size() < 1'000'000);
  std::string list = R"("v0": "'daily' | 'never'")";
  for (int i = 1; i < 30; ++i) {
    const std::string below = "%v" + std::to_string(i - 1);
    list += ", \"v" + std::to_string(i) + "\": \"" + below + " | " + below + "\"";
  }
  // Joined with union, the list itself stays two codes long; only writing it out would grow.
  CHECK(words("%smoking in %v29", list).size() < 1'000'000);
}

TEST_CASE("gates and questions") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  CHECK(sample.plain_words(sample.rules()[0]) ==
        "Present when " + smoking + " is “Every day” or “Some days”. Applies only when " +
            diabetes + " is “Yes”.");
  CHECK(sample.plain_words_asked(*sample.question("treated")) ==
        "Asked only when " + diabetes + " is “Yes”.");
  CHECK(sample.plain_words_asked(*sample.question("diabetes")) == "");
  CHECK(sample.plain_words(fbss::Rule()) == "");
  CHECK(sample.plain_words_asked(fbss::Item()) == "");
}
