// SPDX-License-Identifier: Apache-2.0
// Writes JSON: names and values in, text out. Always valid UTF-8 and valid JSON, whatever comes in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fbss::app {

/// Appends the text as a JSON string with its quotation marks; bytes that are no UTF-8 become
/// U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// Appends objects and arrays and sets the commas. Every value in an object follows its key().
///
///     JsonWriter json(out, JsonWriter::Layout::indented);
///     json.begin_object().key("id").string("preop_screen").key("rules").number(18).end_object();
class JsonWriter {
 public:
  enum class Layout { compact, indented };
  explicit JsonWriter(std::string& out, Layout layout = Layout::compact)
      : out_(out), layout_(layout) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& string_or_null(std::string_view text) { return text.empty() ? null() : string(text); }
  JsonWriter& number(long long value) { return raw(std::to_string(value)); }
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  JsonWriter& raw(std::string_view json);  ///< text that is JSON already

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void begin_value();
  void new_line();

  std::string& out_;
  Layout layout_;
  std::vector<bool> empty_;  // one an open bracket: nothing inside so far
  bool after_key_ = false;
};

}  // namespace fbss::app
