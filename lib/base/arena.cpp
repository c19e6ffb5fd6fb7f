// SPDX-License-Identifier: Apache-2.0
// How an Arena gets more memory. In: the bytes that its current block cannot give. Out: a block
// that can. Blocks double in size, so that a record of any size soon fits without a further one.
#include "base/arena.hpp"

#include <algorithm>

namespace fbss {
namespace {

constexpr std::size_t first_block = 4096;
constexpr std::size_t largest_doubling = std::size_t{1} << 24;  // beyond 16 MiB: as asked for

}  // namespace

void Arena::grow(std::size_t bytes) {
  for (std::size_t i = current_ + 1; i < blocks_.size(); ++i) {
    if (blocks_[i].size < bytes) continue;
    enter(i);
    return;
  }
  const std::size_t last = blocks_.empty() ? first_block / 2 : blocks_.back().size;
  const std::size_t size = std::max(bytes, std::min(last * 2, largest_doubling));
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  enter(blocks_.size() - 1);
}

}  // namespace fbss
