// SPDX-License-Identifier: Apache-2.0
// Findings out: one Observation each, against resources written by hand and against what the
// wording requirements ask of every report.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhir.hpp>
#include <fbss/version.hpp>

#include "../assessment/small_rules.hpp"
#include "fhir_json.hpp"

namespace {

using fhir_json::at;
using fhir_json::compact;
using fhir_json::parsed;
using fhir_json::text_at;

// What an export holds, ready to be looked into.
struct Exported {
  std::string text;
  fbss::Document document;
  std::vector<fbss::JsonNode> entries;

  fbss::JsonNode observation(std::string_view code) const {
    for (const fbss::JsonNode entry : entries)
      if (text_at(entry, "/resource/code/coding/0/code") == code) return entry.find("resource");
    return {};
  }
};

Exported exported(const fbss::Response& response, const fbss::Chart* chart = nullptr,
                  const fbss::FhirOptions& with = {}) {
  auto assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  if (chart) assessment->chart = *chart;
  Exported out{fbss::export_bundle(response, *assessment, with), {}, {}};
  out.document = parsed(out.text);
  for (fbss::JsonNode entry = at(out.document.root(), "/entry/0"); entry; entry = entry.next())
    out.entries.push_back(entry);
  return out;
}

std::vector<std::string> notes_of(fbss::JsonNode observation) {
  std::vector<std::string> notes;
  for (fbss::JsonNode note = at(observation, "/note/0"); note; note = note.next())
    notes.emplace_back(note.find("text").text());
  return notes;
}

bool holds(const std::vector<std::string>& notes, std::string_view note) {
  return std::find(notes.begin(), notes.end(), note) != notes.end();
}

const fbss::Questionnaire& builtin(std::string_view id) {
  static const auto preop = fbss::load_builtin("preop_screen");
  static const auto followup = fbss::load_builtin("postop_followup");
  static const auto rehab = fbss::load_builtin("rehab_plan");
  for (const auto* one : {&preop, &followup, &rehab})
    if (one->ok() && (**one).id() == id) return **one;
  FAIL("no such questionnaire");
  return *preop;
}

fbss::Response response_to(std::string_view id, std::string_view record,
                           std::string_view date = "2026-11-21") {
  fbss::Response response(builtin(id));
  if (!date.empty()) REQUIRE(response.set_date(date).ok());
  REQUIRE(response.read(record).ok());
  return response;
}

// Records that between them have every status.
const std::vector<fbss::Response>& samples() {
  static const std::vector<fbss::Response> all = [] {
    std::vector<fbss::Response> responses;
    responses.push_back(response_to("preop_screen", R"({
      "_id":"case-17","_sample":true,"back_surgery_planned":"yes","prior_back_surgeries":"none",
      "planned_procedure_extensive_or_complex":"unknown","diabetes":"no","osteoporosis":"unknown",
      "other_preexisting_condition":"yes","other_preexisting_condition_text":"[gout](x) too",
      "smoking_status":"former","sedentary_lifestyle":"yes","depression":"yes",
      "depression_treated":"yes","anxiety":"yes","anxiety_treated":"no"})"));
    responses.push_back(response_to("preop_screen", "{}", ""));
    responses.push_back(response_to("postop_followup", R"({"had_spine_surgery":"yes",
      "surgery_date":"2025-05","pain_after_surgery":"persistent","mri_done":"no",
      "suspect_scar_tissue":"yes"})"));
    responses.push_back(response_to("rehab_plan", R"({"had_spine_surgery":"yes",
      "exercises_planned":["yoga","abdominal_bracing"],"abdominal_bracing_repetitions":5,
      "abdominal_bracing_times_per_day":"declined","yoga_gentle_version":"no"})"));
    return responses;
  }();
  return all;
}

}  // namespace

