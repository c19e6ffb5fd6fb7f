// SPDX-License-Identifier: Apache-2.0
// Criteria that ask one thing of a member are decided without being run, and come out as if they
// were: each is held against the same with brackets around its member, which is run.
#include "fhirpath/chain_tests.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <random>
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

namespace {

// Resources with a member in every shape that it may have, also such as no sound resource has, and
// the outcome of a criterion for each of them.
class Resources {
 public:
  Resources() {
    Document list;
    REQUIRE(list.parse(R"({"resourceType":"ValueSet","url":"v","compose":{"include":[
        {"system":"s","concept":[{"code":"x"},{"code":"y"}]}]}})"));
    REQUIRE(sets_.add(list.root()));
    const std::string in = R"({"coding":[{"system":"s","code":"x"}]})",
                      out = R"({"coding":[{"system":"t","code":"x"},{"system":"s","code":"z"}]})",
                      half = R"({"coding":[{"code":"x"}],"text":"x"})";
    const std::string values[] = {in,
                                  out,
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
                                  "[" + in + "," + out + "]",
                                  "[" + out + "," + half + "]",
                                  "[" + out + ",null," + in + "]",
                                  "[[" + in + "]]",
                                  R"({"detail":{"code":)" + in + "}}",
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
                                 "doNotPerform",
                                 "medicationCodeableConcept",
                                 "abatementDateTime"};
    std::string text;
    for (const char* type : {"Observation", "Condition", "MedicationRequest", "CarePlan"})
      for (const std::string& name : names)
        for (const std::string& value : values)
          for (const std::string beside : {"", R"(,"valueCodeableConcept":{"text":"x"})"})
            text += std::string(text.empty() ? "" : ",") + R"({"resource":{"resourceType":")" +
                    type + R"(","id":"1",")" + name + "\":" + value + beside + "}}";
    REQUIRE(document_.parse(R"({"resourceType":"Bundle","entry":[)" + text + "]}"));
  }

  // "1", "0" or an error's code for every `step`-th resource. What can be traced is run.
  std::vector<std::string> outcomes(const std::string& criterion, bool is_traceable,
                                    std::size_t step) {
    const auto expression =
        Expression::compile("where(" + criterion + ").count()", {.traceable = is_traceable});
    REQUIRE(expression);
    std::vector<std::string> said;
    std::size_t place = 0;
    for (JsonNode entry = document_.root().find("entry").first(); entry; entry = entry.next()) {
      if (place++ % step != 0) continue;
      const auto result = evaluate(
          *expression,
          {.input = entry.find("resource"), .resource = document_.root(), .value_sets = &sets_},
          workspace_);
      said.push_back(result ? render(*result)
                            : std::string(code_word(result.problems().front().code)));
    }
    return said;
  }

 private:
  ValueSets sets_;
  Document document_;
  Workspace workspace_;
};

std::string random_criterion(std::mt19937& random) {
  const auto one_of = [&](std::initializer_list<const char*> words) {
    return std::string(words.begin()[random() % words.size()]);
  };
  std::string text = one_of({"code", "reasonCode", "bodySite", "value", "activity", "medication",
                             "clinicalStatus", "abatement", "doNotPerform"});
  for (auto steps = 1 + random() % 4; steps > 0; --steps)
    text += one_of({".coding",
                    ".detail",
                    ".code",
                    ".exists()",
                    ".empty()",
                    ".not()",
                    ".exists(code = 'x')",
                    ".exists(code in ('x' | 'z'))",
                    ".memberOf('v')",
                    ".exists(memberOf('v'))",
                    ".exists(code.memberOf('v'))",
                    ".where(code = 'x')",
                    ".where(code.memberOf('v'))",
                    ".first()",
                    ".ofType(CodeableConcept)",
                    ".ofType(Quantity)",
                    ".ofType(Reference)",
                    ".allFalse()",
                    ".anyTrue()",
                    ".all(code.exists())",
                    ".resolve()",
                    ".select(code)"});
  if (random() % 3 > 0) return text;
  return text + one_of({" and ", " or ", " implies "}) + random_criterion(random);
}

}  // namespace

TEST_CASE("a test along a path decides as the criterion does") {
  Resources resources;
  std::size_t raised = 0, kept = 0, left_out = 0;
  const auto compare = [&](const std::string& criterion, std::size_t step) {
    CAPTURE(criterion);
    const auto run = resources.outcomes(criterion, true, step);
    CHECK(resources.outcomes(criterion, false, step) == run);
    for (const std::string& one : run) ++(one == "1" ? kept : one == "0" ? left_out : raised);
  };
  for (const char* criterion :
       {"reasonCode.exists()",
        "code.exists().not()",
        "abatement.empty()",
        "value.empty().not()",
        "clinicalStatus.coding.exists(code in ('x' | 'q'))",
        "clinicalStatus.coding.exists(code = 'x').not()",
        "bodySite.exists(memberOf('v'))",
        "activity.detail.exists(code.memberOf('v'))",
        "code.memberOf('v')",
        "code.memberOf('v').not()",
        "code.memberOf('v').exists()",
        "value.ofType(CodeableConcept).memberOf('v')",
        "value.ofType(CodeableConcept).exists()",
        "value.ofType(Quantity).exists()",
        "code.ofType(Quantity).exists()",
        "doNotPerform.allFalse()",
        "code.coding",
        "medication.ofType(Reference).exists(resolve() in %context)",
        "reasonCode.exists() and code.memberOf('v')",
        "code.memberOf('v') implies bodySite.empty()",
        "code.exists() or value.exists() or bodySite.exists() or reasonCode.exists()"})
    compare(criterion, 1);
  std::mt19937 random(20261128);
  for (int i = 0; i < 1500; ++i) compare(random_criterion(random), 11);
  CHECK(raised > 1000);
  CHECK(kept > 10000);
  CHECK(left_out > 10000);
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
