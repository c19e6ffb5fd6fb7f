// SPDX-License-Identifier: Apache-2.0
// What must hold for every record: random records (seeded), judged through the public interface
// alone. A record is a list of answers as JSON, so that parts of it can be read as records too.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

using fbss::Status;

namespace {

using Record = std::vector<std::pair<std::string, std::string>>;  // question, JSON value

struct Choices {
  const char* question;
  std::vector<std::string> values;
};

const std::vector<Choices>& choices() {
  static const std::vector<Choices> all = {
      {"planned", {"true", "false"}},
      {"earlier", {"\"none\"", "\"one\"", "\"two_or_more\""}},
      {"rehab", {"\"followed\"", "\"not_followed\"", "\"no_program\""}},
      {"depression", {"true", "false"}},
      {"depression_treated", {"true", "false"}},
      {"treatment", {"\"medicine\"", "\"talking\""}},
      {"exercises", {"[\"walking\"]", "[\"yoga\",\"walking\"]", "[\"none\"]", "[\"swimming\"]"}},
      {"repetitions", {"0", "9", "10", "11", "500"}},
      {"other", {"true", "false"}},
  };
  return all;
}

std::string json(const Record& record) {
  std::string out = "{";
  for (const auto& [question, value] : record)
    out += (out.size() > 1 ? "," : "") + std::string("\"") + question + "\":" + value;
  return out + "}";
}

// The statuses of a record, or nothing where it is refused.
std::optional<std::vector<Status>> statuses(const Record& record) {
  static fbss::Response response(small_rules::questionnaire());
  if (!response.read(json(record))) return std::nullopt;
  const auto assessment = fbss::assess(response, {.explain = false});
  REQUIRE(assessment.ok());
  std::vector<Status> out;
  for (const fbss::Finding& finding : assessment->findings) out.push_back(finding.status);
  return out;
}

template <class Random>
std::size_t below(Random& random, std::size_t bound) {
  return static_cast<std::size_t>(random() % bound);
}

// Answers in question order, only what is asked; about every third question has no value.
template <class Random>
Record random_record(Random& random) {
  Record record;
  fbss::Response response(small_rules::questionnaire());
  for (const Choices& question : choices()) {
    REQUIRE(response.read(json(record)).ok());
    if (!response.enabled(small_screen::item(response.questionnaire(), question.question)))
      continue;
    const std::size_t kind = below(random, 6);
    if (kind == 0) continue;
    if (kind == 1)
      record.emplace_back(question.question, below(random, 2) ? "\"unknown\"" : "\"declined\"");
    else
      record.emplace_back(question.question,
                          question.values[below(random, question.values.size())]);
  }
  return record;
}

bool has_value(const std::string& value) {
  return value != "\"unknown\"" && value != "\"declined\"";
}

Record with(Record record, const std::string& question, const std::string& value) {
  std::erase_if(record, [&](const auto& answer) { return answer.first == question; });
  record.emplace_back(question, value);
  return record;
}

Record values_only(Record record) {
  std::erase_if(record, [](const auto& answer) { return !has_value(answer.second); });
  return record;
}

// Whether some set of `size` of the answers is a record of its own that gives the rule the status.
bool some_set_fixes(const Record& answers, std::size_t size, std::size_t rule, Status status) {
  std::vector<bool> chosen(answers.size());
  std::fill_n(chosen.begin(), size, true);
  do {
    Record part;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (chosen[i]) part.push_back(answers[i]);
    const auto out = statuses(part);
    if (out && (*out)[rule] == status) return true;
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return false;
}

constexpr int record_count = 60;

}  // namespace

TEST_CASE("because is enough, and no smaller set is") {
  std::mt19937 random(20261121);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    const Record answers = values_only(record);
    CAPTURE(json(record));
    const auto assessment = small_rules::assess(json(record));
    for (std::size_t rule = 0; rule < assessment.findings.size(); ++rule) {
      const fbss::Finding& finding = assessment.findings[rule];
      CAPTURE(finding.rule->id);
      if (finding.status == Status::unknown) {
        CHECK(finding.because.empty());
        continue;
      }
      Record part;
      for (const fbss::Given& given : finding.because) {
        const auto answer = std::ranges::find(answers, given.question->id,
                                              &std::pair<std::string, std::string>::first);
        REQUIRE(answer != answers.end());
        part.push_back(*answer);
      }
      const auto out = statuses(part);
      REQUIRE(out.has_value());
      CHECK((*out)[rule] == finding.status);
      REQUIRE_FALSE(finding.because.empty());
      CHECK_FALSE(some_set_fixes(answers, finding.because.size() - 1, rule, finding.status));
    }
  }
}

TEST_CASE("would_settle holds exactly the asked questions of which an answer settles the rule") {
  std::mt19937 random(7);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    CAPTURE(json(record));
    const auto response = small_rules::read(json(record));
    const auto assessment = small_rules::assess(json(record));
    for (std::size_t rule = 0; rule < assessment.findings.size(); ++rule) {
      const fbss::Finding& finding = assessment.findings[rule];
      CAPTURE(finding.rule->id);
      std::string expected;
      for (const Choices& question : choices()) {
        const fbss::Item& item = small_screen::item(response.questionnaire(), question.question);
        const bool is_open =
            response.enabled(item) && response.state(item) != fbss::AnswerState::answered;
        if (finding.status != Status::unknown || !is_open) continue;
        if (std::ranges::any_of(question.values, [&](const std::string& value) {
              const auto out = statuses(with(record, question.question, value));
              return out && (*out)[rule] != Status::unknown;
            }))
          expected += (expected.empty() ? "" : " ") + item.id;
      }
      CHECK(small_rules::ids(finding.would_settle) == expected);
    }
  }
}

