// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/types.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace fbss::fhirpath;

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
