// SPDX-License-Identifier: Apache-2.0
// memberOf, subsumes and subsumedBy over value sets: lib/fhirpath/functions/codes.cpp.
#include <doctest/doctest.h>

#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/value_sets.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

struct Terms {
  Terms() {
    Document bundle;
    REQUIRE(bundle.parse(R"({"resourceType":"Bundle","entry":[
      {"resource":{"resourceType":"CodeSystem","url":"c","content":"complete",
        "hierarchyMeaning":"is-a","concept":[
          {"code":"warm","concept":[{"code":"red"}]},{"code":"blue"}]}},
      {"resource":{"resourceType":"ValueSet","url":"colors","compose":{"include":[
        {"system":"c"}]}}},
      {"resource":{"resourceType":"ValueSet","url":"mixed","compose":{"include":[
        {"system":"c"},{"system":"d","concept":[{"code":"x"}]}]}}},
      {"resource":{"resourceType":"ValueSet","url":"open","compose":{"include":[
        {"system":"c","concept":[{"code":"red"}]},{"system":"e"}]}}}]})"));
    REQUIRE(sets.add(bundle.root()));
  }

  std::string result(const char* expression, const char* input) const {
    Document document;
    REQUIRE(document.parse(input));
    return result_of(expression, {.input = document.root(), .value_sets = &sets});
  }

  ValueSets sets;
};

}  // namespace

TEST_CASE("memberOf over codes, Codings and CodeableConcepts") {
  const Terms terms;
  // a text, and a code
  CHECK(terms.result("a.memberOf('colors')", R"({"a":"red"})") == "true");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":"mauve"})") == "false");
  CHECK(terms.result("'red'.memberOf('colors')", "{}") == "true");
  CHECK(terms.result("a.memberOf('mixed')", R"({"a":"red"})") == "{}");
  CHECK(terms.result("gender.memberOf('colors')",
                     R"({"resourceType":"Patient","gender":"female"})") == "false");
  // a Coding
  CHECK(terms.result("a.memberOf('mixed')", R"({"a":{"system":"d","code":"x"}})") == "true");
  CHECK(terms.result("a.memberOf('mixed')", R"({"a":{"system":"c","code":"x"}})") == "false");
  CHECK(terms.result("a.memberOf('open')", R"({"a":{"system":"e","code":"x"}})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":{"code":"red"}})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":{"coding":[]}})") == "false");
  CHECK(terms.result("value.memberOf('colors')",
                     R"({"resourceType":"Observation","valueCodeableConcept":{"text":"red"}})") ==
        "false");
  // a CodeableConcept: any of its codings
  CHECK(
      terms.result("a.memberOf('colors')",
                   R"({"a":{"coding":[{"system":"z","code":"1"},{"system":"c","code":"red"}]}})") ==
      "true");
  CHECK(terms.result("a.memberOf('colors')",
                     R"({"a":{"coding":[{"system":"z","code":"1"},{"system":"c","code":"2"}]}})") ==
        "false");
  CHECK(terms.result("a.memberOf('open')",
                     R"({"a":{"coding":[{"system":"e","code":"1"},{"system":"z","code":"2"}]}})") ==
        "{}");
  CHECK(
      terms.result("a.memberOf('open')",
                   R"({"a":{"coding":[{"system":"e","code":"1"},{"system":"c","code":"red"}]}})") ==
      "true");
}

TEST_CASE("memberOf is empty where it cannot tell") {
  const Terms terms;
  CHECK(terms.result("a.memberOf('nobody')", R"({"a":"red"})") == "{}");
  CHECK(terms.result("a.memberOf('nobody')", R"({"a":{"coding":[]}})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":["red","red"]})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", "{}") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":1})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"a":{"b":1}})") == "{}");
  CHECK(terms.result("a.memberOf('colors')", R"({"_a":{"id":"x"}})") == "{}");
  CHECK(terms.result("a.memberOf({})", R"({"a":"red"})") == "{}");
}

TEST_CASE("subsumption by a code system's hierarchy") {
  const Terms terms;
  const char* input = R"({"warm":{"system":"c","code":"warm"},"red":{"system":"c","code":"red"},
    "blue":{"system":"c","code":"blue"},"strange":{"system":"c","code":"strange"},
    "both":{"coding":[{"system":"d","code":"x"},{"system":"c","code":"red"}]}})";
  CHECK(terms.result("warm.subsumes(%context.red)", input) == "true");
  CHECK(terms.result("warm.subsumedBy(%context.red)", input) == "false");
  CHECK(terms.result("red.subsumedBy(%context.warm)", input) == "true");
  CHECK(terms.result("red.subsumes(%context.warm)", input) == "false");
  CHECK(terms.result("warm.subsumes(%context.blue)", input) == "false");
  CHECK(terms.result("warm.subsumes(%context.strange)", input) == "{}");
  CHECK(terms.result("warm.subsumes(%context.both)", input) == "true");
  CHECK(terms.result("blue.subsumes(%context.both)", input) == "false");
  CHECK(terms.result("both.subsumedBy(%context.warm)", input) == "true");
}
