// SPDX-License-Identifier: Apache-2.0
// What a chart holds of recorded answers: which QuestionnaireResponse of a Bundle is read, and why
// none or several are not.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"
#include "fhir_json.hpp"

namespace {

const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load();
  return loaded;
}

std::string bundle(std::string_view entries) {
  return R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}})" +
         std::string(entries) + "]}";
}

// An entry: a response of that patient, in that state, to that questionnaire, that says planned.
std::string entry(std::string_view patient, std::string_view status, std::string_view canonical,
                  std::string_view answer = R"({"valueBoolean":true})") {
  return R"(,{"resource":{"resourceType":"QuestionnaireResponse","subject":{"reference":")" +
         std::string(patient) + R"("},"status":")" + std::string(status) +
         R"(","questionnaire":")" + std::string(canonical) +
         R"(","item":[{"linkId":"planned","answer":[)" + std::string(answer) + "]}]}}";
}

std::string own_url() {
  return fbss::canonical_url(questionnaire());
}

}  // namespace

TEST_CASE("the one response of the patient to the questionnaire is read, others are none") {
  const std::string other = "https://a.example/Questionnaire/another|1.0.0";
  const struct {
    std::string entries;
    bool is_found;
  } cases[] = {
      {"", false},
      {entry("Patient/p1", "completed", own_url()), true},
      {entry("Patient/p1", "completed", other) + entry("Patient/p1", "amended", own_url()), true},
      {entry("Patient/p2", "completed", own_url()), false},
      {entry("Patient/p1", "completed", other), false},
      {entry("Patient/p1", "entered-in-error", own_url()), false},
      {entry("Patient/p1", "entered-in-error", own_url()) +
           entry("Patient/p1", "completed", own_url()),
       true},
      {R"(,{"resource":{"resourceType":"QuestionnaireResponse","status":"completed",
           "subject":{"reference":"Patient/p1"}}})",
       false},
  };
  fbss::RecordReader reader;
  fbss::Response response(questionnaire());
  for (const auto& one : cases) {
    INFO(one.entries);
    REQUIRE(response.answer("planned", "unknown").ok());
    const fbss::Document chart = fhir_json::parsed(bundle(one.entries));
    const auto read = reader.read_from_chart(response, chart.root());
    REQUIRE(read.ok());
    CHECK(*read == one.is_found);
    CHECK(response.answer_text(*questionnaire().question("planned")) ==
          (one.is_found ? "yes" : ""));
  }
}

TEST_CASE("what is refused says where in the Bundle, and leaves the response empty") {
  const struct {
    std::string chart, code, pointer;
  } cases[] = {
      {bundle(entry("Patient/p1", "completed", own_url()) +
              entry("Patient/p1", "completed", own_url())),
       "duplicate_answer", "/entry/2/resource"},
      {bundle(entry("Patient/p1", "completed", own_url(), R"({"valueString":"maybe"})")),
       "wrong_type", "/entry/1/resource/item/0/answer/0/valueString"},
      {bundle(entry("Patient/p1", "stopped", own_url())), "withdrawn", "/entry/1/resource/status"},
      {R"({"resourceType":"Bundle"})", "no_patient", ""},
      {"{}", "wrong_type", ""},
  };
  fbss::RecordReader reader;
  fbss::Response response(questionnaire());
  for (const auto& one : cases) {
    INFO(one.chart);
    const fbss::Document chart = fhir_json::parsed(one.chart);
    const auto read = reader.read_from_chart(response, chart.root());
    REQUIRE_FALSE(read.ok());
    CHECK(fbss::code_word(read.problems().front().code) == one.code);
    CHECK(read.problems().front().pointer == one.pointer);
    CHECK(response.to_json() == "{}");
  }
}
