// SPDX-License-Identifier: Apache-2.0
// Answers out: what a QuestionnaireResponse holds, against resources written by hand.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"
#include "fhir_json.hpp"

namespace {

using fhir_json::at;
using fhir_json::compact;
using fhir_json::parsed;
using fhir_json::text_at;

const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load();
  return loaded;
}

fbss::Response response_of(std::string_view record, std::string_view date = {}) {
  fbss::Response response(questionnaire());
  if (!date.empty()) REQUIRE(response.set_date(date).ok());
  const auto read = response.read(record);
  for (const fbss::Problem& problem : read.problems()) MESSAGE(problem.message);
  REQUIRE(read.ok());
  return response;
}

// The meta of every response here, with the content's hash as it is.
std::string meta(std::string_view label = {}) {
  return "{" + std::string(label) +
         R"("tag":[{"system":"https://fbss.example/fhir/CodeSystem/content-sha256","code":")" +
         std::string(questionnaire().sha256()) + "\"}]}";
}

// A code of the question's own, and why there is none.
std::string own(std::string_view question, std::string_view code, std::string_view display) {
  return R"({"valueCoding":{"system":"https://fbss.example/fhir/CodeSystem/small_screen)" +
         std::string(question.empty() ? "" : "/") + std::string(question) + R"(","code":")" +
         std::string(code) + R"(","display":")" + std::string(display) + "\"}}";
}
constexpr std::string_view unknown_coding =
    R"({"valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "code":"asked-unknown","display":"Asked But Unknown"}})";
constexpr std::string_view declined_extension =
    R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason",
        "valueCode":"asked-declined"}]})";

struct Case {
  std::string name;
  const char* record;
  const char* question;
  std::string answers;
};

}  // namespace

TEST_CASE("a whole response") {
  const fbss::Response response = response_of(
      R"({"_id":"p 7","_sample":true,"earlier":"two_or_more","rehab":"unknown","weight":72.50,
          "planned":"no"})",
      "2026-11-21");
  const std::string label =
      R"("security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",
          "code":"HTEST","display":"test health data"}],)";
  const std::string expected =
      R"({"resourceType":"QuestionnaireResponse","meta":)" + meta(label) +
      R"(,"identifier":{"system":"https://fbss.example/fhir/record-id","value":"p 7"},
          "questionnaire":"https://fbss.example/fhir/Questionnaire/small_screen|1",
          "status":"completed","authored":"2026-11-21",
          "item":[{"linkId":"all","text":"All","item":[
            {"linkId":"planned","text":"Is an operation planned?","answer":[)" +
      own("", "no", "No") + R"(]},
            {"linkId":"earlier","text":"How many earlier operations?","answer":[)" +
      own("earlier", "two_or_more", "Two or more") + R"(]},
            {"linkId":"rehab","text":"Was the program followed?","answer":[)" +
      std::string(unknown_coding) + R"(]},
            {"linkId":"weight","text":"Weight?","answer":[{"valueDecimal":72.50}]}]}]})";
  CHECK(compact(fbss::export_response(response)) == compact(expected));
}

TEST_CASE("a response without an answer has no items, no identifier and no date") {
  const std::string expected =
      R"({"resourceType":"QuestionnaireResponse","meta":)" + meta() +
      R"(,"questionnaire":"https://fbss.example/fhir/Questionnaire/small_screen|1",
          "status":"completed"})";
  CHECK(compact(fbss::export_response(response_of("{}"))) == compact(expected));
}

