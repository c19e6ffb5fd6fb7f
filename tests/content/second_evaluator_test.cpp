// SPDX-License-Identifier: Apache-2.0
// Holds the engine against the second evaluator: the full truth table of every rule, and whole
// records drawn at random.
#include "second_evaluator.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include <fbss/assessment.hpp>

#include "screen.hpp"

namespace {

using second::Answers;

std::string written(const Answers& answers) {
  std::string text;
  for (const auto& [id, value] : answers) text += id + "=" + value + " ";
  return text;
}

bool is_value(const std::string& answer) {
  return answer != "unknown" && answer != "declined";
}

/// A value for a question that the other answers rule out: the record is refused.
bool contradicts(const Answers& answers) {
  for (const auto& [id, value] : answers)
    if (is_value(value) && !second::asked(id, answers)) return true;
  return false;
}

/// Calls `use` with every combination of answers to the questions: each value, unknown, declined,
/// not asked.
template <class Use>
void every_record(const std::vector<std::string>& ids, Answers& answers, std::size_t from,
                  const Use& use) {
  if (from == ids.size()) {
    use(answers);
    return;
  }
  const std::string& id = ids[from];
  answers.erase(id);
  every_record(ids, answers, from + 1, use);
  std::vector<std::string> values = second::question(id).values;
  values.insert(values.end(), {"unknown", "declined"});
  for (const std::string& value : values) {
    answers[id] = value;
    every_record(ids, answers, from + 1, use);
  }
  answers.erase(id);
}

fbss::Response respond(const fbss::Questionnaire& questionnaire, const Answers& answers) {
  fbss::Response response(questionnaire);
  for (const auto& answer : answers) {
    INFO(answer.first, " = ", answer.second);
    REQUIRE(response.answer(answer.first, answer.second).ok());
  }
  return response;
}

constexpr fbss::AssessOptions statuses_only{.explain = false};

}  // namespace

TEST_CASE("the second evaluator knows the same rules and what they read") {
  const fbss::Questionnaire questionnaire = content::screen();
  REQUIRE(questionnaire.rules().size() == second::rules().size());
  for (std::size_t i = 0; i < second::rules().size(); ++i) {
    const second::Rule& expected = second::rules()[i];
    CHECK(questionnaire.rules()[i].id == expected.id);
    std::set<std::string> reads;
    for (const fbss::Item* question : questionnaire.questions_of(questionnaire.rules()[i]))
      reads.insert(question->id);
    CHECK(reads == std::set<std::string>(expected.reads.begin(), expected.reads.end()));
  }
}

TEST_CASE("every rule: its full truth table") {
  const fbss::Questionnaire questionnaire = content::screen();
  for (std::size_t i = 0; i < second::rules().size(); ++i) {
    const second::Rule& rule = second::rules()[i];
    int evaluated = 0;
    int refused = 0;
    Answers answers;
    every_record(rule.reads, answers, 0, [&](const Answers& record) {
      INFO(rule.id, ": ", written(record));
      const fbss::Response response = respond(questionnaire, record);
      const auto assessment = fbss::assess(response, statuses_only);
      if (contradicts(record)) {
        ++refused;
        REQUIRE_FALSE(assessment.ok());
        CHECK(assessment.problems().front().code == fbss::ErrorCode::answer_not_applicable);
        return;
      }
      ++evaluated;
      REQUIRE(assessment.ok());
      CHECK(fbss::status_word(assessment->findings[i].status) == rule.status(record));
    });
    CHECK(evaluated > 4);
    CHECK((refused > 0) == (rule.reads.size() > 1));
  }
}

TEST_CASE("whole records at random: every rule") {
  const fbss::Questionnaire questionnaire = content::screen();
  std::mt19937 random(20'261'121);
  int compared = 0;
  for (int round = 0; round < 2'000; ++round) {
    Answers record;
    for (const second::Question& question : second::questions()) {
      if (!second::asked(question.id, record)) continue;
      const std::size_t draw = random() % (question.values.size() + 3);
      if (draw < question.values.size())
        record[question.id] = question.values[draw];
      else if (draw < question.values.size() + 2)
        record[question.id] = draw == question.values.size() ? "unknown" : "declined";
    }
    INFO(written(record));
    const auto assessment = fbss::assess(respond(questionnaire, record), statuses_only);
    REQUIRE(assessment.ok());
    for (std::size_t i = 0; i < second::rules().size(); ++i, ++compared)
      CHECK(fbss::status_word(assessment->findings[i].status) == second::rules()[i].status(record));
  }
  CHECK(compared == 2'000 * 18);
}
