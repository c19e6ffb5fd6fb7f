// SPDX-License-Identifier: Apache-2.0
// Statuses, lists, notes and notices of whole records.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

using fbss::Status;
using small_rules::finding;
using small_rules::ids;

namespace {

// One letter a rule, in the file's order: present, absent, unknown, not applicable (x).
std::string letters(const fbss::Assessment& assessment) {
  std::string out;
  for (const fbss::Finding& finding : assessment.findings)
    out += std::array{'p', 'a', 'u', 'x'}[static_cast<std::size_t>(finding.status)];
  return out;
}

struct Row {
  const char* record;
  const char* statuses;  // multiple depression rehab walking condition any dose medicine either
};

}  // namespace

TEST_CASE("each rule is present, absent, unknown or not applicable") {
  const Row table[] = {
      {R"({})", "uuuuuuuuu"},
      {R"({"earlier":"unknown","depression":"declined","exercises":"unknown"})", "uuuuuuuuu"},
      {R"({"earlier":"none"})", "auxuuuuuu"},
      {R"({"earlier":"one"})", "auuuuuuuu"},
      {R"({"earlier":"one","rehab":"not_followed"})", "aupuuuuuu"},
      {R"({"earlier":"one","rehab":"followed"})", "auauuuuuu"},
      {R"({"earlier":"two_or_more","rehab":"no_program"})", "puxuuuuuu"},
      {R"({"earlier":"two_or_more","rehab":"unknown"})", "puuuuuuuu"},
      {R"({"depression":"no"})", "uauuuuuuu"},
      {R"({"depression":"yes"})", "uuuuuuuuu"},
      {R"({"depression":"yes","depression_treated":"no"})", "upuuupuuu"},
      {R"({"depression":"yes","depression_treated":"unknown"})", "uuuuuuuuu"},
      {R"({"depression":"yes","depression_treated":"yes"})", "uauuuuuuu"},
      {R"({"depression":"yes","depression_treated":"yes","treatment":"medicine"})", "uauuuuupu"},
      {R"({"depression":"yes","depression_treated":"yes","treatment":"talking"})", "uauuuuuau"},
      {R"({"depression":"no","planned":"no"})", "uauuxauuu"},
      {R"({"planned":"yes"})", "uuuuupuuu"},
      {R"({"planned":"yes","other":"yes"})", "uuuuppuup"},
      {R"({"planned":"yes","other":"no"})", "uuuuapuux"},
      {R"({"planned":"no","other":"yes"})", "uuuuxuuuu"},
      {R"({"planned":"no","other":"yes","depression":"no"})", "uauuxauua"},
      {R"({"exercises":["none"]})", "uuupuuxuu"},
      {R"({"exercises":["yoga","swimming"]})", "uuupuuxuu"},
      {R"({"exercises":["yoga","walking"]})", "uuuauuuuu"},
      {R"({"exercises":["walking"],"repetitions":9})", "uuuauupuu"},
      {R"({"exercises":["walking"],"repetitions":10})", "uuuauuauu"},
      {R"({"exercises":["walking"],"repetitions":"declined"})", "uuuauuuuu"},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    CHECK(letters(small_rules::assess(row.record)) == row.statuses);
  }
}

TEST_CASE("the words of a status") {
  CHECK(fbss::status_word(Status::present) == "present");
  CHECK(fbss::status_word(Status::absent) == "absent");
  CHECK(fbss::status_word(Status::unknown) == "unknown");
  CHECK(fbss::status_word(Status::not_applicable) == "not_applicable");
}

TEST_CASE("an assessment carries what the caller gave") {
  fbss::Response response(small_rules::questionnaire());
  REQUIRE(response.set_date("2026-11-21").ok());
  REQUIRE(response.read(std::string_view(R"({"_id":7,"_sample":true})")).ok());
  const auto assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  CHECK(assessment->record_id == "7");
  CHECK(assessment->record_id_is_number);
  CHECK(assessment->sample);
  CHECK(assessment->date == "2026-11-21");
  CHECK(assessment->questionnaire.id() == "small_screen");
  CHECK(assessment->questionnaire.sha256() == small_rules::questionnaire().sha256());
}

TEST_CASE("questions without a value are listed where they are asked, values beside them") {
  const auto assessment = small_rules::assess(
      R"({"planned":"declined","depression":"no","depression_treated":"unknown",)"
      R"("exercises":["yoga","walking"],"repetitions":"unknown","last_visit":"2026-05",)"
      R"("earlier":"two_or_more"})");
  CHECK(ids(assessment.not_asked) == "rehab weight other visit_remark");
  CHECK(ids(assessment.unknown) == "repetitions");
  CHECK(ids(assessment.declined) == "planned");
  REQUIRE(assessment.answers.size() == 4);
  CHECK(assessment.answers[0].question->id == "earlier");
  CHECK(assessment.answers[0].answer == "two_or_more");
  CHECK(assessment.answers[0].label == "Two or more");
  CHECK(assessment.answers[1].label == "No");
  CHECK(assessment.answers[2].answer == "yoga, walking");
  CHECK(assessment.answers[3].label == "2026-05");
}

