// SPDX-License-Identifier: Apache-2.0
// How a Document lies in memory: one array of nodes in document order. A container's members follow
// it directly, and `skip` leads over a whole subtree, so a walk is a walk through memory. Filled by
// read.cpp; read by JsonNode and by FHIRPath.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>

#include "base/arena.hpp"

namespace fbss::json {

/// A number that one comparison settles for most keys: length and first and last bytes. Equal names
/// have equal signatures.
inline std::uint32_t key_signature(std::string_view key) {
  std::uint32_t head = 0, tail = 0;
  const std::size_t n = key.size();
  if (n >= 4) {
    std::memcpy(&head, key.data(), 4);
    std::memcpy(&tail, key.data() + n - 4, 4);
  } else if (n > 0) {
    std::memcpy(&head, key.data(), n);
  }
  return (head ^ (tail * 0x9E3779B1u)) + static_cast<std::uint32_t>(n) * 0x85EBCA6Bu;
}

struct Node {
  const char* text =
      nullptr;  ///< string: without escapes; number: digits as written; owned by the Store
  const char* key = nullptr;  ///< member name, without escapes
  std::uint32_t text_length =
      0;  ///< string, number: bytes of text; array, object: how many members
  std::uint32_t key_length = 0;
  std::uint32_t key_sign = 0;  ///< key_signature of the name
  std::uint32_t skip : 31 =
      1;  ///< nodes of this subtree: this + skip is the next sibling, where there is one
  std::uint32_t last : 1 = 1;  ///< no sibling follows
  JsonKind kind = JsonKind::null;
  bool boolean = false;

  std::string_view text_view() const { return {text, text_length}; }
  std::string_view key_view() const { return {key, key_length}; }
  bool is_container() const { return kind == JsonKind::array || kind == JsonKind::object; }
  const Node* first() const { return is_container() && text_length > 0 ? this + 1 : nullptr; }
  const Node* next() const { return last ? nullptr : this + skip; }

  const Node* find(std::string_view name, std::uint32_t signature) const {
    if (kind != JsonKind::object) return nullptr;
    for (const Node* member = first(); member; member = member->next())
      if (member->key_sign == signature && member->key_view() == name) return member;
    return nullptr;
  }
  const Node* find(std::string_view name) const { return find(name, key_signature(name)); }
};

}  // namespace fbss::json
