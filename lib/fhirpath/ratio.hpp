// SPDX-License-Identifier: Apache-2.0
// The exact quotient of two units, and numbers multiplied by it. In: factors of units, decimals.
// Out: their order, which is always exact, or the number in the other unit.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "base/decimal.hpp"

namespace fbss::fhirpath {

/// How much of the base unit a unit is: over / under * 10^ten. Greater than 0.
struct Factor {
  std::uint64_t over = 1, under = 1;
  std::int32_t ten = 0;
};

/// The same in twice the width, so that two factors always divide.
struct Ratio {
  UInt128 over = 1, under = 1;
  std::int32_t ten = 0;
};

/// Nothing where 64 bits do not hold it.
std::optional<Factor> multiply(const Factor& a, const Factor& b);
std::optional<Factor> power(const Factor& factor, int exponent);

Ratio divide(const Factor& a, const Factor& b);

/// The order of a * ratio and b.
std::strong_ordering compare(Decimal a, const Ratio& ratio, Decimal b);

/// value * ratio: exact where the result ends and fits a Decimal; else rounded half away from zero
/// to 8 digits behind the point, or so many more that 8 digits of it are left. Nothing where that
/// does not fit.
std::optional<Decimal> scaled(Decimal value, const Ratio& ratio);

}  // namespace fbss::fhirpath
