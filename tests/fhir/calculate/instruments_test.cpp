// SPDX-License-Identifier: Apache-2.0
// Scores written as small FHIR Questionnaires (instruments.txt): known totals come out, and where
// answers are missing intervals hold what can still come out. Beside the project's own cases, those
// of the shared folder, which were made by another scoring library.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fbss/calculation.hpp>
#include <fbss/document.hpp>
#include <fbss/validate.hpp>

#include "../case_files.hpp"
#include "../shared_files.hpp"
#include "../small_forms.hpp"
#include "base/decimal.hpp"

using namespace fbss;
using shared_files::folder;
using shared_files::text_of;

namespace {

struct Instrument {
  std::string name, lines;
  std::vector<case_files::Case> cases;
};

std::vector<Instrument> instruments() {
  std::vector<Instrument> all;
  for (const case_files::Block& block : case_files::read("calculate/instruments.txt")) {
    const std::size_t begin = block.form.find('\'') + 1;
    all.push_back(
        {block.form.substr(begin, block.form.find('\'', begin) - begin), block.form, block.cases});
  }
  return all;
}

// A form at work, as the tests need it.
class Scoring {
 public:
  explicit Scoring(const Instrument& instrument)
      : lines_(instrument.lines), form_(Form::load(small::questionnaire(lines_))) {
    REQUIRE_MESSAGE(form_.ok(), instrument.name);
    REQUIRE_MESSAGE(form_->issues().empty(), instrument.name);
    session_.emplace(*form_);
    calculation_.emplace(*session_);
  }

  std::vector<Interval> run(const std::string& words) {
    REQUIRE(session_->read(small::response(lines_, words)));
    REQUIRE(calculation_->run());
    return calculation_->intervals();
  }

  bool is_valid(const std::string& words) {
    REQUIRE(session_->read(small::response(lines_, words)));
    return !has_errors(validate(*session_));
  }

 private:
  std::string lines_;
  Result<Form> form_;
  std::optional<FormSession> session_;
  std::optional<Calculation> calculation_;
};

std::string shown(const std::vector<Interval>& intervals) {
  std::string values, ranges;
  for (const Interval& one : intervals) {
    values += (values.empty() ? "" : " ") + (one.value.empty() ? "none" : one.value);
    if (one.value.empty() || one.low != one.high) ranges += ' ' + one.low + ".." + one.high;
  }
  return values + ranges;
}

bool holds(const Interval& interval, const Decimal& value) {
  const auto low = Decimal::parse(interval.low), high = Decimal::parse(interval.high);
  return (!low || compare(*low, value) <= 0) && (!high || compare(value, *high) <= 0);
}

// Whether every answer of the one response is an answer of the other.
bool is_part_of(const std::string& words, const std::string& whole) {
  std::istringstream each(words);
  for (std::string answer; each >> answer;)
    if ((' ' + whole).find(' ' + answer + ' ') == std::string::npos) return false;
  return true;
}

// Of a shared case.
struct Shared {
  std::string id, words;
  std::vector<std::string> given;  // linkIds
  std::vector<std::pair<std::string, std::string>> totals;
  bool is_refused = false;
};

std::vector<Shared> shared_cases(const std::string& instrument) {
  std::vector<Shared> all;
  Document index, input, expected;
  REQUIRE(index.parse(text_of(folder / "index.json")));
  for (JsonNode one = index.root().first(); one; one = one.next()) {
    if (one.find("instrument").text() != instrument) continue;
    Shared& made = all.emplace_back();
    made.id = one.find("id").text();
    REQUIRE(input.parse(text_of(folder / one.find("input").text())));
    REQUIRE(expected.parse(text_of(folder / one.find("expected").text())));
    for (JsonNode answer = input.root().first(); answer; answer = answer.next()) {
      made.given.emplace_back(answer.key());
      made.words += std::string(answer.key()) + '=' + std::string(answer.text()) + ' ';
    }
    made.is_refused = static_cast<bool>(expected.root().find("error"));
    for (JsonNode total = expected.root().first(); total; total = total.next())
      if (total.kind() == JsonKind::number || total.kind() == JsonKind::null)
        made.totals.emplace_back(total.key(), total.text());
  }
  return all;
}

}  // namespace

TEST_CASE("instruments: known totals, and intervals where answers are missing") {
  for (const Instrument& instrument : instruments()) {
    Scoring scoring(instrument);
    for (const case_files::Case& one : instrument.cases)
      CHECK_MESSAGE(shown(scoring.run(one.before)) == one.after, instrument.name, ", line ",
                    one.line);
  }
}

TEST_CASE("shared: score") {
  if (!shared_files::are_there()) return;
  std::size_t totals = 0, intervals_checked = 0, refused = 0;
  for (const Instrument& instrument : instruments()) {
    const auto cases = shared_cases(instrument.name);
    Scoring scoring(instrument);
    const auto full = std::ranges::find_if(
        cases, [](const Shared& one) { return one.id.ends_with("random-response"); });
    for (const Shared& one : cases) {
      CAPTURE(one.id);
      if (one.id.ends_with("out-of-range")) {
        // What is no option is for validating to refuse.
        CHECK_FALSE(scoring.is_valid(one.words));
        ++refused;
        continue;
      }
      const auto intervals = scoring.run(one.words);
      for (const auto& [link_id, total] : one.totals) {
        const auto found =
            std::ranges::find(intervals, std::string_view(link_id), &Interval::link_id);
        REQUIRE(found != intervals.end());
        CHECK(found->value == total);
        ++totals;
      }
      if (one.given.size() == full->given.size() || !is_part_of(one.words, full->words)) continue;
      // Answers are missing: what all of them gave lies within, and the missing ones are named.
      for (const auto& [link_id, total] : full->totals) {
        const auto found =
            std::ranges::find(intervals, std::string_view(link_id), &Interval::link_id);
        REQUIRE(found != intervals.end());
        CHECK(holds(*found, *Decimal::parse(total)));
        CHECK(found->unanswered.size() == found->questions - found->answered);
        for (const std::string_view missing : found->unanswered)
          CHECK(std::ranges::find(one.given, missing) == one.given.end());
        if (one.is_refused && !found->unanswered.empty()) CHECK(found->value.empty());
        ++intervals_checked;
      }
    }
  }
  MESSAGE("score: ", totals, " totals as recorded, ", intervals_checked,
          " intervals of incomplete responses hold the whole total, ", refused,
          " out-of-range answers refused");
}
