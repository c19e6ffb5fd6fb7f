// SPDX-License-Identifier: Apache-2.0
// Decimals: text, arithmetic and its limits. Expected values are worked out by hand.
#include "base/decimal.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using fbss::Decimal;
using fbss::Int128;

namespace {

constexpr std::string_view none_place = "none";

std::string text_of(const std::optional<Decimal>& value) {
  return value ? value->to_text() : std::string(none_place);
}

Decimal number(std::string_view text) {
  const std::optional<Decimal> value = Decimal::parse(text);
  REQUIRE_MESSAGE(value.has_value(), "the test's own number: " << text);
  return *value;
}

}  // namespace

TEST_CASE("text in and out keeps the written digits") {
  struct {
    std::string_view text, printed;
  } const cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.0", "0.0"},
      {"-0.0", "0.0"},
      {"1", "1"},
      {"+2", "2"},
      {"-2", "-2"},
      {"007", "7"},
      {"1.50", "1.50"},
      {"12.500", "12.500"},
      {"0.05", "0.05"},
      {"-0.50", "-0.50"},
      {"00.10", "0.10"},
      {"1e3", "1000"},
      {"1E+2", "100"},
      {"1.5e1", "15"},
      {"1.50e1", "15.0"},
      {"15e-1", "1.5"},
      {"2.5e-3", "0.0025"},
      {"0e99", "0"},
      {"0e999999999999999999999", "0"},
      {"123456789012345678", "123456789012345678"},
      {"1234567890123456789", "1234567890123456789"},  // beyond 18 digits
      {"9223372036854775807", "9223372036854775807"},
      {"99999999999999999999.99999999", "99999999999999999999.99999999"},  // FHIRPath's range
      {"-99999999999999999999.99999999", "-99999999999999999999.99999999"},
      {"9999999999999999999999999999", "9999999999999999999999999999"},  // 28 digits
      {"0.0000000000000000000000000001", "0.0000000000000000000000000001"},
      {"1e27", "1000000000000000000000000000"},
      {"1e-28", "0.0000000000000000000000000001"},
      // Nothing: no number.
      {"", none_place},
      {"-", none_place},
      {"+", none_place},
      {".", none_place},
      {".5", none_place},
      {"-.5", none_place},
      {"5.", none_place},
      {"1.e3", none_place},
      {"1..2", none_place},
      {"1.2.3", none_place},
      {"1e", none_place},
      {"1e+", none_place},
      {"e5", none_place},
      {"1e5.0", none_place},
      {"1e5e5", none_place},
      {" 1", none_place},
      {"1 ", none_place},
      {"--1", none_place},
      {"1,5", none_place},
      {"0x10", none_place},
      {"NaN", none_place},
      {"Infinity", none_place},
      {"1\xC2\xA0", none_place},
      // Nothing: does not fit.
      {"10000000000000000000000000000", none_place},  // 29 digits
      {"1e28", none_place},
      {"1e400", none_place},
      {"1e99999999999999999999", none_place},
      {"1e-29", none_place},
      {"1e-99999999999999999999", none_place},
      {"0.00000000000000000000000000001", none_place},
      {"1.0000000000000000000000000000", none_place},           // 29 digits
      {"170141183460469231731687303715884105728", none_place},  // 2^127
      {"999999999999999999999999999999999999999999999999999999999999", none_place},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(text_of(Decimal::parse(c.text)) == c.printed);
  }
}

