// SPDX-License-Identifier: Apache-2.0
// lib/fhir/extract/element_value.cpp: what becomes of a value in an element of each type.
#include "fhir/extract/element_value.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace fbss;

namespace {

constexpr const char* record_json = R"({"resourceType": "Observation", "id": "o1",
 "status": "final", "issued": "2026-02-10T08:30:00+10:00", "effectiveDateTime": "2026-02",
 "subject": {"reference": "Patient/p"},
 "code": {"coding": [{"system": "http://s", "code": "y", "display": "Yes"}], "text": "t"},
 "valueQuantity": {"value": 1.630, "unit": "m"}})";

struct Case {
  const char *type, *expression, *json;  // "!" and the reason where it does not fit
};

constexpr Case cases[] = {
    {"boolean", "true", "true"},
    {"boolean", "'true'", "!A value of type string does not fit an element of type boolean."},
    {"decimal", "value.value", "1.630"},
    {"integer", "3.0", "3"},
    {"integer", "3.5", "!A value of type decimal does not fit an element of type integer."},
    {"positiveInt", "3", "3"},
    {"string", "3", "\"3\""},
    {"string", "true", "\"true\""},
    {"string", "code.coding", "\"Yes\""},
    {"code", "code.coding", "\"y\""},
    {"code", "status", "\"final\""},
    {"uri", "subject", "\"Patient/p\""},
    {"string", "''", "nothing"},
    {"string", "code", "!A value of type CodeableConcept does not fit an element of type string."},
    {"date", "issued", "\"2026-02-10\""},
    {"date", "effective", "\"2026-02\""},
    {"dateTime", "effective", "\"2026-02\""},
    {"dateTime", "'2026-02-10'", "\"2026-02-10\""},
    {"dateTime", "@2026-02-10T08:30",
     "!A date-time without seconds or time zone does not fit an element of type dateTime."},
    {"instant", "issued", "\"2026-02-10T08:30:00+10:00\""},
    {"instant", "effective",
     "!A date-time without seconds or time zone does not fit an element of type instant."},
    {"time", "@T10:30:00", "\"10:30:00\""},
    {"date", "'soon'", "!A value of type string does not fit an element of type date."},
    {"CodeableConcept", "code.coding",
     R"({"coding":[{"system":"http://s","code":"y","display":"Yes"}]})"},
    {"CodeableConcept", "'free'", R"({"text":"free"})"},
    {"Coding", "code", R"({"system":"http://s","code":"y","display":"Yes"})"},
    {"Coding", "'y'", "!A value of type string does not fit an element of type Coding."},
    {"Reference", "'Patient/q'", R"({"reference":"Patient/q"})"},
    {"Reference", "subject", R"({"reference":"Patient/p"})"},
    {"Reference", "$this", R"({"reference":"Observation/o1"})"},
    {"Quantity", "value", R"({"value":1.630,"unit":"m"})"},
    {"Quantity", "4.0", R"({"value":4.0})"},
    {"Quantity", "4 'mg'",
     R"({"value":4,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"})"},
    {"Quantity", "4 years", R"({"value":4,"unit":"years"})"},
    {"Age", "value", R"({"value":1.630,"unit":"m"})"},
    {"Annotation", "'n'", R"({"text":"n"})"},
    {"Identifier", "'7'", R"({"value":"7"})"},
    {"Period", "issued", "!A value of type instant does not fit an element of type Period."},
};

}  // namespace

TEST_CASE("a value becomes JSON of its place's type, or does not fit for a reason") {
  Document record;
  REQUIRE(record.parse(record_json));
  fhirpath::Workspace workspace;
  for (const Case& one : cases) {
    CAPTURE(one.type);
    CAPTURE(one.expression);
    const auto expression = fhirpath::Expression::compile(one.expression);
    REQUIRE(expression);
    const auto values = fhirpath::evaluate(*expression, {.input = record.root()}, workspace);
    REQUIRE(values);
    REQUIRE(values->size() == 1);
    std::string why, shown;
    const auto made =
        extraction::element_of(values->front(), fhirpath::find_model_type(one.type), why);
    if (made) {
      json::Writer json(shown);
      made->write(json);
    } else {
      shown = why.empty() ? "nothing" : '!' + why;
    }
    CHECK(shown == std::string(one.json));
  }
}
