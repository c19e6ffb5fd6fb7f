// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/evaluate.hpp"

#include <doctest/doctest.h>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

Expression compiled(std::string_view text) {
  auto expression = Expression::compile(text);
  REQUIRE(expression);
  return std::move(*expression);
}

ErrorCode refusal(std::string_view text, const Limits& limits, JsonNode input = {}) {
  Workspace workspace(limits);
  const auto result = evaluate(compiled(text), {.input = input}, workspace);
  return result ? ErrorCode::usage : result.problems().front().code;
}

}  // namespace

TEST_CASE("the example of the public header") {
  const auto expression = Expression::compile("name.where(use = 'official').given.first()");
  Document patient;
  Workspace workspace;
  REQUIRE(expression);
  REQUIRE(patient.parse(R"({"name":[{"use":"usual","given":["Adi"]},
                                    {"use":"official","given":["Ada","Maria"]}]})"));
  const auto result = evaluate(*expression, {.input = patient.root()}, workspace);
  REQUIRE(result);
  REQUIRE(result->size() == 1);
  CHECK(to_text(result->front()) == "Ada");
}

TEST_CASE("steps are bounded") {
  Limits limits;
  limits.evaluation_steps = 1000;
  Document document;
  REQUIRE(document.parse("[1,2,3,4,5,6,7,8,9,10]"));
  const JsonNode input = document.root();
  CHECK(refusal("children().select(1)", limits, input) == ErrorCode::usage);
  const std::string again = "iif($this > 0, %context).children()";  // for each item anew
  CHECK(refusal("children().select(" + again + ".select(" + again + ".select(1)))", limits,
                input) == ErrorCode::limit_exceeded);
  // Without a limit this would never end.
  CHECK(refusal("$this.select(1).repeat($this + 1)", limits, input) == ErrorCode::limit_exceeded);
  // A list of different values is compared pair by pair.
  CHECK(refusal("children().repeat($this.toString() & 'x')", limits, input) ==
        ErrorCode::limit_exceeded);
}

TEST_CASE("what may be compiled may be evaluated, however deep or long") {
  const auto repeated = [](const std::string& part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += part;
    return out;
  };
  Document document;
  REQUIRE(document.parse(R"({"a":[1,2]})"));
  const Environment environment{.input = document.root()};
  CHECK(result_of(repeated("iif(a.exists(), ", 127) + "a" + repeated(")", 127), environment) ==
        "1, 2");
  CHECK(result_of(repeated("where(", 127) + "a.exists()" + repeated(").a.exists()", 127),
                  environment) == "true");
  CHECK(result_of("a.exists()" + repeated(" and a.exists()", 1000), environment) == "true");
  CHECK(result_of("a[0]" + repeated(" + 1", 1000), environment) == "1001");
  std::string options = "'0'";
  for (int i = 1; i < 1000; ++i) options += "|'" + std::to_string(i) + "'";
  CHECK(result_of("'999' in (" + options + ")") == "true");
  CHECK(result_of("a.toString() in (" + options + ")", {}) == "{}");
}

TEST_CASE("memory is bounded") {
  Limits limits;
  limits.evaluation_bytes = 64 * 1024;
  Document document;
  REQUIRE(document.parse(R"({"a":"0123456789"})"));
  const JsonNode input = document.root();
  CHECK(refusal("a.repeat($this & $this)", limits, input) == ErrorCode::limit_exceeded);
  CHECK(refusal("a.combine(a)", limits, input) == ErrorCode::usage);
  std::string doubled = "a";
  for (int i = 0; i < 14; ++i) doubled += ".select($this.combine($this))";
  CHECK(refusal(doubled, limits, input) == ErrorCode::limit_exceeded);
}

TEST_CASE("after a failure the workspace works on") {
  Workspace workspace;
  const Expression bad = compiled("(1 | 2) and true"), good = compiled("1 + 1");
  const auto failed = evaluate(bad, {}, workspace);
  REQUIRE(!failed);
  CHECK(failed.problems().front().code == ErrorCode::not_a_single_value);
  const auto result = evaluate(good, {}, workspace);
  REQUIRE(result);
  CHECK(render(*result) == "2");
}

TEST_CASE("many values move the stack and nothing else") {
  std::string json = "[0";
  for (int i = 1; i < 5000; ++i) json += "," + std::to_string(i);
  Document document;
  REQUIRE(document.parse("{\"a\":" + json + "]}"));
  CHECK(result_of("a.select($this + 1).where($this mod 1000 = 0)", {.input = document.root()}) ==
        "1000, 2000, 3000, 4000, 5000");
  CHECK(result_of("a.aggregate($total + $this, 0)", {.input = document.root()}) == "12497500");
  CHECK(result_of("a.combine(a).count()", {.input = document.root()}) == "10000");
}

TEST_CASE("without a date there is no today") {
  CHECK(result_of("today()") == "{}");
  CHECK(result_of("now()") == "{}");
  CHECK(result_of("timeOfDay()") == "{}");
  CHECK(result_of("@2026-11-20 < today()") == "{}");
  CHECK(result_of("today()", {.today = "2026-11"}) == "@2026-11");
  CHECK(result_of("today()", {.today = "tomorrow"}) == "{}");
  CHECK(result_of("timeOfDay()", {.now = "2026-11-21"}) == "{}");
}

TEST_CASE("trace writes where the caller wants it") {
  std::string trace;
  CHECK(result_of("(1 | 2).trace('a').select('x' & $this.toString()).trace('b', $this & '!')",
                  {.trace = &trace}) == "'x1', 'x2'");
  CHECK(trace == "a: 1 2\nb: x1! x2!\n");
}

TEST_CASE("messages name the operator and repeat no value") {
  Workspace workspace;
  const Value secret[] = {Value::of_string("Rossi"), Value::of_string("Conti")};
  const Collection variables[] = {secret};
  for (const char* text : {"%q and true", "%q + 1", "%q[0] < 1", "%q[0] - 'x'", "-%q[0]",
                           "%q.single()", "%q.skip('Ada')", "%q.allTrue()"}) {
    CAPTURE(text);
    const auto expression = Expression::compile(text, {.variables = {"q"}});
    REQUIRE(expression);
    const auto result = evaluate(*expression, {.variables = variables}, workspace);
    REQUIRE(!result);
    const Problem& problem = result.problems().front();
    CAPTURE(problem.message);
    CHECK(problem.message.find("Rossi") == std::string::npos);
    CHECK(problem.message.size() > 20);
    CHECK(problem.line == 1);
  }
}
