// SPDX-License-Identifier: Apache-2.0
// JSON text out: a writer that is told what to write and keeps the commas, and a Document's node as
// text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "json/node.hpp"

namespace fbss::json {

/// Appends "/" and the name of a member as a JSON pointer writes it (RFC 6901: ~ and / escaped).
void append_pointer_step(std::string& out, std::string_view name);

/// Appends a JSON string with quotes; escapes what RFC 8259 asks for, and U+2028, U+2029 and DEL.
void append_string(std::string& out, std::string_view text);

/// Writes one JSON value into a string. With indent > 0 one member or element a line.
class Writer {
 public:
  explicit Writer(std::string& out, int indent = 0) : out_(out), indent_(indent) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& string(std::string_view text);
  Writer& integer(std::int64_t value);
  Writer& boolean(bool value);
  Writer& null();
  Writer& raw(
      std::string_view json);  ///< text that is JSON already, a number's digits for instance
  /// A part of a record as it is, numbers with their written digits. Depth: that of the record.
  Writer& node(const Node& node);

  /// key(name) and a value, for the common case.
  Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }

 private:
  void separate();
  void new_line();

  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;  // nothing stands yet in the innermost container
  bool after_key_ = false;
};

/// The node and all below it as JSON, numbers with their written digits; with indent > 0 one member
/// or element a line. Iterative: no depth can exhaust the stack.
void write(std::string& out, const Node& node, int indent = 0);

}  // namespace fbss::json
