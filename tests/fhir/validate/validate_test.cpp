// SPDX-License-Identifier: Apache-2.0
// Runs validate/cases/*.json, one file a file of lib/fhir/validate: the issues of each response.
#include <doctest/doctest.h>

#include <set>

#include <fbss/validate.hpp>

#include "../form_cases.hpp"

using namespace fbss;

TEST_CASE("responses have the issues that their case says") {
  std::set<std::string> met;
  const auto forms = form_cases::read_folder("validate");
  REQUIRE(forms.size() > 20);
  for (const form_cases::FormCase& one : forms) {
    const auto form = Form::load(one.json);
    REQUIRE_MESSAGE(form.ok(), one.name);
    FormSession session(*form);
    for (const form_cases::ResponseCase& response : one.responses) {
      REQUIRE_MESSAGE(session.read(response.json).ok(), response.name);
      const FormIssues issues = validate(session);
      const auto lines = form_cases::lines(issues);
      REQUIRE_MESSAGE(response.issues, response.name, ": no issues are named");
      CHECK_MESSAGE(lines == *response.issues, response.name,
                    "\n  expected:", form_cases::joined(*response.issues),
                    "\n  got:", form_cases::joined(lines));
      for (const FormIssue& issue : issues) {
        met.emplace(rule_word(issue.rule));
        CHECK_MESSAGE(!issue.message.empty(), response.name);
      }
    }
  }
  // Every rule on responses is broken somewhere.
  for (std::size_t i = 0; i <= static_cast<std::size_t>(FormRule::expressionExecution); ++i) {
    const std::string word(rule_word(static_cast<FormRule>(i)));
    CHECK_MESSAGE(met.contains(word), "no case breaks the rule ", word);
  }
}

TEST_CASE("messages repeat nothing that a person typed") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"s","type":"string","maxLength":3,"extension":[)"
      R"({"url":"http://hl7.org/fhir/StructureDefinition/regex","valueString":"[a-z]+"}]},)"
      R"({"linkId":"c","type":"choice","answerOption":[{"valueCoding":{"code":"x"}}]},)"
      R"({"linkId":"u","type":"url"},{"linkId":"r","type":"reference"},)"
      R"({"linkId":"d","type":"date","text":"When?"}])"));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"s","answer":[{"valueString":"Mary Secret"}]},)"
      R"({"linkId":"c","answer":[{"valueCoding":{"code":"Mary","display":"Secret"}}]},)"
      R"({"linkId":"u","answer":[{"valueUri":"Mary Secret"}]},)"
      R"({"linkId":"r","answer":[{"valueReference":{"reference":"Mary-Secret"}}]},)"
      R"({"linkId":"d","text":"Mary Secret","answer":[{"valueDate":"Secret"}]},)"
      R"({"linkId":"Mary","answer":[{"valueString":"Secret"}]}])")));
  const FormIssues issues = validate(session);
  CHECK(issues.size() >= 7);
  for (const FormIssue& issue : issues) {
    CHECK_MESSAGE(issue.message.find("Mary") == std::string::npos, issue.message);
    CHECK_MESSAGE(issue.message.find("Secret") == std::string::npos, issue.message);
  }
}

TEST_CASE("a response without its questionnaire is judged alone") {
  Document response;
  const auto rules_of = [&](const char* json) {
    REQUIRE(response.parse(json));
    return form_cases::lines(validate_alone(response.root()));
  };
  using Lines = std::vector<std::string>;
  CHECK(rules_of(R"({"resourceType":"QuestionnaireResponse","status":"completed",)"
                 R"("questionnaire":"http://example.org/q"})") ==
        Lines{"warning questionnaireNotFound QuestionnaireResponse.questionnaire"});
  CHECK(rules_of(R"({"resourceType":"QuestionnaireResponse","status":"done"})") ==
        Lines{"error invalidStatus QuestionnaireResponse.status",
              "warning questionnaireNotFound QuestionnaireResponse"});
  CHECK(rules_of(R"({"resourceType":"QuestionnaireResponse","status":"completed",)"
                 R"("questionnaire":"http://hl7.org/fhir/ValueSet/x","item":[{"linkID":"a"}]})") ==
        Lines{"fatal invalidStructure QuestionnaireResponse.item[0].linkID",
              "error questionnaireNotFound QuestionnaireResponse.questionnaire",
              "warning questionnaireNotFound QuestionnaireResponse.questionnaire"});
}

TEST_CASE("where nothing was read there are no issues") {
  const auto form = Form::load(form_cases::form_of("[]"));
  REQUIRE(form);
  FormSession session(*form);
  CHECK(validate(session).empty());
  CHECK_FALSE(session.read(R"({"resourceType":"Patient"})"));
  CHECK(validate(session).empty());
  CHECK(session.enabled().empty());
}

TEST_CASE("a response may contain its questionnaire") {
  Document response;
  REQUIRE(response.parse(
      R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"#q",)"
      R"("contained":[{"resourceType":"Patient","id":"q"},)"
      R"({"resourceType":"Questionnaire","id":"q","status":"active","item":[]}]})"));
  const std::string json = contained_questionnaire(response.root());
  CHECK(json == R"({"resourceType":"Questionnaire","id":"q","status":"active","item":[]})");
  CHECK(Form::load(json).ok());
  // With what stands beside it.
  REQUIRE(response.parse(
      R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"#q",)"
      R"("contained":[{"resourceType":"ValueSet","id":"v","status":"active","compose":)"
      R"({"include":[{"system":"s","concept":[{"code":"a"}]}]}},)"
      R"({"resourceType":"Questionnaire","id":"q","status":"active","item":[)"
      R"({"linkId":"c","type":"choice","answerValueSet":"#v"}]}]})"));
  const auto form = Form::load(contained_questionnaire(response.root()));
  REQUIRE(form);
  CHECK(form->issues().empty());
  REQUIRE(response.parse(R"({"resourceType":"QuestionnaireResponse","questionnaire":"#other"})"));
  CHECK(contained_questionnaire(response.root()).empty());
}
