// SPDX-License-Identifier: Apache-2.0
// What holds for every record of every built-in questionnaire, tried on random walks: a record is
// filled answer by answer in random order, and each step is looked at.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>

#include <fbss/assessment.hpp>
#include <fbss/report.hpp>

#include "builtins.hpp"

namespace {

using fbss::Assessment;
using fbss::Finding;
using fbss::Item;
using fbss::Response;
using fbss::Status;

constexpr unsigned seed = 2'026;
constexpr int most_steps = 60;  // more than any questionnaire has questions
constexpr fbss::AssessOptions statuses_only{.explain = false};

Assessment assessed(const Response& response, const fbss::AssessOptions& options = {}) {
  auto assessment = fbss::assess(response, options);
  for (const fbss::Problem& problem : assessment.problems()) FAIL_CHECK(problem.message);
  REQUIRE(assessment.ok());
  return *std::move(assessment);
}

/// Random walks from the empty record, for each questionnaire; `look` sees every `stride`-th record
/// on the way.
template <class Look>
void walk(int walks, int stride, const Look& look) {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins())
    for (int i = 0; i < walks; ++i) {
      Response response(questionnaire);
      look(response);
      for (int step = i; step < most_steps && content::answer_one(response, random); ++step) {
        if (step % stride != 0) continue;
        INFO(response.to_json());
        look(response);
      }
    }
}

/// The status that a rule has when only these answers are recorded; nothing where they do not make
/// a record.
std::optional<Status> status_from(const fbss::Questionnaire& questionnaire,
                                  const std::vector<fbss::Given>& answers, std::size_t chosen,
                                  std::size_t rule) {
  Response response(questionnaire);
  for (std::size_t i = 0; i < answers.size(); ++i)
    if ((chosen >> i & 1U) != 0) content::give(response, *answers[i].question, answers[i].answer);
  const auto assessment = fbss::assess(response, statuses_only);
  if (!assessment) return std::nullopt;
  return assessment->findings[rule].status;
}

std::size_t bits(std::size_t number) {
  std::size_t count = 0;
  for (; number != 0; number &= number - 1) ++count;
  return count;
}

}  // namespace

TEST_CASE("a further answer never widens the interval nor contradicts a settled finding") {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins())
    for (int i = 0; i < 200; ++i) {
      Response response(questionnaire);
      Assessment before = assessed(response, statuses_only);
      for (int step = 0; step < most_steps && content::answer_one(response, random); ++step) {
        INFO(response.to_json());
        const Assessment after = assessed(response, statuses_only);
        for (std::size_t rule = 0; rule < after.findings.size(); ++rule) {
          INFO(after.findings[rule].rule->id);
          if (before.findings[rule].status != Status::unknown)
            CHECK(after.findings[rule].status == before.findings[rule].status);
        }
        REQUIRE(after.tallies.size() == questionnaire.tallies().size());
        for (std::size_t t = 0; t < after.tallies.size(); ++t) {
          CHECK(after.tallies[t].at_least() >= before.tallies[t].at_least());
          CHECK(after.tallies[t].at_most() <= before.tallies[t].at_most());
        }
        before = after;
      }
    }
}

TEST_CASE("the four parts of the tally always add up to the listed factors") {
  walk(100, 1, [](const Response& response) {
    const Assessment assessment = assessed(response, statuses_only);
    if (assessment.questionnaire.id() != "preop_screen") {
      CHECK(assessment.tallies.empty());
      return;
    }
    const fbss::Tally& tally = assessment.tallies.front();
    CHECK(tally.listed == 9);
    CHECK(tally.present + tally.absent + tally.unknown + tally.not_applicable == tally.listed);
    const auto counted = [&](Status status) {
      return std::count_if(assessment.findings.begin(), assessment.findings.end(),
                           [&](const Finding& finding) {
                             return finding.rule->kind == "factor" && finding.status == status;
                           });
    };
    CHECK(counted(Status::present) == tally.present);
    CHECK(counted(Status::absent) == tally.absent);
    CHECK(counted(Status::unknown) == tally.unknown);
    CHECK(counted(Status::not_applicable) == tally.not_applicable);
  });
}

TEST_CASE("the answers named as the reason suffice, and fewer do not") {
  walk(15, 4, [](const Response& response) {
    const Assessment assessment = assessed(response);
    for (std::size_t rule = 0; rule < assessment.findings.size(); ++rule) {
      const Finding& finding = assessment.findings[rule];
      if (finding.status == Status::unknown) continue;
      INFO(finding.rule->id);
      const std::size_t all = (std::size_t{1} << finding.because.size()) - 1;
      CHECK(status_from(assessment.questionnaire, finding.because, all, rule) == finding.status);

      // Any recorded answers that the rule reads, but fewer of them.
      std::vector<fbss::Given> recorded;
      const auto reads = assessment.questionnaire.questions_of(*finding.rule);
      for (const fbss::Given& given : assessment.answers)
        if (std::find(reads.begin(), reads.end(), given.question) != reads.end())
          recorded.push_back(given);
      for (std::size_t chosen = 0; chosen >> recorded.size() == 0; ++chosen)
        if (bits(chosen) < finding.because.size())
          CHECK(status_from(assessment.questionnaire, recorded, chosen, rule) != finding.status);
    }
  });
}

TEST_CASE("exactly the questions named would settle an unknown finding") {
  walk(5, 5, [](const Response& response) {
    const Assessment assessment = assessed(response);
    for (std::size_t rule = 0; rule < assessment.findings.size(); ++rule) {
      const Finding& finding = assessment.findings[rule];
      if (finding.status != Status::unknown) continue;
      INFO(finding.rule->id);
      std::vector<const Item*> settling;
      for (const Item* question : response.open_questions()) {
        bool settles = false;
        for (const std::string& value : content::values_of(*question)) {
          Response next = response;
          content::give(next, *question, value);
          settles =
              settles || assessed(next, statuses_only).findings[rule].status != Status::unknown;
        }
        if (settles) settling.push_back(question);
      }
      CHECK(finding.would_settle == settling);
    }
  });
}

TEST_CASE("every question with a value is an answer, every other enabled one is unanswered") {
  walk(30, 1, [](const Response& response) {
    const Assessment assessment = assessed(response);
    std::size_t enabled = 0;
    for (const Item* question : assessment.questionnaire.questions())
      enabled += response.enabled(*question) ? 1 : 0;
    CHECK(assessment.answers.size() + assessment.not_asked.size() + assessment.unknown.size() +
              assessment.declined.size() ==
          enabled);
  });
}

TEST_CASE("same record, same bytes: all reports, whatever the order of the answers") {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins())
    for (int steps = 0; steps < 40; steps += 8) {
      Response response(questionnaire);
      for (int step = 0; step < steps && content::answer_one(response, random);) ++step;
      INFO(response.to_json());
      Response again(questionnaire);
      REQUIRE(again.read(response.to_json()).ok());  // in the questionnaire's order
      const Assessment first = assessed(response);
      const Assessment second = assessed(again);
      CHECK(fbss::report_text(first) == fbss::report_text(second));
      CHECK(fbss::report_markdown(first) == fbss::report_markdown(second));
      CHECK(fbss::report_html(first) == fbss::report_html(second));
      CHECK(fbss::report_json(first) == fbss::report_json(second));
    }
}