TEST_CASE("a finding as an Observation, written by hand") {
  fbss::Response response = small_rules::read(R"({"_id":3,"earlier":"one","depression":"no"})");
  REQUIRE(response.set_date("2026-11-21").ok());
  const Exported out = exported(response);
  const std::string expected =
      R"({"resourceType":"Observation",
      "meta":{"tag":[{"system":"https://fbss.example/fhir/CodeSystem/content-sha256","code":")" +
      std::string(response.questionnaire().sha256()) + R"json("}]},
      "status":"final",
      "category":[{"coding":[{
        "system":"http://terminology.hl7.org/CodeSystem/observation-category",
        "code":"survey","display":"Survey"}]}],
      "code":{"coding":[{"system":"https://fbss.example/fhir/CodeSystem/small_screen/rules",
        "version":"1","code":"rf_multiple","display":"Several earlier operations"}],
        "text":"Several earlier operations"},
      "effectiveDateTime":"2026-11-21",
      "valueCodeableConcept":{"coding":[{
        "system":"https://fbss.example/fhir/CodeSystem/finding-status",
        "code":"absent","display":"Absent"}]},
      "note":[
        {"text":"Source: “operation” (p, “t”, under “h”)"},
        {"text":"Answer: How many earlier operations? (earlier) → One"},
        {"text":"Note: One earlier operation is recorded."},
        {"text":"No match."},
        {"text":"Intended use: Tests."},
        {"text":"Evidence: None."},
        {"text":"Tests only."}],
      "device":{"type":"Device","display":"fbss )json" +
      std::string(fbss::version()) + R"("},
      "derivedFrom":[{"reference":")" +
      std::string(out.entries[0].find("fullUrl").text()) + R"(","type":"QuestionnaireResponse"}],
      "component":[{"code":{"coding":[{"system":"https://fbss.example/fhir/CodeSystem/parts",
        "code":"plain_words","display":"Rule in plain words"}]},
        "valueString":"Present when the answer to “How many earlier operations?” is “Two or more”."}
      ]})";
  CHECK(compact(out.observation("rf_multiple")) == compact(expected));
}

TEST_CASE("what is unknown or not applicable has a reason instead of a value") {
  const Exported out = exported(small_rules::read(R"({"earlier":"none"})"));
  const fbss::JsonNode unknown = out.observation("rf_depression");
  CHECK(compact(unknown.find("dataAbsentReason")) ==
        R"({"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason",)"
        R"("code":"unknown","display":"Unknown"}]})");
  CHECK_FALSE(unknown.find("valueCodeableConcept"));
  CHECK(holds(notes_of(unknown), "Would settle it: Is there depression? (depression)"));

  const fbss::JsonNode not_applicable = out.observation("rf_rehab");
  CHECK(text_at(not_applicable, "/dataAbsentReason/coding/0/code") == "not-applicable");
  CHECK_FALSE(not_applicable.find("valueCodeableConcept"));
  const auto notes = notes_of(not_applicable);
  CHECK(holds(notes, "Answer: How many earlier operations? (earlier) → None"));
  CHECK(holds(notes, "Note: There was no earlier operation."));
}

TEST_CASE("a tally tells its four parts, its bounds, and what it does not say") {
  const Exported out =
      exported(small_rules::read(R"({"earlier":"two_or_more","rehab":"no_program"})"));
  const fbss::JsonNode tally = out.observation("listed");
  CHECK(tally.get() == out.entries.back().find("resource").get());
  CHECK(text_at(tally, "/code/coding/0/system") ==
        "https://fbss.example/fhir/CodeSystem/small_screen/tallies");
  CHECK(text_at(tally, "/valueString").ends_with(" A count and nothing more."));
  CHECK(text_at(tally, "/valueString").starts_with("Between 1 and 4 of the 5 listed factors"));
  const std::pair<std::string_view, std::string_view> parts[] = {
      {"listed", "5"},         {"present", "1"},  {"absent", "0"}, {"unknown", "3"},
      {"not_applicable", "1"}, {"at_least", "1"}, {"at_most", "4"}};
  fbss::JsonNode component = at(tally, "/component/0");
  for (const auto& part : parts) {
    CHECK(text_at(component, "/code/coding/0/code") == part.first);
    CHECK(text_at(component, "/valueInteger") == part.second);
    component = component.next();
  }
  CHECK_FALSE(component);

  // It is derived from the response and the findings that it counts.
  CHECK(at(tally, "/derivedFrom").size() == 6);
  CHECK(text_at(tally, "/derivedFrom/0/reference") == out.entries[0].find("fullUrl").text());
  CHECK(text_at(tally, "/derivedFrom/1/reference") == out.entries[1].find("fullUrl").text());
}

