// SPDX-License-Identifier: Apache-2.0
// What is worked out at compile, and once in a loop, gives what step by step gives. Each expression
// is evaluated in four ways: as it is; with every step standing for itself; with its variables
// known at compile; with each variable behind a detour that nothing sees through.
#include "fhirpath/assemble.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <fbss/document.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

constexpr std::string_view record = R"({"resourceType":"Patient","name":[
  {"use":"official","given":["Ada","Maria"],"family":"Lovelace"},
  {"use":"usual","given":["Adi"]}],"telecom":[{"rank":2},{"rank":1},{"rank":1}]})";
constexpr std::string_view lists = R"({"one":[3,1,2],"words":["Maria","Adi","x"],
  "options":[{"code":"a","weight":1},{"code":"b","weight":2.5},{"code":"b"}],"none":[]})";

// %v is the record of lists, %p the patient; $this the patient.
constexpr std::string_view expressions[] = {
    "%v.one.sum()",
    "%v.options.where(code = 'b').weight",
    "%v.options.where(code = %v.options.skip(1).first().code).count()",
    "%v.one.where($this > %v.one.min())",
    "%v.one.select($this + $index)",
    "%v.one.select(%v.one.select($this * 10 + $index))",
    "%v.one.select(%v.one.where($this > 1).count() + $this)",
    "%v.one.aggregate($total + $this + %v.one.count(), 0)",
    "%v.one.aggregate($total + $this, %v.one.count())",
    "%v.one.select(%v.one.aggregate($total + $this, 100) + $this)",
    "%v.none.select(1 / %v.nothing.length())",
    "%v.one.select(iif($this > 1, %v.words.first().substring(0, $this), %v.one.sum()))",
    "%v.one.iif(count() = 3, first(), 1 / 0)",
    "%v.one.where(%v.words.single().exists())",
    "%v.none.where(%v.words.single().exists())",
    "%v.one.all($this < %v.one.max() + 1)",
    "%v.one.exists($this > %v.one.max() - 1)",
    "%v.repeat(options).code",
    "%v.descendants().count()",
    "%v.children().count()",
    "%v.defineVariable('w', %v.one).one.where($this in %w.skip(1))",
    "%v.one.select(defineVariable('w', $this + %v.one.first()).select(%w + $this))",
    "%v.one.sort(-$this)",
    "%v.options.sort(code, -weight).weight",
    "%v.one.coalesce(%v.none, %v.one.first())",
    "%v.one | %v.one.select($this + %v.one.count())",
    "name.where(given contains %v.words.first()).family",
    "name.given.where($this in %v.words)",
    "name.select(given.where($this = %p.name.last().given.first()))",
    "name.where(use = %p.name.first().use).given",
    "name.given.select($this & %p.name.first().family.first())",
    "name.where(%p.telecom.rank.sum() = 4).use",
    "telecom.rank.where($this = %p.telecom.rank.select($this - 1).max())",
    "name.given.where(length() > today().toString().length() - 8)",
    "telecom.where(rank = %p.telecom.where(rank = 1).first().rank).count()",
    "%v.one.select(%v.one.where($this = 3 and %v.one.exists($this = 1)))",
    "name.select(given.select($this & %p.name.given.where($this.startsWith('Ad')).first()))",
    "%v.one.repeat(iif($this < 5, $this + %v.one.first()))",
    "%v.one.select($this.toString() & %v.words.join(','))",
    "%v.one.trace('x').where($this > %v.one.min())",
    "%v.one.select(%v.words.trace('x').count())",
};

// %v and %p, the patient as the input.
struct Records {
  Records() {
    REQUIRE(patient.parse(record));
    REQUIRE(values.parse(lists));
    v = Value::of_node(values.root());
    p = Value::of_node(patient.root());
  }
  Environment environment() const {
    return {.input = patient.root(), .variables = variables, .today = "2026-11-28"};
  }

  Document patient, values;
  Value v, p;
  Collection variables[2] = {{&v, 1}, {&p, 1}};
};

