// SPDX-License-Identifier: Apache-2.0
// Unsigned whole numbers of 256 bits, for the few decimal operations whose intermediate results do
// not fit 128. In: 128-bit numbers. Out: products, sums, quotients, exactly.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/decimal.hpp"

namespace fbss {

class Wide {
 public:
  constexpr Wide() = default;
  constexpr Wide(UInt128 value)
      : limbs_{static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64), 0, 0} {}

  /// a * b; the operands of Decimal keep it below 2^256.
  static constexpr Wide product(UInt128 a, UInt128 b) {
    Wide result;
    const std::array<std::uint64_t, 2> x = {static_cast<std::uint64_t>(a),
                                            static_cast<std::uint64_t>(a >> 64)};
    const std::array<std::uint64_t, 2> y = {static_cast<std::uint64_t>(b),
                                            static_cast<std::uint64_t>(b >> 64)};
    for (std::size_t i = 0; i < 2; ++i) {
      std::uint64_t carry = 0;
      for (std::size_t j = 0; j < 2; ++j) {
        const UInt128 sum = static_cast<UInt128>(x[i]) * y[j] + result.limbs_[i + j] + carry;
        result.limbs_[i + j] = static_cast<std::uint64_t>(sum);
        carry = static_cast<std::uint64_t>(sum >> 64);
      }
      result.limbs_[i + 2] = carry;
    }
    return result;
  }

  constexpr Wide plus(const Wide& other) const {
    Wide result;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const UInt128 sum = static_cast<UInt128>(limbs_[i]) + other.limbs_[i] + carry;
      result.limbs_[i] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64);
    }
    return result;
  }

  /// this - other, which is not larger.
  constexpr Wide minus(const Wide& other) const {
    Wide result;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const UInt128 difference = static_cast<UInt128>(limbs_[i]) - other.limbs_[i] - borrow;
      result.limbs_[i] = static_cast<std::uint64_t>(difference);
      borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    }
    return result;
  }

  /// this * factor; nothing where 256 bits do not hold it.
  constexpr std::optional<Wide> times(std::uint64_t factor) const {
    Wide result;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const UInt128 sum = static_cast<UInt128>(limbs_[i]) * factor + carry;
      result.limbs_[i] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64);
    }
    return carry == 0 ? std::optional(result) : std::nullopt;
  }

  /// this / divisor, cut off; `*remainder`, where given, gets what is left.
  constexpr Wide divided(UInt128 divisor, UInt128* remainder = nullptr) const {
    Wide quotient;
    UInt128 rest = 0;
    if ((divisor >> 64) == 0) {
      for (std::size_t limb = 4; limb-- > 0;) {
        rest = rest << 64 | limbs_[limb];
        quotient.limbs_[limb] = static_cast<std::uint64_t>(rest / divisor);
        rest %= divisor;
      }
      if (remainder) *remainder = rest;
      return quotient;
    }
    for (std::size_t limb = 4; limb-- > 0;) {
      for (int bit = 63; bit >= 0; --bit) {
        const bool overflow = (rest >> 127) != 0;
        rest = (rest << 1) | ((limbs_[limb] >> bit) & 1);
        if (overflow || rest >= divisor) {
          rest -= divisor;
          quotient.limbs_[limb] |= std::uint64_t{1} << bit;
        }
      }
    }
    if (remainder) *remainder = rest;
    return quotient;
  }

  constexpr bool operator<(const Wide& other) const {
    for (std::size_t i = 4; i-- > 0;)
      if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i];
    return false;
  }

  /// The number, where 128 bits hold it.
  constexpr std::optional<UInt128> narrow() const {
    if ((limbs_[2] | limbs_[3]) != 0) return std::nullopt;
    return static_cast<UInt128>(limbs_[1]) << 64 | limbs_[0];
  }

 private:
  std::array<std::uint64_t, 4> limbs_ = {};  // the lowest first
};

}  // namespace fbss
