// SPDX-License-Identifier: Apache-2.0
// Exact factors. A number of up to 94 bits times a ratio of up to 128 needs 222: Wide holds it.
#include "fhirpath/ratio.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/wide.hpp"

namespace fbss::fhirpath {
namespace {

constexpr int digits_kept = 8;  // behind the point, and of a rounded result at least
constexpr int most_digits = 28;
constexpr int largest_power = 19;  // 10^19 is the last power of ten in 64 bits

constexpr auto powers = [] {
  std::array<std::uint64_t, largest_power + 1> made{};
  made[0] = 1;
  for (std::size_t i = 1; i < made.size(); ++i) made[i] = made[i - 1] * 10;
  return made;
}();

std::uint64_t power_of_ten(int exponent) {
  return powers[static_cast<std::size_t>(exponent)];
}

UInt128 magnitude(Decimal value) {
  const Int128 digits = value.coefficient();
  return digits < 0 ? -static_cast<UInt128>(digits) : static_cast<UInt128>(digits);
}

int sign(Decimal value) {
  return value.coefficient() < 0 ? -1 : value.coefficient() > 0 ? 1 : 0;
}

UInt128 greatest_common_divisor(UInt128 a, UInt128 b) {
  while (b != 0) {
    const UInt128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// value * 10^exponent; nothing where 256 bits do not hold it.
std::optional<Wide> scaled_up(Wide value, int exponent) {
  std::optional<Wide> result = value;
  for (; result && exponent > 0; exponent -= largest_power)
    result = result->times(power_of_ten(std::min(exponent, largest_power)));
  return result;
}

// value / 10^exponent, cut off. No value has more than 77 digits.
Wide scaled_down(Wide value, int exponent) {
  for (exponent = std::min(exponent, 77); exponent > 0; exponent -= largest_power)
    value = value.divided(power_of_ten(std::min(exponent, largest_power)));
  return value;
}

// In lowest terms, with nothing below the line that goes into a power of ten: then a quotient ends
// only where the division leaves nothing. Nothing where 128 bits do not hold it.
std::optional<Ratio> in_lowest_terms(Ratio ratio) {
  if (ratio.under == 1) return ratio;
  const UInt128 common = greatest_common_divisor(ratio.over, ratio.under);
  ratio.over /= common;
  ratio.under /= common;
  const auto drop = [&ratio](unsigned divisor, unsigned complement) {
    while (ratio.under % divisor == 0) {
      ratio.under /= divisor;
      --ratio.ten;
      if (__builtin_mul_overflow(ratio.over, UInt128{complement}, &ratio.over)) return false;
    }
    return true;
  };
  if (!drop(10, 1) || !drop(2, 5) || !drop(5, 2)) return std::nullopt;
  return ratio;
}

std::optional<Decimal> make(bool negative, const Wide& digits, int scale) {
  constexpr UInt128 too_large = UInt128{10'000'000'000'000'000'000U} * 1'000'000'000U;  // 10^28
  const auto narrow = digits.narrow();
  if (!narrow || *narrow >= too_large || scale < 0 || scale > most_digits) return std::nullopt;
  const auto coefficient = static_cast<Int128>(*narrow);
  return Decimal(negative ? -coefficient : coefficient, static_cast<std::uint8_t>(scale));
}

// digits * 10^-scale as a Decimal, without rounding; nothing where it does not fit. Zeros at the
// end are dropped down to a scale of `least`.
std::optional<Decimal> exactly(bool negative, Wide digits, int scale, int least) {
  if (scale < 0) {
    const auto whole = scaled_up(digits, -scale);
    return whole ? make(negative, *whole, 0) : std::nullopt;
  }
  for (; scale > least; --scale) {
    UInt128 rest = 0;
    const Wide shorter = digits.divided(10, &rest);
    if (rest != 0) break;
    digits = shorter;
  }
  return make(negative, digits, scale);
}

}  // namespace

std::optional<Factor> multiply(const Factor& a, const Factor& b) {
  Factor result;
  if (__builtin_mul_overflow(a.over, b.over, &result.over) ||
      __builtin_mul_overflow(a.under, b.under, &result.under))
    return std::nullopt;
  result.ten = a.ten + b.ten;
  return result;
}

std::optional<Factor> power(const Factor& factor, int exponent) {
  Factor result{1, 1, factor.ten * exponent};
  const Factor digits =
      exponent < 0 ? Factor{factor.under, factor.over, 0} : Factor{factor.over, factor.under, 0};
  if (digits.over == 1 && digits.under == 1) return result;
  for (int i = std::abs(exponent); i > 0; --i) {
    const auto next = multiply(result, digits);
    if (!next) return std::nullopt;
    result = *next;
  }
  return result;
}

Ratio divide(const Factor& a, const Factor& b) {
  return {UInt128{a.over} * b.under, UInt128{a.under} * b.over, a.ten - b.ten};
}

std::strong_ordering compare(Decimal a, const Ratio& ratio, Decimal b) {
  if (sign(a) != sign(b)) return sign(a) <=> sign(b);
  if (sign(a) == 0) return std::strong_ordering::equal;
  std::optional<Wide> x = Wide::product(magnitude(a), ratio.over);
  std::optional<Wide> y = Wide::product(magnitude(b), ratio.under);
  const int shift = ratio.ten - a.scale() + b.scale();
  x = scaled_up(*x, shift);
  y = scaled_up(*y, -shift);
  // Only one side is scaled up: if it outgrows 256 bits, it is the larger one.
  std::strong_ordering order = std::strong_ordering::equal;
  if (!x || !y) {
    order = x ? std::strong_ordering::less : std::strong_ordering::greater;
  } else if (*x < *y) {
    order = std::strong_ordering::less;
  } else if (*y < *x) {
    order = std::strong_ordering::greater;
  }
  return sign(a) < 0 ? 0 <=> order : order;
}

std::optional<Decimal> scaled(Decimal value, const Ratio& by) {
  if (value.coefficient() == 0) return value;
  const auto ratio = in_lowest_terms(by);
  if (!ratio) return std::nullopt;
  const bool negative = sign(value) < 0;
  const Wide top = Wide::product(magnitude(value), ratio->over);
  const int scale = value.scale() - ratio->ten;
  UInt128 rest = 0;
  const Wide quotient = ratio->under == 1 ? top : top.divided(ratio->under, &rest);
  if (rest == 0)
    if (const auto exact = exactly(negative, quotient, scale, value.scale())) return exact;
  // One digit more than is kept tells which way to round.
  for (int kept = digits_kept; kept <= most_digits; ++kept) {
    const int shift = kept + 1 - scale;
    const auto raised = scaled_up(top, shift);
    if (!raised) return std::nullopt;
    const Wide cut = scaled_down(*raised, -shift).divided(ratio->under);
    const Wide rounded = cut.plus(Wide(5)).divided(10);
    if (rounded < Wide(power_of_ten(digits_kept - 1))) continue;
    return make(negative, rounded, kept);
  }
  return std::nullopt;
}

}  // namespace fbss::fhirpath
