// SPDX-License-Identifier: Apache-2.0
// One parsed JSON record. A Document owns its memory and is reused: parsing the next record costs
// no allocation once the memory is warm. A JsonNode is a handle of one pointer into a Document and
// is valid until that Document is parsed again, moved or destroyed. Reading is thread-safe; parsing
// is not.
//
//     fbss::Document document;
//     if (document.parse(R"({"smoking_status": "former", "dose": 1.50})")) {
//       document.root().find("smoking_status").text();   // "former"
//       document.root().find("dose").text();             // "1.50": the digits as written
//     }
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss {

namespace json {
struct Node;
struct Store;
}  // namespace json

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

/// A value within a Document, or nothing (where a member was not found). Cheap to copy.
class JsonNode {
 public:
  JsonNode() = default;
  explicit JsonNode(const json::Node* node) : node_(node) {}

  /// False where there is no value at all (not the same as null).
  explicit operator bool() const { return node_ != nullptr; }

  JsonKind kind() const;

  /// A Boolean's value; false for every other kind.
  bool boolean() const;

  /// A string's text without escapes, or a number's digits exactly as written; empty for every
  /// other kind.
  std::string_view text() const;

  /// The name under which an object holds this value; empty for elements of arrays and for the
  /// root.
  std::string_view key() const;

  /// How many members or elements an object or array has; 0 for every other kind.
  std::size_t size() const;

  /// The first member of that name, or nothing. Cost: linear in the members.
  JsonNode find(std::string_view key) const;

  /// The first member or element, and the one behind this; nothing at the end.
  JsonNode first() const;
  JsonNode next() const;

  const json::Node* get() const { return node_; }

 private:
  const json::Node* node_ = nullptr;
};

class Document {
 public:
  Document();
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  /// Parses one JSON value (RFC 8259, UTF-8, a BOM is skipped). Errors: not_json, too_deep,
  /// too_large; the message has no text of the input. Duplicate members are kept, in order: the
  /// caller decides. The input may be freed afterwards.
  Result<void> parse(std::string_view json, const Limits& limits = {});

  /// The parsed value; nothing before the first successful parse().
  JsonNode root() const;

 private:
  std::unique_ptr<json::Store> store_;
};

}  // namespace fbss
