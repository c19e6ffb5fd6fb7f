// SPDX-License-Identifier: Apache-2.0
// Once a Workspace is warm, evaluating allocates nothing: counted by this program's operator new.
#include <doctest/doctest.h>

#include <span>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "../counted_allocations.hpp"

using counted::allocations;

TEST_CASE("a warm workspace allocates nothing") {
  using namespace fbss;
  using namespace fbss::fhirpath;
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"QuestionnaireResponse","item":[
    {"linkId":"a","answer":[{"valueInteger":3}]},
    {"linkId":"b","answer":[{"valueCoding":{"system":"s","code":"c"}}]},
    {"linkId":"c","answer":[{"valueDate":"2026-01-31"}]},
    {"linkId":"d","answer":[{"valueQuantity":{"value":4,"unit":"mg"}}]}]})"));
  const Value smoking = Value::of_string("former");
  const Collection variables[] = {{&smoking, 1}};
  const Environment environment{
      .input = document.root(), .variables = variables, .today = "2026-11-21"};
  std::vector<Expression> expressions;
  for (const char* text :
       {"%resource.item.where(linkId='a').answer.valueInteger >= 2",
        "item.where(linkId='b').answer.value.where(system='s' and code='c').exists()",
        "item.where(linkId='c').answer.value + 1 month < today()",
        "item.where(linkId='d').answer.value * 2 > 7 'mg'",
        "item.where(linkId='d').answer.value * 2 'kg/mL' / 3 'h' < 1 'g.kg/dL/d'",
        "%smoking in ('current' | 'former') and %smoking != 'never'",
        "item.where(answer.empty() and item.empty()).count() > 1",
        "%smoking & 'x' & %smoking",
        "item.linkId.select($this.upper = {} or $index > 2)",
        "repeat(item).linkId.distinct()",
        "descendants().count()",
        "'former or never, as it may be' ~ %smoking",
        "iif(%smoking.exists(), item.answer.count().toString(), {})",
        "item.linkId.select(matches('^[a-c]+$'))",
        "item.linkId.first().matchesFull(%smoking)",
        "%smoking.replaceMatches('[fm]', '-')",
        "item.answer.count().sqrt() + item.count().power(0.3) + item.count().log(2)",
        "item.answer.value.ofType(integer).aggregate($this + $total, 1)",
        "item.sort(-linkId, answer.count() desc).linkId",
        "item.linkId.max()",
        "item.defineVariable('all').select(linkId.defineVariable('id').select(%id & 'x'))",
        "item.defineVariable('all').select(linkId & %all[0].linkId)",
        "item.answer.value.ofType(Quantity).sum().highBoundary()",
        "coalesce(item.where(linkId='x'), item.repeatAll(answer))",
        "item.where(linkId='c').answer.value.duration(today(), 'day')"}) {
    auto expression = Expression::compile(text, {.variables = {"smoking"}});
    REQUIRE_MESSAGE(expression.ok(), text);
    expressions.push_back(std::move(*expression));
  }
  Workspace workspace;
  std::size_t values = 0;
  const auto run = [&] {
    for (const Expression& expression : expressions) {
      const auto result = evaluate(expression, environment, workspace);
      if (result) values += result->size();
    }
  };
  run();
  const std::size_t before = allocations;
  run();
  CHECK(allocations - before == 0);
  CHECK(values > 20);
}

TEST_CASE("nor do a host function and what FHIR adds") {
  using namespace fbss;
  using namespace fbss::fhirpath;
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Patient","birthDate":"1974-12-25",
      "_birthDate":{"extension":[{"url":"u","valueString":"x"}]},
      "managingOrganization":{"reference":"#o"},
      "contained":[{"resourceType":"Organization","id":"o"}]})"));
  const HostFunction pass{"pass", 1,
                          [](Collection input, std::span<const Collection>, HostResults& results) {
                            for (const Value& value : input) results.push(value);
                          }};
  std::vector<Expression> expressions;
  for (const char* text :
       {"birthDate.extension('u').value.pass(1)", "birthDate.hasValue() and name.hasValue().not()",
        "birthDate.getValue()", "managingOrganization.resolve().type().baseType",
        "extension('u').value.weight()"}) {
    auto compiled = Expression::compile(text, {.functions = {pass}});
    REQUIRE_MESSAGE(compiled.ok(), text);
    expressions.push_back(std::move(*compiled));
  }
  Workspace workspace;
  std::size_t values = 0;
  const auto run = [&] {
    for (const Expression& expression : expressions)
      if (const auto result = evaluate(expression, {.input = document.root()}, workspace))
        values += result->size();
  };
  run();
  const std::size_t before = allocations;
  run();
  CHECK(allocations - before == 0);
  CHECK(values == 8);
}