TEST_CASE("sums, differences and products") {
  struct {
    std::string_view a, op, b, result;
  } const cases[] = {
      {"12.500", "+", "0", "12.500"},
      {"0", "+", "12.500", "12.500"},
      {"1.5", "+", "2.25", "3.75"},
      {"0.1", "+", "0.2", "0.3"},
      {"1", "+", "-1.00", "0.00"},
      {"-1", "+", "0.4", "-0.6"},
      {"0.4", "+", "-1", "-0.6"},
      {"-2", "+", "-3", "-5"},
      {"1.0", "-", "1", "0.0"},
      {"5", "-", "7.5", "-2.5"},
      {"9999999999999999999999999999", "+", "1", none_place},
      {"-9999999999999999999999999999", "-", "1", none_place},
      {"9999999999999999999999999999", "-", "1", "9999999999999999999999999998"},
      {"99999999999999999999.99999999", "+", "0.00000001", none_place},
      {"100000000000000000000", "+", "0.00000001", none_place},  // 29 digits, 8 behind the point
      {"10000000000000000000", "+", "0.00000001", "10000000000000000000.00000001"},
      // More digits than 28, but more than 8 behind the point: rounded to fit.
      {"12345", "+", "0.0000000000000000000000000001", "12345.00000000000000000000000"},
      {"1", "+", "0.0000000000000000000000000005", "1.000000000000000000000000001"},
      {"1", "+", "0.0000000000000000000000000004", "1.000000000000000000000000000"},
      {"-1", "-", "0.0000000000000000000000000005", "-1.000000000000000000000000001"},
      // 256 bits between: 10^19 * 10^28.
      {"10000000000000000000", "+", "0.0000000000000000000000000001",
       "10000000000000000000.00000000"},
      {"10000000000000000000", "-", "0.0000000000000000000000000001",
       "10000000000000000000.00000000"},
      {"0.0000000000000000000000000001", "-", "10000000000000000000",
       "-10000000000000000000.00000000"},
      {"9999999999999999999", "+", "0.9999999999999999999999999999",
       "10000000000000000000.00000000"},
      {"2", "*", "3", "6"},
      {"1.50", "*", "2", "3.00"},
      {"-1.5", "*", "1.5", "-2.25"},
      {"-2", "*", "-2.5", "5.0"},
      {"0", "*", "-2.50", "0.00"},
      {"100000000000000", "*", "100000000000000", none_place},  // 10^28
      {"10000000000000", "*", "100000000000000", "1000000000000000000000000000"},
      {"9999999999999999999999999999", "*", "9999999999999999999999999999", none_place},
      {"9999999999999999999999999999", "*", "1.0",
       none_place},  // rounding may not take these digits
      // 0.12345678901234^2 = 0.0152415787532374345526722756: 28 digits behind the point
      {"0.12345678901234", "*", "0.12345678901234", "0.0152415787532374345526722756"},
      {"0.123456789012345", "*", "0.123456789012345", "0.0152415787532386691205623990"},
      // 1234567890.123456789^2 = 1524157875323883675.019051998750190521
      {"1234567890.123456789", "*", "1234567890.123456789", "1524157875323883675.019051999"},
      {"0.0000000000000001", "*", "0.0000000000000001", "0.0000000000000000000000000000"},
      // 99999.99999999999999999^2 = 9999999999.999999998 (rounded at 28 digits)
      {"99999.99999999999999999", "*", "99999.99999999999999999", "9999999999.999999999998000000"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.a);
    CAPTURE(c.op);
    CAPTURE(c.b);
    const Decimal a = number(c.a), b = number(c.b);
    const std::optional<Decimal> result = c.op == "+"   ? add(a, b)
                                          : c.op == "-" ? subtract(a, b)
                                                        : multiply(a, b);
    CHECK(text_of(result) == c.result);
  }
}

