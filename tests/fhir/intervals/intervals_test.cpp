// SPDX-License-Identifier: Apache-2.0
// Intervals of calculated numbers, as data (cases.txt); and that asking for them leaves the
// response and the issues as they were.
#include <doctest/doctest.h>

#include <string>

#include <fbss/calculation.hpp>

#include "../case_files.hpp"
#include "../small_forms.hpp"

using namespace fbss;

namespace {

std::string end_of(const Interval& interval, const std::string& digits) {
  return !interval.has_value ? "-" : digits.empty() ? "?" : digits;
}

std::string words_of(const Interval& interval) {
  const std::string low = end_of(interval, interval.low), high = end_of(interval, interval.high);
  std::string out(interval.link_id);
  out += ' ' + (low == high && low != "?" ? low : low + ".." + high);
  if (interval.may_be_empty && interval.has_value) out += '~';
  if (!interval.value.empty()) out += " now " + interval.value;
  out += ' ' + std::to_string(interval.answered) + '/' + std::to_string(interval.questions);
  for (std::size_t i = 0; i < interval.unanswered.size(); ++i)
    out += (i == 0 ? " " : ",") + std::string(interval.unanswered[i]);
  return out;
}

std::string words_of(const std::vector<Interval>& intervals) {
  std::string out;
  for (const Interval& interval : intervals) out += (out.empty() ? "" : "; ") + words_of(interval);
  return out;
}

}  // namespace

TEST_CASE("intervals: what numbers can still become") {
  for (const case_files::Block& block : case_files::read("intervals/cases.txt")) {
    const auto form = Form::load(small::questionnaire(block.form));
    REQUIRE_MESSAGE(form.ok(), block.form);
    FormSession session(*form);
    Calculation calculation(session);
    for (const case_files::Case& one : block.cases) {
      CAPTURE(one.line);
      REQUIRE(session.read(small::response(block.form, one.before)));
      REQUIRE(calculation.run());
      const std::string before = calculation.response();
      const std::size_t told = session.issues().size();
      CHECK(words_of(calculation.intervals()) == one.after);
      CHECK(calculation.response() == before);
      CHECK(session.issues().size() == told);
      CHECK(words_of(calculation.intervals()) == one.after);
    }
  }
}

TEST_CASE("intervals: the limits are those that are given") {
  // Two questions, three answers each, and an expression that arithmetic does not follow.
  const std::string lines =
      "a integer 1..3\n"
      "b integer 1..3\n"
      "x integer := %resource.item.where(linkId in ('a' | 'b')).answer.value.sort().first()"
      " * 10\n";
  const auto ends = [&](std::size_t completions, std::size_t steps) {
    FormOptions options;
    const auto form = Form::load(small::questionnaire(lines), std::move(options));
    REQUIRE(form.ok());
    FormSessionOptions chosen;
    chosen.limits.interval_completions = completions;
    chosen.limits.interval_steps = steps;
    FormSession session(*form, chosen);
    Calculation calculation(session);
    REQUIRE(session.read(small::response(lines, "")));
    REQUIRE(calculation.run());
    return words_of(calculation.intervals());
  };
  CHECK(ends(20'000, 500'000) == "x 10..30 0/2 a,b");
  CHECK(ends(9, 0) == "x 10..30 0/2 a,b");
  CHECK(ends(8, 0) == "x ?..?~ 0/2 a,b");
}

TEST_CASE("intervals: before anything was read there is none") {
  const auto form = Form::load(small::questionnaire("a integer := 1"));
  REQUIRE(form.ok());
  FormSession session(*form);
  Calculation calculation(session);
  CHECK(calculation.intervals().empty());
}
