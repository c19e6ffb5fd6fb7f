// SPDX-License-Identifier: Apache-2.0
// Answers that go out as a QuestionnaireResponse come back as the same answers and give the same
// findings: tried on random records to every built-in questionnaire.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include <fbss/assessment.hpp>
#include <fbss/fhir.hpp>
#include <fbss/report.hpp>

#include "builtins.hpp"

namespace {

using fbss::Response;

constexpr unsigned seed = 20'261'121;
constexpr int records_each = 1'000;

/// Answers to some of the questions, an id or none, marked as sample data or not, dated or not.
Response random_record(const fbss::Questionnaire& questionnaire, std::mt19937& random) {
  Response response(questionnaire);
  for (auto steps = random() % 50; steps > 0 && content::answer_one(response, random);) --steps;
  const fbss::Item* text = questionnaire.question("other_preexisting_condition_text");
  if (text && response.state(*text) == fbss::AnswerState::answered)
    content::give(response, *text, "gout \"\\ </div> \xC2\xA0 \xF0\x9F\xA6\xB4 unknown");
  switch (random() % 4) {
    case 0:
      break;
    case 1:
      REQUIRE(response.set_record_id("Ward 7/\"12\"").ok());
      break;
    default:  // a number as a record gives it
      std::string json = response.to_json();
      json.insert(1, "\"_id\":" + std::to_string(random() % 1'000) + (json == "{}" ? "" : ","));
      REQUIRE(response.read(json).ok());
      break;
  }
  response.set_sample(random() % 2 == 0);
  if (random() % 2 == 0) REQUIRE(response.set_date("2026-11-21").ok());
  return response;
}

}  // namespace

TEST_CASE("answers out and in again are the same answers and give the same findings") {
  std::mt19937 random(seed);
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    fbss::RecordReader reader;
    Response again(questionnaire);
    for (int i = 0; i < records_each; ++i) {
      const Response first = random_record(questionnaire, random);
      INFO(first.to_json());
      const std::string exported = fbss::export_response(
          first, {.base = i % 2 == 0 ? "https://site.example/fhir" : "urn:x"});
      if (!first.date().empty()) REQUIRE(again.set_date(first.date()).ok());
      const auto read = reader.read(again, exported);
      for (const fbss::Problem& problem : read.problems())
        FAIL_CHECK(problem.pointer, ": ", problem.message);
      CHECK(again.to_json() == first.to_json());
      CHECK(reader.record_id() == first.record_id());
      for (const fbss::Item* question : questionnaire.questions())
        CHECK(again.state(*question) == first.state(*question));

      const fbss::AssessOptions options{.explain = i % 20 == 0};
      const auto before = fbss::assess(first, options), after = fbss::assess(again, options);
      REQUIRE(before.ok());
      REQUIRE(after.ok());
      for (std::size_t rule = 0; rule < before->findings.size(); ++rule)
        CHECK(before->findings[rule].status == after->findings[rule].status);
      if (options.explain && first.date() == again.date())
        CHECK(fbss::export_bundle(again, *after) == fbss::export_bundle(first, *before));
    }
  }
}

TEST_CASE("the example of a QuestionnaireResponse is the sample patient's, as exported now") {
  const std::string folder = std::string(FBSS_SOURCE_DIR) + "/examples/";
  Response response(content::screen());
  REQUIRE(response.set_date("2026-11-21").ok());
  REQUIRE(response.read(content::read_file(folder + "patients/revision-patient.json")).ok());
  const std::string example = content::read_file(folder + "fhir/revision-patient-response.json");
  CHECK(fbss::export_response(response) == example);
  Response again(content::screen());
  REQUIRE(fbss::read_record(again, example).ok());
  CHECK(again.to_json() == response.to_json());
}
