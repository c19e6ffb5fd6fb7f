// SPDX-License-Identifier: Apache-2.0
// What calculating makes of responses (cases.txt, rule_cases.txt), that everything else of a
// response stays, and that a second time changes nothing.
#include <doctest/doctest.h>

#include <string>

#include <fbss/calculation.hpp>

#include "../case_files.hpp"
#include "../small_forms.hpp"

using namespace fbss;

namespace {

std::string rules_of(const FormIssues& issues) {
  std::string out;
  for (const FormIssue& issue : issues)
    out += (out.empty() ? "" : " ") + std::string(rule_word(issue.rule));
  return out;
}

void check(const case_files::Block& block) {
  auto form = Form::load(small::questionnaire(block.form));
  for (const Problem& problem : form.problems()) FAIL(block.form, problem.message);
  FormSession session(*form);
  Calculation calculation(session);
  for (const case_files::Case& one : block.cases) {
    CAPTURE(one.line);
    REQUIRE(session.read(small::response(block.form, one.before)));
    REQUIRE(calculation.run());
    CHECK(small::words_of(calculation.response()) == one.after);
    CHECK(rules_of(session.issues()) == one.issues);
    // Once more: of what it made itself, and of what it wrote.
    const std::string made = calculation.response();
    if (one.issues.find("calculatedRestless") != std::string::npos) continue;
    REQUIRE(calculation.run());
    CHECK(calculation.response() == made);
    REQUIRE(session.read(made));
    REQUIRE(calculation.run());
    CHECK(calculation.response() == made);
  }
}

std::string calculated(const std::string& items_of_form, const std::string& response) {
  auto form = Form::load(R"({"resourceType":"Questionnaire","status":"active","item":[)" +
                         items_of_form + "]}");
  REQUIRE(form.ok());
  FormSession session(*form);
  Calculation calculation(session);
  REQUIRE(session.read(response));
  REQUIRE(calculation.run());
  std::string line;
  calculation.append_line(line);
  return line;
}

}  // namespace

TEST_CASE("calculate: responses before and after") {
  for (const auto& block : case_files::read("calculate/cases.txt")) check(block);
}

TEST_CASE("calculate: the rule on missing answers") {
  for (const auto& block : case_files::read("calculate/rule_cases.txt")) check(block);
}

TEST_CASE("calculate: everything else stays, byte for byte") {
  const std::string form =
      R"({"linkId":"g","type":"group","item":[{"linkId":"a","type":"decimal"},
          {"linkId":"s","type":"decimal","text":"Sum","extension":[{"url":
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath","expression":
          "%resource.item.item.where(linkId = 'a').answer.value * 2"}}]}]})";
  CHECK(calculated(
            form,
            R"({"resourceType":"QuestionnaireResponse","x":[1.50,{"y":null}],"status":"stopped",)"
            R"("item":[{"linkId":"g","_text":{"id":"t"},"item":[{"linkId":"a","extension":)"
            R"([{"url":"u","valueString":"\"\n"}],"answer":[{"id":"i","valueDecimal":1.0e0}]}]}],)"
            R"("meta":{"tag":[]}})") ==
        R"({"resourceType":"QuestionnaireResponse","x":[1.50,{"y":null}],"status":"stopped",)"
        R"("item":[{"linkId":"g","_text":{"id":"t"},"item":[{"linkId":"a","extension":)"
        R"([{"url":"u","valueString":"\"\n"}],"answer":[{"id":"i","valueDecimal":1.0e0}]},)"
        R"({"linkId":"s","text":"Sum","answer":[{"valueDecimal":2.0}]}]}],)"
        R"("meta":{"tag":[]}})"
        "\n");
}

TEST_CASE("calculate: what stands beside a value that is replaced stays") {
  const std::string form =
      R"({"linkId":"s","type":"integer","extension":[{"url":
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath","expression":"2"}}],
          "item":[{"linkId":"below","type":"string"}]})";
  CHECK(calculated(form,
                   R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"s","answer":)"
                   R"([{"id":"i","valueInteger":1,"_valueInteger":{"id":"v"},)"
                   R"("item":[{"linkId":"below","answer":[{"valueString":"t"}]}]}]}]})") ==
        R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"s","answer":)"
        R"([{"valueInteger":2,"id":"i",)"
        R"("item":[{"linkId":"below","answer":[{"valueString":"t"}]}]}]}]})"
        "\n");
}

TEST_CASE("calculate: what stands below surplus answers stands below the last") {
  const auto form = [](const std::string& expression) {
    return R"({"linkId":"s","type":"integer","repeats":true,"extension":[{"url":
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
          "valueExpression":{"language":"text/fhirpath","expression":")" +
           expression + R"("}}],"item":[{"linkId":"below","type":"string"}]})";
  };
  const std::string head = R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"s",)";
  const std::string below = R"("item":[{"linkId":"below","answer":[{"valueString":"t"}]}])";
  const std::string before =
      head + R"("answer":[{"valueInteger":1},{"valueInteger":2,)" + below + "}]}]}";
  CHECK(calculated(form("3"), before) ==
        head + R"("answer":[{"valueInteger":3,)" + below + "}]}]}\n");
  CHECK(calculated(form("{}"), before) == head.substr(0, head.size() - 1) + "}]}\n");
}

TEST_CASE("calculate: a response that cannot be read leaves nothing behind") {
  auto form = Form::load(small::questionnaire("a integer := 1"));
  REQUIRE(form.ok());
  FormSession session(*form);
  Calculation calculation(session);
  CHECK_FALSE(session.read("{").ok());
  CHECK(calculation.response().empty());
  CHECK(calculation.run().ok());
}
