// SPDX-License-Identifier: Apache-2.0
// The four operations take the least and the greatest of what the ends give.
#include "fhir/intervals/range.hpp"

#include <algorithm>

namespace fbss::form {
namespace {

const Extended zero{};

int sign(const Extended& a) {
  if (!a.is_finite()) return a.infinite;
  const auto order = compare(a.value, Decimal());
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

// Where digits do not suffice an end counts as infinite, to the side that it leans to.
Extended finite_or(std::optional<Decimal> value, int side) {
  if (value) return {*value, 0};
  return side < 0 ? Extended::below_all() : Extended::above_all();
}

Extended sum(const Extended& a, const Extended& b, int side) {
  if (!a.is_finite()) return a;
  if (!b.is_finite()) return b;
  return finite_or(add(a.value, b.value), side);
}

Extended product(const Extended& a, const Extended& b) {
  const int side = sign(a) * sign(b);
  if (side == 0) return zero;  // nothing times what has no bound is nothing still
  if (!a.is_finite() || !b.is_finite()) return {{}, side};
  return finite_or(multiply(a.value, b.value), side);
}

Extended quotient(const Extended& a, const Extended& b) {
  const int side = sign(a) * sign(b);
  if (!b.is_finite()) return zero;
  if (!a.is_finite()) return {{}, side};
  return finite_or(divide(a.value, b.value), side);
}

template <class Operation>
Range of_corners(const Range& a, const Range& b, Operation operation) {
  const Extended corners[] = {operation(a.low, b.low), operation(a.low, b.high),
                              operation(a.high, b.low), operation(a.high, b.high)};
  return {*std::min_element(std::begin(corners), std::end(corners)),
          *std::max_element(std::begin(corners), std::end(corners))};
}

}  // namespace

bool operator<(const Extended& a, const Extended& b) {
  if (a.infinite != b.infinite) return a.infinite < b.infinite;
  return a.is_finite() && compare(a.value, b.value) < 0;
}

bool Range::holds_zero() const {
  return sign(low) <= 0 && sign(high) >= 0;
}

void Range::widen(const Range& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
}

Range add(const Range& a, const Range& b) {
  return {sum(a.low, b.low, -1), sum(a.high, b.high, 1)};
}

Range negate(const Range& a) {
  const auto negated = [](const Extended& end) {
    return Extended{negate(end.value), -end.infinite};
  };
  return {negated(a.high), negated(a.low)};
}

Range multiply(const Range& a, const Range& b) {
  return of_corners(a, b, product);
}

// What is divided by what has no bound comes as near to zero as one likes: zero is an end then.
Range divide(const Range& a, const Range& b) {
  return of_corners(a, b, quotient);
}

Range absolute(const Range& a) {
  if (!a.holds_zero()) return sign(a.low) > 0 ? a : negate(a);
  return {zero, std::max(negate(a).high, a.high)};
}

Range smaller(const Range& a, const Range& b) {
  return {std::min(a.low, b.low), std::min(a.high, b.high)};
}

Range greater(const Range& a, const Range& b) {
  return {std::max(a.low, b.low), std::max(a.high, b.high)};
}

Orders orders(const Range& a, const Range& b) {
  Orders found;
  found.less = a.low < b.high;
  found.greater = b.low < a.high;
  found.equal = !(a.high < b.low) && !(b.high < a.low);
  return found;
}

}  // namespace fbss::form
