// SPDX-License-Identifier: Apache-2.0
// Exact decimal numbers that keep their written digits: a 128-bit integer and how many of its
// digits stand behind the point (1.50 is 150 with scale 2). In: text or integers. Out: text and
// other decimals. FHIRPath 2.0.0, section "Decimal": up to 28 digits, at least 8 of them behind the
// point; what does not fit is nothing (std::nullopt), never wrong.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fbss {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

class Decimal {
 public:
  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t value) : Decimal(static_cast<Int128>(value), 0) {}
  /// coefficient / 10^scale; the caller sees to |coefficient| < 10^28 and scale <= 28.
  constexpr Decimal(Int128 coefficient, std::uint8_t scale)
      : low_(static_cast<std::uint64_t>(coefficient)),
        high_(static_cast<std::uint64_t>(coefficient >> 64)),
        scale_(scale) {}

  /// JSON or FHIRPath number text ("-0.50", "1e3", "+2" is allowed); nothing where it is no number
  /// or does not fit.
  static std::optional<Decimal> parse(std::string_view text);

  constexpr Int128 coefficient() const {
    return static_cast<Int128>((static_cast<UInt128>(high_) << 64) | low_);
  }
  constexpr std::uint8_t scale() const { return scale_; }  ///< digits behind the point, 0 to 28

  bool is_integer() const;  ///< no digit but 0 behind the point
  std::optional<std::int64_t> to_int64()
      const;                    ///< the whole number, where is_integer() and it fits
  std::string to_text() const;  ///< with the written digits: "1.50", "-0.0" is "0.0"

  friend std::optional<Decimal> add(Decimal a, Decimal b);
  friend std::optional<Decimal> subtract(Decimal a, Decimal b);
  friend std::optional<Decimal> multiply(Decimal a, Decimal b);
  /// Nothing for b = 0. Exact where it ends within 8 more digits, else rounded half away from zero
  /// to 8 digits behind the point; to more where a number so small would keep fewer than 8 digits.
  friend std::optional<Decimal> divide(Decimal a, Decimal b);
  friend std::optional<Decimal> truncated_divide(Decimal a,
                                                 Decimal b);      ///< div: toward zero, scale 0
  friend std::optional<Decimal> remainder(Decimal a, Decimal b);  ///< mod: of truncated_divide
  friend Decimal negate(Decimal a);
  friend std::strong_ordering compare(Decimal a, Decimal b);  ///< by value: 1.0 equals 1.00

  Decimal rounded(
      std::uint8_t scale) const;  ///< half away from zero, to so many digits behind the point
  Decimal trimmed() const;        ///< without trailing zeros behind the point

 private:
  std::uint64_t
      low_ = 0,
      high_ = 0;  // two halves, so that the struct is aligned to 8 and a value stays at 24 bytes
  std::uint8_t scale_ = 0;
};

}  // namespace fbss
