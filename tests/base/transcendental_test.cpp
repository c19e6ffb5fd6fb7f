// SPDX-License-Identifier: Apache-2.0
// Expected digits are those of a calculation with 60 digits by another program, cut where the
// rounding of the header says.
#include "base/transcendental.hpp"

#include <doctest/doctest.h>

#include <string>

#include "../counted_allocations.hpp"

namespace {

using namespace fbss;

Decimal decimal(const char* text) {
  const auto value = Decimal::parse(text);
  REQUIRE_MESSAGE(value.has_value(), text);
  return *value;
}

std::string text(const std::optional<Decimal>& value) {
  return value ? value->to_text() : "nothing";
}

// The distance of two decimals is less than that.
bool is_near(const std::optional<Decimal>& a, Decimal b, const char* distance) {
  if (!a) return false;
  const auto apart = subtract(*a, b);
  if (!apart) return false;
  const Decimal length = apart->coefficient() < 0 ? negate(*apart) : *apart;
  return compare(length, decimal(distance)) < 0;
}

}  // namespace

TEST_CASE("exponential") {
  CHECK(text(exponential(decimal("0"))) == "1");
  CHECK(text(exponential(decimal("1"))) == "2.7182818284590452");
  CHECK(text(exponential(decimal("-1"))) == "0.3678794411714423");
  CHECK(text(exponential(decimal("0.5"))) == "1.6487212707001281");
  CHECK(text(exponential(decimal("40"))) == "235385266837019985.4078999107");
  CHECK(text(exponential(decimal("46"))) == "94961194206024488745.13364912");
  CHECK(text(exponential(decimal("47"))) == "nothing");
  CHECK(text(exponential(decimal("9999999999999999999999999999"))) == "nothing");
  CHECK(text(exponential(decimal("-9999999999999999999999999999"))) == "0");
  CHECK(text(exponential(decimal("0.0000000000000000000000000001"))) == "1");
}

TEST_CASE("logarithms") {
  CHECK(text(natural_logarithm(decimal("1"))) == "0");
  CHECK(text(natural_logarithm(decimal("2"))) == "0.6931471805599453");
  CHECK(text(natural_logarithm(decimal("10"))) == "2.3025850929940457");
  CHECK(text(natural_logarithm(decimal("0.5"))) == "-0.6931471805599453");
  CHECK(text(natural_logarithm(decimal("1.000000000000000000000000001"))) == "0");
  CHECK(text(natural_logarithm(decimal("9999999999999999999999999999"))) == "64.4723826038332792");
  CHECK(text(natural_logarithm(decimal("0"))) == "nothing");
  CHECK(text(natural_logarithm(decimal("-1"))) == "nothing");
  CHECK(text(logarithm(decimal("16"), decimal("2"))) == "4");
  CHECK(text(logarithm(decimal("1000"), decimal("10"))) == "3");
  CHECK(text(logarithm(decimal("8"), decimal("0.5"))) == "-3");
  CHECK(text(logarithm(decimal("10"), decimal("3"))) == "2.0959032742893846");
  CHECK(text(logarithm(decimal("2"), decimal("1.00"))) == "nothing");
  CHECK(text(logarithm(decimal("2"), decimal("0"))) == "nothing");
  CHECK(text(logarithm(decimal("2"), decimal("-2"))) == "nothing");
  CHECK(text(logarithm(decimal("-2"), decimal("2"))) == "nothing");
}

TEST_CASE("square root") {
  CHECK(text(square_root(decimal("81"))) == "9");
  CHECK(text(square_root(decimal("0"))) == "0");
  CHECK(text(square_root(decimal("2"))) == "1.414213562373095");
  CHECK(text(square_root(decimal("3"))) == "1.7320508075688773");
  CHECK(text(square_root(decimal("0.00000000000000000000000001"))) == "0.0000000000001");
  CHECK(text(square_root(decimal("10000000000000000000000000"))) ==
        "3162277660168.379331998893544");
  CHECK(text(square_root(decimal("-0.1"))) == "nothing");
}

