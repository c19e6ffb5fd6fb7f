// SPDX-License-Identifier: Apache-2.0
// What a Document owns: the memory of one record, and the reader that fills it from JSON text
// (build.cpp fills it without). Nodes and texts stay until it is filled again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/limits.hpp>

#include "base/arena.hpp"
#include "json/node.hpp"

namespace fbss::json {

/// simdjson's part of the reader, kept out of every other file (read.cpp).
struct Scanner;
struct ScannerDeleter {
  void operator()(Scanner* scanner) const;
};

/// Node counts and text lengths have 31 bits.
constexpr std::size_t largest_record = std::numeric_limits<std::int32_t>::max();

/// An array or object whose end was not told yet, while a record is built.
struct OpenContainer {
  std::uint32_t node;        ///< its place in Store::built
  std::uint32_t last_child;  ///< the place of the newest member or element, where there is one
};

struct Store {
  Arena arena;  ///< the texts, and of a record that was read also the nodes and open containers
  std::unique_ptr<Scanner, ScannerDeleter> scanner;  ///< made by the first read()
  std::vector<Node> built;          ///< the nodes of a record that was built, not read
  std::vector<OpenContainer> open;  ///< while a record is built
  const Node* root = nullptr;       ///< null unless the last record was whole
  std::uint64_t stamp = 0;          ///< the number of the last record; see Node::stamp

  /// The record is whole: gives it its number.
  void finish(Node* whole);
};

/// The way to a Document's Store, for records that are put together of others (append.hpp).
struct DocumentAccess {
  static Store& store(Document& document) {
    if (!document.store_) document.store_ = std::make_unique<Store>();
    return *document.store_;
  }
};

/// The beginning of 2^32 - 1 numbers for records (Node::stamp) that nobody else has. Thread-safe.
std::uint64_t new_block_of_stamps();

/// Fills the store from one JSON text; see Document::parse.
Result<void> read(Store& store, std::string_view json, const Limits& limits);

}  // namespace fbss::json
