// SPDX-License-Identifier: Apache-2.0
// Reads the JSON text of a questionnaire file. In: text. Out: a tree in which every value knows its
// line, column and JSON pointer, so that every later message can name the place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss {

/// One value of the file, with the name under which an object holds it.
struct FileValue {
  JsonKind kind = JsonKind::null;
  std::string text;  ///< string: without escapes; number, true, false: as written
  std::string key;
  std::uint32_t line = 0, column = 0;  ///< of the value's first byte, 1-based
  std::uint32_t key_line = 0, key_column = 0;
  std::size_t offset = 0;  ///< of the value's first byte in the text
  const FileValue* parent = nullptr;
  std::uint32_t place = 0;                 ///< among the parent's children
  std::vector<const FileValue*> children;  ///< members or elements, in the file's order

  bool is(JsonKind wanted) const { return kind == wanted; }
  const FileValue* find(std::string_view name) const;  ///< the first member of that name, or null
};

/// RFC 6901: "/rules/3/present_when".
std::string pointer_to(const FileValue& value);

/// A whole file. The text must outlive the tree.
struct FileTree {
  std::string_view text;
  std::deque<FileValue> values;  ///< owns them all; the first is the root
  const FileValue& root() const { return values.front(); }
};

/// The column of a byte of a string value: escapes in the file are counted as they are written.
std::uint32_t column_within(const FileTree& tree, const FileValue& string, std::size_t byte);

/// Problems: not_json with its place, duplicate_key (all of them), too_deep, too_large.
Result<FileTree> read_file(std::string_view text, std::string_view file, const Limits& limits);

}  // namespace fbss
