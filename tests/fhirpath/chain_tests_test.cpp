// SPDX-License-Identifier: Apache-2.0
// Criteria that ask one thing of a member are decided without being run, and come out as if they
// were: each is held against the same with brackets around its member, which is run.
#include "fhirpath/chain_tests.hpp"

#include <doctest/doctest.h>

#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "fhirpath/plan.hpp"
#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

// The criterion of where() of an expression that is nothing else.
const Chain& criterion(const Expression& expression) {
  const Chain& root = ExpressionAccess::plan(expression).root;
  return root.steps[root.count - 1].parts[0];
}

// Without the place of an error.
std::string outcome(const std::string& expression, const Environment& environment) {
  const std::string text = result_of(expression, environment);
  return text.starts_with("error") ? text.substr(0, text.rfind(' ')) : text;
}

}  // namespace

TEST_CASE("which criteria are tests") {
  struct Row {
    const char* criterion;
    std::size_t texts;  // 0: it is none
  };
  const Row rows[] = {
      {"status = 'final'", 1},      {"status in ('final' | 'amended')", 2},
      {"status in 'final'", 1},     {"status in ('2020' | 'final')", 0},  // may meet a date
      {"status = '2020-01-01'", 0}, {"status = '10:30'", 0},
      {"status in {}", 0},          {"status = 1", 0},
      {"status in (1 | 'x')", 0},   {"status = %context.status", 0},
      {"a.status = 'final'", 0},    {"status != 'final'", 0}};
  for (const Row& row : rows) {
    CAPTURE(row.criterion);
    const auto expression =
        Expression::compile("item.select($this).where(" + std::string(row.criterion) + ")");
    REQUIRE(expression);
    const MemberTest* test = criterion(*expression).test;
    REQUIRE((test != nullptr) == (row.texts > 0));
    if (test) CHECK(test->texts.size() == row.texts);
  }
  const auto code = Expression::compile("$this.where(code.memberOf('url'))");
  REQUIRE(code);
  REQUIRE(criterion(*code).code_test);
  CHECK(criterion(*code).code_test->value_set == "url");
}

TEST_CASE("a test decides as the criterion does") {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","entry":[
      {"resource":{"resourceType":"Patient","id":"final","birthDate":"2020-01-01","gender":"male",
        "active":true,"name":[{"family":"x","given":["a","b"]},{"family":"y"}]}},
      {"resource":{"resourceType":"Patient","gender":"female","_gender":{"id":"g"}}},
      {"resource":{"resourceType":"Patient","_gender":{"id":"g"}}},
      {"resource":{"resourceType":"Patient","gender":["male","female"]}},
      {"resource":{"resourceType":"Patient","gender":["male"]}},
      {"resource":{"resourceType":"Patient","gender":7}}]})"));
  const std::string rows[] = {"gender = 'male'",
                              "gender in ('male' | 'female')",
                              "gender in ('2020' | 'male')",
                              "birthDate = '2020-01-01'",
                              "birthDate in ('2020-01-01' | 'x')",
                              "active = 'true'",
                              "id in ('final' | 'x') and gender in ('male' | 'x')",
                              "id = 'final' or gender = 'female'",
                              "id = 'final' implies gender = 'male'",
                              "gender = 'male' and birthDate.exists()",
                              "gender = 'none' and birthDate.exists()"};
  for (const std::string& row : rows) {
    CAPTURE(row);
    std::string slow = row;
    for (const char* member : {"gender", "birthDate", "id", "active"})
      for (std::size_t at = 0; (at = slow.find(member, at)) != std::string::npos; at += 8)
        if (at == 0 || slow[at - 1] == ' ')
          slow.insert(at + std::string(member).size(), ".select($this)");
    const Environment environment{.input = document.root()};
    for (int i = 0; i < 6; ++i) {
      CAPTURE(i);
      const std::string one = "entry[" + std::to_string(i) + "].resource.";
      CHECK(outcome(one + "select(" + row + ")", environment) ==
            outcome(one + "select(" + slow + ")", environment));
      CHECK(outcome(one + "where(" + row + ").count()", environment) ==
            outcome(one + "where(" + slow + ").count()", environment));
    }
  }
}