TEST_CASE("division, and the whole-number kinds div and mod") {
  struct {
    std::string_view a, b, quotient, div, mod;
  } const cases[] = {
      {"1", "4", "0.25", "0", "1"},
      {"1", "3", "0.33333333", "0", "1"},
      {"2", "3", "0.66666667", "0", "2"},
      {"-2", "3", "-0.66666667", "0", "-2"},
      {"2", "-3", "-0.66666667", "0", "2"},
      {"4", "2", "2", "2", "0"},
      {"5", "2", "2.5", "2", "1"},
      {"-5", "2", "-2.5", "-2", "-1"},
      {"5", "-2", "-2.5", "-2", "1"},
      {"5.5", "0.7", "7.85714286", "7", "0.6"},
      {"2.2", "1.8", "1.22222222", "1", "0.4"},
      {"1.4", "2.0", "0.7", "0", "1.4"},
      {"10.00", "2", "5", "5", "0.00"},
      {"0", "7", "0", "0", "0"},
      {"0.00", "7", "0", "0", "0.00"},
      {"1", "0", none_place, none_place, none_place},
      {"0", "0.00", none_place, none_place, none_place},
      {"1", "256", "0.00390625", "0", "1"},  // 8 digits: exact
      {"100", "512", "0.1953125", "0", "100"},
      {"101", "512", "0.19726563", "0", "101"},  // 0.197265625: half away from zero
      {"-101", "512", "-0.19726563", "0", "-101"},
      {"10.1", "51.2", "0.19726563", "0", "10.1"},
      // Below 0.1 so many more digits that 8 of them count, less the zeros at the end of what ends.
      {"1", "512", "0.001953125", "0", "1"},
      {"1", "1024", "0.0009765625", "0", "1"},
      {"3", "1024", "0.0029296875", "0", "3"},
      {"10001", "1024000", "0.0097666016", "0", "10001"},  // 0.009766601(5625)
      {"1", "30", "0.033333333", "0", "1"},
      {"-2", "30", "-0.066666667", "0", "-2"},
      {"2999999999", "30000000000", "0.100000000", "0", "2999999999"},
      {"7", "2147483647", "0.0000000032596290", "0", "7"},
      {"2", "3000000000000000000", "0.00000000000000000066666667", "0", "2"},
      {"2", "300000000000000000000000", "0.0000000000000000000000066667", "0", "2"},
      {"0.0000000000000000000000000001", "3", "0.00000000", "0", "0.0000000000000000000000000001"},
      {"1", "640", "0.0015625", "0", "1"},
      {"0.00000001", "4", "0.0000000025", "0", "0.00000001"},  // ends within 8 more digits
      {"1000", "0.001", "1000000", "1000000", "0.000"},
      {"7", "0.5", "14", "14", "0.0"},
      {"9999999999999999999999999999", "1", "9999999999999999999999999999",
       "9999999999999999999999999999", "0"},
      {"9999999999999999999999999999", "0.1", none_place, none_place, "0.0"},
      {"9999999999999999999999999999", "3", "3333333333333333333333333333",
       "3333333333333333333333333333", "0"},
      {"9999999999999999999999999999", "7", none_place, "1428571428571428571428571428", "3"},
      // 256 bits between: 10^20 with 28 further digits.
      {"100000000000000000000", "0.0000000000000000000000000003", none_place, none_place,
       "0.0000000000000000000000000001"},
      {"0.0000000000000000000000000003", "100000000000000000000", "0.00000000", "0",
       "0.0000000000000000000000000003"},
      {"1000000000000000000000000000", "0.9999999999999999999999999999", none_place,
       "1000000000000000000000000000", "0.1000000000000000000000000000"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.a);
    CAPTURE(c.b);
    const Decimal a = number(c.a), b = number(c.b);
    CHECK(text_of(divide(a, b)) == c.quotient);
    CHECK(text_of(truncated_divide(a, b)) == c.div);
    CHECK(text_of(remainder(a, b)) == c.mod);
  }
}

TEST_CASE("comparison is by value") {
  struct {
    std::string_view a, order, b;
  } const cases[] = {
      {"1.0", "=", "1.00"},
      {"0", "=", "-0.00"},
      {"1", "<", "1.01"},
      {"-1", "<", "1"},
      {"-1", "<", "-0.99"},
      {"-1.1", "<", "-1"},
      {"10", ">", "9.99"},
      {"9999999999999999999999999999", ">", "0.9999999999999999999999999999"},
      {"-9999999999999999999999999999", "<", "-0.9999999999999999999999999999"},
      {"-9999999999999999999999999999", "<", "0.0000000000000000000000000001"},
      {"0", "<", "0.0000000000000000000000000001"},
      {"0", ">", "-0.0000000000000000000000000001"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.a);
    CAPTURE(c.b);
    const std::strong_ordering wanted = c.order == "<"   ? std::strong_ordering::less
                                        : c.order == ">" ? std::strong_ordering::greater
                                                         : std::strong_ordering::equal;
    CHECK((compare(number(c.a), number(c.b)) == wanted));
    CHECK((compare(number(c.b), number(c.a)) == (0 <=> wanted)));
  }
}

