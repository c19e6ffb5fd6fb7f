// SPDX-License-Identifier: Apache-2.0
// %context, %resource, %rootResource and resolve() where these differ: terms.cpp and
// functions/references.cpp. (What needs one record only stands in cases/fhir.txt.)
#include <doctest/doctest.h>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "render.hpp"

using namespace fbss;
using namespace fbss::fhirpath;

TEST_CASE("the records of an environment, each with its name") {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Basic","id":"root","contained":[
      {"resourceType":"Patient","id":"inner","name":[{"id":"name","family":"x"}]}]})"));
  const JsonNode root = document.root(), inner = root.find("contained").first();
  const JsonNode name = inner.find("name").first();
  const char* ids = "%context.id | %resource.id | %rootResource.id";
  CHECK(result_of(ids, {.input = name, .resource = inner, .root_resource = root}) ==
        "\"name\", \"inner\", \"root\"");
  CHECK(result_of(ids, {.input = name, .resource = inner}) == "\"name\", \"inner\"");
  CHECK(result_of(ids, {.input = name}) == "\"name\"");
  CHECK(result_of(ids, {.resource = inner}) == "\"inner\"");
  CHECK(result_of(ids) == "{}");
  CHECK(result_of("%rootResource.id", {.root_resource = root}) == "\"root\"");
}

TEST_CASE("references are looked up from where they stand, then in %rootResource") {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","entry":[
      {"fullUrl":"http://s/Basic/1","resource":{"resourceType":"Basic","id":"1",
        "subject":{"reference":"Patient/2"},"contact":{"reference":"#c"},
        "contained":[{"resourceType":"Person","id":"c"}]}},
      {"fullUrl":"http://s/Patient/2","resource":{"resourceType":"Patient","id":"2"}}]})"));
  const JsonNode bundle = document.root();
  const JsonNode basic = bundle.find("entry").first().find("resource");
  const Environment whole{.input = basic, .resource = basic, .root_resource = bundle};
  CHECK(result_of("subject.resolve().id", whole) == "\"2\"");
  CHECK(result_of("contact.resolve().id", whole) == "\"c\"");
  CHECK(result_of("'Patient/2'.resolve().id", whole) == "\"2\"");
  CHECK(result_of("'#c'.resolve().id", whole) == "\"c\"");
  CHECK(result_of("'Basic/1'.resolve().contact.resolve().id", whole) == "\"c\"");
  CHECK(result_of("subject.resolve()", {.input = basic}) == "{}");
  CHECK(result_of("contact.resolve().id", {.input = basic}) == "\"c\"");
  // An element alone does not say where it stands.
  CHECK(result_of("resolve()", {.input = basic.find("contact")}) == "{}");
  CHECK(result_of("resolve().id", {.input = basic.find("contact"), .resource = basic}) == "\"c\"");
}

TEST_CASE("references of another record") {
  Document response, chart;
  REQUIRE(response.parse(R"({"resourceType":"QuestionnaireResponse",
      "subject":{"reference":"Patient/2"},"author":{"reference":"#a"},
      "contained":[{"resourceType":"Person","id":"a","from":"response"}]})"));
  REQUIRE(chart.parse(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient",
      "id":"2","link":{"reference":"#a"},
      "contained":[{"resourceType":"Person","id":"a","from":"chart"}]}}]})"));
  CHECK(result_of("subject.resolve().link.resolve().from",
                  {.input = response.root(), .root_resource = chart.root()}) == "\"chart\"");
  // What a variable holds is a record of its own.
  const Value value = Value::of_node(chart.root());
  const Collection variables[] = {{&value, 1}};
  CHECK(result_of("%chart.entry.resource.link.resolve().from",
                  {.input = response.root(), .variables = variables},
                  {.variables = {"chart"}}) == "\"chart\"");
}

TEST_CASE("the work of many references is counted") {
  std::string json = R"({"resourceType":"Bundle","entry":[)";
  for (int i = 0; i < 2000; ++i)
    json += R"({"resource":{"resourceType":"Basic","ref":{"reference":"Patient/none"}}},)";
  json += "{}]}";
  Document document;
  REQUIRE(document.parse(json));
  Limits limits;
  limits.evaluation_steps = 100'000;
  CHECK(result_of("entry.resource.ref.resolve()", {.input = document.root()}, {.limits = limits}) ==
        "error limit_exceeded 1:20");
}