TEST_CASE("a bundle is the response, then a finding a rule, then the tallies, each with its url") {
  for (const fbss::Response& response : samples()) {
    const fbss::Questionnaire& questionnaire = response.questionnaire();
    INFO(questionnaire.id());
    const Exported out = exported(response);
    CHECK(text_at(out.document.root(), "/resourceType") == "Bundle");
    CHECK(text_at(out.document.root(), "/type") == "collection");
    REQUIRE(out.entries.size() ==
            1 + questionnaire.rules().size() + questionnaire.tallies().size());
    CHECK(compact(out.entries[0].find("resource")) == compact(fbss::export_response(response)));
    std::set<std::string_view> urls;
    for (std::size_t i = 0; i < out.entries.size(); ++i) {
      const std::string_view url = out.entries[i].find("fullUrl").text();
      urls.insert(url);
      CHECK(url.size() == 45);
      CHECK(url.starts_with("urn:uuid:"));
      CHECK(url[23] == '8');  // the version: RFC 9562, section 5.8
      CHECK(std::string_view("89ab").find(url[28]) != std::string_view::npos);
      if (i == 0) continue;
      const std::string_view id = i <= questionnaire.rules().size()
                                      ? questionnaire.rules()[i - 1].id
                                      : questionnaire.tallies().front().id;
      CHECK(text_at(out.entries[i], "/resource/code/coding/0/code") == id);
    }
    CHECK(urls.size() == out.entries.size());
  }
}

TEST_CASE("every Observation carries what a report must carry, and nothing that it must not") {
  for (const fbss::Response& response : samples()) {
    const fbss::Questionnaire& questionnaire = response.questionnaire();
    const Exported out = exported(response);
    for (const std::string_view never :
         {"RiskAssessment", "prediction", "%", "odds", "percent", "null", "[]", "{}"})
      CHECK_MESSAGE(out.text.find(never) == std::string::npos, std::string(never));
    for (std::size_t i = 1; i < out.entries.size(); ++i) {
      const fbss::JsonNode observation = out.entries[i].find("resource");
      INFO(text_at(observation, "/code/coding/0/code"));
      CHECK(observation.find("resourceType").text() == "Observation");
      CHECK(text_at(observation, "/meta/tag/0/code") == questionnaire.sha256());
      CHECK(text_at(observation, "/code/coding/0/version") == questionnaire.version());
      CHECK(text_at(observation, "/device/display") == "fbss " + std::string(fbss::version()));
      CHECK(observation.find("effectiveDateTime").text() == response.date());
      CHECK_FALSE(observation.find("subject"));
      // obs-6: a reason only where there is no value.
      const bool has_value =
          observation.find("valueCodeableConcept") || observation.find("valueString");
      CHECK(has_value != static_cast<bool>(observation.find("dataAbsentReason")));
      const auto notes = notes_of(observation);
      CHECK(holds(notes, "Intended use: " + std::string(questionnaire.intended_use())));
      CHECK(holds(notes, "Evidence: " + std::string(questionnaire.evidence())));
      CHECK(holds(notes, "SAMPLE DATA: this record describes no real patient.") ==
            response.sample());
      CHECK(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
        return note.find("does not screen for emergencies") != std::string::npos;
      }));
      if (i > questionnaire.rules().size()) continue;
      const fbss::Rule& rule = questionnaire.rules()[i - 1];
      for (const fbss::Citation& cite : rule.cites) {
        const fbss::Source& source = *questionnaire.source(cite.source);
        CHECK(holds(
            notes, "Source: “" + cite.phrase + "” (" + source.publisher + ", “" + source.title +
                       "”" + (cite.heading.empty() ? "" : ", under “" + cite.heading + "”") + ")"));
      }
      const std::string components = compact(observation.find("component"));
      CHECK((components.find("\"interpretation\"") != std::string::npos) ==
            !rule.interpretation.empty());
      CHECK(holds(notes, questionnaire.absent_means()) ==
            (text_at(observation, "/valueCodeableConcept/coding/0/code") == "absent"));
    }
  }
}

