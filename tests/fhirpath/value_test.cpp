// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/value.hpp"

#include <doctest/doctest.h>

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

struct Parsed {
  explicit Parsed(const char* json) { REQUIRE(document.parse(json).ok()); }
  Value value(ModelType type = 0) const {
    return ValueAccess::of_node(document.root().get(), nullptr, type);
  }
  Document document;
};

std::string system_text(const char* json, Type like = Type::node, ModelType type = 0) {
  const Parsed parsed(json);
  const auto value = system_value(parsed.value(type), like);
  return value ? std::string(type_name(*value)) + " " + to_text(*value) : "nothing";
}

}  // namespace

TEST_CASE("a value gives back what it was made of") {
  CHECK(Value::of_boolean(true).boolean());
  CHECK(Value::of_integer(-7).integer() == -7);
  CHECK(Value::of_integer(-7).type() == Type::integer);
  CHECK(Value::of_integer(3'000'000'000).type() == Type::long_integer);
  CHECK(Value::of_string("abc").string() == "abc");
  const Decimal decimal = *Decimal::parse("-12345678901234567890.50");
  CHECK(ValueAccess::decimal(ValueAccess::of_decimal(decimal)).to_text() == decimal.to_text());
  const Temporal temporal =
      *Temporal::parse("2026-11-21T10:00:00.5-05:00", TemporalKind::date_time);
  CHECK(ValueAccess::temporal(ValueAccess::of_temporal(temporal)).to_text() == temporal.to_text());
  const Parsed parsed("[1]");
  CHECK(Value::of_node(parsed.document.root()).node().size() == 1);
}

TEST_CASE("text and type name") {
  const Quantity mg{*Decimal::parse("4.0"), "mg", false}, days{*Decimal::parse("4"), "days", true};
  const TypeInfo info{"System", "Integer"};
  struct {
    Value value;
    const char* text;
    const char* type;
  } const cases[] = {
      {Value::of_boolean(false), "false", "boolean"},
      {Value::of_integer(5), "5", "integer"},
      {ValueAccess::of_long(5), "5", "long"},
      {ValueAccess::of_decimal(*Decimal::parse("1.50")), "1.50", "decimal"},
      {Value::of_string("a'b"), "a'b", "string"},
      {ValueAccess::of_temporal(*Temporal::parse("2026-11", TemporalKind::date)), "2026-11",
       "date"},
      {ValueAccess::of_temporal(*Temporal::parse("2026-11-21T10:00Z", TemporalKind::date_time)),
       "2026-11-21T10:00Z", "dateTime"},
      {ValueAccess::of_temporal(*Temporal::parse("10:00", TemporalKind::time)), "10:00", "time"},
      {ValueAccess::of_quantity(&mg), "4.0 'mg'", "Quantity"},
      {ValueAccess::of_quantity(&days), "4 days", "Quantity"},
      {ValueAccess::of_type_info(&info), "System.Integer", "TypeInfo"},
      {ValueAccess::of_node(nullptr), "", ""},
  };
  for (const auto& c : cases) {
    CHECK(to_text(c.value) == c.text);
    CHECK(type_name(c.value) == c.type);
  }
  CHECK(to_text(Parsed(R"({"a":[1,2.50]})").value()) == R"({"a":[1,2.50]})");
  CHECK(type_name(Parsed(R"({"resourceType":"Patient"})").value()) == "Patient");
  CHECK(type_name(Parsed(R"({"a":1})").value()) == "");
}

TEST_CASE("a record's primitives as System values") {
  CHECK(system_text("true") == "boolean true");
  CHECK(system_text("42") == "integer 42");
  CHECK(system_text("-2147483648") == "integer -2147483648");
  CHECK(system_text("2147483648") == "decimal 2147483648");
  CHECK(system_text("1.50") == "decimal 1.50");
  CHECK(system_text("1e2") == "decimal 100");
  CHECK(system_text("1e400") == "nothing");
  CHECK(system_text("null") == "nothing");
  CHECK(system_text("\"a\"") == "string a");
  CHECK(system_text("\"2026-11\"") == "string 2026-11");
  CHECK(system_text("\"2026-11\"", Type::date) == "date 2026-11");
  CHECK(system_text("\"2026-11\"", Type::date_time) == "date 2026-11");
  CHECK(system_text("\"2026-11-21T10:00Z\"", Type::date) == "dateTime 2026-11-21T10:00Z");
  CHECK(system_text("\"10:00\"", Type::time) == "time 10:00");
  CHECK(system_text("\"a\"", Type::date) == "string a");
  CHECK(system_text("\"2026-11\"", Type::node, find_model_type("date")) == "date 2026-11");
  CHECK(system_text("\"2026-11\"", Type::node, find_model_type("string")) == "string 2026-11");
  CHECK(system_text("35", Type::node, find_model_type("decimal")) == "decimal 35");
}

TEST_CASE("a FHIR quantity is a System quantity where its unit is one of UCUM") {
  const auto text = [](const char* json) {
    const Parsed parsed(json);
    const auto quantity = to_quantity(parsed.value());
    return quantity ? to_text(ValueAccess::of_quantity(&*quantity)) : "nothing";
  };
  CHECK(text(R"({"value":4.0,"unit":"x","system":"http://unitsofmeasure.org","code":"mg"})") ==
        "4.0 'mg'");
  CHECK(text(R"({"value":3,"system":"http://unitsofmeasure.org","code":"a"})") == "3 year");
  CHECK(text(R"({"value":3,"unit":"mg"})") == "3 'mg'");
  CHECK(text(R"({"value":3})") == "3 '1'");
  CHECK(text(R"({"value":3,"system":"http://example.org","code":"mg"})") == "nothing");
  CHECK(text(R"({"value":3,"unit":"mg","comparator":"<"})") == "nothing");
  CHECK(text(R"({"unit":"mg"})") == "nothing");
  CHECK(text("\"3 'mg'\"") == "nothing");
}
