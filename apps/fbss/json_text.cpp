// SPDX-License-Identifier: Apache-2.0
// Writes JSON; see json_text.hpp.
#include "json_text.hpp"

#include "text.hpp"

namespace fbss::app {

namespace {

// ASCII that stands for itself in a JSON string: nearly everything that is written.
bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void append_character(std::string& out, char32_t code, std::string_view bytes) {
  constexpr std::string_view hex = "0123456789abcdef";
  if (code == U'"' || code == U'\\') {
    out += '\\';
    out += static_cast<char>(code);
  } else if (code == U'\n') {
    out += "\\n";
  } else if (code < 0x20 || code == 0x7F) {
    out += "\\u00";
    out += hex[code >> 4];
    out += hex[code & 0xF];
  } else if (code == U'\uFFFD') {
    out += "\xEF\xBF\xBD";
  } else {
    out += bytes;
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && is_plain(text[at])) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    const Character next = character_at(text, at);
    append_character(out, next.code, text.substr(at, next.bytes));
    at += next.bytes;
  }
  out += '"';
}

JsonWriter& JsonWriter::key(std::string_view name) {
  begin_value();
  append_json_string(out_, name);
  out_ += layout_ == Layout::indented ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  begin_value();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  begin_value();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
  begin_value();
  out_ += bracket;
  empty_.push_back(true);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  const bool was_empty = empty_.back();
  empty_.pop_back();
  if (!was_empty) new_line();
  out_ += bracket;
  return *this;
}

void JsonWriter::begin_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (empty_.empty()) return;
  if (!empty_.back()) out_ += ',';
  empty_.back() = false;
  new_line();
}

void JsonWriter::new_line() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(empty_.size() * 2, ' ');
}

}  // namespace fbss::app
