// SPDX-License-Identifier: Apache-2.0
// Syntax printed and read again is the same syntax.
#include "questionnaire/print_syntax.hpp"

#include <doctest/doctest.h>

#include "fhirpath/plan.hpp"

namespace {

std::string printed(const std::string& text) {
  fbss::fhirpath::Expression::Options options;
  options.variables = {"a", "b"};
  const auto expression = fbss::fhirpath::Expression::compile(text, options);
  for (const auto& problem : expression.problems()) MESSAGE(text, ": ", problem.message);
  REQUIRE(expression.ok());
  return fbss::print_syntax(fbss::fhirpath::syntax_of(*expression));
}

}  // namespace

TEST_CASE("every kind of syntax, with the parentheses that it needs") {
  struct Row {
    const char* text;
    const char* printed;
  };
  const Row rows[] = {
      {"%a+1*2", "%a + (1 * 2)"},
      {"(%a+1)*2", "(%a + 1) * 2"},
      {"%a  and %b or %a", "(%a and %b) or %a"},
      {"-%a < -1.50", "(-%a) < (-1.50)"},
      {"%a.where($this='it\\'s').exists()", "%a.where($this = 'it\\'s').exists()"},
      {"iif(%a,true,{})", "iif(%a, true, {})"},
      {"(%a|%b)[0] is Integer", "(%a | %b)[0] is Integer"},
      {"%a as System.String", "%a as System.String"},
      {"@2020-01-01 <= today()", "@2020-01-01 <= today()"},
      {"@2020-01-01T10:00:00Z > now()", "@2020-01-01T10:00:00Z > now()"},
      {"@T10:30 = timeOfDay()", "@T10:30 = timeOfDay()"},
      {"4 'mg' = 3 days", "4 'mg' = 3 days"},
      {"name.given & `odd name`", "name.given & `odd name`"},
      {"%a.sort(-$this,$this  asc,length() desc)", "%a.sort(-$this, $this asc, length() desc)"},
      {"%a in (1|2) implies %b contains 3", "(%a in (1 | 2)) implies (%b contains 3)"},
      {"%a !~ %b xor %a div 2 mod 3 != 1", "(%a !~ %b) xor (((%a div 2) mod 3) != 1)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(printed(row.text) == row.printed);
    CHECK(printed(printed(row.text)) == row.printed);
  }
}
