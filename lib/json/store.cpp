// SPDX-License-Identifier: Apache-2.0
// Telling records apart: every record that a process reads or builds gets a number of its own.
#include "json/store.hpp"

#include <atomic>

namespace fbss::json {

std::uint64_t new_block_of_stamps() {
  static std::atomic<std::uint64_t> blocks = 0;
  return ++blocks << 32;
}

void Store::finish(Node* whole) {
  // Each Store takes numbers by the block, so that threads do not wait for each other.
  if (static_cast<std::uint32_t>(stamp) == 0) stamp = new_block_of_stamps();
  whole->key_sign = ++stamp;
  root = whole;
}

}  // namespace fbss::json
