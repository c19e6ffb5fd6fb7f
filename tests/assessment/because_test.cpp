// SPDX-License-Identifier: Apache-2.0
// Because of which answers: a smallest set that as a record of its own gives the same status, the
// gate's answers first.
#include <doctest/doctest.h>

#include <string>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

namespace {

struct Row {
  const char* record;
  const char* rule;
  const char* because;
};

std::string because(const fbss::Finding& finding) {
  std::string out;
  for (const fbss::Given& given : finding.because)
    out += (out.empty() ? "" : " ") + given.question->id + "=" + given.answer;
  return out;
}

}  // namespace

TEST_CASE("the smallest set of answers that fixes a status") {
  const Row table[] = {
      {R"({"depression":"no"})", "rf_depression", "depression=no"},
      {R"({"depression":"yes","depression_treated":"no"})", "rf_depression",
       "depression=yes depression_treated=no"},
      // Treated is not recorded without depression, so it does not stand alone.
      {R"({"depression":"yes","depression_treated":"yes"})", "rf_depression",
       "depression=yes depression_treated=yes"},
      {R"({"depression":"yes"})", "rf_depression", ""},
      {R"({"earlier":"none"})", "rf_rehab", "earlier=none"},
      {R"({"earlier":"one","rehab":"no_program"})", "rf_rehab", "earlier=one rehab=no_program"},
      {R"({"earlier":"one","rehab":"followed"})", "rf_rehab", "earlier=one rehab=followed"},
      // One of two ways to be present, the shorter one.
      {R"({"planned":"yes","depression":"yes","depression_treated":"no"})", "step_any",
       "planned=yes"},
      {R"({"planned":"no","depression":"no"})", "step_any", "planned=no depression=no"},
      {R"({"planned":"no","depression":"yes","depression_treated":"yes"})", "step_any",
       "planned=no depression=yes depression_treated=yes"},
      // The gate's question first, though it stands later; of two equal sets the earlier question.
      {R"({"planned":"yes","depression":"yes","other":"yes"})", "either", "other=yes planned=yes"},
      {R"({"planned":"no","depression":"yes","other":"yes"})", "either",
       "other=yes depression=yes"},
      {R"({"planned":"no","depression":"no","other":"yes"})", "either",
       "other=yes planned=no depression=no"},
      {R"({"planned":"yes","other":"no"})", "either", "other=no"},
      // Through a variable, and several options.
      {R"({"exercises":["yoga","walking"],"repetitions":10})", "dose_walking",
       "exercises=yoga, walking repetitions=10"},
      {R"({"exercises":["none"]})", "dose_walking", "exercises=none"},
      // The rule reads one question; two others decide that it is asked.
      {R"({"depression":"yes","depression_treated":"yes","treatment":"medicine"})",
       "treated_with_medicine", "depression=yes depression_treated=yes treatment=medicine"},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    CAPTURE(row.rule);
    CHECK(because(small_rules::finding(small_rules::assess(row.record), row.rule)) == row.because);
  }
}

TEST_CASE("an answer that led to a finding has its label") {
  const auto assessment = small_rules::assess(R"({"earlier":"two_or_more"})");
  const auto& given = small_rules::finding(assessment, "rf_multiple").because;
  REQUIRE(given.size() == 1);
  CHECK(given[0].label == "Two or more");
}

TEST_CASE("a rule with very many equal ways gets a set of which nothing can be left out") {
  constexpr int known_pairs = 12;  // one answer of each of twelve pairs: 4096 smallest sets
  std::string questions, condition;
  for (int i = 0; i < 2 * known_pairs; ++i) {
    const std::string id = "q" + std::to_string(i);
    questions +=
        (i ? "," : "") + std::string(R"({"id":")") + id +
        R"(","type":"yes_no","text":"Yes?","why":{"source":"s","heading":"h","phrase":"w"}})";
    condition += i % 2 ? " or %" + id + ")" : (i ? " and (%" : "(%") + id;
  }
  const std::string text =
      R"({"id":"pairs","version":"1","title":"t","term":"t","intended_use":"t","evidence":"t",
      "absent_means":"t","attributes":[],"sources":[{"id":"s","title":"t","publisher":"p",
      "kind":"k","published":"2026","evidence":"e","text_sha256":")" +
      std::string(64, '0') + R"("}],"sections":[{"id":"all","title":"t","questions":[)" +
      questions + R"(]}],"rules":[{"id":"r","kind":"k","title":"t","present_when":")" + condition +
      R"(","cites":[{"source":"s","heading":"h","phrase":"w"}]}],"tallies":[],"notices":[]})";
  fbss::Limits limits;
  limits.trial_combinations = 200;
  auto loaded = fbss::load_questionnaire(text, {}, limits);
  for (const fbss::Problem& problem : loaded.problems()) MESSAGE(problem.message);
  REQUIRE(loaded.ok());
  fbss::Response response(*loaded);
  for (int i = 0; i < 2 * known_pairs; ++i)
    REQUIRE(response.answer("q" + std::to_string(i), true).ok());
  const auto assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  const fbss::Finding& finding = assessment->findings.front();
  CHECK(finding.status == fbss::Status::present);
  REQUIRE(finding.because.size() == known_pairs);
  fbss::Response alone(*loaded);
  for (const fbss::Given& given : finding.because)
    REQUIRE(alone.answer(given.question->id, given.answer).ok());
  CHECK(fbss::assess(alone)->findings.front().status == fbss::Status::present);
}
