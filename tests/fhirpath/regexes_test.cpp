// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/regexes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <fbss/fhirpath.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using fhirpath::Collection;
using fhirpath::Environment;
using fhirpath::Expression;
using fhirpath::Regexes;
using fhirpath::result_of;
using fhirpath::Value;

constexpr std::size_t plenty = 1024 * 1024;

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

// The result of an expression in which %text is that text.
std::string with_text(const char* expression, std::string_view text) {
  const Value value = Value::of_string(text);
  const Collection variables[] = {{&value, 1}};
  const std::string result =
      result_of(expression, {.variables = variables}, {.variables = {"text"}});
  return result.size() > 60 ? std::to_string(result.size()) + " bytes" : result;
}

}  // namespace

TEST_CASE("each pattern is compiled once") {
  Regexes regexes(8, plenty);
  CHECK(regexes.find("a", {}) == nullptr);
  const Regex& first = regexes.constant("a", {}, {"matches", 0});
  CHECK(&regexes.constant("a", {}, {"matches", 0}) == &first);
  CHECK(regexes.find("a", {}) == &first);
  CHECK(regexes.find("a", {.ignore_case = true}) == nullptr);
  CHECK(&regexes.constant("a", {.ignore_case = true}, {"matches", 0}) != &first);
}

TEST_CASE("of patterns out of records the last few are kept") {
  Regexes regexes(2, plenty);
  regexes.from_record("a", {}, {"matches", 0});
  regexes.from_record("b", {}, {"matches", 0});
  CHECK(regexes.find("a", {}));
  regexes.from_record("c", {}, {"matches", 0});
  CHECK(!regexes.find("a", {}));
  CHECK(regexes.find("b", {}));
  regexes.from_record("d", {}, {"matches", 0});
  CHECK(!regexes.find("b", {}));
  CHECK(regexes.find("c", {}));
  CHECK(regexes.find("d", {})->matches("d"));
}

TEST_CASE("what is refused in an expression is quoted, what a record holds is not") {
  const auto message_of = [](const Expression& expression, const Value& value) {
    const Collection variables[] = {{&value, 1}};
    fhirpath::Workspace workspace;
    const auto result =
        fhirpath::evaluate(expression, Environment{.variables = variables}, workspace);
    REQUIRE(!result);
    return result.problems().front().message;
  };
  const auto constant = Expression::compile("'a'.matches('b(?=secret)')");
  REQUIRE(!constant);
  CHECK(constant.problems().front().message ==
        "matches() takes no such regular expression: it looks ahead or behind, which no engine can "
        "that is sure to end in time: match twice, with two patterns, at \"(?=\".");
  const auto variable = Expression::compile("'a'.matches(%p)", {.variables = {"p"}});
  REQUIRE(variable);
  const std::string told = message_of(*variable, Value::of_string("(secret"));
  CHECK(told == "matches() takes no such regular expression: a ( is not closed.");
}

TEST_CASE("an expression holds so many regular expressions") {
  std::string text = "true";
  for (int i = 0; i < 64; ++i) text += " and 'a'.matches('a" + std::to_string(i) + "')";
  CHECK(Expression::compile(text));
  CHECK(Expression::compile(text + " and 'a'.matches('a1')"));
  const auto more = Expression::compile(text + " and 'a'.matches('a64')");
  REQUIRE(!more);
  CHECK(more.problems().front().code == ErrorCode::limit_exceeded);
  CHECK(!Expression::compile("'a'.matches('a')", {.limits = {.regex_bytes = 0}}));
}

TEST_CASE("no pattern and no text runs away") {
  const std::string text = repeated("a", 20'000);
  CHECK(with_text("%text.matches('(a+)+$b')", text) == "false");
  CHECK(with_text("%text.matches('(a|aa)+$b')", text) == "false");
  CHECK(with_text("%text.replaceMatches('a*a*a*b', '')", text) == "20002 bytes");
  CHECK(with_text("%text.replaceMatches('a', 'bb')", text.substr(0, 4000)) == "8002 bytes");
  // Every match looks on to the end of the text: that is counted, and too much.
  CHECK(with_text("%text.replaceMatches('a.*b|a', '')", repeated("a", 500'000)) ==
        "error limit_exceeded 1:7");
  // A text cannot be made larger without end.
  CHECK(with_text("%text.replaceMatches('a', '$0$0$0$0$0$0$0$0$0$0')"
                  ".replaceMatches('a', '$0$0$0$0$0$0$0$0$0$0')"
                  ".replaceMatches('a', '$0$0$0$0$0$0$0$0$0$0')",
                  text)
            .starts_with("error limit_exceeded"));
  // Patterns out of a record: the time to compile them is counted.
  CHECK(with_text("%text.matches(%text)", repeated("a", 100'000)) == "error limit_exceeded 1:7");
  CHECK(with_text("%text.matches(%text)", repeated("a", 8'000)) == "true");
}