TEST_CASE("each type of answer, and each reason for none") {
  const Case cases[] = {
      {"yes", R"({"planned":true})", "planned", own("", "yes", "Yes")},
      {"no", R"({"planned":"no"})", "planned", own("", "no", "No")},
      {"yes or no, unknown", R"({"planned":"unknown"})", "planned", std::string(unknown_coding)},
      {"an option", R"({"earlier":"one"})", "earlier", own("earlier", "one", "One")},
      {"an option, unknown", R"({"earlier":"unknown"})", "earlier", std::string(unknown_coding)},
      {"several options", R"({"exercises":["walking","yoga"]})", "exercises",
       own("exercises", "walking", "Walking") + ',' + own("exercises", "yoga", "Yoga")},
      {"several options, unknown", R"({"exercises":["unknown"]})", "exercises",
       std::string(unknown_coding)},
      {"a whole number", R"({"exercises":"walking","repetitions":12})", "repetitions",
       R"({"valueInteger":12})"},
      {"a decimal keeps its digits", R"({"weight":70.0})", "weight", R"({"valueDecimal":70.0})"},
      {"a decimal, declined", R"({"weight":"declined"})", "weight",
       std::string(declined_extension)},
      {"a day", R"({"last_visit":"2019-05-31"})", "last_visit", R"({"valueDate":"2019-05-31"})"},
      {"a year", R"({"last_visit":"2019"})", "last_visit", R"({"valueDate":"2019"})"},
      {"a date, declined", R"({"last_visit":"declined"})", "last_visit",
       std::string(declined_extension)},
      {"a text", R"({"planned":true,"other":true,"other_text":"\"gout\" <b>"})", "other_text",
       R"({"valueString":"\"gout\" <b>"})"},
      {"a text, declined", R"({"planned":true,"other":true,"other_text":"declined"})", "other_text",
       std::string(declined_extension)},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    const fbss::Document exported = parsed(fbss::export_response(response_of(one.record)));
    bool found = false;
    for (fbss::JsonNode item = at(exported.root(), "/item/0/item/0"); item; item = item.next()) {
      if (item.find("linkId").text() != one.question) continue;
      found = true;
      CHECK(compact(item.find("answer")) == compact('[' + one.answers + ']'));
    }
    CHECK(found);
  }
}

TEST_CASE("an id that is a number is marked as one, its digits kept") {
  const fbss::Document exported = parsed(fbss::export_response(response_of(R"({"_id":7.10})")));
  CHECK(compact(at(exported.root(), "/identifier")) ==
        R"({"system":"https://fbss.example/fhir/record-number","value":"7.10"})");
}

TEST_CASE("a site's base stands in every url of ours, and in no other") {
  const fbss::FhirOptions options{.base = "https://site.example/r4"};
  const std::string exported =
      fbss::export_response(response_of(R"({"_id":1,"planned":true,"earlier":"one"})"), options);
  CHECK(exported.find("fbss.example") == std::string::npos);
  CHECK(fbss::canonical_url(questionnaire(), options) ==
        "https://site.example/r4/Questionnaire/small_screen|1");
  const fbss::Document document = parsed(exported);
  CHECK(text_at(document.root(), "/questionnaire") ==
        "https://site.example/r4/Questionnaire/small_screen|1");
}

TEST_CASE(
    "what is recorded for a question that is not asked has no place in a completed response") {
  const fbss::Document exported = parsed(
      fbss::export_response(response_of(R"({"depression":"no","depression_treated":"unknown"})")));
  CHECK(text_at(exported.root(), "/status") == "completed");
  CHECK(text_at(exported.root(), "/item/0/item/0/linkId") == "depression");
  CHECK_FALSE(at(exported.root(), "/item/0/item/1"));
}

TEST_CASE("answers that contradict each other are all told, and are in progress") {
  fbss::Response response(questionnaire());
  REQUIRE(response.answer("depression", "no").ok());
  REQUIRE(response.answer("depression_treated", "yes").ok());
  REQUIRE(response.answer("treatment", "unknown").ok());
  const fbss::Document exported = parsed(fbss::export_response(response));
  CHECK(text_at(exported.root(), "/status") == "in-progress");
  CHECK(text_at(exported.root(), "/item/0/item/1/linkId") == "depression_treated");
  CHECK(text_at(exported.root(), "/item/0/item/2/linkId") == "treatment");
}

TEST_CASE("sections without an answer are left out, the others stand in the file's order") {
  const auto preop = fbss::load_builtin("preop_screen");
  REQUIRE(preop.ok());
  fbss::Response response(*preop);
  REQUIRE(response.answer("more_than_one_opinion", "no").ok());
  REQUIRE(response.answer("diabetes", "unknown").ok());
  const fbss::Document exported = parsed(fbss::export_response(response));
  CHECK(at(exported.root(), "/item").size() == 2);
  CHECK(text_at(exported.root(), "/item/0/linkId") == "conditions");
  CHECK(text_at(exported.root(), "/item/0/item/0/linkId") == "diabetes");
  CHECK(text_at(exported.root(), "/item/1/linkId") == "prevention_steps");
}