// Expressions at random, of loops within loops: most give values, some raise errors.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string list(int depth, bool in_loop) {
    static const std::vector<std::string> ends = {"%v.one", "%v.words", "%v.options", "%v.none",
                                                  "name",   "%p.name",  "telecom",    "%v"};
    if (depth == 0) return of(ends);
    switch (below(9)) {
      case 0:
        return list(depth - 1, in_loop) + ".where(" + truth(depth - 1, true) + ')';
      case 1:
        return list(depth - 1, in_loop) + ".select(" + value(depth - 1, true) + ')';
      case 2:
        return list(depth - 1, in_loop) + '.' + of(members_);
      case 3:
        return list(depth - 1, in_loop) + ".repeat(" + of(members_) + ')';
      case 4:
        return '(' + list(depth - 1, in_loop) + " | " + list(depth - 1, in_loop) + ')';
      case 5:
        return list(depth - 1, in_loop) + ".iif(" + truth(depth - 1, in_loop) + ", " +
               value(depth - 1, in_loop) + ", " + list(depth - 1, in_loop) + ')';
      case 6:
        return in_loop ? "$this." + of(members_) : list(depth - 1, in_loop);
      case 7:
        return list(depth - 1, in_loop) + ".coalesce(" + list(depth - 1, in_loop) + ')';
      default:
        return list(depth - 1, in_loop) + ".tail()";
    }
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  const std::string& of(const std::vector<std::string>& words) {
    return words[below(words.size())];
  }

  std::string value(int depth, bool in_loop) {
    switch (below(depth == 0 ? 4 : 9)) {
      case 0:
        return in_loop ? "$this" : "%v.one.first()";
      case 1:
        return in_loop ? "$index" : "2";
      case 2:
        return "'Adi'";
      case 3:
        return list(0, in_loop) + '.' + of(members_) + ".first()";
      case 4:
        return list(depth - 1, in_loop) + ".count()";
      case 5:
        return list(depth - 1, in_loop) + ".first()";
      case 6:
        return '(' + value(depth - 1, in_loop) + " & " + value(depth - 1, in_loop) + ')';
      case 7:
        return list(depth - 1, in_loop) + ".aggregate($total & $this.count() & " +
               list(depth - 1, true) + ".count(), " + value(depth - 1, in_loop) + ')';
      default:
        return '(' + list(depth - 1, in_loop) + ".count() + " + list(depth - 1, in_loop) +
               ".count())";
    }
  }

  std::string truth(int depth, bool in_loop) {
    switch (below(depth == 0 ? 3 : 7)) {
      case 0:
        return of(members_) + " = " + value(0, in_loop);
      case 1:
        return of(members_) + ".exists()";
      case 2:
        return list(0, in_loop) + ".exists()";
      case 3:
        return value(depth - 1, in_loop) + " = " + value(depth - 1, in_loop);
      case 4:
        return value(depth - 1, in_loop) + " in " + list(depth - 1, in_loop);
      case 5:
        return '(' + truth(depth - 1, in_loop) + (below(2) ? " and " : " or ") +
               truth(depth - 1, in_loop) + ')';
      default:
        return list(depth - 1, in_loop) + ".all(" + truth(depth - 1, true) + ')';
    }
  }

  std::mt19937 random_;
  const std::vector<std::string> members_ = {"code", "weight",   "given",  "family",
                                             "use",  "rank",     "one",    "options",
                                             "name", "length()", "count()"};
};

}  // namespace

TEST_CASE("in whichever way an expression is put together, it gives the same") {
  const Records records;
  const std::vector<std::string> names = {"v", "p"};
  for (const std::string_view text : expressions) {
    CAPTURE(text);
    const std::string plain = result_of(text, records.environment(), {.variables = names});
    CHECK(result_of(text, records.environment(), {.variables = names, .traceable = true}) == plain);
    Expression::Options known{.variables = names};
    known.known_values = {records.variables[0], records.variables[1]};
    const std::string folded = result_of(text, records.environment(), known);
    CHECK(folded == plain);
    known.known_values = {records.variables[0]};
    CHECK(result_of(text, records.environment(), known) == plain);
    // $this is never known before; as a whole collection it is no condition.
    std::string hidden(text);
    for (const char* name : {"%v.", "%p."})
      for (std::size_t at = 0; (at = hidden.find(name, at)) != std::string::npos;)
        hidden.replace(at, 3, "iif($this.exists() or true, " + hidden.substr(at, 2) + ").");
    if (!plain.starts_with("error") && text.find("coalesce") == std::string_view::npos)
      CHECK(result_of(hidden, records.environment(), {.variables = names}) == plain);
  }
}

