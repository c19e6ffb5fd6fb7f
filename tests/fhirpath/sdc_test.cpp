// SPDX-License-Identifier: Apache-2.0
// SDC's weight() and ordinal(), and its variables: lib/fhirpath/functions/sdc.cpp.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/value_sets.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

constexpr const char* questionnaire_json = R"({"resourceType":"Questionnaire","item":[
  {"linkId":"group","item":[
    {"linkId":"mood","text":"Mood","answerOption":[
      {"valueCoding":{"system":"s","code":"low"},"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":0}]},
      {"valueCoding":{"system":"s","code":"high","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3.0}]}},
      {"valueCoding":{"system":"s","code":"none"}}]},
    {"linkId":"count","answerOption":[
      {"valueInteger":1,"_valueInteger":{"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":10}]}},
      {"valueInteger":2,"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":20}]}]},
    {"linkId":"other","answerOption":[
      {"valueCoding":{"system":"s","code":"low"},"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":99}]}]}]}]})";

constexpr const char* response_json = R"({"resourceType":"QuestionnaireResponse","item":[
  {"linkId":"group","item":[
    {"linkId":"mood","answer":[
      {"valueCoding":{"system":"s","code":"low"}},
      {"valueCoding":{"system":"s","code":"high"},
       "item":[{"linkId":"other","answer":[{"valueCoding":{"system":"s","code":"low"}}]}]},
      {"valueCoding":{"system":"s","code":"none"}},
      {"valueCoding":{"system":"t","code":"low"}}]},
    {"linkId":"count","answer":[{"valueInteger":1},{"valueInteger":2},{"valueInteger":3}]},
    {"linkId":"own","answer":[
      {"valueCoding":{"system":"s","code":"low","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":7}]}},
      {"valueInteger":5,"_valueInteger":{"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":8}]}},
      {"extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueInteger":9}]}]}]}]})";

struct Given {
  Given() {
    REQUIRE(questionnaire.parse(questionnaire_json));
    REQUIRE(response.parse(response_json));
    values[0] = Value::of_node(questionnaire.root());
    values[1] = Value::of_node(questionnaire.root().find("item").first().find("item").first());
    variables = {{&values[0], 1}, {&values[1], 1}};
  }

  std::string result(const char* expression, const ValueSets* sets = nullptr) const {
    return result_of(expression,
                     {.input = response.root(), .variables = variables, .value_sets = sets},
                     {.variables = {"questionnaire", "qitem"}});
  }

  Document questionnaire, response;
  Value values[2];
  std::vector<Collection> variables;
};

}  // namespace

TEST_CASE("a weight that the answer carries itself") {
  const Given given;
  CHECK(given.result("item.item.where(linkId = 'own').answer.weight()") ==
        "7 (decimal), 8 (decimal), 9 (decimal)");
  CHECK(given.result("item.item.where(linkId = 'own').answer.value.weight()") ==
        "7 (decimal), 8 (decimal)");
  CHECK(given.result("item.item.where(linkId = 'own').weight()") ==
        "7 (decimal), 8 (decimal), 9 (decimal)");
}

TEST_CASE("a weight of the option that was chosen") {
  const Given given;
  CHECK(given.result("item.item.where(linkId = 'mood').answer.value.weight()") ==
        "0 (decimal), 3.0");
  CHECK(given.result("item.item.where(linkId = 'mood').answer.weight()") == "0 (decimal), 3.0");
  CHECK(given.result("item.item.where(linkId = 'mood').answer.ordinal()") == "0 (decimal), 3.0");
  CHECK(given.result("item.item.where(linkId = 'mood').weight()") == "0 (decimal), 3.0");
  CHECK(given.result("item.item.where(linkId = 'count').answer.value.weight()") ==
        "10 (decimal), 20 (decimal)");
  // The innermost item counts.
  CHECK(given.result("item.item.answer.item.answer.value.weight()") == "99 (decimal)");
  CHECK(given.result("%questionnaire.item.item[0].answerOption.weight()") == "0 (decimal), 3.0");
}

TEST_CASE("without a questionnaire, and where nothing fits, there is no weight") {
  const Given given;
  CHECK(result_of("item.item.answer.value.weight().count()", {.input = given.response.root()}) ==
        "2");
  CHECK(given.result("linkId.weight() | item.linkId.weight() | 1.weight() | {}.weight()") == "{}");
  CHECK(given.result("item.weight()") == "{}");
  CHECK(given.result("weight()") == "{}");
}

TEST_CASE("a weight of the concept") {
  const Given given;
  Document file;
  REQUIRE(file.parse(R"({"resourceType":"CodeSystem","url":"t","content":"complete","concept":[
      {"code":"low","extension":[
        {"url":"http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
         "valueDecimal":0.5}]}]})"));
  ValueSets sets;
  REQUIRE(sets.add(file.root()));
  CHECK(given.result("item.item.where(linkId = 'mood').answer.value.weight()", &sets) ==
        "0 (decimal), 3.0, 0.5");
}

TEST_CASE("%questionnaire and %qitem are variables like others") {
  const Given given;
  CHECK(given.result("%qitem.text") == "\"Mood\"");
  CHECK(given.result("%questionnaire.item.linkId") == "\"group\"");
}
