// SPDX-License-Identifier: Apache-2.0
// lib/fhir/run/answers.cpp: what becomes of a value as an answer to each type of item.
#include "fhir/run/answers.hpp"

#include <doctest/doctest.h>

#include <string>

#include <fbss/form.hpp>

#include "fhirpath/value.hpp"
#include "json/write.hpp"

using namespace fbss;
using form::Answer;

namespace {

// Questions by linkId, and a record from which expressions fetch values.
constexpr const char* questionnaire_json = R"({"resourceType": "Questionnaire", "status": "draft",
 "contained": [{"resourceType": "ValueSet", "id": "side", "compose": {"include": [
   {"system": "http://s", "concept": [{"code": "L", "display": "Left"},
                                      {"code": "R", "display": "Right"}]}]}}],
 "item": [
  {"linkId": "boolean", "type": "boolean"}, {"linkId": "decimal", "type": "decimal"},
  {"linkId": "integer", "type": "integer"}, {"linkId": "date", "type": "date"},
  {"linkId": "dateTime", "type": "dateTime"}, {"linkId": "time", "type": "time"},
  {"linkId": "string", "type": "string"}, {"linkId": "text", "type": "text"},
  {"linkId": "url", "type": "url"}, {"linkId": "quantity", "type": "quantity"},
  {"linkId": "reference", "type": "reference"}, {"linkId": "attachment", "type": "attachment"},
  {"linkId": "group", "type": "group"}, {"linkId": "choice", "type": "choice"},
  {"linkId": "cm", "type": "decimal", "extension": [
    {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
     "valueCoding": {"system": "http://unitsofmeasure.org", "code": "cm", "display": "cm"}}]},
  {"linkId": "kg", "type": "quantity", "extension": [
    {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
     "valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg"}}]},
  {"linkId": "options", "type": "choice", "answerOption": [
    {"valueCoding": {"system": "http://s", "code": "y", "display": "Yes", "extension": [
      {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1}]}},
    {"valueCoding": {"system": "http://s", "code": "n", "display": "No"}},
    {"valueCoding": {"system": "http://t", "code": "n", "display": "Nein"}}]},
  {"linkId": "open", "type": "open-choice", "answerOption": [
    {"valueCoding": {"system": "http://s", "code": "y"}}]},
  {"linkId": "numbers", "type": "choice", "answerOption": [{"valueInteger": 1},
    {"valueInteger": 2}]},
  {"linkId": "side", "type": "choice", "answerValueSet": "#side"},
  {"linkId": "gender", "type": "choice",
   "answerValueSet": "http://hl7.org/fhir/ValueSet/administrative-gender"},
  {"linkId": "elsewhere", "type": "choice", "answerValueSet": "http://example.org/unknown"}]})";

constexpr const char* record_json = R"({"resourceType": "Observation", "id": "o1",
 "code": {"coding": [{"system": "http://u", "code": "a"}, {"system": "http://s", "code": "y"}]},
 "bodySite": {"coding": [{"system": "http://s", "code": "R"}], "text": "right"},
 "method": {"text": "by hand"},
 "subject": {"reference": "Patient/p1"}, "issued": "2026-02-10T08:30:00.5+10:00",
 "effectiveDateTime": "2026-02", "status": "y",
 "valueQuantity": {"value": 1.630, "unit": "m", "system": "http://unitsofmeasure.org",
                   "code": "m"},
 "component": [{"code": {"text": "x"}, "valueQuantity": {"value": 7, "unit": "pills"}},
               {"code": {"text": "t"}, "valueTime": "10:30:00"},
               {"code": {"text": "i"}, "valueInteger": 2},
               {"code": {"text": "b"}, "valueBoolean": false},
               {"code": {"text": "l"}, "valueString": "L"},
               {"code": {"text": "e"}, "valueString": ""},
               {"code": {"text": "n"}, "_valueString": {"extension": [{"url": "u",
                "valueCode": "unknown"}]}}],
 "note": [{"text": "n", "authorReference": {"reference": "Practitioner/d"}}]})";

struct Case {
  const char *link_id, *expression, *answer;  // an answer that begins with "!" is the reason
};

