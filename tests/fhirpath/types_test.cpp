// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/types.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace fbss::fhirpath;

namespace {

// "HumanName*" of ("Patient", "name"): the element's type, * where it is a list; the types of a
// choice parted by |, in their order; "-" where there is no such element.
std::string element(const char* type, const char* name) {
  const auto found = find_element(find_model_type(type), find_model_name(name));
  if (!found) return "-";
  if (found->choices.empty())
    return std::string(model_type_name(found->type)) + (found->is_list ? "*" : "");
  CHECK(found->type == 0);
  std::string names;
  for (const ModelType choice : found->choices)
    names += (names.empty() ? "" : "|") + std::string(model_type_name(choice));
  return names;
}

std::string choice(const char* json_name) {
  const auto found = find_choice_name(json_name);
  if (!found) return "-";
  for (const char* base : {"value", "onset", "multipleBirth", "defaultValue", "effective"})
    if (find_model_name(base) == found->base)
      return std::string(base) + " " + std::string(model_type_name(found->type));
  return "?";
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("every name is found, and only once") {
  std::set<std::string_view> seen;
  for (const std::string_view name : type_names()) {
    CAPTURE(name);
    CHECK(find_type(name));
    CHECK((seen.insert(name).second || name == "Quantity"));
    if (const ModelType type = find_model_type(name)) CHECK(model_type_name(type) == name);
  }
  // 146 resources with Resource and DomainResource beside them.
  std::size_t resources = 0;
  for (const std::string_view name : type_names()) resources += is_resource(find_model_type(name));
  CHECK(resources == 148);
}

TEST_CASE("names are looked up by namespace") {
  CHECK(find_type("Quantity")->system == Type::quantity);
  CHECK(find_type("Quantity")->model == find_model_type("Quantity"));
  CHECK(find_type("System.Quantity")->model == 0);
  CHECK(!find_type("FHIR.Quantity")->system);
  CHECK(!find_type("boolean")->system);
  CHECK(find_type("Boolean")->model == 0);
  CHECK(!find_type("string1"));
  CHECK(!find_type("Foo.Integer"));
  CHECK(!find_type("FHIR.Integer"));
  CHECK(!find_type(""));
  CHECK(!find_type("System.Nothing"));
  REQUIRE(find_type("System.Patient"));  // no value is of this type
  CHECK(find_type("System.Patient")->model == 0);
}

TEST_CASE("what inherits from what") {
  const auto is = [](const char* type, const char* base) {
    return is_kind_of(find_model_type(type), find_model_type(base));
  };
  CHECK(is("Patient", "Patient"));
  CHECK(is("Patient", "Resource"));
  CHECK(is("Bundle", "Resource"));
  CHECK(!is("Bundle", "DomainResource"));
  CHECK(is("code", "string"));
  CHECK(!is("string", "code"));
  CHECK(is("positiveInt", "integer"));
  CHECK(is("canonical", "uri"));
  CHECK(is("Age", "Quantity"));
  CHECK(is("Timing", "Element"));
  CHECK(!is("Patient", "Element"));
  CHECK(!is_kind_of(0, find_model_type("Patient")));
}

TEST_CASE("the end of a choice element's name") {
  CHECK(find_choice_type("Quantity") == find_model_type("Quantity"));
  CHECK(find_choice_type("DateTime") == find_model_type("dateTime"));
  CHECK(find_choice_type("Base64Binary") == find_model_type("base64Binary"));
  CHECK(find_choice_type("String") == find_model_type("string"));
  CHECK(find_choice_type("string") == 0);
  CHECK(find_choice_type("Set") == 0);
  CHECK(find_choice_type("Patient") == 0);
  CHECK(find_choice_type("") == 0);
}

TEST_CASE("elements, their types and whether they repeat") {
  CHECK(element("Patient", "name") == "HumanName*");
  CHECK(element("Patient", "birthDate") == "date");
  CHECK(element("Patient", "gender") == "code");
  CHECK(element("Patient", "deceased") == "boolean|dateTime");
  CHECK(element("Patient", "multipleBirth") == "boolean|integer");
  CHECK(element("HumanName", "given") == "string*");
  CHECK(element("HumanName", "given1") == "-");
  CHECK(element("Patient", "given") == "-");
  CHECK(element("Period", "start") == "dateTime");
  CHECK(element("Period", "unit") == "-");
  CHECK(element("Observation", "value") ==
        "CodeableConcept|Period|Quantity|Range|Ratio|SampledData|boolean|dateTime|integer|string|"
        "time");
  CHECK(element("Observation", "valueQuantity") == "-");
  CHECK(element("Bundle.entry", "resource") == "Resource");
  CHECK(element("Questionnaire.item.enableWhen", "answer") ==
        "Coding|Quantity|Reference|boolean|date|dateTime|decimal|integer|string|time");
  CHECK(element("Encounter", "name") == "-");
  CHECK(element("Encounter", "class") == "Coding");
  CHECK(!find_element(0, find_model_name("name")));
  CHECK(!find_element(find_model_type("Patient"), 0));
}

TEST_CASE("elements that are inherited") {
  CHECK(element("Patient", "id") == "id");
  CHECK(element("Patient", "meta") == "Meta");
  CHECK(element("Patient", "contained") == "Resource*");
  CHECK(element("Patient", "extension") == "Extension*");
  CHECK(element("Bundle", "contained") == "-");
  CHECK(element("HumanName", "id") == "string");
  CHECK(element("HumanName", "modifierExtension") == "-");
  CHECK(element("Timing", "modifierExtension") == "Extension*");
  CHECK(element("Patient.contact", "modifierExtension") == "Extension*");
  CHECK(element("string", "extension") == "Extension*");
  CHECK(element("Extension", "url") == "uri");
  CHECK(element("Age", "value") == "decimal");
  CHECK(element("SimpleQuantity", "unit") == "string");
}

TEST_CASE("elements with elements have types of their own") {
  CHECK(element("Patient", "contact") == "Patient.contact*");
  CHECK(element("Patient.contact", "name") == "HumanName");
  CHECK(element("Timing", "repeat") == "Timing.repeat");
  CHECK(element("Observation.component", "referenceRange") == "Observation.referenceRange*");
  CHECK(element("Questionnaire.item", "item") == "Questionnaire.item*");
  CHECK(element("QuestionnaireResponse.item.answer", "item") == "QuestionnaireResponse.item*");
  CHECK(element("Bundle.entry", "link") == "Bundle.link*");
  const auto is = [](const char* type, const char* base) {
    return is_kind_of(find_model_type(type), find_model_type(base));
  };
  CHECK(is("Patient.contact", "BackboneElement"));
  CHECK(is("Patient.contact", "Element"));
  CHECK(!is("Timing.repeat", "BackboneElement"));
  CHECK(is("Timing.repeat", "Element"));
  CHECK(!is_resource(find_model_type("Patient.contact")));
  // They have no names in the language.
  CHECK(!find_type("Patient.contact"));
  CHECK(!find_type("FHIR.Patient.contact"));
  CHECK(find_model_type("contact") == 0);
}

TEST_CASE("only what R4 defines is there") {
  CHECK(find_model_type("SubscriptionStatus") == 0);  // R4B
  CHECK(find_model_type("MetadataResource") == 0);    // a pattern
  CHECK(element("ResearchStudy", "studyDesign") == "-");
  CHECK(element("ResearchStudy", "label") == "-");
  CHECK(element("EvidenceVariable.characteristic", "definition") ==
        "CodeableConcept|DataRequirement|Expression|Reference|TriggerDefinition|canonical");
  CHECK(element("Meta", "project") == "-");
  CHECK(element("Binary", "url") == "-");
}

TEST_CASE("choice elements as JSON writes them") {
  CHECK(choice("valueQuantity") == "value Quantity");
  CHECK(choice("valueDateTime") == "value dateTime");
  CHECK(choice("onsetDateTime") == "onset dateTime");
  CHECK(choice("multipleBirthInteger") == "multipleBirth integer");
  CHECK(choice("defaultValueBase64Binary") == "defaultValue base64Binary");
  CHECK(choice("effectiveQuantity") == "-");  // no element `effective` may be one
  CHECK(choice("valueSet") == "-");
  CHECK(choice("value") == "-");
  CHECK(choice("birthDate") == "-");
  CHECK(choice("") == "-");
}

TEST_CASE("each name of an element is found by its number") {
  const ModelType last = find_model_type("VisionPrescription.lensSpecification.prism");
  REQUIRE(last > 600);
  for (ModelType type = 1; type <= last; ++type) {
    for (const std::string_view name : element_names(type)) {
      const ModelName number = find_model_name(name);
      CHECK_MESSAGE((number != 0 && find_element(type, number)), model_type_name(type), ".", name);
    }
  }
  CHECK(find_model_name("given1") == 0);
  CHECK(find_model_name("") == 0);
  const auto names = element_names(find_model_type("Period"));
  CHECK(std::set<std::string_view>(names.begin(), names.end()) ==
        std::set<std::string_view>{"id", "extension", "start", "end"});
}

TEST_CASE("the System types of primitives") {
  const auto system = [](const char* type) { return system_type_of(find_model_type(type)); };
  CHECK(system("boolean") == Type::boolean);
  CHECK(system("positiveInt") == Type::integer);
  CHECK(system("unsignedInt") == Type::integer);
  CHECK(system("decimal") == Type::decimal);
  CHECK(system("code") == Type::string);
  CHECK(system("canonical") == Type::string);
  CHECK(system("base64Binary") == Type::string);
  CHECK(system("xhtml") == Type::string);
  CHECK(system("date") == Type::date);
  CHECK(system("dateTime") == Type::date_time);
  CHECK(system("instant") == Type::date_time);
  CHECK(system("time") == Type::time);
  CHECK(!system("Quantity"));
  CHECK(!system("Patient"));
  CHECK(!system_type_of(0));
}

// Needs python3 and FBSS_R4_DEFINITIONS, the folder that holds HL7's definitions.
TEST_CASE("the tables are what their generator makes") {
  namespace fs = std::filesystem;
  const char* definitions = std::getenv("FBSS_R4_DEFINITIONS");
  if (!definitions || std::system("python3 --version > /dev/null 2>&1") != 0) {
    MESSAGE("skipped: FBSS_R4_DEFINITIONS is not set, or there is no python3");
    return;
  }
  const fs::path tables = FBSS_SOURCE_DIR "/lib/fhirpath/r4";
  const fs::path made = fs::temp_directory_path() / "fbss-r4-tables";
  fs::remove_all(made);
  fs::create_directories(made);
  const std::string command = "python3 \"" + (tables / "generate.py").string() + "\" \"" +
                              definitions + "\" \"" + made.string() + "\"";
  REQUIRE(std::system(command.c_str()) == 0);
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(made)) {
    ++count;
    CHECK_MESSAGE(file_text(entry.path()) == file_text(tables / entry.path().filename()),
                  entry.path().filename().string());
  }
  CHECK(count == static_cast<std::size_t>(
                     std::count_if(fs::directory_iterator(tables), fs::directory_iterator(),
                                   [](const auto& e) { return e.path().extension() == ".def"; })));
  fs::remove_all(made);
}
