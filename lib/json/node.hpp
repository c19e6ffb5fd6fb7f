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
#include "base/place_of.hpp"
#include "base/same_bytes.hpp"

namespace fbss::json {

/// A member's name, ready to be looked for. One number settles most comparisons: equal names have
/// equal signatures, and of names of up to eight bytes no others do that are equally long.
struct Key {
  std::string_view name;
  std::uint64_t signature = 0;

  Key() = default;
  explicit Key(std::string_view key) : name(key), signature(signature_of(key)) {}

  static std::uint64_t signature_of(std::string_view key) {
    const std::size_t size = key.size();
    if (size >= 8)
      return size == 8 ? load_eight(key.data())
                       : load_eight(key.data()) ^ (load_eight(key.data() + size - 8) * spread);
    // Put together of parts that overlap: a memcpy of any size is a call, and what it stored byte
    // by byte cannot be loaded at once.
    if (size >= 4)
      return load_four(key.data()) | std::uint64_t{load_four(key.data() + size - 4)}
                                         << (8 * (size - 4));
    if (size == 0) return 0;
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(key[i])} << (8 * i);
    };
    return byte(0) | byte(size / 2) | byte(size - 1);
  }

  /// Whether both are the same text.
  bool is(const Key& other) const {
    return signature == other.signature && name.size() == other.name.size() &&
           (name.size() <= 8 || same_bytes(name.data(), other.name.data(), name.size()));
  }
};

struct Node {
  const char* text =
      nullptr;  ///< string: without escapes; number: digits as written; owned by the Store
  const char* key = nullptr;   ///< member name, without escapes
  std::uint64_t key_sign = 0;  ///< Key::signature of the name
  std::uint32_t text_length =
      0;  ///< string, number: bytes of text; array, object: how many members
  std::uint32_t key_length = 0;
  std::uint32_t skip : 31 =
      1;  ///< nodes of this subtree: this + skip is the next sibling, where there is one
  std::uint32_t last : 1 = 1;  ///< no sibling follows
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  bool has_companions = false;  ///< object: the name of some member begins with _

  /// A root has no name; in its place stands a number that no other record of the process has.
  /// 0 for any other node.
  std::uint64_t stamp() const { return key == nullptr ? key_sign : 0; }

  std::string_view text_view() const { return {text, text_length}; }
  std::string_view key_view() const { return {key, key_length}; }
  bool is_container() const { return kind == JsonKind::array || kind == JsonKind::object; }
  const Node* first() const { return is_container() && text_length > 0 ? this + 1 : nullptr; }
  const Node* next() const { return last ? nullptr : this + skip; }

  Key whole_key() const {
    Key own;
    own.name = key_view();
    own.signature = key_sign;
    return own;
  }
  bool is_named(const Key& wanted) const { return whole_key().is(wanted); }
  const Node* find(const Key& wanted) const {
    if (kind != JsonKind::object) return nullptr;
    for (const Node* member = first(); member; member = member->next())
      if (member->is_named(wanted)) return member;
    return nullptr;
  }
  const Node* find(std::string_view name) const { return find(Key(name)); }
};
static_assert(sizeof(Node) == 40);

}  // namespace fbss::json