TEST_CASE("power: multiplied out where the exponent is whole") {
  CHECK(text(power(decimal("2.5"), decimal("2"))) == "6.25");
  CHECK(text(power(decimal("1.00000001"), decimal("3"))) == "1.000000030000000300000001");
  // 0.5^29 has 29 digits behind the point, and the last is a 5: half away from zero.
  CHECK(text(power(decimal("0.5"), decimal("29"))) == "0.0000000018626451492309570313");
  CHECK(text(power(decimal("-0.5"), decimal("29"))) == "-0.0000000018626451492309570313");
  CHECK(text(power(decimal("1.1"), decimal("50"))) == "117.390852879695316506666496");
  CHECK(text(power(decimal("10"), decimal("27"))) == "1000000000000000000000000000");
  CHECK(text(power(decimal("10"), decimal("28"))) == "nothing");
  CHECK(text(power(decimal("-2"), decimal("67"))) == "-147573952589676412928");
  CHECK(text(power(decimal("3"), decimal("58"))) == "4710128697246244834921603689");
  CHECK(text(power(decimal("1.1"), decimal("400"))) == "36064014027524435.84098091972");
  CHECK(text(power(decimal("2"), decimal("-3"))) == "0.125");
  CHECK(text(power(decimal("3"), decimal("-1"))) == "0.3333333333333333");
  CHECK(text(power(decimal("-1"), decimal("9999999999999999999999999999"))) == "-1");
  CHECK(text(power(decimal("-1"), decimal("9999999999999999999999999998"))) == "1");
}

TEST_CASE("power: fractions, and what has no result") {
  CHECK(text(power(decimal("2"), decimal("0.5"))) == "1.414213562373095");
  CHECK(text(power(decimal("100"), decimal("-1.5"))) == "0.001");
  CHECK(text(power(decimal("100000000000000"), decimal("1.5"))) == "1000000000000000000000");
  CHECK(text(power(decimal("0"), decimal("0"))) == "1");
  CHECK(text(power(decimal("0"), decimal("0.5"))) == "0");
  CHECK(text(power(decimal("0"), decimal("-1"))) == "nothing");
  CHECK(text(power(decimal("-4"), decimal("0.5"))) == "nothing");
  CHECK(text(power(decimal("9999999999999999999999999999"),
                   decimal("9999999999999999999999999999"))) == "nothing");
  CHECK(text(power(decimal("9999999999999999999999999999"),
                   decimal("-9999999999999999999999999999"))) == "0");
  // (1 + 10^-27)^(10^27) is e, but for its 27th digit.
  CHECK(text(power(decimal("1.000000000000000000000000001"),
                   decimal("1000000000000000000000000000"))) == "2.7182818284590452");
}

TEST_CASE("one undoes another") {
  for (const char* number : {"0.001", "0.37", "1.0001", "2", "9.99", "123.456", "98765.4321"}) {
    CAPTURE(number);
    const Decimal value = decimal(number);
    CHECK(is_near(exponential(*natural_logarithm(value)), value, "0.00000000001"));
    CHECK(is_near(power(*square_root(value), Decimal(2)), value, "0.0000000000001"));
    CHECK(is_near(power(value, decimal("0.5")), *square_root(value), "0.000000000000001"));
    CHECK(is_near(logarithm(value, decimal("2")),
                  *divide(*natural_logarithm(value), *natural_logarithm(Decimal(2))), "0.0000001"));
  }
}

TEST_CASE("nothing allocates") {
  const Decimal a = decimal("123456.789"), b = decimal("-3.21");
  const std::size_t before = counted::allocations;
  const bool all = exponential(b) && natural_logarithm(a) && logarithm(a, Decimal(7)) &&
                   square_root(a) && power(a, b) && power(a, Decimal(3));
  CHECK(counted::allocations == before);
  CHECK(all);
}
