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

TEST_CASE("units compare with themselves, units of time with each other") {
  CHECK(compare(ucum("1.0", "mg"), ucum("1", "mg")) == std::strong_ordering::equal);
  CHECK(compare(ucum("1", "mg"), ucum("2", "mg")) == std::strong_ordering::less);
  CHECK(!compare(ucum("1", "mg"), ucum("1", "g")));
  CHECK(compare(calendar("8", "days"), calendar("1", "week")) == std::strong_ordering::greater);
  CHECK(compare(ucum("24", "h"), calendar("1", "day")) == std::strong_ordering::equal);
  CHECK(compare(calendar("1", "year"), calendar("12", "months")) == std::strong_ordering::equal);
  CHECK(!compare(calendar("1", "year"), ucum("1", "a")));
  CHECK(!compare(calendar("1", "month"), calendar("30", "days")));
}

TEST_CASE("equivalence") {
  CHECK(equivalent(calendar("1", "year"), ucum("1", "a")));
  CHECK(equivalent(calendar("1", "month"), ucum("1", "mo")));
  CHECK(equivalent(ucum("4.04", "mg"), ucum("4", "mg")));
  CHECK(!equivalent(ucum("4", "mg"), ucum("4", "g")));
  CHECK(fhirpath::equivalent(*Decimal::parse("0.67"), *Decimal::parse("0.6666")));
  CHECK(fhirpath::equivalent(*Decimal::parse("100.00"), *Decimal::parse("100")));
  CHECK(!fhirpath::equivalent(*Decimal::parse("0.67"), *Decimal::parse("0.66")));
}

TEST_CASE("arithmetic keeps the finer unit") {
  CHECK(text(add(ucum("1", "mg"), ucum("2.5", "mg"))) == "3.5 'mg'");
  CHECK(text(add(calendar("1", "day"), calendar("1", "hour"))) == "25 hour");
  CHECK(text(subtract(ucum("1", "h"), ucum("1", "min"))) == "59 'min'");
  CHECK(text(add(ucum("1", "mg"), ucum("1", "g"))) == "nothing");
  CHECK(text(multiply(ucum("2", "mg"), ucum("3", "1"))) == "6 'mg'");
  CHECK(text(multiply(ucum("2", "mg"), ucum("3", "mg"))) == "nothing");
  CHECK(text(divide(ucum("6", "mg"), ucum("3", "mg"))) == "2 '1'");
  CHECK(text(divide(ucum("6", "mg"), ucum("0", "mg"))) == "nothing");
  CHECK(text(convert(calendar("36", "hours"), "d", false)) == "1.5 'd'");
  CHECK(text(convert(ucum("1", "mg"), "g", false)) == "nothing");
}
