// SPDX-License-Identifier: Apache-2.0
// The dice of the differential test: the same seed gives the same throws on every machine, which
// the distributions of the standard library do not promise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace differential {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(std::size(range))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace differential
