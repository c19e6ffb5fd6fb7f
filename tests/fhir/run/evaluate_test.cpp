// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "../form_cases.hpp"
#include "fhir/run/session.hpp"
#include "fhirpath/value.hpp"

using namespace fbss;
using form_cases::calculated;
using form_cases::variable;

namespace {

// The values of each instance's calculatedExpression, in order: "1,2;3;".
std::string calculated_in(FormSession& session, const std::string& link_id) {
  FormSession::State& state = session.state();
  const std::uint32_t item = state.model.find(link_id);
  std::string text;
  for (const std::uint32_t instance : state.instances_of(item)) {
    bool failed = false;
    std::string values;
    for (const auto& value :
         state.evaluate(state.model.items[item].calculated_expression, instance, &failed))
      values += (values.empty() ? "" : ",") + fhirpath::to_text(value);
    text += (failed ? "failed" : values) + ';';
  }
  return text;
}

}  // namespace

TEST_CASE("variables keep their values while others are evaluated") {
  const auto form = Form::load(form_cases::form_of(
      '[' + calculated("a", "%text & %amount.toString() & %type & %list.count().toString()") + ']',
      ",\"extension\":[" + variable("text", "'x' & 'y'") + ',' +
          variable("amount", "2 'kg' + 1 'kg'") + ',' + variable("type", "1.type().name") + ',' +
          variable("list", "(1 | 2 | 3)") + ']'));
  REQUIRE(form);
  CHECK(form->issues().empty());
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of("[]")));
  CHECK(calculated_in(session, "a") == "xy3 'kg'Integer3;");
}

TEST_CASE("an expression is evaluated at its instance; without one it sees an empty context") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"g","type":"group","repeats":true,"extension":[)" +
      variable("n", "item.where(linkId = 'n').answer.value") +
      R"(],"item":[{"linkId":"n","type":"integer"},)" +
      calculated("sum", "%n + iif(%context.exists(), answer.value.first(), 100)") + "]}]"));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"g","item":[{"linkId":"n","answer":[{"valueInteger":1}]},)"
      R"({"linkId":"sum","answer":[{"valueInteger":10}]}]},)"
      R"({"linkId":"g","item":[{"linkId":"n","answer":[{"valueInteger":2}]}]}])")));
  CHECK(calculated_in(session, "sum") == "11;102;");
}

TEST_CASE("today() is what the caller says, else empty") {
  const auto form = Form::load(form_cases::form_of('[' + calculated("a", "today()") + ']'));
  REQUIRE(form);
  FormSession without(*form), with(*form, {.today = "2026-11-21"});
  REQUIRE(without.read(form_cases::response_of("[]")));
  REQUIRE(with.read(form_cases::response_of("[]")));
  CHECK(calculated_in(without, "a") == ";");
  CHECK(calculated_in(with, "a") == "2026-11-21;");
}

TEST_CASE("contexts are brought in from outside, and forgotten with the response") {
  const auto form = Form::load(form_cases::form_of(
      '[' + calculated("a", "%patient.birthDate") + ']',
      R"(,"extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
      R"(sdc-questionnaire-launchContext","extension":[{"url":"name","valueCoding":)"
      R"({"code":"patient"}}]}])"));
  REQUIRE(form);
  FormSession session(*form);
  Document patient;
  REQUIRE(patient.parse(R"({"resourceType":"Patient","birthDate":"1974-12-25"})"));
  const fhirpath::Value value = fhirpath::Value::of_node(patient.root());
  REQUIRE(session.read(form_cases::response_of("[]")));
  CHECK(calculated_in(session, "a") == ";");
  session.state().set_context(0, {&value, 1});
  CHECK(calculated_in(session, "a") == "1974-12-25;");
  REQUIRE(session.read(form_cases::response_of("[]")));
  CHECK(calculated_in(session, "a") == ";");
}

TEST_CASE("what a variable does not give is not taken for empty") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"s","type":"string","repeats":true},)" + calculated("a", "%v.empty()") + ',' +
          calculated("b", "%s.length()") + ',' + calculated("c", "1") + ']',
      ",\"extension\":[" +
          variable("v", "%resource.item.where(linkId = 's').answer.value.length()") + ',' +
          variable("s", "%resource.item.where(linkId = 's').answer.value") + ']'));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"s","answer":[{"valueString":"Mary"},{"valueString":"Secret"}]}])")));
  CHECK(calculated_in(session, "a") == "failed;");
  CHECK(calculated_in(session, "b") == "failed;");
  CHECK(calculated_in(session, "c") == "1;");
  // The variable told it; who asks for `failed` tells the rest.
  REQUIRE(session.issues().size() == 1);
  CHECK(session.issues()[0].message.find("Secret") == std::string::npos);
  FormSession::State& state = session.state();
  const std::uint32_t b = state.model.items[state.model.find("b")].calculated_expression;
  CHECK(state.evaluate(b, state.instances_of(state.model.find("b")).front()).empty());
  CHECK(session.issues().size() == 2);
  CHECK(state.evaluate(b, state.instances_of(state.model.find("b")).front()).empty());
  CHECK(session.issues().size() == 2);
}

TEST_CASE("weights are those of the questionnaire's options") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"q","type":"choice","answerOption":[{"valueCoding":{"code":"x"},"extension":[)"
      R"({"url":"http://hl7.org/fhir/StructureDefinition/itemWeight","valueDecimal":2}]}]},)" +
      calculated("a", "%resource.item.where(linkId = 'q').answer.value.weight()") + ']'));
  REQUIRE(form);
  CHECK(form->model().items[0].options[0].weight->to_text() == "2");
  FormSession session(*form);
  REQUIRE(session.read(
      form_cases::response_of(R"([{"linkId":"q","answer":[{"valueCoding":{"code":"x"}}]}])")));
  CHECK(calculated_in(session, "a") == "2;");
}
