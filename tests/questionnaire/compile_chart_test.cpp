// SPDX-License-Identifier: Apache-2.0
// Chart expressions: what does not compile against FHIR R4 is found at its character, and which
// code lists each asks.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "questionnaire/model.hpp"
#include "sample.hpp"

using fbss::ErrorCode;

namespace {

std::string with_chart(const std::string& variables, const std::string& find) {
  std::string text =
      sample_with(R"("phrase": "diabetes" })", R"("phrase": "diabetes" }, "chart": [ { "find": ")" +
                                                   find + R"(", "suggests": "yes" } ])");
  const std::string anchor = "\"variables\": {";
  return text.insert(text.find(anchor), "\"chart_variables\": { " + variables + " },\n  ");
}

/// A fault in the rule of the question diabetes, at a character (from 1) of its expression.
void check_find(const std::string& find, ErrorCode code, std::size_t character,
                const std::string& word, const std::string& variables = "") {
  CAPTURE(find);
  const std::string text = with_chart(variables, find);
  const auto loaded = fbss::load_questionnaire(text, "sample.json");
  REQUIRE(loaded.problems().size() == 1);
  const fbss::Problem& problem = loaded.problems().front();
  CAPTURE(problem.message);
  CHECK(fbss::code_word(problem.code) == fbss::code_word(code));
  CHECK(problem.pointer == "/sections/0/questions/0/chart/0/find");
  CHECK(problem.message.find(word) != std::string::npos);
  const Position start = position_of(text, "\"" + find + "\"");
  CHECK(problem.line == start.line);
  CHECK(problem.column == start.column + character);
}

}  // namespace

TEST_CASE("faults of expressions over a chart") {
  check_find("%chart.ofType(Condition).where(kode.exists())", ErrorCode::unknown_element, 32,
             "kode");
  check_find("%chart.ofType(Condition", ErrorCode::syntax_error, 24, "diabetes, chart rule 1");
  check_find("%smoking", ErrorCode::unknown_variable, 1, "a chart speaks for itself");
  check_find("%nobody", ErrorCode::unknown_variable, 1, "%nobody");
  check_find("%chart.ofType(Condition).where(today() > @2020)", ErrorCode::clock_in_rule, 32,
             "reads the clock");
  check_find("%chart.ofType(Condition).where(code.memberOf(id))", ErrorCode::bad_value, 46,
             "in quotes");
  check_find("%conditions.where(kode.exists())", ErrorCode::unknown_element, 19, "kode",
             R"x("conditions": "%chart.ofType(Condition)")x");
}

TEST_CASE("a rule finds whole resources") {
  const auto fault = [](const char* find) {
    return Fault{with_chart("", find), ErrorCode::bad_value, "/sections/0/questions/0/chart/0/find",
                 std::string("\"") + find + "\"", "whole"};
  };
  check_fault(fault("%chart.ofType(Condition).code"));
  check_fault(fault("%chart.ofType(Condition).exists()"));
  CHECK(fbss::load_questionnaire(with_chart("", "%chart.where(true)")));
  CHECK(fbss::load_questionnaire(with_chart("", "iif(true, %chart.ofType(Condition))")));
}

TEST_CASE("a variable reads those above it") {
  const auto ok =
      with_chart(R"x("a": "%chart.ofType(Condition)", "b": "%a.where(id = 'x')")x", "%b");
  CHECK(fbss::load_questionnaire(ok));
  check_fault({with_chart(R"("a": "%b", "b": "%chart")", "%b"), ErrorCode::unknown_variable,
               "/chart_variables/a", "", "reads only those above it"});
  check_fault({with_chart(R"("a": "%a")", "%chart"), ErrorCode::unknown_variable,
               "/chart_variables/a", "", "reads only those above it"});
}

TEST_CASE(
    "the code lists of a rule: its own in the order of its text, then those of its variables") {
  const auto loaded = fbss::load_questionnaire(with_chart(
      R"x("a": "%chart.ofType(Condition).where(code.memberOf('v/1') or code.memberOf('v/2'))",
          "b": "%a.where(code.memberOf('v/3'))")x",
      "%b.where(code.memberOf('v/4') and code.memberOf('v/2')).where(code.memberOf('v/4'))"));
  REQUIRE(loaded);
  const auto& model = loaded->model();
  CHECK(model.chart_values[0].code_lists == std::vector<std::string>{"v/1", "v/2"});
  CHECK(model.chart_values[1].code_lists == std::vector<std::string>{"v/3", "v/1", "v/2"});
  REQUIRE(model.chart_rules.size() == 1);
  CHECK(model.chart_rules[0].question == 0);
  CHECK(model.chart_rules[0].find.code_lists ==
        std::vector<std::string>{"v/4", "v/2", "v/3", "v/1"});
}

TEST_CASE("chart rules are part of a questionnaire's hash") {
  const auto a = fbss::load_questionnaire(with_chart("", "%chart.where(true)"));
  const auto b = fbss::load_questionnaire(with_chart("", "%chart.where(false)"));
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->sha256() != b->sha256());
}
