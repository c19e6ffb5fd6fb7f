// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/quantity.hpp"

#include <doctest/doctest.h>

namespace {

using namespace fbss;
using fhirpath::Quantity;

Quantity ucum(const char* value, const char* unit) {
  return {*Decimal::parse(value), unit, false};
}
Quantity calendar(const char* value, const char* unit) {
  return {*Decimal::parse(value), unit, true};
}

std::string text(const std::optional<Quantity>& quantity) {
  return quantity ? to_text(fhirpath::ValueAccess::of_quantity(&*quantity)) : "nothing";
}

}  // namespace

TEST_CASE("calendar words") {
  CHECK(fhirpath::singular_calendar_word("days") == "day");
  CHECK(fhirpath::singular_calendar_word("day") == "day");
  CHECK(fhirpath::singular_calendar_word("milliseconds") == "millisecond");
  CHECK(fhirpath::singular_calendar_word("d") == "");
  CHECK(fhirpath::singular_calendar_word("dayss") == "");
  CHECK(fhirpath::singular_calendar_word("") == "");
}

TEST_CASE("order") {
  CHECK(compare(ucum("1.0", "mg"), ucum("1", "mg")) == std::strong_ordering::equal);
  CHECK(compare(ucum("1", "mg"), ucum("2", "mg")) == std::strong_ordering::less);
  CHECK(compare(ucum("1", "mg"), ucum("1", "g")) == std::strong_ordering::less);
  CHECK(compare(ucum("1", "kg"), ucum("2.20462262", "[lb_av]")) == std::strong_ordering::greater);
  CHECK(compare(ucum("1", "kg"), ucum("2.20462263", "[lb_av]")) == std::strong_ordering::less);
  CHECK(compare(ucum("45.359237", "kg"), ucum("100", "[lb_av]")) == std::strong_ordering::equal);
  CHECK(!compare(ucum("1", "mg"), ucum("1", "mL")));
  CHECK(!compare(ucum("1", "mmol/L"), ucum("1", "mg/dL")));
  CHECK(compare(ucum("1", "furlongs"), ucum("2", "furlongs")) == std::strong_ordering::less);
  CHECK(!compare(ucum("1", "furlongs"), ucum("1", "m")));
  CHECK(!compare(ucum("1", "furlongs"), ucum("1", "fathoms")));
  CHECK(comparable(ucum("1", "cm"), ucum("1", "[in_i]")));
  CHECK(!comparable(ucum("1", "cm"), ucum("1", "s")));
}

TEST_CASE("calendar words and UCUM") {
  CHECK(compare(calendar("8", "days"), calendar("1", "week")) == std::strong_ordering::greater);
  CHECK(compare(ucum("24", "h"), calendar("1", "day")) == std::strong_ordering::equal);
  CHECK(compare(calendar("1", "year"), calendar("12", "months")) == std::strong_ordering::equal);
  CHECK(!compare(calendar("1", "year"), ucum("1", "a")));
  CHECK(!compare(calendar("1", "year"), ucum("365.25", "d")));
  CHECK(compare(calendar("1", "year"), calendar("365", "days")) == std::strong_ordering::equal);
  CHECK(compare(calendar("1", "month"), calendar("30", "days")) == std::strong_ordering::equal);
  CHECK(compare(calendar("5", "weeks"), calendar("1", "month")) == std::strong_ordering::greater);
  CHECK(compare(calendar("720", "hours"), calendar("1", "month")) == std::strong_ordering::equal);
  CHECK(!compare(calendar("1", "month"), ucum("30", "d")));
  CHECK(compare(ucum("1", "a"), ucum("365.25", "d")) == std::strong_ordering::equal);
}

