// SPDX-License-Identifier: Apache-2.0
// The one place that changes nodes of a record that is whole.
#include "json/hide.hpp"

#include "json/store.hpp"

namespace fbss::json {

void hide(const Node& list) {
  const_cast<Node&>(list).text_length = 0;
}

void show(const Node& list, std::uint32_t size) {
  const_cast<Node&>(list).text_length = size;
}

void renew(const Node& root) {
  const_cast<Node&>(root).key_sign = new_block_of_stamps() + 1;
}

}  // namespace fbss::json
