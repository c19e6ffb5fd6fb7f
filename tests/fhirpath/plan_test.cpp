// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/plan.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "render.hpp"

namespace {

using namespace fbss;
using fhirpath::Expression;

const fhirpath::Chain& root_of(const Expression& expression) {
  return fhirpath::ExpressionAccess::plan(expression).root;
}

// How many steps the plan has, and whether it is one constant.
struct Shape {
  std::uint32_t steps;
  bool constant;
  bool operator==(const Shape&) const = default;
};

Shape shape(std::string_view text) {
  const auto expression = Expression::compile(text, {.variables = {"q"}});
  REQUIRE(expression);
  return {root_of(*expression).count, root_of(*expression).is_constant};
}

}  // namespace

TEST_CASE("constant parts are folded, whatever raises is left to evaluate()") {
  CHECK(shape("1 + 2 * 3 = 7") == Shape{1, true});
  CHECK(shape("('a' | 'b').count()") == Shape{1, true});
  CHECK(shape("'4 \\'mg\\''.toQuantity()") == Shape{1, true});
  CHECK(shape("%ucum & 'x'") == Shape{1, true});
  CHECK(shape("1.is(Integer)") == Shape{1, true});
  CHECK(shape("%q = 'a'") == Shape{2, false});
  CHECK(shape("%q in ('a' | 'b' | 'c')") == Shape{2, false});
  CHECK(shape("1 + 2 = %q") == Shape{2, false});
  CHECK(shape("(1 | 2) + 1") == Shape{3, false});
  CHECK(shape("today()") == Shape{2, false});
  CHECK(shape("%q | 1 | 2 | 3") == Shape{2, false});
}

TEST_CASE("a criterion on one member needs no step of its own") {
  CHECK(shape("%q.item.where(linkId = 'a').answer") == Shape{3, false});
  CHECK(shape("%q.item.where(linkId = 1).answer") == Shape{4, false});
}

TEST_CASE("errors say what is wrong, where, and what was meant") {
  struct {
    const char* text;
    ErrorCode code;
    std::uint32_t line, column;
    const char* says;
  } const cases[] = {
      {"%smoking_statu = 'x'", ErrorCode::unknown_variable, 1, 1, "%smoking_status?"},
      {"1 +\n  %smoking_statu", ErrorCode::unknown_variable, 2, 3, "%smoking_statu:"},
      {"%contxt", ErrorCode::unknown_variable, 1, 1, "%context?"},
      {"name.exsits()", ErrorCode::unknown_function, 1, 6, "exists()?"},
      {"name.where()", ErrorCode::wrong_arguments, 1, 6, "1 argument, here are 0"},
      {"name.first(1)", ErrorCode::wrong_arguments, 1, 6, "no arguments, here is 1"},
      {"iif(true)", ErrorCode::wrong_arguments, 1, 1, "2 or 3 arguments, here is 1"},
      {"1 is Integr", ErrorCode::unknown_type, 1, 3, "Integer?"},
      {"1.ofType(quantity)", ErrorCode::unknown_type, 1, 10, "Quantity?"},
      {"a.slice('b', 'c')", ErrorCode::not_supported, 1, 3, "slice()"},
      {"a.where($total > 1)", ErrorCode::unknown_variable, 1, 9, "aggregate()"},
      {"a and\nb or or c", ErrorCode::syntax_error, 2, 6, "backticks"},
      {"a = \"b\"", ErrorCode::syntax_error, 1, 5, "single quotes"},
      {"3000000000", ErrorCode::syntax_error, 1, 1, "10L"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto result = Expression::compile(c.text, {.variables = {"smoking_status", "bmi"}});
    REQUIRE(!result);
    const Problem& problem = result.problems().front();
    CAPTURE(problem.message);
    CHECK(problem.code == c.code);
    CHECK(problem.line == c.line);
    CHECK(problem.column == c.column);
    CHECK(problem.message.find(c.says) != std::string::npos);
  }
}

TEST_CASE("the caller's variables come first and are read by their place") {
  using fhirpath::Value;
  const std::vector<std::string> names = {"first", "second", "resource"};
  const Value one = Value::of_integer(1);
  const Value texts[] = {Value::of_string("a"), Value::of_string("b")};
  const fhirpath::Collection values[] = {{&one, 1}, texts, {}};
  const fhirpath::Environment environment{.variables = values};
  CHECK(fhirpath::result_of("%first", environment, {.variables = names}) == "1");
  CHECK(fhirpath::result_of("%second", environment, {.variables = names}) == "'a', 'b'");
  CHECK(fhirpath::result_of("%resource", environment, {.variables = names}) == "{}");
  CHECK(fhirpath::result_of("%second contains 'b' and %first = 1", environment,
                            {.variables = names}) == "true");
  // Fewer values than names: the others are empty.
  CHECK(fhirpath::result_of("%second", {}, {.variables = names}) == "{}");
}