TEST_CASE("temperatures") {
  CHECK(compare(ucum("37", "Cel"), ucum("98.6", "[degF]")) == std::strong_ordering::equal);
  CHECK(compare(ucum("0", "Cel"), ucum("273.15", "K")) == std::strong_ordering::equal);
  CHECK(compare(ucum("-40", "Cel"), ucum("-40", "[degF]")) == std::strong_ordering::equal);
  CHECK(compare(ucum("38", "Cel"), ucum("100.4", "[degF]")) == std::strong_ordering::equal);
  CHECK(compare(ucum("38", "Cel"), ucum("100.5", "[degF]")) == std::strong_ordering::less);
  CHECK(compare(ucum("491.67", "[degR]"), ucum("0", "Cel")) == std::strong_ordering::equal);
  CHECK(compare(ucum("310150", "mK"), ucum("37", "Cel")) == std::strong_ordering::equal);
  CHECK(!compare(ucum("1234567890.123456789", "Cel"), ucum("1", "K")));
  CHECK(text(convert(ucum("98.6", "[degF]"), "Cel", false)) == "37 'Cel'");
  CHECK(text(convert(ucum("37.0", "Cel"), "[degF]", false)) == "98.6 '[degF]'");
  CHECK(text(convert(ucum("100", "[degF]"), "Cel", false)) == "37.77777778 'Cel'");
  CHECK(text(convert(ucum("37", "Cel"), "K", false)) == "310.15 'K'");
  CHECK(equivalent(ucum("37", "Cel"), ucum("99", "[degF]")));
  CHECK(!equivalent(ucum("37.0", "Cel"), ucum("37.0", "[degF]")));
  // Amounts on scales with different zeros have no sum, and no product.
  CHECK(text(add(ucum("37", "Cel"), ucum("1", "Cel"))) == "38 'Cel'");
  CHECK(text(add(ucum("37", "Cel"), ucum("1", "K"))) == "nothing");
  CHECK(text(subtract(ucum("37", "Cel"), ucum("98.6", "[degF]"))) == "nothing");
}

TEST_CASE("equivalence: in the coarser unit, with the digits of the less precise number") {
  CHECK(equivalent(calendar("1", "year"), ucum("1", "a")));
  CHECK(equivalent(calendar("1", "month"), ucum("1", "mo")));
  CHECK(equivalent(calendar("1", "year"), calendar("365", "days")));
  CHECK(equivalent(ucum("4.04", "mg"), ucum("4", "mg")));
  CHECK(!equivalent(ucum("4", "mg"), ucum("4", "g")));
  CHECK(equivalent(ucum("4", "g"), ucum("4040", "mg")));
  CHECK(equivalent(ucum("4040", "mg"), ucum("4", "g")));
  CHECK(!equivalent(ucum("4", "g"), ucum("4540", "mg")));
  // 4000 mg is 4.000 g: three digits, so that 4.4 is the less precise one.
  CHECK(!equivalent(ucum("4.4", "g"), ucum("4000", "mg")));
  CHECK(!equivalent(ucum("4", "furlongs"), ucum("4", "m")));
  CHECK(fhirpath::equivalent(*Decimal::parse("0.67"), *Decimal::parse("0.6666")));
  CHECK(fhirpath::equivalent(*Decimal::parse("100.00"), *Decimal::parse("100")));
  CHECK(!fhirpath::equivalent(*Decimal::parse("0.67"), *Decimal::parse("0.66")));
}

TEST_CASE("sums have the finer unit") {
  CHECK(text(add(ucum("1", "mg"), ucum("2.5", "mg"))) == "3.5 'mg'");
  CHECK(text(add(ucum("1", "g"), ucum("1", "mg"))) == "1001 'mg'");
  CHECK(text(add(ucum("1", "L"), ucum("1", "l"))) == "2 'L'");
  CHECK(text(add(calendar("1", "day"), calendar("1", "hour"))) == "25 hour");
  CHECK(text(subtract(ucum("1", "h"), ucum("1", "min"))) == "59 'min'");
  CHECK(text(subtract(ucum("1", "[ft_i]"), ucum("1", "[in_i]"))) == "11 '[in_i]'");
  CHECK(text(add(ucum("1", "mg"), ucum("1", "mL"))) == "nothing");
  CHECK(text(add(ucum("1", "furlongs"), ucum("1", "furlongs"))) == "2 'furlongs'");
}

TEST_CASE("conversion") {
  CHECK(text(convert(calendar("36", "hours"), "d", false)) == "1.5 'd'");
  CHECK(text(convert(ucum("1", "mg"), "g", false)) == "0.001 'g'");
  CHECK(text(convert(ucum("1", "mg"), "mL", false)) == "nothing");
  CHECK(text(convert(ucum("1", "kg"), "[lb_av]", false)) == "2.20462262 '[lb_av]'");
  CHECK(text(convert(ucum("1", "ug"), "[lb_av]", false)) == "0.0000000022046226 '[lb_av]'");
  CHECK(text(convert(ucum("1", "furlongs"), "furlongs", false)) == "1 'furlongs'");
  CHECK(text(convert(ucum("2", "wk"), "days", true)) == "14 days");
}

