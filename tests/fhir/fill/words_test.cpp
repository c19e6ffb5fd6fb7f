// SPDX-License-Identifier: Apache-2.0
// Values and answers in words, as questions and as conditions show them.
#include "fhir/fill/words.hpp"

#include <doctest/doctest.h>

#include <fbss/document.hpp>

using namespace fbss;

TEST_CASE("values and answers in words") {
  struct Row {
    std::string_view answer, words, code;
  };
  const std::string absent =
      R"({"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason",)";
  const std::string reason =
      R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason",)";
  for (const Row& row : {
           Row{R"({"valueBoolean":true})", "Yes", "true"},
           Row{R"({"valueBoolean":false})", "No", "false"},
           Row{R"({"valueDecimal":1.50})", "1.50", "1.50"},
           Row{R"({"valueDate":"2026-11"})", "2026-11", "2026-11"},
           Row{R"({"valueCoding":{"system":"http://a.example","code":"x","display":"The x"}})",
               "The x", "x"},
           Row{R"({"valueCoding":{"code":"x"}})", "x", "x"},
           Row{R"({"valueCoding":{"display":"Other"}})", "Other", "Other"},
           Row{R"({"valueQuantity":{"value":2.0,"unit":"kilo","code":"kg"}})", "2.0 kilo",
               "2.0 kilo"},
           Row{R"({"valueQuantity":{"value":2,"code":"kg"}})", "2 kg", "2 kg"},
           Row{R"({"valueReference":{"reference":"Patient/1"}})", "Patient/1", "Patient/1"},
           Row{R"({"valueAttachment":{"data":"AA=="}})", "a value", "a value"},
       }) {
    INFO(row.answer);
    Document document;
    REQUIRE(document.parse(row.answer));
    CHECK(form::answer_words(*document.root().get()) == row.words);
    CHECK(form::code_words(document.root().first()) == row.code);
  }
  for (const auto& row : {
           std::pair<std::string, std::string_view>{
               R"({"valueCoding":)" + absent + R"("code":"asked-unknown"}})", "unknown"},
           {R"({"valueCoding":)" + absent + R"("code":"asked-declined"}})", "declined"},
           {R"({"valueCoding":)" + absent + R"("code":"masked"}})", "masked"},
           {reason + R"("valueCode":"asked-unknown"}]})", "unknown"},
           {reason + R"("valueCode":"asked-declined"}]})", "declined"},
           {reason + R"("valueCode":"error"}]})", "error"},
           {R"({"id":"a"})", "no value"},
       }) {
    const auto& answer = row.first;
    INFO(answer);
    Document document;
    REQUIRE(document.parse(answer));
    CHECK(form::answer_words(*document.root().get()) == row.second);
  }
}
