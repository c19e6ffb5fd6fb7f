// SPDX-License-Identifier: Apache-2.0
#include "fhir/form/extensions.hpp"

#include <doctest/doctest.h>

using namespace fbss;
using form::extension_name;

TEST_CASE("the urls under which an extension was published have one name") {
  CHECK(extension_name("http://hl7.org/fhir/StructureDefinition/minValue") == "minValue");
  CHECK(extension_name("http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs") ==
        "minOccurs");
  CHECK(extension_name("http://hl7.org/fhir/uv/sdc/StructureDefinition/"
                       "sdc-questionnaire-calculatedExpression") == "calculatedExpression");
  CHECK(extension_name("http://hl7.org/fhir/StructureDefinition/"
                       "questionnaire-calculatedExpression") == "calculatedExpression");
  CHECK(extension_name("http://example.org/StructureDefinition/minValue").empty());
  CHECK(extension_name("http://hl7.org/fhir/ValueSet/minValue").empty());
}

TEST_CASE("what becomes of an extension") {
  CHECK(form::extension_use("minValue") == form::ExtensionUse::used);
  CHECK(form::extension_use("itemControl") == form::ExtensionUse::shown);
  CHECK(form::extension_use("candidateExpression") == form::ExtensionUse::unsupported);
  CHECK(form::extension_use("observation-extract-category") == form::ExtensionUse::used);
  CHECK_FALSE(form::extension_use("nonsense").has_value());
}

TEST_CASE("extensions of an element, their values and parts") {
  Document document;
  REQUIRE(document.parse(
      R"({"extension":[{"url":"x","valueString":"a"},)"
      R"({"url":"http://hl7.org/fhir/StructureDefinition/minLength","valueInteger":3},)"
      R"({"url":"http://hl7.org/fhir/StructureDefinition/targetConstraint","extension":[)"
      R"({"url":"key","valueId":"k"}]}]})"));
  const JsonNode found = form::find_extension(document.root(), "minLength");
  CHECK(form::extension_value(found).text() == "3");
  const JsonNode constraint = form::find_extension(document.root(), "targetConstraint");
  CHECK(form::part_value(constraint, "key").text() == "k");
  CHECK_FALSE(form::part_value(constraint, "human"));
  CHECK_FALSE(form::find_extension(document.root(), "maxLength"));
  CHECK_FALSE(form::find_extension(JsonNode(), "maxLength"));
}
