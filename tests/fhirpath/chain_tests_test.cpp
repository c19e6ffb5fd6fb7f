// SPDX-License-Identifier: Apache-2.0
// Criteria that ask one thing of a member are decided without being run, and come out as if they
// were: each is held against the same with brackets around its member, which is run.
#include "fhirpath/chain_tests.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/value_sets.hpp>

#include "fhirpath/plan.hpp"
#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

// The criterion of where() of an expression that is nothing else.
const Chain& criterion(const Expression& expression) {
  const Chain& root = ExpressionAccess::plan(expression).root;
  return root.steps[root.count - 1].parts[0];
}

// Without the place of an error.
std::string outcome(const std::string& expression, const Environment& environment) {
  const std::string text = result_of(expression, environment);
  return text.starts_with("error") ? text.substr(0, text.rfind(' ')) : text;
}

}  // namespace

TEST_CASE("which criteria are tests") {
  struct Row {
    const char* criterion;
    std::size_t texts;  // 0: it is none
  };
  const Row rows[] = {
      {"status = 'final'", 1},      {"status in ('final' | 'amended')", 2},
      {"status in 'final'", 1},     {"status in ('2020' | 'final')", 0},  // may meet a date
      {"status = '2020-01-01'", 0}, {"status = '10:30'", 0},
      {"status in {}", 0},          {"status = 1", 0},
      {"status in (1 | 'x')", 0},   {"status = %context.status", 0},
      {"a.status = 'final'", 0},    {"status != 'final'", 0}};
  for (const Row& row : rows) {
    CAPTURE(row.criterion);
    const auto expression =
        Expression::compile("item.select($this).where(" + std::string(row.criterion) + ")");
    REQUIRE(expression);
    const MemberTest* test = criterion(*expression).test;
    REQUIRE((test != nullptr) == (row.texts > 0));
    if (test) CHECK(test->texts.size() == row.texts);
  }
  const auto code = Expression::compile("$this.where(code.memberOf('url'))");
  REQUIRE(code);
  REQUIRE(criterion(*code).code_test);
  CHECK(criterion(*code).code_test->value_set == "url");
}

TEST_CASE("which criteria are tests along a path") {
  using Asks = PathTest::Asks;
  struct Row {
    const char* criterion;
    Asks asks;
    std::size_t path;
    Truth missing;
  };
  const Row rows[] = {
      {"bodySite.exists()", Asks::presence, 0, Truth::no},
      {"bodySite.empty()", Asks::presence, 0, Truth::yes},
      {"bodySite.empty().not()", Asks::presence, 0, Truth::no},
      {"clinicalStatus.coding.exists(code in ('a' | 'b'))", Asks::texts, 1, Truth::no},
      {"clinicalStatus.coding.exists(code = 'a').not()", Asks::texts, 1, Truth::yes},
      {"reasonCode.exists(memberOf('url'))", Asks::codes, 0, Truth::no},
      {"activity.detail.exists(code.memberOf('url'))", Asks::codes, 2, Truth::no},
      {"code.memberOf('url').not()", Asks::code, 0, Truth::empty},
      {"value.ofType(Coding).memberOf('url')", Asks::code, 0, Truth::empty},
      {"doNotPerform.allFalse()", Asks::nothing, 0, Truth::yes},
      {"reference.exists(resolve() in %context)", Asks::nothing, 0, Truth::no},
      {"activity.detail.exists()", Asks::nothing, 1, Truth::no},
      {"value.ofType(Quantity).exists()", Asks::nothing, 0, Truth::no},
      {"code.ofType(Coding).exists()", Asks::nothing, 0, Truth::no}};
  for (const Row& row : rows) {
    CAPTURE(row.criterion);
    const auto expression =
        Expression::compile("item.select($this).where(" + std::string(row.criterion) + ")");
    REQUIRE(expression);
    const PathTest* test = criterion(*expression).path_test;
    REQUIRE(test);
    CHECK(test->asks == row.asks);
    CHECK(test->path.size() == row.path);
    CHECK(test->missing == row.missing);
  }
  for (const char* none :
       {"name.count()", "status.exists() = true", "status.iif(true, 1)", "1 = 1", "$this.exists()",
        "unknownName.exists()", "status = %context", "name.exists().exists()"}) {
    CAPTURE(none);
    const auto expression =
        Expression::compile("item.select($this).where(" + std::string(none) + ")");
    REQUIRE(expression);
    CHECK(criterion(*expression).path_test == nullptr);
  }
}