TEST_CASE("remarks and notices appear when their condition holds") {
  const auto one = small_rules::assess(R"({"earlier":"one"})");
  REQUIRE(finding(one, "rf_multiple").notes.size() == 1);
  CHECK(finding(one, "rf_multiple").notes[0]->text == "One earlier operation is recorded.");
  CHECK(finding(one, "rf_rehab").notes.empty());
  CHECK(ids(one.notices) == "always");
  const auto none = small_rules::assess(R"({"earlier":"none"})");
  CHECK(finding(none, "rf_multiple").notes.empty());
  REQUIRE(finding(none, "rf_rehab").notes.size() == 1);
  const auto odd = small_rules::assess(R"({"planned":"yes","earlier":"two_or_more"})");
  CHECK(ids(odd.notices) == "always odd");
  CHECK(ids(small_rules::assess(R"({"planned":"yes"})").notices) == "always");
}

TEST_CASE("answers that contradict each other are not evaluated") {
  fbss::Response response(small_rules::questionnaire());
  REQUIRE(response.answer("depression", false).ok());
  REQUIRE(response.answer("depression_treated", true).ok());
  const auto assessment = fbss::assess(response);
  REQUIRE(assessment.problems().size() == 1);
  CHECK(assessment.problems()[0].code == fbss::ErrorCode::answer_not_applicable);
}

TEST_CASE("a rule that raises refuses the record and names the rule; a question that raises too") {
  bool named_rule = false, named_question = false;
  for (std::uint64_t steps = 0; steps < 20; ++steps) {
    fbss::Limits limits;
    limits.evaluation_steps = steps;  // runs out here or there
    fbss::Response response(small_rules::questionnaire(), limits);
    REQUIRE(response.answer("earlier", "one").ok());
    REQUIRE(response.answer("rehab", "followed").ok());
    const auto assessment = fbss::assess(response);
    if (assessment.ok()) continue;
    REQUIRE(assessment.problems().size() == 1);
    const fbss::Problem& problem = assessment.problems()[0];
    CHECK(problem.code == fbss::ErrorCode::rule_error);
    named_rule = named_rule || problem.message.starts_with("Rule \"rf_");
    if (problem.question.empty()) continue;
    named_question = true;
    CHECK(response.read(response.to_json()).problems().size() == 1);
  }
  CHECK(named_rule);
  CHECK(named_question);
}

TEST_CASE("without explanations the statuses and counts are the same, and nothing else is there") {
  const auto response = small_rules::read(
      R"({"earlier":"two_or_more","rehab":"no_program","depression":"no","planned":"yes"})");
  const auto full = fbss::assess(response);
  const auto brief = fbss::assess(response, {.explain = false});
  REQUIRE(full.ok());
  REQUIRE(brief.ok());
  CHECK(letters(*full) == letters(*brief));
  REQUIRE(brief->tallies.size() == 1);
  CHECK(brief->tallies[0].present == full->tallies[0].present);
  CHECK(brief->tallies[0].not_applicable == full->tallies[0].not_applicable);
  CHECK(brief->tallies[0].sentence.empty());
  CHECK(ids(brief->not_asked) == ids(full->not_asked));
  CHECK(ids(brief->notices) == ids(full->notices));
  CHECK(brief->answers.empty());
  for (const fbss::Finding& finding : brief->findings) {
    CHECK(finding.because.empty());
    CHECK(finding.would_settle.empty());
    CHECK(finding.notes.empty());
  }
}

TEST_CASE("an assessment that is used again holds nothing of the record before") {
  fbss::Assessment reused{small_screen::load()};
  const auto first = small_rules::read(
      R"({"_id":"x","_sample":true,"earlier":"none","depression":"no","planned":"yes"})");
  const auto second = small_rules::read(R"({"planned":"unknown"})");
  REQUIRE(fbss::assess_into(reused, first).ok());
  CHECK(reused.questionnaire.rules().size() == reused.findings.size());
  REQUIRE(fbss::assess_into(reused, second).ok());
  const auto fresh = fbss::assess(second);
  REQUIRE(fresh.ok());
  CHECK(letters(reused) == letters(*fresh));
  CHECK(reused.record_id.empty());
  CHECK_FALSE(reused.sample);
  CHECK(reused.answers.empty());
  CHECK(reused.tallies[0].sentence == fresh->tallies[0].sentence);
  for (std::size_t i = 0; i < reused.findings.size(); ++i) {
    CHECK(reused.findings[i].because.empty());
    CHECK(ids(reused.findings[i].would_settle) == ids(fresh->findings[i].would_settle));
    CHECK(reused.findings[i].notes.size() == fresh->findings[i].notes.size());
  }
}

TEST_CASE("explaining leaves the response as it was") {
  const auto response = small_rules::read(
      R"({"depression":"yes","depression_treated":"no","exercises":["walking"],"planned":"yes"})");
  const std::string before = response.to_json();
  const std::string open = ids(response.open_questions());
  const auto first = fbss::assess(response);
  const auto second = fbss::assess(response);
  CHECK(response.to_json() == before);
  CHECK(ids(response.open_questions()) == open);
  CHECK(response.check().empty());
  CHECK(letters(*first) == letters(*second));
}
