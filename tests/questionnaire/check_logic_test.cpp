// SPDX-License-Identifier: Apache-2.0
// The checks of rules that need no answers: each fault at its character, and what is sound loads.
#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;

TEST_CASE("faults of logic, each at its character") {
  const ExpressionFault faults[] = {
      // A whole condition and each operand is a single Boolean.
      {"%smoking", ErrorCode::not_boolean, 1, "%smoking = 'daily'"},
      {"%repetitions", ErrorCode::not_boolean, 1, "a number"},
      {"%diabetes and %smoking", ErrorCode::not_boolean, 15},
      {"%repetitions or %diabetes", ErrorCode::not_boolean, 1},
      {"%diabetes xor %remark", ErrorCode::not_boolean, 15, "a text"},
      {"%diabetes implies %hours", ErrorCode::not_boolean, 19},
      {"%smoking.not()", ErrorCode::not_boolean, 1, "not()"},
      {"iif(%smoking, %diabetes)", ErrorCode::not_boolean, 5, "iif()"},
      {"iif(%diabetes, %smoking)", ErrorCode::not_boolean, 1},
      {"iif(%smoking.exists(), %smoking.where($this).exists())", ErrorCode::not_boolean, 39,
       "criterion"},
      {"5", ErrorCode::not_boolean, 1},
      // Both sides have one type.
      {"%smoking = true", ErrorCode::mixed_types, 10, "a text"},
      {"%diabetes = 'yes'", ErrorCode::mixed_types, 11, "%diabetes.not() for No"},
      {"%repetitions = '5'", ErrorCode::mixed_types, 14},
      {"%repetitions < @2020", ErrorCode::mixed_types, 14, "a date"},
      {"%surgery_date = 5", ErrorCode::mixed_types, 15},
      {"%smoking in (5 | 3)", ErrorCode::mixed_types, 10},
      {"%diabetes < true", ErrorCode::mixed_types, 11, "order"},
      {"%repetitions + '5' = 5", ErrorCode::mixed_types, 14},
      {"%repetitions = %smoking", ErrorCode::mixed_types, 14},
      // Codes are options.
      {"%smoking = 'dayly'", ErrorCode::unknown_option, 12, "Did you mean \"daily\"?"},
      {"%smoking != 'often'", ErrorCode::unknown_option, 13, "\"smoking\""},
      {"'some_day' = %smoking", ErrorCode::unknown_option, 1, "some_days"},
      {"%smoking in ('daily' | 'nevr')", ErrorCode::unknown_option, 24, "never"},
      {"('daily' | 'nevr') contains %smoking", ErrorCode::unknown_option, 12, "never"},
      {"iif(%smoking.exists(), %smoking ~ 'dayly')", ErrorCode::unknown_option, 35},
      {"iif(%exercises.exists(), %exercises contains 'jogging')", ErrorCode::unknown_option, 46},
      {"iif(%exercises.exists(), 'jogging' in %exercises)", ErrorCode::unknown_option, 26},
      {"iif(%exercises.exists(), %exercises.where($this = 'walk').exists())",
       ErrorCode::unknown_option, 51, "walking"},
      {"%smoking = 'unknown'", ErrorCode::unknown_option, 12, "empty by itself"},
      {"%alias = 'dayly'", ErrorCode::unknown_option, 10, "daily", R"("alias": "%smoking")"},
      // Several answers.
      {"%exercises = 'yoga'", ErrorCode::several_values, 1, "contains 'code'"},
      {"%exercises in ('yoga' | 'walking')", ErrorCode::several_values, 1},
      {"%exercises", ErrorCode::several_values, 1},
      {"iif(%exercises.exists(), %exercises.toString() = 'yoga')", ErrorCode::several_values, 26},
      {"%smoking = ('daily' | 'never')", ErrorCode::several_values, 21, "\"in\""},
      {"%diabetes and (%smokes | %diabetes)", ErrorCode::several_values, 24},
      {"%all = 'yoga'", ErrorCode::several_values, 1, "exercises", R"("all": "%exercises")"},
      // The clock.
      {"now() > @2020-01-01T00:00:00Z and %diabetes", ErrorCode::clock_in_rule, 1, "today()"},
      {"timeOfDay() > @T10 and %diabetes", ErrorCode::clock_in_rule, 1},
      // Names.
      {"smoking = 'daily'", ErrorCode::bad_reference, 1, "%smoking"},
      {"%smoking.code = 'daily'", ErrorCode::bad_reference, 10, "no parts"},
      {"%resource.exists() and %diabetes", ErrorCode::bad_reference, 1},
      {"%diabetes and $this = 'x'", ErrorCode::bad_reference, 15, "$this"},
  };
  for (const ExpressionFault& fault : faults) check_expression_fault(fault);
}

