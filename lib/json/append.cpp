// SPDX-License-Identifier: Apache-2.0
// Copying a node with all below it: within its subtree everything is relative, so it is one copy of
// memory, and only the head is put right.
#include "json/append.hpp"

namespace fbss::json {

void Appender::copy(const Node& subtree, std::optional<Key> key) {
  const bool has_name = key || subtree.key != nullptr;
  if (!key && has_name) key = subtree.whole_key();
  note_child(has_name && key->name.starts_with('_'));
  const std::size_t at = store_.built.size();
  store_.built.insert(store_.built.end(), &subtree, &subtree + subtree.skip);
  Node& head = store_.built[at];
  head.last = 1;
  if (has_name)
    name(head, *key);
  else
    head.key_sign = 0;  // a root's is its record's number
}

}  // namespace fbss::json
