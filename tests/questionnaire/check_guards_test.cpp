// SPDX-License-Identifier: Apache-2.0
// What gives true or false on no answer stands only where there is one.
#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;

TEST_CASE("what decides without an answer is refused outside of iif(%q.exists(), …)") {
  const ExpressionFault faults[] = {
      {"%exercises contains 'yoga'", ErrorCode::guesses_unanswered, 12, "iif(%exercises.exists()"},
      {"'yoga' in %exercises", ErrorCode::guesses_unanswered, 8, "no answer is not No"},
      {"%smoking.exists()", ErrorCode::guesses_unanswered, 10, "\"smoking\""},
      {"%smoking.empty()", ErrorCode::guesses_unanswered, 10},
      {"%smoking.exists().not()", ErrorCode::guesses_unanswered, 10},
      {"%exercises.count() > 2", ErrorCode::guesses_unanswered, 12},
      {"%exercises.where($this = 'yoga').exists()", ErrorCode::guesses_unanswered, 34},
      {"%diabetes.anyTrue()", ErrorCode::guesses_unanswered, 11},
      {"%diabetes.allFalse()", ErrorCode::guesses_unanswered, 11},
      {"%exercises.all($this = 'yoga')", ErrorCode::guesses_unanswered, 12},
      {"%exercises.isDistinct()", ErrorCode::guesses_unanswered, 12},
      {"%exercises.subsetOf('yoga' | 'walking')", ErrorCode::guesses_unanswered, 12},
      {"('yoga' | 'walking').subsetOf(%exercises)", ErrorCode::guesses_unanswered, 22},
      {"%smoking ~ 'daily'", ErrorCode::guesses_unanswered, 10},
      {"%smoking !~ 'daily'", ErrorCode::guesses_unanswered, 10},
      {"(%smoking & 'x') = 'x'", ErrorCode::guesses_unanswered, 11},
      // The guard is of another question, or what it guards stands in another branch.
      {"iif(%smoking.exists(), %exercises contains 'yoga')", ErrorCode::guesses_unanswered, 35,
       "exercises"},
      {"iif(%exercises.exists(), %diabetes, %exercises contains 'yoga')",
       ErrorCode::guesses_unanswered, 48},
      {"iif(%exercises.exists() or %diabetes, %exercises contains 'yoga')",
       ErrorCode::guesses_unanswered, 16},
      {"iif(%exercises.count() > 2, %diabetes)", ErrorCode::guesses_unanswered, 16},
      {"%plans_yoga.exists()", ErrorCode::guesses_unanswered, 13, "exercises"},
      // Through variables: the fault stands where the variable is used without a guard.
      {"%diabetes and %bare", ErrorCode::guesses_unanswered, 15, "the variable \"bare\"",
       R"("bare": "%exercises contains 'yoga'")"},
      {"%outer", ErrorCode::guesses_unanswered, 1, "exercises",
       R"("bare": "%exercises contains 'yoga'", "outer": "%bare or %diabetes")"},
  };
  for (const ExpressionFault& fault : faults) check_expression_fault(fault);
}

TEST_CASE("guards reach through variables and other names") {
  load_sample(sample_with_rule("iif(%exercises.exists(), %bare)", "",
                               R"("bare": "%exercises contains 'yoga'")"));
  load_sample(sample_with_rule("iif(%planned.exists(), %planned contains 'yoga')", "",
                               R"("planned": "%exercises")"));
  load_sample(sample_with_rule("iif(%planned.exists(), %exercises contains 'yoga')", "",
                               R"("planned": "%exercises")"));
  load_sample(sample_with_rule(
      "iif(%smoking.exists(), iif(%exercises.exists(), %exercises contains %smoking))"));
}
