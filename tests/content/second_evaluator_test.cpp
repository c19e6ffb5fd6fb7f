// SPDX-License-Identifier: Apache-2.0
// Holds the engine against the second evaluator: the truth table of every rule of every built-in
// questionnaire, in full or, where it is large, a sample of it; and whole records drawn at random.
#include "second_evaluator.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include <fbss/assessment.hpp>

#include "builtins.hpp"

namespace {

using second::Answers;

constexpr unsigned seed = 20'261'121;
constexpr std::size_t largest_full_table = 4'000;
constexpr fbss::AssessOptions statuses_only{.explain = false};

std::string written(const Answers& answers) {
  std::string text;
  for (const auto& [id, value] : answers) text += id + "=" + value + " ";
  return text;
}

bool is_value(const std::string& answer) {
  return answer != "unknown" && answer != "declined";
}

/// A value for a question that the other answers rule out: the record is refused.
bool contradicts(const second::Questionnaire& expected, const Answers& answers) {
  for (const auto& [id, value] : answers)
    if (is_value(value) && !expected.asked(id, answers)) return true;
  return false;
}

/// What a question can be: each value, unknown, declined, and "" for not asked.
std::vector<std::string> states(const second::Question& question) {
  std::vector<std::string> all = question.values;
  all.insert(all.end(), {"unknown", "declined", ""});
  return all;
}

void put(Answers& answers, const std::string& id, const std::string& state) {
  if (state.empty())
    answers.erase(id);
  else
    answers[id] = state;
}

/// Calls `use` with every combination of answers to the questions.
template <class Use>
void every_record(const second::Questionnaire& expected, const std::vector<std::string>& ids,
                  Answers& answers, std::size_t from, const Use& use) {
  if (from == ids.size()) {
    use(answers);
    return;
  }
  for (const std::string& state : states(expected.question(ids[from]))) {
    put(answers, ids[from], state);
    every_record(expected, ids, answers, from + 1, use);
  }
  answers.erase(ids[from]);
}

/// The same with combinations drawn at random. Where a question is not asked, its answer is mostly
/// left out, or nearly every record would be refused.
template <class Use>
void some_records(const second::Questionnaire& expected, const std::vector<std::string>& ids,
                  std::mt19937& random, const Use& use) {
  for (std::size_t i = 0; i < largest_full_table; ++i) {
    Answers answers;
    for (const std::string& id : ids) {
      if (!expected.asked(id, answers) && random() % 16 != 0) continue;
      const std::vector<std::string> all = states(expected.question(id));
      // Gates are mostly open, so that what stands behind them is met.
      const bool opens = id == "had_spine_surgery" && random() % 4 != 0;
      put(answers, id, opens ? "yes" : all[random() % all.size()]);
    }
    use(answers);
  }
}

fbss::Response respond(const fbss::Questionnaire& questionnaire, const Answers& answers) {
  fbss::Response response(questionnaire);
  for (const auto& [id, answer] : answers) {
    REQUIRE(questionnaire.question(id));
    content::give(response, *questionnaire.question(id), answer);
  }
  return response;
}

}  // namespace

TEST_CASE("the second evaluator knows the same rules and what they read") {
  std::size_t rules = 0;
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    const second::Questionnaire& expected = second::questionnaire(std::string(questionnaire.id()));
    INFO(expected.id);
    REQUIRE(questionnaire.rules().size() == expected.rules.size());
    for (std::size_t i = 0; i < expected.rules.size(); ++i, ++rules) {
      const second::Rule& rule = expected.rules[i];
      CHECK(questionnaire.rules()[i].id == rule.id);
      std::set<std::string> reads;
      for (const fbss::Item* question : questionnaire.questions_of(questionnaire.rules()[i]))
        reads.insert(question->id);
      CHECK(reads == std::set<std::string>(rule.reads.begin(), rule.reads.end()));
    }
  }
  CHECK(rules == 55);
}

TEST_CASE("the second evaluator knows the same options") {
  for (const fbss::Questionnaire& questionnaire : content::builtins())
    for (const second::Question& question :
         second::questionnaire(std::string(questionnaire.id())).questions) {
      INFO(question.id);
      const fbss::Item* item = questionnaire.question(question.id);
      REQUIRE(item);
      if (item->type != fbss::ItemType::choice) continue;
      for (const fbss::Option& option : item->options) {
        INFO(option.code);
        CHECK(std::count(question.values.begin(), question.values.end(), option.code) == 1);
      }
    }
}

TEST_CASE("every rule: its truth table") {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    const second::Questionnaire& expected = second::questionnaire(std::string(questionnaire.id()));
    for (std::size_t i = 0; i < expected.rules.size(); ++i) {
      const second::Rule& rule = expected.rules[i];
      int evaluated = 0;
      int refused = 0;
      std::set<std::string> seen;
      const auto compare = [&](const Answers& record) {
        INFO(rule.id, ": ", written(record));
        const fbss::Response response = respond(questionnaire, record);
        const auto assessment = fbss::assess(response, statuses_only);
        if (contradicts(expected, record)) {
          ++refused;
          REQUIRE_FALSE(assessment.ok());
          CHECK(assessment.problems().front().code == fbss::ErrorCode::answer_not_applicable);
          return;
        }
        ++evaluated;
        REQUIRE(assessment.ok());
        CHECK(fbss::status_word(assessment->findings[i].status) == rule.status(record));
        seen.insert(rule.status(record));
      };
      std::size_t combinations = 1;
      for (const std::string& id : rule.reads) combinations *= states(expected.question(id)).size();
      Answers answers;
      if (combinations <= largest_full_table)
        every_record(expected, rule.reads, answers, 0, compare);
      else
        some_records(expected, rule.reads, random, compare);
      INFO(rule.id);
      CHECK(evaluated > 4);
      CHECK((refused > 0) == (rule.reads.size() > 1));
      for (const char* status : {"present", "absent", "unknown"}) CHECK(seen.count(status) == 1);
    }
  }
}

TEST_CASE("whole records at random: every rule") {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    const second::Questionnaire& expected = second::questionnaire(std::string(questionnaire.id()));
    INFO(expected.id);
    std::size_t compared = 0;
    for (int round = 0; round < 2'000; ++round) {
      Answers record;
      for (const second::Question& question : expected.questions) {
        if (!expected.asked(question.id, record)) continue;
        const std::vector<std::string> all = states(question);
        put(record, question.id, all[random() % all.size()]);
      }
      INFO(written(record));
      const auto assessment = fbss::assess(respond(questionnaire, record), statuses_only);
      REQUIRE(assessment.ok());
      for (std::size_t i = 0; i < expected.rules.size(); ++i, ++compared)
        CHECK(fbss::status_word(assessment->findings[i].status) ==
              expected.rules[i].status(record));
    }
    CHECK(compared == 2'000 * expected.rules.size());
  }
}
