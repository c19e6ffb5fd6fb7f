// SPDX-License-Identifier: Apache-2.0
// The functions by Boost.Multiprecision's decimal floating point: decimals there and back, and the
// cases that have no result.
#include "base/transcendental.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cstdint>

namespace fbss {
namespace {

// Fixed in size, so that it lives on the stack. A result has 28 digits; as many again are lost to
// logarithms of numbers next to 1.
using Float =
    boost::multiprecision::number<boost::multiprecision::cpp_dec_float<60, std::int32_t, void>,
                                  boost::multiprecision::et_off>;

constexpr int most_digits = 28;        // of a Decimal
constexpr int least_scale = 8;         // digits behind the point that rounding never takes
constexpr int rounded_scale = 16;      // of what is no finite number of digits
constexpr int largest_exponent = 100;  // up to here a power is multiplied out
constexpr int largest_logarithm = 65;  // e^65 does not fit, and e^-65 is nearer to 0 than any digit

constexpr std::uint64_t lower_half = 100'000'000'000'000;  // 10^14

Float to_float(Decimal value) {
  const Int128 digits = value.coefficient();
  const auto base = static_cast<Int128>(lower_half);
  const Float whole = Float(static_cast<std::int64_t>(digits / base)) * lower_half +
                      static_cast<std::int64_t>(digits % base);
  return scalbn(whole, -int{value.scale()});  // which shifts by powers of ten
}

std::optional<Decimal> to_decimal(const Float& value, int scale = rounded_scale) {
  const Float limit = scalbn(Float(1), most_digits);
  const Float magnitude = abs(value);
  Float scaled = scalbn(magnitude, scale), rounded = floor(scaled + 0.5);
  for (; rounded >= limit; rounded = floor(scaled + 0.5)) {
    if (scale == 0) return std::nullopt;
    scaled = scalbn(magnitude, --scale);
  }
  const Float tolerance = scalbn(Float(1), -most_digits);
  if (scale < least_scale && abs(scaled - rounded) > tolerance) return std::nullopt;
  const Float high = floor(scalbn(rounded, -14));
  const Float low = rounded - high * lower_half;
  const Int128 digits = static_cast<Int128>(high.convert_to<std::int64_t>()) * lower_half +
                        low.convert_to<std::int64_t>();
  return Decimal(value < 0 ? -digits : digits, static_cast<std::uint8_t>(scale)).trimmed();
}

// e^logarithm, negative where asked for.
std::optional<Decimal> raised(const Float& logarithm, bool negative) {
  if (logarithm > largest_logarithm) return std::nullopt;
  if (logarithm < -largest_logarithm) return Decimal();
  const Float result = exp(logarithm);
  return to_decimal(negative ? Float(-result) : result);
}

// Multiplied out, where all digits of every product fit.
std::optional<Decimal> exact_power(Decimal base, int exponent) {
  constexpr Int128 limit = static_cast<Int128>(lower_half) * lower_half;  // 10^28
  if (exponent * base.scale() > most_digits) return std::nullopt;
  Int128 digits = 1;
  for (int i = 0; i < exponent; ++i) {
    if (__builtin_mul_overflow(digits, base.coefficient(), &digits)) return std::nullopt;
    if (digits >= limit || digits <= -limit) return std::nullopt;
  }
  return Decimal(digits, static_cast<std::uint8_t>(exponent * base.scale())).trimmed();
}

}  // namespace

std::optional<Decimal> exponential(Decimal exponent) {
  return raised(to_float(exponent), false);
}

std::optional<Decimal> natural_logarithm(Decimal value) {
  if (value.coefficient() <= 0) return std::nullopt;
  return to_decimal(log(to_float(value)));
}

std::optional<Decimal> logarithm(Decimal value, Decimal base) {
  if (value.coefficient() <= 0 || base.coefficient() <= 0) return std::nullopt;
  if (compare(base, Decimal(1)) == 0) return std::nullopt;
  return to_decimal(log(to_float(value)) / log(to_float(base)));
}

std::optional<Decimal> square_root(Decimal value) {
  if (value.coefficient() < 0) return std::nullopt;
  return to_decimal(sqrt(to_float(value)));
}

std::optional<Decimal> power(Decimal base, Decimal exponent) {
  const bool is_whole = exponent.is_integer();
  if (base.coefficient() == 0) {
    if (exponent.coefficient() < 0) return std::nullopt;
    return Decimal(exponent.coefficient() == 0 ? 1 : 0);
  }
  if (base.coefficient() < 0 && !is_whole) return std::nullopt;
  if (const auto times = is_whole ? exponent.to_int64() : std::nullopt;
      times && *times >= 0 && *times <= largest_exponent)
    if (const auto exact = exact_power(base.trimmed(), static_cast<int>(*times))) return exact;
  const Float x = to_float(base), y = to_float(exponent);
  if (is_whole && abs(y) <= largest_exponent) {
    const Float result = pow(x, y.convert_to<int>());
    return to_decimal(result, y < 0 ? rounded_scale : most_digits);
  }
  const bool is_odd = is_whole && remainder(exponent, Decimal(2))->coefficient() != 0;
  return raised(log(abs(x)) * y, base.coefficient() < 0 && is_odd);
}

}  // namespace fbss
