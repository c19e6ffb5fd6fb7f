// SPDX-License-Identifier: Apache-2.0
// Interval arithmetic: what an operation can give on numbers of which only bounds are known. In:
// ranges. Out: the smallest range that holds every result, its ends worked out exactly as FHIRPath
// does; an end that does not fit, or is not known, is infinite: the range is then too wide, never
// too narrow.
#pragma once

#include <optional>

#include "base/decimal.hpp"

namespace fbss::form {

/// A number, or beyond all numbers.
struct Extended {
  Decimal value;
  int infinite = 0;  ///< -1, 0 or 1

  static Extended below_all() { return {{}, -1}; }
  static Extended above_all() { return {{}, 1}; }
  bool is_finite() const { return infinite == 0; }
};

bool operator<(const Extended& a, const Extended& b);

struct Range {
  Extended low = Extended::below_all(), high = Extended::above_all();

  static Range of(Decimal value) { return {{value, 0}, {value, 0}}; }
  bool is_point() const {
    return low.is_finite() && high.is_finite() && compare(low.value, high.value) == 0;
  }
  bool holds_zero() const;
  void widen(const Range& other);  ///< so that it holds the other too
};

Range add(const Range& a, const Range& b);
Range negate(const Range& a);
Range multiply(const Range& a, const Range& b);
/// `b` must not hold zero.
Range divide(const Range& a, const Range& b);
Range absolute(const Range& a);
Range smaller(const Range& a, const Range& b);
Range greater(const Range& a, const Range& b);

/// Of a function that never falls; it gives nothing for what it does not take. The ends of the
/// range are those of its results; infinite where there is none.
template <class Function>
Range rising(const Range& a, Function function) {
  Range result;
  if (a.low.is_finite())
    if (const std::optional<Decimal> low = function(a.low.value)) result.low = {*low, 0};
  if (a.high.is_finite())
    if (const std::optional<Decimal> high = function(a.high.value)) result.high = {*high, 0};
  return result;
}

/// How two numbers within the ranges may compare.
struct Orders {
  bool less = false, equal = false, greater = false;
};
Orders orders(const Range& a, const Range& b);

}  // namespace fbss::form
