// SPDX-License-Identifier: Apache-2.0
// What a Document owns: the memory of one parsed record, and the reader that fills it. In: JSON
// text. Out: the root node; nodes and texts stay until the next read().
#pragma once

#include <memory>
#include <string_view>

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

struct Store {
  Arena arena;  ///< the text, the nodes, the open containers: all of one record
  std::unique_ptr<Scanner, ScannerDeleter> scanner;  ///< made by the first read()
  const Node* root = nullptr;                        ///< null unless the last read() succeeded
};

/// Fills the store from one JSON text; see Document::parse.
Result<void> read(Store& store, std::string_view json, const Limits& limits);

}  // namespace fbss::json
