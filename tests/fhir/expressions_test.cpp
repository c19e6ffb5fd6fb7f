// SPDX-License-Identifier: Apache-2.0
// The FHIRPath of an export, over responses that other programs write.
#include "fhir/expressions.hpp"

#include <doctest/doctest.h>

#include <string>

#include <fbss/fhirpath.hpp>

#include "../response/small_screen.hpp"

namespace {

/// What %id is where the question has these answers, as text; "; " parts several values.
std::string answer(const std::string& question, const std::string& answers) {
  static const fbss::Questionnaire questionnaire = small_screen::load();
  fbss::Document response;
  REQUIRE(response
              .parse(R"({"resourceType": "QuestionnaireResponse", "item": [{"linkId": "all",
                         "item": [{"linkId": ")" +
                     question + R"(", "answer": [)" + answers + "]}]}]}")
              .ok());
  const auto expression = fbss::fhirpath::Expression::compile(
      fbss::fhir::answer_expression(small_screen::item(questionnaire, question)));
  REQUIRE(expression.ok());
  fbss::fhirpath::Workspace workspace;
  const auto values = fbss::fhirpath::evaluate(*expression, {.input = response.root()}, workspace);
  REQUIRE(values.ok());
  std::string text;
  for (const auto& value : *values)
    text += (text.empty() ? "" : "; ") + fbss::fhirpath::to_text(value);
  return text;
}

std::string coding(const std::string& system, const std::string& code) {
  return R"({"valueCoding": {"system": ")" + system + R"(", "code": ")" + code + "\"}}";
}

const std::string ours = "https://any.example/CodeSystem/small_screen";
const std::string absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
const std::string no_value =
    R"({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                       "valueCode": "asked-unknown"}]})";

}  // namespace

TEST_CASE("%id of a question: what rules read; unknown and declined are nothing") {
  CHECK(answer("planned", coding(ours, "yes")) == "true");
  CHECK(answer("planned", coding(ours, "no")) == "false");
  CHECK(answer("planned", coding(absent, "asked-unknown")) == "");
  CHECK(answer("planned", coding(absent, "asked-declined")) == "");
  CHECK(answer("planned", "") == "");
  CHECK(answer("planned", no_value) == "");
  CHECK(answer("earlier", coding(ours + "/earlier", "one")) == "one");
  CHECK(answer("earlier", coding(absent, "asked-unknown")) == "");
  CHECK(answer("exercises", coding(ours, "yoga") + ',' + coding(ours, "walking")) ==
        "yoga; walking");
  CHECK(answer("repetitions", R"({"valueInteger": 12})") == "12");
  CHECK(answer("repetitions", no_value) == "");
  CHECK(answer("weight", R"({"valueDecimal": 70.50})") == "70.50");
  CHECK(answer("last_visit", R"({"valueDate": "2026-05"})") == "2026-05");
  CHECK(answer("other_text", R"({"valueString": "lupus"})") == "lupus");
}

TEST_CASE("a condition decides: what is not true does not enable") {
  struct Row {
    const char *condition, *enables;
  };
  for (const Row& row : {Row{"true", "true"}, Row{"false", "false"}, Row{"{}", "false"},
                         Row{"true // why", "true"}}) {
    INFO(row.condition);
    const auto expression =
        fbss::fhirpath::Expression::compile(fbss::fhir::enabling_expression(row.condition));
    REQUIRE(expression.ok());
    fbss::fhirpath::Workspace workspace;
    const auto values = fbss::fhirpath::evaluate(*expression, {}, workspace);
    REQUIRE(values.ok());
    REQUIRE(values->size() == 1);
    CHECK(fbss::fhirpath::to_text((*values)[0]) == row.enables);
  }
}