TEST_CASE("products and quotients") {
  struct Case {
    Quantity a;
    char operation;
    Quantity b;
    const char* result;
  };
  const Case cases[] = {
      {ucum("2", "mg"), '*', ucum("3", "1"), "6 'mg'"},
      {ucum("3", "1"), '*', ucum("2", "furlongs"), "6 'furlongs'"},
      {ucum("2", "mg"), '*', ucum("3", "mg"), "6 'mg2'"},
      {ucum("12", "cm"), '*', ucum("3", "cm"), "36 'cm2'"},
      {ucum("3", "cm"), '*', ucum("12", "cm2"), "36 'cm3'"},
      {ucum("2.0", "cm"), '*', ucum("2.0", "m"), "0.040 'm2'"},
      {ucum("5", "mg/mL"), '*', ucum("10", "mL"), "50 'mg'"},
      {ucum("5", "mg/mL"), '*', ucum("2", "L"), "10000 'mg'"},
      {ucum("5", "mg/kg"), '*', ucum("80", "kg"), "400 'mg'"},
      {ucum("80000", "g"), '*', ucum("5", "mg/kg"), "400 'mg'"},
      {ucum("2", "ug/kg/min"), '*', ucum("1", "h"), "120 'ug/kg'"},
      {ucum("2", "mL/min"), '*', calendar("3", "hours"), "360 'mL'"},
      {ucum("50", "%"), '*', ucum("10", "mg"), "5.0 'mg'"},
      {ucum("2", "/min"), '*', ucum("3", "min"), "6 '1'"},
      {ucum("2", "10*9/L"), '*', ucum("5", "L"), "10 '10*9'"},
      {ucum("90", "mL/min/{1.73_m2}"), '*', ucum("2", "min"), "180 'mL/{1.73_m2}'"},
      {ucum("2", "furlongs"), '*', ucum("3", "m"), "nothing"},
      {ucum("37", "Cel"), '*', ucum("2", "m"), "nothing"},
      {calendar("1", "year"), '*', ucum("2", "m"), "nothing"},
      {ucum("6", "mg"), '/', ucum("3", "mg"), "2 '1'"},
      {ucum("6", "furlongs"), '/', ucum("3", "furlongs"), "2 '1'"},
      {ucum("6", "mg"), '/', ucum("0", "mg"), "nothing"},
      {ucum("6", "mg"), '/', ucum("0", "mL"), "nothing"},
      {ucum("6", "1"), '/', ucum("2", "min"), "3 '/min'"},
      {ucum("12", "cm2"), '/', ucum("3", "cm"), "4 'cm'"},
      {ucum("4.0", "g"), '/', ucum("2.0", "m"), "2 'g/m'"},
      {ucum("90", "kg"), '/', ucum("2.25", "m2"), "40 'kg/m2'"},
      {ucum("50", "kg/m"), '/', ucum("2", "m"), "25 'kg/m2'"},
      {ucum("1", "m"), '/', ucum("4", "cm"), "25 '1'"},
      {ucum("140", "mg"), '/', ucum("70", "kg"), "2 'mg/kg'"},
      {ucum("140", "ug/min"), '/', ucum("70", "kg"), "2 'ug/min/kg'"},
      {ucum("1", "g"), '/', ucum("4", "mg/mL"), "250 'mL'"},
      {calendar("6", "days"), '/', calendar("2", "hours"), "72 '1'"},
      {calendar("1", "year"), '/', calendar("1", "month"), "12 '1'"},
      {calendar("1", "year"), '/', calendar("1", "day"), "365 '1'"},
      {ucum("40", "Cel"), '/', ucum("20", "Cel"), "nothing"},
      {ucum("6", "xyz"), '/', ucum("2", "m"), "nothing"},
  };
  for (const Case& test : cases) {
    std::string unit;
    const auto result =
        test.operation == '*' ? multiply(test.a, test.b, unit) : divide(test.a, test.b, unit);
    CHECK_MESSAGE(text(result) == test.result, test.a.unit, test.operation, test.b.unit);
  }
}