TEST_CASE("sound conditions load") {
  for (const char* expression : {
           "%diabetes",
           "%diabetes = true and %treated = false",
           "%diabetes.not()",
           "%smoking != 'never'",
           "'never' != %smoking",
           "%smoking in ('daily' | 'some_days') and (%treated or %diabetes.not())",
           "('daily' | 'some_days') contains %smoking",
           "%diabetes xor %treated",
           "%diabetes implies %treated",
           "iif(%exercises.exists(), %exercises contains 'yoga')",
           "iif(%exercises.exists(), 'yoga' in %exercises)",
           "iif(%exercises.exists(), %exercises.where($this != 'none').exists())",
           "iif(%exercises.exists(), %exercises.exists($this = 'yoga'))",
           "iif(%exercises.exists(), %exercises.count() > 2, {})",
           "iif(%exercises.exists() and %smoking.exists(), %exercises contains 'yoga' and "
           "%smoking ~ 'daily')",
           "%repetitions < 5 or %repetitions > 5.0",
           "%repetitions + 2 > 5",
           "-%repetitions < -5",
           "%hours >= 2 and %repetitions >= 3",
           "%surgery_date < today()",
           "%surgery_date <= @2020-01-01 or %surgery_date > @2020-01-01T00:00:00",
           "%surgery_date + 3 months < today()",
           "%smokes and %plans_yoga",
       }) {
    CAPTURE(expression);
    load_sample(sample_with_rule(expression));
  }
  load_sample(sample_with_rule("%smoking in %kinds", "", R"("kinds": "'daily' | 'never'")"));
}

TEST_CASE("faults in asked_when, gates, notes, notices and variables are found where they stand") {
  check_fault({sample_with(R"("asked_when": "%diabetes")", R"("asked_when": "%smoking")"),
               ErrorCode::not_boolean, "/sections/0/questions/2/asked_when",
               "%smoking\",\n          \"why\"", "question treated, asked_when"});
  check_fault({sample_with(R"("applies_when": "%diabetes")", R"("applies_when": "%hours")"),
               ErrorCode::not_boolean, "/rules/0/applies_when", "%hours",
               "rule first_rule, applies_when"});
  check_fault({sample_with(R"("when": "%smoking = 'never'")", R"("when": "%smoking = 'nevr'")"),
               ErrorCode::unknown_option, "/rules/0/notes/0/when", "'nevr'", "note 1"});
  check_fault(
      {sample_with(R"("when": "%diabetes and %smokes")", R"("when": "%diabetes and %hours")"),
       ErrorCode::not_boolean, "/notices/0/when", "%hours\" } ]", "notice note"});
}

TEST_CASE("a fault in a list of codes is reported in the variable, once a use") {
  const auto loaded = fbss::load_questionnaire(
      sample_with_rule("%smoking in %kinds", "", R"("kinds": "'daily' | 'nevr'")"), "f.json");
  REQUIRE(loaded.problems().size() == 1);
  CHECK(loaded.problems()[0].code == ErrorCode::unknown_option);
  CHECK(loaded.problems()[0].pointer == "/variables/kinds");
}

TEST_CASE("rules are not judged by questions that could not be read") {
  const auto loaded = fbss::load_questionnaire(sample_with(R"("type": "choice",
          "text": "Does)",
                                                           R"("type": "chioce",
          "text": "Does)"),
                                               "f.json");
  for (const fbss::Problem& problem : loaded.problems())
    CHECK(problem.code == ErrorCode::bad_value);
  CHECK_FALSE(loaded.ok());
}
