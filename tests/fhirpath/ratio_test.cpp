// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/ratio.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace fbss;
using fhirpath::Factor;
using fhirpath::Ratio;

Decimal number(const char* text) {
  return *Decimal::parse(text);
}

std::string product(const char* value, const Ratio& ratio) {
  const auto result = scaled(number(value), ratio);
  return result ? result->to_text() : "nothing";
}

}  // namespace

TEST_CASE("an exact product keeps its digits") {
  CHECK(product("4.0000", {1, 1, 3}) == "4000.0");
  CHECK(product("4", {1, 1, -3}) == "0.004");
  CHECK(product("-1.5", {24, 1, 0}) == "-36.0");
  CHECK(product("36", {1, 24, 0}) == "1.5");
  CHECK(product("24.0", {1, 24, 0}) == "1.0");
  CHECK(product("4000", {1, 1, -3}) == "4");
  CHECK(product("4000.0", {1, 1, -3}) == "4.0");
  CHECK(product("4.0", {1, 1, -3}) == "0.004");
  CHECK(product("1", {45359237, 1, -5}) == "453.59237");
  CHECK(product("453.59237", {1, 45359237, 5}) == "1");
  CHECK(product("7", {3, 21, 0}) == "1");
  CHECK(product("0", {1, 1, 500}) == "0");
  CHECK(product("1", {1, 1, 27}) == "1000000000000000000000000000");
  CHECK(product("1", {1, 1, -28}) == "0.0000000000000000000000000001");
  CHECK(product("10", {1, 1, -29}) == "0.0000000000000000000000000001");
}

TEST_CASE("a product that does not end is rounded, half away from zero") {
  CHECK(product("1", {1, 3, 0}) == "0.33333333");
  CHECK(product("2", {1, 3, 0}) == "0.66666667");
  CHECK(product("-2", {1, 3, 0}) == "-0.66666667");
  CHECK(product("10", {1, 3, 0}) == "3.33333333");
  // 8 digits are left of a small number.
  CHECK(product("1", {1, 3, -6}) == "0.00000033333333");
  CHECK(product("1", {2, 3, -12}) == "0.00000000000066666667");
}

TEST_CASE("what does not fit is nothing") {
  CHECK(product("1", {1, 1, 28}) == "nothing");
  CHECK(product("1", {1, 1, -29}) == "nothing");
  CHECK(product("1", {1, 3, -24}) == "nothing");
  CHECK(product("1", {1, 3, -30000}) == "nothing");
  CHECK(product("1", {1, 3, 30000}) == "nothing");
  CHECK(product("9999999999999999999999999999", {2, 1, 0}) == "nothing");
}

TEST_CASE("order is exact") {
  CHECK(compare(number("1"), Ratio{1, 3, 0}, number("0.33333333")) > 0);
  CHECK(compare(number("1"), Ratio{1, 3, 0}, number("0.33333334")) < 0);
  CHECK(compare(number("3"), Ratio{1, 3, 0}, number("1.00")) == 0);
  CHECK(compare(number("-1"), Ratio{1, 3, 0}, number("-0.33333333")) < 0);
  CHECK(compare(number("-1"), Ratio{1, 1, 0}, number("1")) < 0);
  CHECK(compare(number("0"), Ratio{1, 1, 9}, number("0.0")) == 0);
  CHECK(compare(number("0"), Ratio{1, 1, 9}, number("-1")) > 0);
  CHECK(compare(number("9999999999999999999999999999"), Ratio{1, 1, 30000}, number("1")) > 0);
  CHECK(compare(number("9999999999999999999999999999"), Ratio{1, 1, -30000}, number("1")) < 0);
  CHECK(compare(number("-9999999999999999999999999999"), Ratio{1, 1, 30000}, number("-1")) < 0);
  CHECK(compare(number("1.000000000000000000000000001"), Ratio{1, 1, 0}, number("1")) > 0);
}

TEST_CASE("factors: powers, products and quotients") {
  const auto inverse = power(Factor{254, 3, -4}, -2);
  REQUIRE(inverse);
  CHECK(inverse->over == 9);
  CHECK(inverse->under == 254 * 254);
  CHECK(inverse->ten == 8);
  CHECK_FALSE(power(Factor{254, 1, 0}, 9));
  CHECK_FALSE(multiply(Factor{1ull << 40, 1, 0}, Factor{1ull << 40, 1, 0}));
  const Ratio ratio = divide(Factor{2, 3, 1}, Factor{5, 7, -1});
  CHECK(ratio.over == 14);
  CHECK(ratio.under == 15);
  CHECK(ratio.ten == 2);
}