TEST_CASE("operators are asked without the stack, but only so deep") {
  const auto criterion_of = [](std::size_t terms) {
    std::string text = "item.select($this).where(status.exists()";
    for (std::size_t i = 1; i < terms; ++i) text += " or status.exists()";
    return *Expression::compile(text + ")");
  };
  for (const std::size_t terms : {2u, 3u}) CHECK(criterion(criterion_of(terms)).is_logic);
  const Expression many = criterion_of(400);
  CHECK_FALSE(criterion(many).is_logic);
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","item":[{"other":1}]})"));
  CHECK(outcome("item.where(status.exists() or true)", {.input = document.root()}) ==
        R"({"other":1})");
  Workspace workspace;
  const auto result = evaluate(many, {.input = document.root()}, workspace);
  REQUIRE(result);
  CHECK(result->empty());
}

TEST_CASE("a test along a path decides as the criterion does") {
  ValueSets sets;
  Document list;
  REQUIRE(list.parse(R"({"resourceType":"ValueSet","url":"v","compose":{"include":[
      {"system":"s","one_code":[{"code":"x"},{"code":"y"}]}]}})"));
  REQUIRE(sets.add(list.root()));
  // Every shape that a member may have, also such as no sound resource has.
  const std::string one_code = R"({"coding":[{"system":"s","code":"x"}]})",
                    other = R"({"coding":[{"system":"t","code":"x"},{"system":"s","code":"z"}]})",
                    half = R"({"coding":[{"code":"x"}],"text":"x"})";
  const std::string values[] = {one_code,
                                other,
                                half,
                                "null",
                                "{}",
                                "[]",
                                "[null]",
                                "\"x\"",
                                "7",
                                "true",
                                R"({"coding":[null]})",
                                R"({"coding":"x"})",
                                R"({"coding":{"system":"s","code":"y"}})",
                                R"({"_coding":[{"id":"a"}]})",
                                R"({"system":"s","code":"y"})",
                                "[" + one_code + "," + other + "]",
                                "[" + other + "," + half + "]",
                                "[" + other + ",null," + one_code + "]",
                                "[[" + one_code + "]]",
                                R"({"detail":{"code":)" + one_code + "}}",
                                R"([{"detail":{"code":)" + half + R"(}},{"other":1}])"};
  const std::string names[] = {"reasonCode",
                               "_reasonCode",
                               "code",
                               "bodySite",
                               "clinicalStatus",
                               "valueCodeableConcept",
                               "valueQuantity",
                               "value",
                               "_valueString",
                               "valueString",
                               "activity",
                               "medicationReference",
                               "medicationCodeableConcept",
                               "abatementDateTime",
                               "doNotPerform"};
  std::vector<std::string> resources;
  for (const char* type : {"Observation", "Condition", "MedicationRequest", "CarePlan"})
    for (const std::string& name : names)
      for (const std::string& value : values)
        for (const std::string beside : {"", R"(,"valueCodeableConcept":{"text":"x"})"})
          resources.push_back(R"({"resource":{"resourceType":")" + std::string(type) +
                              R"(","id":"1",")" + name + "\":" + value + beside + "}}");
  std::string text;
  for (const std::string& resource : resources) text += (text.empty() ? "" : ",") + resource;
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","entry":[)" + text + "]}"));
  const char* criteria[] = {
      "reasonCode.exists()",
      "reasonCode.empty()",
      "code.exists().not()",
      "abatement.empty()",
      "value.exists()",
      "value.empty().not()",
      "clinicalStatus.coding.exists(code in ('x' | 'q'))",
      "clinicalStatus.coding.exists(code = 'x').not()",
      "bodySite.exists(memberOf('v'))",
      "reasonCode.exists(memberOf('v')).not()",
      "activity.detail.exists(code.memberOf('v'))",
      "code.memberOf('v')",
      "code.memberOf('v').not()",
      "value.ofType(CodeableConcept).memberOf('v')",
      "value.ofType(CodeableConcept).exists()",
      "value.ofType(Quantity).exists()",
      "medication.ofType(Reference).exists(resolve() in %context)",
      "medication.ofType(CodeableConcept).memberOf('v')",
      "doNotPerform.allFalse()",
      "doNotPerform.anyTrue()",
      "code.coding",
      "activity.detail.empty()",
      "reasonCode.exists() and code.memberOf('v')",
      "code.memberOf('v') or bodySite.exists(memberOf('v'))",
      "code.memberOf('v') implies bodySite.empty()",
      "code.exists() and value.exists() and reasonCode.exists()",
      "code.exists() or value.exists() or bodySite.exists() or reasonCode.exists()"};
  std::size_t raised = 0, kept = 0, left_out = 0;
  for (const std::string quick : criteria) {
    CAPTURE(quick);
    // What begins with $this is no test.
    std::string slow = "$this.select($this)." + quick;
    for (const std::string sign : {" and ", " or ", " implies "})
      for (std::size_t at = 0; (at = slow.find(sign, at)) != std::string::npos;) {
        at += sign.size();
        slow.insert(at, "$this.select($this).");
      }
    const auto asked = Expression::compile("where(" + quick + ").count()"),
               run = Expression::compile("where(" + slow + ").count()");
    REQUIRE(asked);
    REQUIRE(run);
    Workspace workspace;
    for (JsonNode entry = document.root().find("entry").first(); entry; entry = entry.next()) {
      const Environment environment{
          .input = entry.find("resource"), .resource = document.root(), .value_sets = &sets};
      const auto said = [&](const Expression& expression) {
        const auto result = evaluate(expression, environment, workspace);
        return result ? render(*result) : std::string(code_word(result.problems().front().code));
      };
      const std::string quickly = said(*asked), slowly = said(*run);
      if (quickly != slowly) {
        CAPTURE(to_text(Value::of_node(entry)));
        CHECK(quickly == slowly);
      }
      ++(slowly == "1" ? kept : slowly == "0" ? left_out : raised);
    }
  }
  CHECK(raised > 100);
  CHECK(kept > 1000);
  CHECK(left_out > 1000);
}