TEST_CASE("rounding is half away from zero") {
  struct {
    std::string_view text;
    int scale;
    std::string_view result;
  } const cases[] = {
      {"0.5", 0, "1"},
      {"-0.5", 0, "-1"},
      {"0.49", 0, "0"},
      {"-0.49", 0, "0"},
      {"1.5", 0, "2"},
      {"2.5", 0, "3"},
      {"-2.5", 0, "-3"},
      {"3.14159", 3, "3.142"},
      {"3.14159", 2, "3.14"},
      {"9.995", 2, "10.00"},
      {"1.25", 1, "1.3"},
      {"1.249999", 1, "1.2"},
      {"1.5", 3, "1.5"},
      {"7", 2, "7"},
      {"0.9999999999999999999999999999", 0, "1"},
      {"0.4999999999999999999999999999", 0, "0"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(number(c.text).rounded(static_cast<std::uint8_t>(c.scale)).to_text() == c.result);
  }
}

TEST_CASE("trimming, whole numbers and negation") {
  CHECK(number("1.500").trimmed().to_text() == "1.5");
  CHECK(number("100").trimmed().to_text() == "100");
  CHECK(number("0.000").trimmed().to_text() == "0");
  CHECK(number("-2.00").trimmed().to_text() == "-2");

  CHECK(number("2.00").is_integer());
  CHECK_FALSE(number("2.01").is_integer());
  CHECK(number("2.00").to_int64() == 2);
  CHECK_FALSE(number("2.5").to_int64().has_value());
  CHECK(number("9223372036854775807").to_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK(number("-9223372036854775808").to_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(number("9223372036854775808").to_int64().has_value());
  CHECK_FALSE(number("-9223372036854775809").to_int64().has_value());

  CHECK(negate(number("1.50")).to_text() == "-1.50");
  CHECK(negate(number("0.00")).to_text() == "0.00");
  CHECK(Decimal(-42).to_text() == "-42");
  CHECK(Decimal(std::numeric_limits<std::int64_t>::min()).to_text() == "-9223372036854775808");
  CHECK(sizeof(Decimal) == 24);
}

TEST_CASE("arithmetic agrees with 128-bit integers on seeded numbers") {
  std::mt19937_64 random(20);
  for (int i = 0; i < 5000; ++i) {
    const auto x = static_cast<std::int64_t>(random()) >> (random() % 50);
    auto y = static_cast<std::int64_t>(random()) >> (random() % 50);
    if (y == 0) y = 1;
    const auto scale = static_cast<std::uint8_t>(random() % 9);
    const Decimal a(x, scale), b(y, scale);
    CAPTURE(a.to_text());
    CAPTURE(b.to_text());
    CHECK(Decimal::parse(a.to_text())->coefficient() == x);
    CHECK(add(a, b)->coefficient() == static_cast<Int128>(x) + y);
    CHECK(subtract(a, b)->coefficient() == static_cast<Int128>(x) - y);
    CHECK(truncated_divide(a, b)->coefficient() == static_cast<Int128>(x) / y);
    CHECK(remainder(a, b)->coefficient() == static_cast<Int128>(x) % y);
    CHECK((compare(a, b) == (x <=> y)));
    // What divides evenly comes back.
    const Decimal small(y % 100'000, scale);
    const std::optional<Decimal> product = multiply(a, small);
    if (small.coefficient() != 0 && product && product->scale() == 2 * scale)
      CHECK((compare(*divide(*product, small), a) == std::strong_ordering::equal));
  }
}
