// SPDX-License-Identifier: Apache-2.0
// The arithmetic of Decimal. Every operation tries 128 bits first, with overflow detected, and goes
// on with 256 where they are not enough; fit() then says whether the result is one that a Decimal
// may have.
#include "base/decimal.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/wide.hpp"

namespace fbss {
namespace {

constexpr int most_digits = 28;    // FHIRPath's range: (10^28 - 1) / 10^8
constexpr int scale_kept = 8;      // digits behind the point that rounding to fit never takes
constexpr int largest_power = 38;  // 10^38 is the last power of ten in 128 bits

constexpr auto powers_of_ten = [] {
  std::array<UInt128, largest_power + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr UInt128 power_of_ten(int exponent) {
  return powers_of_ten[static_cast<std::size_t>(exponent)];
}

constexpr UInt128 too_large = powers_of_ten[most_digits];

UInt128 magnitude(Decimal value) {
  const Int128 c = value.coefficient();
  return c < 0 ? -static_cast<UInt128>(c) : static_cast<UInt128>(c);
}

bool is_negative(Decimal value) {
  return value.coefficient() < 0;
}

Decimal make(bool negative, UInt128 digits, int scale) {
  const auto coefficient = static_cast<Int128>(digits);
  return Decimal(negative ? -coefficient : coefficient, static_cast<std::uint8_t>(scale));
}

// digits / 10^places, rounded half away from zero. Only the first digit cut off decides.
UInt128 drop_digits(UInt128 digits, int places) {
  if (places > largest_power) return 0;
  if (places <= 0) return digits;
  const UInt128 kept = digits / power_of_ten(places - 1);
  return kept / 10 + (kept % 10 >= 5 ? 1 : 0);
}

// value * 10^places, where 128 bits hold it.
std::optional<UInt128> scaled_up(UInt128 value, int places) {
  UInt128 result = 0;
  if (value == 0) return result;
  if (places > largest_power || __builtin_mul_overflow(value, power_of_ten(places), &result))
    return std::nullopt;
  return result;
}

// The same in 256 bits, which hold it: no power of ten here is above 10^(28 + scale_kept).
Wide scaled_up_wide(UInt128 value, int places) {
  return Wide::product(value, power_of_ten(places));
}

// The result digits / 10^scale, rounded so far as 28 digits ask for it, but never to fewer than
// scale_kept digits behind the point; nothing where that does not make it fit.
std::optional<Decimal> fit(bool negative, Wide digits, int scale) {
  int excess = scale > most_digits ? scale - most_digits : 0;
  while (excess <= largest_power && !(digits < Wide::product(too_large, power_of_ten(excess))))
    ++excess;
  if (excess == 0) return make(negative, *digits.narrow(), scale);
  // Rounding up can bring one digit more (9.99 to 10.0): then one more is cut off.
  for (; scale - excess >= scale_kept && excess <= largest_power; ++excess) {
    const std::optional<UInt128> kept = digits.divided(power_of_ten(excess - 1)).narrow();
    if (!kept) continue;
    const UInt128 rounded = drop_digits(*kept, 1);
    if (rounded < too_large) return make(negative, rounded, scale - excess);
  }
  return std::nullopt;
}

std::optional<Decimal> fit(bool negative, UInt128 digits, int scale) {
  if (digits < too_large && scale <= most_digits) return make(negative, digits, scale);
  return fit(negative, Wide(digits), scale);
}

// The two magnitudes with as many digits behind the point as the longer has; nothing where 128 bits
// do not hold one.
struct Aligned {
  UInt128 a, b;
  int scale;
};

std::optional<Aligned> align(Decimal a, Decimal b) {
  const int scale = std::max(a.scale(), b.scale());
  const std::optional<UInt128> x = scaled_up(magnitude(a), scale - a.scale());
  const std::optional<UInt128> y = scaled_up(magnitude(b), scale - b.scale());
  // The top bit stays free, so that a sum of the two fits.
  if (!x || !y || ((*x | *y) >> 127) != 0) return std::nullopt;
  return Aligned{*x, *y, scale};
}

struct WideAligned {
  Wide a, b;
  int scale;
};

WideAligned align_wide(Decimal a, Decimal b) {
  const int scale = std::max(a.scale(), b.scale());
  return {scaled_up_wide(magnitude(a), scale - a.scale()),
          scaled_up_wide(magnitude(b), scale - b.scale()), scale};
}

std::optional<Decimal> add_wide(Decimal a, Decimal b) {
  const WideAligned both = align_wide(a, b);
  if (is_negative(a) == is_negative(b)) return fit(is_negative(a), both.a.plus(both.b), both.scale);
  if (both.a < both.b) return fit(is_negative(b), both.b.minus(both.a), both.scale);
  return fit(is_negative(a), both.a.minus(both.b), both.scale);
}

// Takes away zeros at the end of the digits behind the point.
void trim(UInt128* digits, int* scale) {
  for (; *scale > 0 && (*digits >> 64) != 0 && *digits % 10 == 0; --*scale) *digits /= 10;
  if ((*digits >> 64) != 0) return;
  auto small = static_cast<std::uint64_t>(*digits);  // whose division is several times as fast
  for (; *scale > 0 && small % 10 == 0; --*scale) small /= 10;
  *digits = small;
}

// |a| * 10^places / |b|, where places may be negative.
struct Quotient {
  UInt128 digits = 0;      // cut off
  bool rounds_up = false;  // what was cut off is a half or more
  bool is_exact = false;
};

// Nothing where 128 bits do not hold it.
std::optional<Quotient> quotient_at(Decimal a, Decimal b, int places) {
  const std::optional<UInt128> bottom = scaled_up(magnitude(b), std::max(-places, 0));
  if (!bottom) return Quotient{};  // far below half of the last digit
  UInt128 rest = 0;
  std::optional<UInt128> digits;
  if (const std::optional<UInt128> top = scaled_up(magnitude(a), std::max(places, 0))) {
    digits = *top / *bottom;
    rest = *top % *bottom;
  } else {
    digits = scaled_up_wide(magnitude(a), places).divided(*bottom, &rest).narrow();
  }
  if (!digits) return std::nullopt;
  return Quotient{*digits, rest >= *bottom - rest, rest == 0};
}

int count_digits(UInt128 value) {
  int count = 0;
  for (; value != 0; value /= 10) ++count;
  return count;
}

// Rounded to scale_kept digits behind the point, or to so many more that scale_kept of them count.
std::optional<Decimal> divide_rounded(Decimal a, Decimal b) {
  const bool negative = is_negative(a) != is_negative(b);
  int scale = scale_kept;
  for (;;) {
    // From the second round on it has scale_kept digits at most, which 128 bits hold times |b|.
    const auto quotient = quotient_at(a, b, scale + b.scale() - a.scale());
    if (!quotient) return std::nullopt;
    UInt128 digits = quotient->digits;
    if (digits < power_of_ten(scale_kept - 1) && scale < most_digits) {
      scale = std::min(scale + scale_kept - count_digits(digits), most_digits);
      continue;
    }
    if (quotient->rounds_up) ++digits;
    if (digits == 0) scale = scale_kept;
    if (quotient->is_exact) trim(&digits, &scale);
    return digits < too_large ? std::optional(make(negative, digits, scale)) : std::nullopt;
  }
}

// Reads the exponent behind 'e', cut off at a size that is out of every range anyway.
bool read_exponent(std::string_view text, int* exponent) {
  if (text.empty()) return false;
  const bool negative = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  if (text.empty()) return false;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    if (value < 1'000'000) value = value * 10 + (c - '0');
  }
  *exponent = negative ? -value : value;
  return true;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool negative = at != end && *at == '-';
  if (at != end && (*at == '-' || *at == '+')) ++at;

  // 18 digits fit 64 bits, whose arithmetic is several times as fast as that of 128.
  std::uint64_t first = 0;
  UInt128 digits = 0;
  int count = 0, scale = 0;
  bool point = false, any = false;
  for (; at != end; ++at) {
    if (*at == '.') {
      if (point || !any) return std::nullopt;
      point = true;
      any = false;  // a digit must follow
      continue;
    }
    const auto digit = static_cast<unsigned>(*at) - '0';
    if (digit > 9) break;
    any = true;
    scale += point;
    if (count == 0 && digit == 0) continue;
    ++count;
    if (count <= 18) {
      first = first * 10 + digit;
    } else {
      if (count > largest_power) return std::nullopt;
      if (count == 19) digits = first;
      digits = digits * 10 + digit;
    }
  }
  if (!any) return std::nullopt;
  if (count <= 18) digits = first;

  if (at != end) {
    int exponent = 0;
    if ((*at != 'e' && *at != 'E') ||
        !read_exponent({at + 1, static_cast<std::size_t>(end - at - 1)}, &exponent))
      return std::nullopt;
    scale -= exponent;
    if (scale < 0) {
      const std::optional<UInt128> whole = scaled_up(digits, -scale);
      if (!whole) return std::nullopt;
      digits = *whole;
      scale = 0;
    }
  }
  if (digits >= too_large || scale > most_digits) return std::nullopt;
  return make(negative, digits, scale);
}

bool Decimal::is_integer() const {
  return scale_ == 0 || magnitude(*this) % power_of_ten(scale_) == 0;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (!is_integer()) return std::nullopt;
  const Int128 whole = coefficient() / static_cast<Int128>(power_of_ten(scale_));
  if (whole < std::numeric_limits<std::int64_t>::min() ||
      whole > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

std::string Decimal::to_text() const {
  char buffer[48];
  char* const end = buffer + sizeof buffer;
  char* at = end;
  UInt128 left = magnitude(*this);
  int written = 0;
  do {
    if (written == scale_ && written > 0) *--at = '.';
    *--at = static_cast<char>('0' + static_cast<int>(left % 10));
    left /= 10;
    ++written;
  } while (left != 0 || written <= scale_);
  if (is_negative(*this)) *--at = '-';
  return {at, end};
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  const std::optional<Aligned> both = align(a, b);
  if (!both) return add_wide(a, b);
  const auto x = static_cast<Int128>(both->a), y = static_cast<Int128>(both->b);
  if (is_negative(a) == is_negative(b)) return fit(is_negative(a), both->a + both->b, both->scale);
  return x < y ? fit(is_negative(b), both->b - both->a, both->scale)
               : fit(is_negative(a), both->a - both->b, both->scale);
}

std::optional<Decimal> subtract(Decimal a, Decimal b) {
  return add(a, negate(b));
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
  const bool negative = is_negative(a) != is_negative(b);
  const int scale = a.scale() + b.scale();
  UInt128 digits = 0;
  if (!__builtin_mul_overflow(magnitude(a), magnitude(b), &digits))
    return fit(negative, digits, scale);
  return fit(negative, Wide::product(magnitude(a), magnitude(b)), scale);
}

std::optional<Decimal> divide(Decimal a, Decimal b) {
  if (b.coefficient() == 0) return std::nullopt;
  // Long division: it ends within scale_kept further digits where nothing is left behind them.
  const std::optional<UInt128> top = scaled_up(magnitude(a), scale_kept);
  if (!top || *top % magnitude(b) != 0) return divide_rounded(a, b);
  UInt128 digits = *top / magnitude(b);
  int scale = a.scale() - b.scale() + scale_kept;
  trim(&digits, &scale);
  const std::optional<UInt128> whole = scaled_up(digits, std::max(-scale, 0));
  if (!whole) return std::nullopt;
  return fit(is_negative(a) != is_negative(b), *whole, std::max(scale, 0));
}

std::optional<Decimal> truncated_divide(Decimal a, Decimal b) {
  if (b.coefficient() == 0) return std::nullopt;
  const bool negative = is_negative(a) != is_negative(b);
  if (const std::optional<Aligned> both = align(a, b)) return fit(negative, both->a / both->b, 0);
  // Only one side was scaled up beyond 128 bits. If that is b, it is larger than a.
  const std::optional<UInt128> bottom = scaled_up(magnitude(b), std::max(a.scale() - b.scale(), 0));
  if (!bottom) return Decimal();
  return fit(negative, align_wide(a, b).a.divided(*bottom), 0);
}

std::optional<Decimal> remainder(Decimal a, Decimal b) {
  if (b.coefficient() == 0) return std::nullopt;
  if (const std::optional<Aligned> both = align(a, b))
    return fit(is_negative(a), both->a % both->b, both->scale);
  const int scale = std::max(a.scale(), b.scale());
  const std::optional<UInt128> bottom = scaled_up(magnitude(b), scale - b.scale());
  if (!bottom) return a;  // larger than a
  UInt128 rest = 0;
  align_wide(a, b).a.divided(*bottom, &rest);
  return fit(is_negative(a), rest, scale);
}

Decimal negate(Decimal a) {
  return Decimal(-a.coefficient(), a.scale());
}

std::strong_ordering compare(Decimal a, Decimal b) {
  const Int128 x = a.coefficient(), y = b.coefficient();
  if (a.scale() == b.scale()) return x <=> y;
  if ((x < 0) != (y < 0)) return x <=> y;
  const int scale = std::max(a.scale(), b.scale());
  const std::optional<UInt128> p = scaled_up(magnitude(a), scale - a.scale());
  const std::optional<UInt128> q = scaled_up(magnitude(b), scale - b.scale());
  // The side that outgrows 128 bits is the larger one; only one side is scaled up at all.
  const std::strong_ordering order = !p   ? std::strong_ordering::greater
                                     : !q ? std::strong_ordering::less
                                          : *p <=> *q;
  return x < 0 ? 0 <=> order : order;
}

Decimal Decimal::rounded(std::uint8_t scale) const {
  if (scale >= scale_) return *this;
  return make(is_negative(*this), drop_digits(magnitude(*this), scale_ - scale), scale);
}

Decimal Decimal::trimmed() const {
  UInt128 digits = magnitude(*this);
  int scale = scale_;
  trim(&digits, &scale);
  return make(is_negative(*this), digits, scale);
}

}  // namespace fbss
