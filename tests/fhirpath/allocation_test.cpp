// SPDX-License-Identifier: Apache-2.0
// Once a Workspace is warm, evaluating allocates nothing: counted by this program's operator new.
#include <doctest/doctest.h>

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
        "%smoking in ('current' | 'former') and %smoking != 'never'",
        "item.where(answer.empty() and item.empty()).count() > 1", "%smoking & 'x' & %smoking",
        "item.linkId.select($this.upper = {} or $index > 2)", "repeat(item).linkId.distinct()",
        "descendants().count()", "'former or never, as it may be' ~ %smoking",
        "iif(%smoking.exists(), item.answer.count().toString(), {})",
        "item.answer.value.ofType(integer).aggregate($this + $total, 1)"}) {
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
