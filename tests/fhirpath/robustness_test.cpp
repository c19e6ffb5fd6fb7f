// SPDX-License-Identifier: Apache-2.0
// Expressions cut, joined and garbled at random (the same ones every time): whatever they are, they
// are refused or evaluated, never more.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "render.hpp"

namespace {

using namespace fbss;

// A linear congruential generator: the same numbers everywhere.
class Numbers {
 public:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_ = 7;
};

constexpr const char* seed_count[] = {
    "name.where(use = 'official').given.first()",
    "(1 | 2 | 3).aggregate($this + $total, 0)",
    "birthDate + 18 years <= today()",
    "value > 100 '[lb_av]' or value.unit ~ 'LBS'",
    "%resource.item.where(linkId='a').answer.value in ('x' | 'y')",
    "iif(a.exists(), a.toString() & 'b', {})",
    "@2026-11-21T10:00:00.000+02:00 - 1.5 'h'",
    "repeat(item).where($index > 0 and linkId != {}).linkId.isDistinct()",
    "-a[0] * 2.50 div 3L mod 7",
    "descendants().ofType(string).trace('t', $this)",
    "(true xor false) implies active.not()",
    "item.sort(-linkId, answer.count() desc).defineVariable('v', first()).select(%v | $this)",
    "coalesce(b, a).select(iif($this is Decimal, highBoundary(1), {})).max()",
    "(birthDate | @2026-05-06T10).first().lowBoundary(10).duration(@2027T, 'year')",
    "'\\u00e9\\uD83D\\uDD25\\'' !~ `a b`"};

constexpr const char* piece_names[] = {".",
                                       "(",
                                       ")",
                                       "[",
                                       "]",
                                       "{}",
                                       ",",
                                       "|",
                                       "and",
                                       " or ",
                                       "$this",
                                       "$index",
                                       "%",
                                       "@",
                                       "@T",
                                       "'",
                                       "`",
                                       "\\",
                                       "/*",
                                       "*/",
                                       "//",
                                       "\n",
                                       "-",
                                       "+",
                                       "= ",
                                       "!~",
                                       "<",
                                       "1",
                                       "2147483647",
                                       "0.0",
                                       "10L",
                                       "1 year",
                                       "'mg'",
                                       "select(",
                                       "where(",
                                       "repeat($this)",
                                       "repeatAll($this)",
                                       "sort(",
                                       " desc",
                                       ".defineVariable('v')",
                                       "%v",
                                       "coalesce(",
                                       ".highBoundary()",
                                       ".difference(@2026, 'year')",
                                       ".children()",
                                       ".toQuantity()",
                                       "is ",
                                       "as ",
                                       "Integer",
                                       "\xC3",
                                       "\xFF",
                                       "\x01",
                                       "é"};

std::string mutated(Numbers& numbers) {
  std::string text = seed_count[numbers.below(std::size(seed_count))];
  for (std::size_t edits = 1 + numbers.below(4); edits > 0; --edits) {
    const std::size_t at = numbers.below(text.size() + 1);
    switch (numbers.below(4)) {
      case 0:
        text.insert(at, piece_names[numbers.below(std::size(piece_names))]);
        break;
      case 1:
        text.erase(at, numbers.below(6));
        break;
      case 2:
        text.resize(at);
        break;
      default:
        text.insert(at, seed_count[numbers.below(std::size(seed_count))]);
        break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("no expression crashes or hangs") {
  constexpr const char* record_count[] = {
      R"({"resourceType":"Patient","name":[{"use":"official","given":["Ada","Eve"]}],"active":true,
          "birthDate":"1970-03-04","_birthDate":{"id":"b"},"a":[1,2.50,"x",null,{"b":[]}]})",
      R"({"item":[{"linkId":"a","answer":[{"valueQuantity":{"value":4,"unit":"lbs"}}]},
          {"linkId":"b","item":[{"linkId":"c"}]}],"value":"2026","a":1e300})",
      "[1,[2,[3]],{}]", "null", "\"text\""};
  Document documents[std::size(record_count)];
  for (std::size_t i = 0; i < std::size(record_count); ++i)
    REQUIRE(documents[i].parse(record_count[i]));
  fhirpath::Expression::Options options;
  options.limits.evaluation_steps = 20'000;
  options.limits.evaluation_bytes = 1024 * 1024;
  fhirpath::Workspace workspace(options.limits);
  Numbers numbers;
  std::size_t evaluated = 0, refused = 0;
  std::string trace;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = mutated(numbers);
    CAPTURE(text);
    const auto expression = fhirpath::Expression::compile(text, options);
    if (!expression) {
      ++refused;
      const Problem& problem = expression.problems().front();
      CHECK(problem.line >= 1);
      CHECK(problem.column >= 1);
      CHECK(!problem.message.empty());
      continue;
    }
    ++evaluated;
    for (const Document& document : documents) {
      trace.clear();
      const fhirpath::Environment environment{
          .input = document.root(), .today = "2026-11-21", .trace = &trace};
      const auto result = fhirpath::evaluate(*expression, environment, workspace);
      if (result) (void)fhirpath::render(*result);
    }
  }
  CHECK(evaluated > 1000);
  CHECK(refused > 1000);
}

TEST_CASE("work that grows with the record is counted, however few steps the expression has") {
  std::string names = "\"a\"";
  for (int i = 1; i < 20'000; ++i) names += ",\"a\"";
  const std::string text(200'000, 'a'), digits(200'000, '1');
  Document document;
  REQUIRE(document.parse(R"({"name":[{"text":")" + text + R"(","family":")" + text +
                         R"(","given":[)" + names + R"(]}],"id":")" + digits + R"("})"));
  Limits limits;
  limits.evaluation_steps = 500'000;
  fhirpath::Workspace workspace(limits);
  // R: the record, for each item anew.
  const auto verdict = [&](std::string inner) {
    for (std::size_t at = 0; (at = inner.find("R.", at)) != std::string::npos;)
      inner.replace(at, 2, "iif($this = 'a', %context).");
    const auto expression = fhirpath::Expression::compile("name.given.where(" + inner + ")");
    REQUIRE(expression);
    const auto result = fhirpath::evaluate(*expression, {.input = document.root()}, workspace);
    return result ? "ok" : code_word(result.problems().front().code);
  };
  // What depends on no item is worked out once, and costs little.
  CHECK(verdict("%context.name.count() = 1") == "ok");
  CHECK(verdict("%context.name.text.indexOf('ab') = 0") == "ok");
  for (const char* inner :
       {"R.name.given.exists()", "R.name.given.nothing.exists()", "R.name.text.indexOf('ab') = 0",
        "R.name.text.contains(R.id)", "R.name.text.split('b').exists()",
        "R.name.text = R.name.family", "R.name.text ~ R.name.family", "R.id.toInteger() = 1",
        "R.id.convertsToQuantity()"}) {
    CAPTURE(inner);
    CHECK(verdict(inner) == "limit_exceeded");
  }
}
