// SPDX-License-Identifier: Apache-2.0
#include "fhir/form/same_value.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fhir/form/values.hpp"

using namespace fbss;

namespace {

// "<", "=", ">", "?" for what the order of two answers is; "!" behind it where they are not the
// same value.
std::string relation(const std::string& a, const std::string& b) {
  Document list;
  REQUIRE(list.parse("[{" + a + "},{" + b + "}]"));
  const auto x = form::find_choice(list.root().first(), "value");
  const auto y = form::find_choice(list.root().first().next(), "value");
  const auto order = form::order_of_values(x.value(), y.value());
  std::string text = !order ? "?" : *order < 0 ? "<" : *order > 0 ? ">" : "=";
  if (!form::is_same_value(x.value(), y.value())) text += '!';
  return text;
}

std::string quantity(const std::string& value, const std::string& code) {
  return R"("valueQuantity":{"value":)" + value +
         R"(,"system":"http://unitsofmeasure.org","code":")" + code + "\"}";
}

}  // namespace

TEST_CASE("values of one type, and of types that go together") {
  struct Row {
    std::string a, b, relation;
  };
  const Row rows[] = {
      {R"("valueInteger":2)", R"("valueDecimal":2.0)", "="},
      {R"("valueDecimal":1.9)", R"("valueInteger":2)", "<!"},
      {R"("valueBoolean":true)", R"("valueBoolean":true)", "="},
      {R"("valueBoolean":true)", R"("valueBoolean":false)", "?!"},
      {R"("valueString":"b")", R"("valueString":"a")", ">!"},
      {R"("valueString":"2")", R"("valueInteger":2)", "?!"},
      {R"("valueDate":"2020-01")", R"("valueDate":"2020-01")", "="},
      {R"("valueDate":"2020-01")", R"("valueDate":"2020-01-05")", "?!"},
      {R"("valueDate":"2020-01-05")", R"("valueDateTime":"2020-01-06T00:00:00Z")", "?!"},
      {R"("valueDate":"2020-01-05")", R"("valueDateTime":"2020-01-09T00:00:00Z")", "<!"},
      {R"("valueTime":"10:00:00")", R"("valueTime":"10:00:00.0")", "="},
      {R"("valueTime":"10:00:00")", R"("valueDate":"2020-01-01")", "?!"},
      {quantity("1", "kg"), quantity("1000", "g"), "="},
      {quantity("1", "kg"), quantity("1", "m"), "?!"},
      {R"("valueQuantity":{"value":2,"unit":"box"})", R"("valueQuantity":{"value":1,"unit":"box"})",
       ">!"},
      {R"("valueQuantity":{"value":2,"unit":"box"})", R"("valueQuantity":{"value":2})", "?!"},
      {R"("valueQuantity":{"value":2,"comparator":"<"})", R"("valueQuantity":{"value":2})", "?!"},
      {R"("valueCoding":{"system":"s","code":"a","display":"A"})",
       R"("valueCoding":{"system":"s","code":"a"})", "?"},
      {R"("valueCoding":{"code":"a"})", R"("valueCoding":{"system":"s","code":"a"})", "?!"},
      {R"("valueCoding":{"display":"a"})", R"("valueCoding":{"display":"b"})", "?!"},
      {R"("valueReference":{"reference":"Patient/1","display":"x"})",
       R"("valueReference":{"reference":"Patient/1"})", "?"},
      {R"("valueReference":{"display":"x"})", R"("valueReference":{"display":"x"})", "?!"},
  };
  for (const Row& row : rows)
    CHECK_MESSAGE(relation(row.a, row.b) == row.relation, row.a, " and ", row.b, ": ",
                  relation(row.a, row.b));
}
