// SPDX-License-Identifier: Apache-2.0
// What a clinician expects of whole records: each finding, the tally, and where a case says so the
// notes, the answers that led there, the questions that would settle the rest.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <fbss/assessment.hpp>

#include "builtins.hpp"
#include "cases.hpp"

namespace {

using content::ClinicalCase;
using Ids = std::vector<std::string>;

template <class Questions>
Ids ids_of(const Questions& questions) {
  Ids ids;
  for (const auto* question : questions) ids.push_back(question->id);
  return ids;
}

Ids ids_of_answers(const std::vector<fbss::Given>& answers) {
  Ids ids;
  for (const fbss::Given& given : answers) ids.push_back(given.question->id);
  return ids;
}

const fbss::Finding& finding_of(const fbss::Assessment& assessment, const std::string& rule) {
  const auto found =
      std::find_if(assessment.findings.begin(), assessment.findings.end(),
                   [&](const fbss::Finding& finding) { return finding.rule->id == rule; });
  INFO("rule ", rule);
  REQUIRE(found != assessment.findings.end());
  return *found;
}

fbss::Assessment assessed(const ClinicalCase& one) {
  fbss::Response response(content::builtin(one.questionnaire));
  const auto read = response.read(one.record);
  for (const fbss::Problem& problem : read.problems()) FAIL_CHECK(problem.message);
  REQUIRE(read.ok());
  auto assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  return *std::move(assessment);
}

}  // namespace

TEST_CASE("clinical cases: every finding") {
  for (const ClinicalCase& one : content::all_clinical_cases()) {
    INFO(one.id, ": ", one.note);
    const fbss::Assessment assessment = assessed(one);
    CHECK(assessment.findings.size() == one.expected.size());
    for (const fbss::Finding& finding : assessment.findings) {
      INFO(finding.rule->id);
      REQUIRE(one.expected.count(finding.rule->id) == 1);
      CHECK(fbss::status_word(finding.status) == one.expected.at(finding.rule->id));
    }
  }
}

TEST_CASE("clinical cases: the tally and its sentence") {
  for (const ClinicalCase& one : content::all_clinical_cases()) {
    INFO(one.id, ": ", one.note);
    const fbss::Assessment assessment = assessed(one);
    // Only the pre-operative screen counts.
    REQUIRE(assessment.tallies.size() == (one.questionnaire == "preop_screen" ? 1 : 0));
    REQUIRE(one.count.has_value() == !assessment.tallies.empty());
    if (!one.count) continue;
    const fbss::Tally& tally = assessment.tallies.front();
    CHECK(tally.definition->id == "listed_factors");
    CHECK(tally.listed == one.count->listed);
    CHECK(tally.present == one.count->present);
    CHECK(tally.absent == one.count->absent);
    CHECK(tally.unknown == one.count->unknown);
    CHECK(tally.not_applicable == one.count->not_applicable);
    CHECK(tally.at_least() == one.count->at_least);
    CHECK(tally.at_most() == one.count->at_most);
    INFO(tally.sentence);
    for (const std::string& part : one.sentence) {
      INFO("expected part: ", part);
      CHECK(content::holds(tally.sentence, part));
    }
  }
}

TEST_CASE("clinical cases: notes, reasons and what would settle the rest") {
  for (const ClinicalCase& one : content::all_clinical_cases()) {
    INFO(one.id, ": ", one.note);
    const fbss::Assessment assessment = assessed(one);
    for (const auto& expected : one.notes) {
      const std::string& rule = expected.first;
      std::string notes;
      for (const fbss::Note* note : finding_of(assessment, rule).notes) notes += note->text + '\n';
      for (const std::string& part : expected.second) {
        INFO(rule, " should note: ", part, "\nit notes: ", notes);
        CHECK(content::holds(notes, part));
      }
    }
    for (const auto& expected : one.because) {
      INFO(expected.first);
      CHECK(ids_of_answers(finding_of(assessment, expected.first).because) == expected.second);
    }
    for (const auto& expected : one.would_settle) {
      INFO(expected.first);
      CHECK(ids_of(finding_of(assessment, expected.first).would_settle) == expected.second);
    }
    if (one.unanswered) {
      CHECK(ids_of(assessment.not_asked) == one.unanswered->at("not_asked"));
      CHECK(ids_of(assessment.unknown) == one.unanswered->at("unknown"));
      CHECK(ids_of(assessment.declined) == one.unanswered->at("declined"));
    }
    if (one.notices) CHECK(ids_of(assessment.notices) == *one.notices);
  }
}

TEST_CASE("not applicable always names the answer that makes it so") {
  for (const ClinicalCase& one : content::all_clinical_cases()) {
    INFO(one.id, ": ", one.note);
    for (const fbss::Finding& finding : assessed(one).findings) {
      INFO(finding.rule->id);
      CHECK(finding.because.empty() == (finding.status == fbss::Status::unknown));
      CHECK((finding.would_settle.empty() || finding.status == fbss::Status::unknown));
    }
  }
}

TEST_CASE("the example patients say what their names promise") {
  struct Example {
    std::string file;
    std::set<fbss::Status> statuses;
    int present, absent, unknown, not_applicable;  // of the listed factors
  };
  using fbss::Status;
  const Example examples[] = {
      {"revision-patient.json",
       {Status::present, Status::absent, Status::unknown, Status::not_applicable},
       3,
       3,
       2,
       1},
      {"first-operation.json", {Status::absent, Status::not_applicable}, 0, 8, 0, 1},
      {"sparse-record.json", {Status::absent, Status::unknown}, 0, 1, 8, 0},
  };
  for (const Example& example : examples) {
    INFO(example.file);
    fbss::Response response(content::screen());
    const std::string path = std::string(FBSS_SOURCE_DIR) + "/examples/patients/" + example.file;
    REQUIRE(response.read(content::read_file(path)).ok());
    CHECK(response.sample());
    const auto assessment = fbss::assess(response);
    REQUIRE(assessment.ok());
    CHECK(assessment->sample);
    CHECK_FALSE(assessment->record_id.empty());
    std::set<Status> seen;
    for (const fbss::Finding& finding : assessment->findings) seen.insert(finding.status);
    CHECK(seen == example.statuses);
    REQUIRE(assessment->tallies.size() == 1);
    const fbss::Tally& tally = assessment->tallies.front();
    CHECK(tally.present == example.present);
    CHECK(tally.absent == example.absent);
    CHECK(tally.unknown == example.unknown);
    CHECK(tally.not_applicable == example.not_applicable);
  }
}

TEST_CASE("the example patients after an operation say what their names promise") {
  struct Example {
    std::string file;
    Ids present;
  };
  const Example examples[] = {
      {"pain-after-operation.json",
       {"matches_description", "consult_specialist", "sx_leg_neuro", "sx_standing_walking",
        "sx_distress", "test_mri", "cause_without_named_test", "advanced_pain_options"}},
      {"no-pain-after-operation.json", {}},
  };
  for (const Example& example : examples) {
    INFO(example.file);
    fbss::Response response(content::builtin("postop_followup"));
    const std::string path = std::string(FBSS_SOURCE_DIR) + "/examples/patients/" + example.file;
    REQUIRE(response.read(content::read_file(path)).ok());
    CHECK(response.sample());
    const auto assessment = fbss::assess(response);
    REQUIRE(assessment.ok());
    Ids present;
    for (const fbss::Finding& finding : assessment->findings)
      if (finding.status == fbss::Status::present) present.push_back(finding.rule->id);
    CHECK(present == example.present);
  }
}
