// SPDX-License-Identifier: Apache-2.0
// Where a number belongs in a table. In: an address, or the signature of a text. Out: its place.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fbss {

/// An odd number without a pattern (2^64 by the golden ratio): what is multiplied by it is spread.
constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;

/// A place in a table of 2^bits places, bits from 1. The highest bits of the product depend on all
/// bits of the number; lower ones do not on those above them, and the signatures of names that
/// differ in their last letters differ there only.
constexpr std::size_t place_of(std::uint64_t number, int bits) {
  return static_cast<std::size_t>((number * spread) >> (64 - bits));
}

inline std::size_t place_of(const void* address, int bits) {
  return place_of(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(address)), bits);
}

}  // namespace fbss
