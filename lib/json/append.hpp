// SPDX-License-Identifier: Apache-2.0
// Nodes laid one behind the other into a Store, for records that are made and not read. In: values,
// or nodes of other records, in the order of JSON text. Out: Store::built, which finish() makes the
// Store's record. It judges nothing: build.cpp does, where a caller tells the values.
//
// Texts and names are borrowed: they have to live as long as the record. What is copied from
// another record so borrows from that one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "json/store.hpp"

namespace fbss::json {

class Appender {
 public:
  /// Empties the Store but for its memory.
  explicit Appender(Store& store) : store_(store) { restart(); }

  void restart() {
    store_.root = nullptr;
    store_.built.clear();
    store_.open.clear();
  }

  /// Appends a value; of a container only its head, to be opened. Valid until the next one.
  Node& add(JsonKind kind, std::string_view text = {}, std::optional<Key> key = std::nullopt) {
    const bool is_name_of_companion = key && key->name.starts_with('_');
    note_child(is_name_of_companion);
    Node& node = store_.built.emplace_back();
    node.kind = kind;
    node.text = text.data();
    node.text_length = static_cast<std::uint32_t>(text.size());
    if (key) name(node, *key);
    return node;
  }

  /// Opens the container that add() appended last; what follows is within it, until close().
  void open() { store_.open.push_back({static_cast<std::uint32_t>(store_.built.size() - 1), 0}); }
  void close() {
    innermost().skip =
        static_cast<std::uint32_t>(store_.built.size() - store_.open.back().node) & 0x7FFFFFFFu;
    store_.open.pop_back();
  }
  void begin_object(std::optional<Key> key = std::nullopt) { begin(JsonKind::object, key); }
  void begin_array(std::optional<Key> key = std::nullopt) { begin(JsonKind::array, key); }

  /// A copy of a node of any record with all below it, under its own name or another.
  void copy(const Node& subtree, std::optional<Key> key = std::nullopt);

  bool is_open() const { return !store_.open.empty(); }
  std::size_t depth() const { return store_.open.size(); }
  Node& innermost() { return store_.built[store_.open.back().node]; }

  /// Everything is closed: what was appended is the Store's record now.
  void finish() { store_.finish(store_.built.data()); }

 private:
  void begin(JsonKind kind, const std::optional<Key>& key) {
    add(kind, {}, key);
    open();
  }

  static void name(Node& node, const Key& key) {
    node.key = key.name.data();
    node.key_length = static_cast<std::uint32_t>(key.name.size());
    node.key_sign = key.signature;
  }

  void note_child(bool is_companion) {
    if (store_.open.empty()) return;
    OpenContainer& open = store_.open.back();
    if (innermost().text_length++ > 0) store_.built[open.last_child].last = 0;
    open.last_child = static_cast<std::uint32_t>(store_.built.size());
    if (is_companion) innermost().has_companions = true;
  }

  Store& store_;
};

}  // namespace fbss::json