TEST_CASE("a test decides as the criterion does") {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","entry":[
      {"resource":{"resourceType":"Patient","id":"final","birthDate":"2020-01-01","gender":"male",
        "active":true,"name":[{"family":"x","given":["a","b"]},{"family":"y"}]}},
      {"resource":{"resourceType":"Patient","gender":"female","_gender":{"id":"g"}}},
      {"resource":{"resourceType":"Patient","_gender":{"id":"g"}}},
      {"resource":{"resourceType":"Patient","gender":["male","female"]}},
      {"resource":{"resourceType":"Patient","gender":["male"]}},
      {"resource":{"resourceType":"Patient","gender":7}}]})"));
  const std::string rows[] = {"gender = 'male'",
                              "gender in ('male' | 'female')",
                              "gender in ('2020' | 'male')",
                              "birthDate = '2020-01-01'",
                              "birthDate in ('2020-01-01' | 'x')",
                              "active = 'true'",
                              "id in ('final' | 'x') and gender in ('male' | 'x')",
                              "id = 'final' or gender = 'female'",
                              "id = 'final' implies gender = 'male'",
                              "gender = 'male' and birthDate.exists()",
                              "gender = 'none' and birthDate.exists()"};
  for (const std::string& row : rows) {
    CAPTURE(row);
    std::string slow = row;
    for (const char* member : {"gender", "birthDate", "id", "active"})
      for (std::size_t at = 0; (at = slow.find(member, at)) != std::string::npos; at += 8)
        if (at == 0 || slow[at - 1] == ' ')
          slow.insert(at + std::string(member).size(), ".select($this)");
    const Environment environment{.input = document.root()};
    for (int i = 0; i < 6; ++i) {
      CAPTURE(i);
      const std::string one = "entry[" + std::to_string(i) + "].resource.";
      CHECK(outcome(one + "select(" + row + ")", environment) ==
            outcome(one + "select(" + slow + ")", environment));
      CHECK(outcome(one + "where(" + row + ").count()", environment) ==
            outcome(one + "where(" + slow + ").count()", environment));
    }
  }
}
