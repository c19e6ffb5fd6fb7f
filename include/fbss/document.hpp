// SPDX-License-Identifier: Apache-2.0
// One JSON record. A Document owns its memory and is reused: parsing the next record costs no
// allocation once the memory is warm. A JsonNode is a handle of one pointer into a Document and is
// valid until that Document is filled again, moved or destroyed. Reading is thread-safe; filling is
// not.
//
//     fbss::Document document;
//     if (document.parse(R"({"smoking_status": "former", "dose": 1.50})")) {
//       document.root().find("smoking_status").text();   // "former"
//       document.root().find("dose").text();             // "1.50": the digits as written
//     }
//
// A record that is no text yet, a row of a database for instance, is told value by value:
//
//     auto built = document.build([](fbss::DocumentBuilder& row) {
//       row.begin_object();
//       row.key("smoking_status").string("former");
//       row.key("surgeries").number(2);
//       row.key("dose").number("1.50");  // these digits; a double would give 1.5
//       row.end_object();
//     });
//     if (!built) std::cerr << built.problems().front().message << '\n';
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss {

namespace json {
class Builder;
struct DocumentAccess;
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

/// Takes a record's values one after another, in the order of JSON text; texts are copied. What is
/// misplaced or no JSON is refused, and everything told after a refusal is ignored. Valid during
/// the call that it is handed to.
class DocumentBuilder {
 public:
  DocumentBuilder(const DocumentBuilder&) = delete;
  DocumentBuilder& operator=(const DocumentBuilder&) = delete;

  DocumentBuilder& begin_object();
  DocumentBuilder& end_object();
  DocumentBuilder& begin_array();
  DocumentBuilder& end_array();

  /// The name of the value that comes next; within an object, before each.
  DocumentBuilder& key(std::string_view name);

  DocumentBuilder& string(std::string_view text);
  /// Digits as JSON writes them (RFC 8259, section 6), kept as they are.
  DocumentBuilder& number(std::string_view digits);
  /// The shortest digits that read back the same, with a point or an exponent; refused: infinity
  /// and NaN.
  DocumentBuilder& number(double value);
  template <std::integral Integer>
  DocumentBuilder& number(Integer value) {
    if constexpr (std::signed_integral<Integer>)
      return signed_number(value);
    else
      return unsigned_number(value);
  }
  DocumentBuilder& boolean(bool value);
  DocumentBuilder& null();

  /// Refuses the record, for what JSON cannot hold. The message must not repeat its text.
  DocumentBuilder& refuse(std::string message);

  /// False from the first refusal on.
  bool ok() const;

 private:
  friend class Document;
  explicit DocumentBuilder(json::Builder& builder) : builder_(builder) {}
  DocumentBuilder& signed_number(std::int64_t value);
  DocumentBuilder& unsigned_number(std::uint64_t value);

  json::Builder& builder_;
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

  /// Fills the Document with one value that `fill` tells. Errors, with a JSON pointer to the place:
  /// not_json (a value without key(), a container that was not ended, an invalid number or UTF-8,
  /// no value), too_deep, too_large (the bytes that the record would have as JSON, without white
  /// space and escapes). During the call the Document holds nothing; an exception that `fill`
  /// throws passes through and leaves it so.
  Result<void> build(const std::function<void(DocumentBuilder&)>& fill, const Limits& limits = {});

  /// The value; nothing before the first successful parse() or build(), or after a failed one.
  JsonNode root() const;

 private:
  friend struct json::DocumentAccess;  // lib/json/store.hpp
  std::unique_ptr<json::Store> store_;
};

}  // namespace fbss
