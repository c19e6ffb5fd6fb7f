// SPDX-License-Identifier: Apache-2.0
// lib/fhir/extract/: the cases of cases/*.json, and what they cannot say.
#include <doctest/doctest.h>

#include <string>

#include <fbss/calculation.hpp>
#include <fbss/extract.hpp>

#include "../flow_cases.hpp"

using namespace fbss;

TEST_CASE("extracting gives the entries that the case says, and tells the rest") {
  for (const auto& one : flow_cases::read_folder("extract")) {
    CAPTURE(one.name);
    FormSession session(flow_cases::form_of(one), flow_cases::clock_of(one));
    Sources sources = flow_cases::sources_of(one);
    ExtractOptions options;
    if (!one.contexts.empty() || !one.sources.empty()) options.sources = &sources;
    REQUIRE(session.read(one.response).ok());
    const Extracted made = extract(session, options);
    CHECK(flow_cases::joined(flow_cases::entries_of(made.bundle)) ==
          flow_cases::joined(one.entries));
    CHECK(flow_cases::joined(flow_cases::lines(made.issues)) == flow_cases::joined(one.issues));
    CHECK(made.entries == one.entries.size());
    // The same response once more gives the same bytes, its UUIDs too.
    REQUIRE(session.read(one.response).ok());
    CHECK(extract(session, options).bundle == made.bundle);
  }
}

namespace {

constexpr const char* weight_form = R"({"resourceType": "Questionnaire", "status": "active",
  "item": [{"linkId": "w", "type": "decimal", "code": [{"system": "http://loinc.org",
    "code": "29463-7"}], "extension": [{"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract",
    "valueBoolean": true}]}]})";

std::string weight_response(const char* id, const char* weight) {
  return std::string(R"({"resourceType": "QuestionnaireResponse", "id": ")") + id +
         R"(", "status": "completed", "item": [{"linkId": "w", "answer": [{"valueDecimal": )" +
         weight + "}]}]}";
}

std::string full_url(const std::string& bundle) {
  const std::size_t at = bundle.find("urn:uuid:");
  return bundle.substr(at, 45);
}

}  // namespace

TEST_CASE("a Bundle is a transaction, indented or in one line") {
  const auto form = Form::load(weight_form);
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(weight_response("r1", "79.30")));
  const Extracted made = extract(session, {.one_line = true});
  const std::string url = full_url(made.bundle);
  CHECK(made.bundle == R"({"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":")" +
                           url +
                           R"(","resource":{"resourceType":"Observation","status":"final","code":)"
                           R"({"coding":[{"system":"http://loinc.org","code":"29463-7"}]},)"
                           R"("valueQuantity":{"value":79.30},"derivedFrom":[{"reference":)"
                           R"("QuestionnaireResponse/r1"}]},"request":{"method":"POST","url":)"
                           R"("Observation"}}]})"
                           "\n");
  CHECK(extract(session).bundle.starts_with("{\n  \"resourceType\": \"Bundle\",\n"));
}

TEST_CASE("UUIDs are of version 8, the same for the same response, others for another") {
  const auto form = Form::load(weight_form);
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(weight_response("r1", "79.3")));
  const std::string first = full_url(extract(session).bundle);
  CHECK(first[23] == '8');
  CHECK(std::string("89ab").find(first[28]) != std::string::npos);
  CHECK(full_url(extract(session).bundle) == first);
  REQUIRE(session.read(weight_response("r1", "79.4")));
  CHECK(full_url(extract(session).bundle) != first);
}

TEST_CASE("values that were calculated are extracted, and templates of the whole form see them") {
  const auto form = Form::load(R"json({"resourceType": "Questionnaire", "status": "active",
    "contained": [{"resourceType": "Basic", "id": "b", "code": {"_text": {"extension": [{"url":
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractValue",
      "valueString": "item.where(linkId = 'sum').answer.value.toString()"}]
}
}
}],
    "extension": [{"url":
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtract",
      "extension": [{"url": "template", "valueReference": {"reference": "#b"}}]}],
    "item": [{"linkId": "a", "type": "integer"},
      {"linkId": "sum", "type": "integer", "code": [{"code": "sum"}], "extension": [
        {"url":
         "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
         "valueExpression": {"language": "text/fhirpath",
           "expression": "%resource.item.where(linkId = 'a').answer.value + 1"}},
        {"url":
         "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract",
         "valueBoolean": true}]}]
})json");
  REQUIRE(form);
  FormSession session(*form);
  Calculation calculation(session);
  REQUIRE(session.read(R"({"resourceType": "QuestionnaireResponse", "id": "r",
    "status": "completed", "item": [{"linkId": "a", "answer": [{"valueInteger": 1}]}]})"));
  REQUIRE(calculation.run());
  const auto entries = flow_cases::entries_of(extract(session).bundle);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].find(R"("code":{"text":"2"})") != std::string::npos);
  CHECK(entries[1].find(R"("valueInteger":2)") != std::string::npos);
}