TEST_CASE("recorded numbers stand beside the source's, with its words") {
  const Exported out = exported(samples().back());
  const auto notes = notes_of(out.observation("dose_abdominal_bracing"));
  const auto number = [&](std::string_view begin) {
    return std::any_of(notes.begin(), notes.end(), [&](const std::string& note) {
      return note.starts_with(begin) && note.find("“") != std::string::npos;
    });
  };
  CHECK(number("Number: repetitions, recorded 5, source "));
  CHECK(number("Number: times a day, recorded none, source "));
}

TEST_CASE("what a person typed stands in the response only") {
  const Exported out = exported(samples().front());
  const std::size_t first = out.text.find("[gout](x)");
  REQUIRE(first != std::string::npos);
  CHECK(out.text.find("[gout](x) too", first + 1) == std::string::npos);
  CHECK(first < out.text.find("\"Observation\""));
}

TEST_CASE("a known chart names the patient everywhere, an unknown one nowhere") {
  fbss::Chart chart;
  chart.patient = "Patient/p1";
  const Exported out = exported(samples().front(), &chart);
  for (const fbss::JsonNode entry : out.entries)
    CHECK(text_at(entry, "/resource/subject/reference") == "Patient/p1");
  CHECK(exported(samples().front()).text.find("\"subject\"") == std::string::npos);
}

TEST_CASE("sample data is labelled as test data in the bundle and in each resource") {
  const Exported sample = exported(samples().front());
  CHECK(text_at(sample.document.root(), "/meta/security/0/code") == "HTEST");
  for (const fbss::JsonNode entry : sample.entries)
    CHECK(text_at(entry, "/resource/meta/security/0/code") == "HTEST");
  CHECK(exported(samples()[1]).text.find("HTEST") == std::string::npos);
}

TEST_CASE("the same input gives the same bytes, another one other urls") {
  const auto urls = [](const Exported& out) {
    std::set<std::string> all;
    for (const fbss::JsonNode entry : out.entries) all.emplace(entry.find("fullUrl").text());
    return all;
  };
  const fbss::Response first = response_to("preop_screen", R"({"diabetes":"yes"})");
  const Exported out = exported(first);
  CHECK(out.text == exported(response_to("preop_screen", R"({"diabetes":true})")).text);
  fbss::Chart chart;
  chart.patient = "Patient/p1";
  const Exported others[] = {
      exported(response_to("preop_screen", R"({"diabetes":"no"})")),
      exported(response_to("preop_screen", R"({"diabetes":"yes"})", "2026-11-22")),
      exported(response_to("preop_screen", R"({"_id":"a","diabetes":"yes"})")),
      exported(first, nullptr, {.base = "https://site.example"}),
      exported(first, &chart),
  };
  for (const Exported& other : others) {
    const auto mine = urls(out), theirs = urls(other);
    std::vector<std::string> both;
    std::set_intersection(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                          std::back_inserter(both));
    CHECK(both.empty());
  }
}