TEST_CASE("a further answer contradicts nothing that is settled and widens no tally") {
  std::mt19937 random(11);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    const auto before = small_rules::assess(json(record));
    CAPTURE(json(record));
    for (const fbss::Tally& tally : before.tallies)
      CHECK(tally.present + tally.absent + tally.unknown + tally.not_applicable == tally.listed);
    for (const Choices& question : choices()) {
      const bool answered = std::ranges::any_of(record, [&](const auto& answer) {
        return answer.first == question.question && has_value(answer.second);
      });
      if (answered) continue;
      for (const std::string& value : question.values) {
        fbss::Response response(small_rules::questionnaire());
        if (!response.read(json(with(record, question.question, value)))) continue;
        const auto after = fbss::assess(response, {.explain = false});
        REQUIRE(after.ok());
        for (std::size_t rule = 0; rule < before.findings.size(); ++rule)
          if (before.findings[rule].status != Status::unknown)
            CHECK(after->findings[rule].status == before.findings[rule].status);
        CHECK(after->tallies[0].at_least() >= before.tallies[0].at_least());
        CHECK(after->tallies[0].at_most() <= before.tallies[0].at_most());
      }
    }
  }
}

TEST_CASE("what_if tells exactly what a record with the other answer gives") {
  std::mt19937 random(13);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    CAPTURE(json(record));
    const auto response = small_rules::read(json(record));
    const auto before = statuses(record);
    REQUIRE(before.has_value());
    for (const Choices& question : choices()) {
      const fbss::Item& item = small_screen::item(response.questionnaire(), question.question);
      if (!response.enabled(item) || item.several) continue;
      for (std::string value : question.values) {
        Record changed = with(record, question.question, value);
        std::erase(value, '"');
        if (value == "true" || value == "false") value = value == "true" ? "yes" : "no";
        const auto result = fbss::what_if(response, question.question, value);
        REQUIRE(result.ok());
        for (const fbss::Item* dropped : result->dropped)
          std::erase_if(changed, [&](const auto& answer) { return answer.first == dropped->id; });
        const auto after = statuses(changed);
        REQUIRE(after.has_value());
        std::size_t differing = 0;
        for (std::size_t rule = 0; rule < before->size(); ++rule) {
          if ((*before)[rule] == (*after)[rule]) continue;
          REQUIRE(differing < result->changes.size());
          const fbss::Change& change = result->changes[differing++];
          CHECK(change.rule == &response.questionnaire().rules()[rule]);
          CHECK(change.before == (*before)[rule]);
          CHECK(change.after == (*after)[rule]);
        }
        CHECK(differing == result->changes.size());
      }
    }
  }
}

TEST_CASE("settles_most tells for each question how many rules its answers settle, in order") {
  std::mt19937 random(17);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    CAPTURE(json(record));
    const auto response = small_rules::read(json(record));
    const auto assessment = small_rules::assess(json(record));
    const auto before = statuses(record);
    std::size_t found = 0;
    for (const Choices& question : choices()) {
      const fbss::Item& item = small_screen::item(response.questionnaire(), question.question);
      if (!response.enabled(item) || response.state(item) == fbss::AnswerState::answered) continue;
      int fewest = static_cast<int>(before->size()), most = 0;
      for (const std::string& value : question.values) {
        const auto after = statuses(with(record, question.question, value));
        REQUIRE(after.has_value());
        int settled = 0;
        for (std::size_t rule = 0; rule < before->size(); ++rule)
          settled += (*before)[rule] == Status::unknown && (*after)[rule] != Status::unknown;
        fewest = std::min(fewest, settled);
        most = std::max(most, settled);
      }
      const auto listed =
          std::ranges::find(assessment.settles_most, &item, &fbss::SettlingQuestion::question);
      CAPTURE(item.id);
      REQUIRE((listed != assessment.settles_most.end()) == (most > 0));
      if (most == 0) continue;
      ++found;
      CHECK(listed->fewest == fewest);
      CHECK(listed->most == most);
    }
    CHECK(assessment.settles_most.size() == found);
    const auto questions = assessment.questionnaire.questions();
    CHECK(std::ranges::is_sorted(assessment.settles_most, {}, [&](const auto& settling) {
      return std::tuple(-settling.fewest, -settling.most,
                        std::ranges::find(questions, settling.question) - questions.begin());
    }));
  }
}

TEST_CASE("an explanation ends with what the rule came to") {
  std::mt19937 random(19);
  for (int round = 0; round < record_count; ++round) {
    const Record record = random_record(random);
    CAPTURE(json(record));
    const auto assessment =
        fbss::assess(small_rules::read(json(record)), {.explain = false, .truth_tables = true});
    REQUIRE(assessment.ok());
    for (std::size_t rule = 0; rule < assessment->findings.size(); ++rule) {
      const fbss::Explanation& explanation = assessment->explanations[rule];
      using fbss::TruthValue;
      const TruthValue gate = explanation.applies_when.empty()
                                  ? TruthValue::is_true
                                  : explanation.applies_when.back().truth.value();
      const TruthValue present = explanation.present_when.back().truth.value();
      const Status expected = gate == TruthValue::is_false        ? Status::not_applicable
                              : gate == TruthValue::is_unknown    ? Status::unknown
                              : present == TruthValue::is_unknown ? Status::unknown
                              : present == TruthValue::is_true    ? Status::present
                                                                  : Status::absent;
      CHECK(assessment->findings[rule].status == expected);
      CHECK(explanation.present_when.back().expression ==
            assessment->findings[rule].rule->present_when);
    }
  }
}
