// SPDX-License-Identifier: Apache-2.0
// Runs run/cases/*.json: which items a response enables.
#include <doctest/doctest.h>

#include <fbss/form.hpp>

#include "../form_cases.hpp"
#include "fhir/run/session.hpp"

using namespace fbss;
using form_cases::expression;

TEST_CASE("responses enable the items that their case says") {
  const auto forms = form_cases::read_folder("run");
  REQUIRE(forms.size() > 10);
  for (const form_cases::FormCase& one : forms) {
    const auto form = Form::load(one.json);
    REQUIRE_MESSAGE(form.ok(), one.name);
    FormSession session(*form);
    for (const form_cases::ResponseCase& response : one.responses) {
      REQUIRE_MESSAGE(session.read(response.json).ok(), response.name);
      std::vector<std::string> enabled;
      for (const std::string_view link_id : session.enabled()) enabled.emplace_back(link_id);
      if (response.enabled)
        CHECK_MESSAGE(enabled == *response.enabled, response.name,
                      "\n  expected:", form_cases::joined(*response.enabled),
                      "\n  got:", form_cases::joined(enabled));
      if (response.issues)
        CHECK_MESSAGE(form_cases::lines(session.issues()) == *response.issues, response.name,
                      form_cases::joined(form_cases::lines(session.issues())));
    }
  }
}

TEST_CASE("answers of items that are not enabled are hidden from expressions, and shown again") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"a","type":"boolean"},{"linkId":"b","type":"integer",)"
      R"("enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]},)"
      R"({"linkId":"sum","type":"integer","extension":[)" +
      expression("calculatedExpression", "%resource.item.where(linkId = 'b').answer.count()") +
      "]}]"));
  REQUIRE(form);
  FormSession session(*form);
  const auto read = [&](const std::string& a) {
    REQUIRE(session.read(
        form_cases::response_of(R"([{"linkId":"a","answer":[{"valueBoolean":)" + a +
                                R"(}]},{"linkId":"b","answer":[{"valueInteger":1}]}])")));
  };
  FormSession::State& state = session.state();
  const auto counted = [&](const std::string& a) {
    read(a);
    const std::uint32_t sum = state.model.find("sum");
    const auto values = state.evaluate(state.model.items[sum].calculated_expression,
                                       state.instances_of(sum).front());
    REQUIRE(values.size() == 1);
    return values.front().integer();
  };
  CHECK(counted("true") == 1);
  CHECK(counted("false") == 0);
  CHECK(counted("true") == 1);
  // The instance keeps what the response has.
  read("false");
  const auto& instance = state.instances[state.instances_of(state.model.find("b")).front()];
  CHECK_FALSE(instance.is_enabled);
  CHECK(instance.answer_count == 1);
}

TEST_CASE("what nobody can tell to be disabled is enabled, and told") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"a","type":"string","repeats":true},{"linkId":"b","type":"integer",)"
      R"("extension":[)" +
      expression("enableWhenExpression",
                 "%resource.item.where(linkId = 'a').answer.value.length() > 1") +
      "]}]"));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"a","answer":[{"valueString":"x"},{"valueString":"y"}]}])")));
  CHECK(session.enabled() == std::vector<std::string_view>{"a", "b"});
  REQUIRE(session.issues().size() == 1);
  CHECK(session.issues()[0].rule == FormRule::expressionExecution);
  // What it said of one response it does not say of the next.
  REQUIRE(session.read(form_cases::response_of(R"([{"linkId":"a"}])")));
  CHECK(session.enabled() == std::vector<std::string_view>{"a"});
  CHECK(session.issues().empty());
}