TEST_CASE("what depends on known values alone is a constant") {
  Document values;
  REQUIRE(values.parse(lists));
  const Value v = Value::of_node(values.root());
  const auto is_constant = [&](std::string_view text) {
    Expression::Options options{.variables = {"v", "w"}};
    options.known_values = {Collection(&v, 1)};
    const auto expression = Expression::compile(text, options);
    REQUIRE(expression);
    return constant_values(*expression).has_value();
  };
  CHECK(is_constant("%v.options.where(code = 'b').weight"));
  CHECK(is_constant("%v.options.where(code = %v.options.last().code).select(weight + 1)"));
  CHECK(is_constant("%v.one.exists($this > 1) and %v.none.empty()"));
  CHECK_FALSE(is_constant("%w"));
  CHECK_FALSE(is_constant("%v.one.where($this > %w)"));
  CHECK_FALSE(is_constant("%v.one.select($index)"));  // for the evaluator alone to say
  CHECK_FALSE(is_constant("%v.one.first() & today().toString()"));
  CHECK_FALSE(is_constant("%v.one.trace('seen')"));
  CHECK_FALSE(is_constant("%v.one.single()"));  // it raises an error, where it is run
}

TEST_CASE("in a loop what depends on no item is worked out once, and not before it is asked for") {
  Document document;
  REQUIRE(document.parse(R"({"text":")" + std::string(4000, 'a') + R"("})"));
  // The fewest steps with which it can be evaluated.
  const auto steps_of = [&](const std::string& text) {
    std::uint64_t least = 1, most = 100'000;
    while (least < most) {
      Expression::Options options;
      options.limits.evaluation_steps = (least + most) / 2;
      const bool does = !result_of(text, {.input = document.root()}, options).starts_with("error");
      (does ? most : least) = (least + most) / 2 + (does ? 0 : 1);
    }
    return least;
  };
  const std::string heavy = "%context.text.toChars().count()";
  const std::string two = "(1 | 2)", many = "(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20)";
  const std::uint64_t once = steps_of(heavy);
  CHECK(once > 200);
  const std::string greater = ".where($this > " + heavy + ").count()";
  CHECK(steps_of(two + greater) > once);
  CHECK(steps_of(many + greater) < 2 * once);
  CHECK(steps_of("nothing" + greater) < once);
  CHECK(steps_of(many + ".where($this > iif($this > 0, %context).text.toChars().count()).count()") >
        20 * once);
}

TEST_CASE("in a loop what may come out differently is asked for each item") {
  int calls = 0;
  const HostFunction next{"next", 0,
                          [&](Collection, std::span<const Collection>, HostResults& results) {
                            results.push(Value::of_integer(++calls));
                          }};
  CHECK(result_of("(5 | 6 | 7).select(%ucum.next() + 0)", {}, {.functions = {next}}) == "1, 2, 3");
}

// FBSS_SEEDS=N tries N expressions.
TEST_CASE("expressions at random give the same, in whichever way they are put together") {
  const Records records;
  const char* const wished = std::getenv("FBSS_SEEDS");
  const auto seeds = static_cast<std::uint32_t>(wished ? std::atoi(wished) : 3000);
  std::size_t with_values = 0, with_errors = 0;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    const std::string text = Writer(seed).list(2 + static_cast<int>(seed % 3), false);
    CAPTURE(text);
    Expression::Options options{.variables = {"v", "p"}};
    const std::string plain = result_of(text, records.environment(), options);
    options.traceable = true;
    CHECK(result_of(text, records.environment(), options) == plain);
    options.traceable = false;
    options.known_values = {records.variables[0], records.variables[1]};
    CHECK(result_of(text, records.environment(), options) == plain);
    options.known_values = {std::nullopt, records.variables[1]};
    CHECK(result_of(text, records.environment(), options) == plain);
    if (plain.starts_with("error"))
      ++with_errors;
    else if (plain != "{}")
      ++with_values;
  }
  CHECK(with_values > seeds / 5);
  MESSAGE(seeds, " expressions: ", with_values, " give values, ", with_errors, " raise errors");
}