constexpr Case cases[] = {
    {"boolean", "true", "valueBoolean true"},
    {"boolean", "component[3].value", "valueBoolean false"},
    {"boolean", "'true'", "!A value of type string is no answer to a question of type boolean."},
    {"decimal", "value.value", "valueDecimal 1.630"},
    {"decimal", "1.50", "valueDecimal 1.50"},
    {"decimal", "3", "valueDecimal 3"},
    {"decimal", "value",
     "!A quantity is no answer to a question that names no unit "
     "(questionnaire-unit)."},
    {"integer", "3", "valueInteger 3"},
    {"integer", "3.0", "valueInteger 3"},
    {"integer", "3.5", "!A number with digits behind the point, or beyond 32 bits, is no integer."},
    {"cm", "value", "valueDecimal 163"},
    {"cm", "component[0].value",
     "!A quantity whose unit does not convert into the question's is no answer."},
    {"cm", "2 'm'", "valueDecimal 200"},
    {"date", "@2026-11-21", "valueDate \"2026-11-21\""},
    {"date", "issued", "valueDate \"2026-02-10\""},
    {"date", "effective", "valueDate \"2026-02\""},
    {"date", "'2026-02-28'", "valueDate \"2026-02-28\""},
    {"date", "'2026-02-30'", "!A value of type string is no answer to a question of type date."},
    {"date", "component[1].value",
     "!A value of type time is no answer to a question of type date."},
    {"dateTime", "issued", "valueDateTime \"2026-02-10T08:30:00.5+10:00\""},
    {"dateTime", "effective", "valueDateTime \"2026-02\""},
    {"dateTime", "@2026-11-21T10:30",
     "!A date-time of FHIR with hours needs seconds and a time zone."},
    {"dateTime", "@2026-11-21T10:30:00",
     "!A date-time of FHIR with hours needs seconds and a time zone."},
    {"time", "component[1].value", "valueTime \"10:30:00\""},
    {"time", "@T10:30", "!A time without seconds is none of FHIR's."},
    {"string", "status", "valueString \"y\""},
    {"string", "value.value", "valueString \"1.630\""},
    {"string", "issued", "valueString \"2026-02-10T08:30:00.5+10:00\""},
    {"string", "code",
     "!A value of type CodeableConcept is no answer to a question of type "
     "string."},
    {"string", "component[5].value", "nothing"},
    {"string", "component[6].value", "nothing"},
    {"text", "'a\\nb'", "valueString \"a\\nb\""},
    {"url", "'http://a'", "valueUri \"http://a\""},
    {"quantity", "value",
     R"(valueQuantity {"value":1.630,"unit":"m","system":)"
     R"("http://unitsofmeasure.org","code":"m"})"},
    {"quantity", "component[0].value", R"(valueQuantity {"value":7,"unit":"pills"})"},
    {"quantity", "4.50 'mg'",
     R"(valueQuantity {"value":4.50,"unit":"mg","system":)"
     R"("http://unitsofmeasure.org","code":"mg"})"},
    {"quantity", "3 days",
     R"(valueQuantity {"value":3,"unit":"d","system":)"
     R"("http://unitsofmeasure.org","code":"d"})"},
    {"quantity", "3 years", R"(valueQuantity {"value":3,"unit":"years"})"},
    {"quantity", "12", R"(valueQuantity {"value":12})"},
    {"kg", "12.0",
     R"(valueQuantity {"value":12.0,"unit":"kg","system":)"
     R"("http://unitsofmeasure.org","code":"kg"})"},
    {"reference", "subject", R"(valueReference {"reference":"Patient/p1"})"},
    {"reference", "$this", R"(valueReference {"reference":"Observation/o1"})"},
    {"reference", "'Patient/p2'", R"(valueReference {"reference":"Patient/p2"})"},
    {"attachment", "code",
     "!A value of type CodeableConcept is no answer to a question of type "
     "attachment."},
    {"group", "1", "!Nothing can answer an item of type group."},
    {"choice", "code.coding[0]", R"(valueCoding {"system":"http://u","code":"a"})"},
    {"choice", "code", R"(valueCoding {"system":"http://u","code":"a"})"},
    {"choice", "status",
     "!Of which system a bare code is cannot be told: hand in the question's "
     "value set."},
    {"options", "code.coding[1]",
     R"(valueCoding {"system":"http://s","code":"y","display":"Yes"})"},
    {"options", "code.coding[0]", "!The code is none of the question's options."},
    {"options", "code", R"(valueCoding {"system":"http://s","code":"y","display":"Yes"})"},
    {"options", "bodySite", "!None of the codes is one that the question takes."},
    {"options", "status", R"(valueCoding {"system":"http://s","code":"y","display":"Yes"})"},
    {"options", "'Nein'", R"(valueCoding {"system":"http://t","code":"n","display":"Nein"})"},
    {"options", "'n'", "!The value is none of the question's options."},
    {"open", "'n'", "valueString \"n\""},
    {"open", "method", "valueString \"by hand\""},
    {"open", "code.coding[0]", R"(valueCoding {"system":"http://u","code":"a"})"},
    {"numbers", "component[2].value", "valueInteger 2"},
    {"numbers", "3", "!The value is none of the question's options."},
    {"side", "component[4].value",
     R"(valueCoding {"system":"http://s","code":"L","display":"Left"})"},
    {"side", "'Right'", R"(valueCoding {"system":"http://s","code":"R","display":"Right"})"},
    {"side", "'X'", "!The code is not in the question's value set."},
    {"side", "bodySite", R"(valueCoding {"system":"http://s","code":"R"})"},
    {"side", "code.coding[0]", "!The code is not in the question's value set."},
    {"gender", "'female'",
     R"(valueCoding {"system":"http://hl7.org/fhir/administrative-gender","code":"female"})"},
    {"elsewhere", "code.coding[0]", R"(valueCoding {"system":"http://u","code":"a"})"},
};

std::string shown(const std::optional<Answer>& answer, const std::string& why) {
  if (answer) return answer->member + ' ' + answer->value;
  return why.empty() ? "nothing" : '!' + why;
}

// The form, and the one value that an expression gives over the record.
struct Fixture {
  Fixture() {
    REQUIRE(loaded);
    REQUIRE(record.parse(record_json));
  }

  const form::Item& item(const char* link_id) { return model.items[model.find(link_id)]; }

  fhirpath::Value value(const char* text) {
    auto compiled = fhirpath::Expression::compile(text);
    REQUIRE(compiled);
    expression = std::move(*compiled);
    const auto values = fhirpath::evaluate(*expression, {.input = record.root()}, workspace);
    REQUIRE(values);
    REQUIRE(values->size() == 1);
    return values->front();
  }

  Result<Form> loaded = Form::load(questionnaire_json);
  const Form::Model& model = loaded->model();
  Document record;
  fhirpath::Workspace workspace;
  std::optional<fhirpath::Expression> expression;  // the value may be a part of it
};

}  // namespace

TEST_CASE("a value becomes an answer of the question's type, or is no answer for a reason") {
  Fixture fixture;
  for (const Case& one : cases) {
    CAPTURE(one.link_id);
    CAPTURE(one.expression);
    std::string why;
    const auto answer = form::answer_of(fixture.model, fixture.item(one.link_id),
                                        fixture.value(one.expression), why);
    CHECK(shown(answer, why) == std::string(one.answer));
  }
}

TEST_CASE("a calculated value stays as its author gave it: nothing is cut or made up for it") {
  const Case calculated[] = {
      {"date", "issued",
       "!A date with a time is no answer to a question of type date: it is not cut."},
      {"dateTime", "@2026-11-21T10:30",
       "!A date-time of FHIR with hours needs seconds and a time zone."},
      {"reference", "'Patient/p2'",
       "!A value of type string is no answer to a question of type reference."},
      {"reference", "subject", R"(valueReference {"reference":"Patient/p1"})"},
      {"quantity", "3 years",
       R"(valueQuantity {"value":3,"unit":"years","system":)"
       R"("http://unitsofmeasure.org","code":"a"})"},
      {"cm", "2 'm'", "valueDecimal 200"},
      {"options", "'y'",
       R"(valueCoding {"system":"http://s","code":"y","display":"Yes","extension":[{"url":)"
       R"("http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":1}]})"},
      {"side", "'Right'", R"(valueCoding {"system":"http://s","code":"R","display":"Right"})"},
      {"string", "4 'mg'", "valueString \"4 'mg'\""},
      {"string", "component[5].value", "nothing"},
  };
  Fixture fixture;
  form::NewAnswers answers(fixture.model, form::NewAnswers::Origin::calculation);
  for (const Case& one : calculated) {
    CAPTURE(one.link_id);
    CAPTURE(one.expression);
    const std::size_t count = answers.count();
    const std::string why = answers.add(fixture.item(one.link_id), fixture.value(one.expression));
    std::optional<Answer> made;
    if (answers.count() > count) {
      made = Answer{std::string(answers[count].key_view()), {}};
      json::write(made->value, answers[count]);
    }
    CHECK(shown(made, why) == std::string(one.answer));
  }
  CHECK(answers.count() == 6);
  answers.cut(2);
  CHECK(answers.count() == 2);
  answers.clear();
  CHECK(answers.count() == 0);
}

TEST_CASE("a question begins with its initial values, or with the options that are selected") {
  const auto form = Form::load(R"({"resourceType":"Questionnaire","status":"active","item":[
    {"linkId":"none","type":"integer"},
    {"linkId":"two","type":"integer","repeats":true,
     "initial":[{"valueInteger":2},{"id":"empty"},{"valueInteger":1}]},
    {"linkId":"options","type":"choice","repeats":true,"answerOption":[
     {"valueString":"a","initialSelected":true},{"valueString":"b"},
     {"valueString":"c","initialSelected":false},{"valueString":"d","initialSelected":true}]}]})");
  REQUIRE(form);
  const auto words = [&](const char* link_id) {
    std::string out;
    for (const auto& value : form::initial_values(form->model().items[form->model().find(link_id)]))
      out += fhirpath::to_text(value) + ' ';
    return out;
  };
  CHECK(words("none").empty());
  CHECK(words("two") == "2 1 ");
  CHECK(words("options") == "a d ");
}
