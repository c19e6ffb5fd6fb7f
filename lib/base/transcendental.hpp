// SPDX-License-Identifier: Apache-2.0
// Powers, roots, exponentials and logarithms of decimals, worked out with 60 digits and rounded
// once. In: decimals. Out: decimals, trailing zeros taken away; nothing where there is no real
// result, or none that a Decimal holds. Nothing here allocates, and nothing takes longer than some
// tenths of a millisecond, however large the numbers are.
//
// A result has 16 digits behind the point at most, and as many fewer as its 28 digits ask for, but
// never fewer than 8 unless it is exact: what has a finite result within these digits is exact.
// power() with a whole exponent is a multiplication: it keeps all 28 digits.
#pragma once

#include <optional>

#include "base/decimal.hpp"

namespace fbss {

std::optional<Decimal> exponential(Decimal exponent);     ///< e to that power
std::optional<Decimal> natural_logarithm(Decimal value);  ///< nothing for 0 and less
std::optional<Decimal> logarithm(Decimal value, Decimal base);
std::optional<Decimal> square_root(Decimal value);  ///< nothing for less than 0
/// Nothing for 0 to a negative power and for a negative base to a power that is not whole; 0 to
/// the power of 0 is 1.
std::optional<Decimal> power(Decimal base, Decimal exponent);

}  // namespace fbss
