// SPDX-License-Identifier: Apache-2.0
// Whether two texts are the same, without a call for the short ones: the names and codes of a
// record are compared by the dozen, and calling memcmp costs more than what it does there.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace fbss {

/// Bytes as a number, for comparing; any alignment.
inline std::uint64_t load_eight(const char* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}
inline std::uint32_t load_four(const char* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

/// a and b have `size` bytes each. The two loads overlap where the size is between their widths.
inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  if (size > 16) return std::memcmp(a, b, size) == 0;
  if (size >= 8)
    return ((load_eight(a) ^ load_eight(b)) |
            (load_eight(a + size - 8) ^ load_eight(b + size - 8))) == 0;
  if (size >= 4)
    return ((load_four(a) ^ load_four(b)) | (load_four(a + size - 4) ^ load_four(b + size - 4))) ==
           0;
  for (std::size_t i = 0; i < size; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

inline bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && same_bytes(a.data(), b.data(), a.size());
}

}  // namespace fbss
