// SPDX-License-Identifier: Apache-2.0
// JSON text out: strings with their escapes, the Writer, and a node with all below it.
#include "json/write.hpp"

#include <array>
#include <vector>

namespace fbss::json {
namespace {

// Bytes with which no escape begins, nearly all there are.
constexpr auto plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < plain.size(); ++byte)
    plain[byte] = byte != '"' && byte != '\\' && byte != 0x7F && byte != 0xE2;
  return plain;
}();

// How many bytes from `at` on need an escape as one: a control character, quote, backslash or DEL
// (1), U+2028 or U+2029 (3), or nothing (0).
std::size_t length_to_escape(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F) return 1;
  if (byte != 0xE2) return 0;
  const std::string_view character = text.substr(at, 3);
  return character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9" ? 3 : 0;
}

void append_escape(std::string& out, std::string_view character) {
  switch (character[0]) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\xE2':
      out += character[2] == '\xA8' ? "\\u2028" : "\\u2029";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(character[0]);
  out += "\\u00";
  out += "0123456789abcdef"[byte >> 4];
  out += "0123456789abcdef"[byte & 15];
}

void append_scalar(std::string& out, const Node& node) {
  switch (node.kind) {
    case JsonKind::null:
      out += "null";
      break;
    case JsonKind::boolean:
      out += node.boolean ? "true" : "false";
      break;
    case JsonKind::number:
      out += node.text_view();
      break;
    case JsonKind::string:
      append_string(out, node.text_view());
      break;
    case JsonKind::array:
      out += "[]";
      break;
    case JsonKind::object:
      out += "{}";
      break;
  }
}

}  // namespace

void append_pointer_step(std::string& out, std::string_view name) {
  out += '/';
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (plain_bytes[static_cast<unsigned char>(text[i])]) {
      ++i;
      continue;
    }
    const std::size_t length = length_to_escape(text, i);
    if (length == 0) {
      ++i;
      continue;
    }
    out += text.substr(written, i - written);
    append_escape(out, text.substr(i, length));
    i += length;
    written = i;
  }
  out += text.substr(written);
  out += '"';
}

void Writer::new_line() {
  if (indent_ <= 0) return;
  out_ += '\n';
  out_.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(depth_), ' ');
}

void Writer::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  if (depth_ > 0) new_line();
  first_ = false;
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  ++depth_;
  first_ = true;
  return *this;
}

Writer& Writer::end_object() {
  --depth_;
  if (!first_) new_line();
  out_ += '}';
  first_ = false;
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  ++depth_;
  first_ = true;
  return *this;
}

Writer& Writer::end_array() {
  --depth_;
  if (!first_) new_line();
  out_ += ']';
  first_ = false;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += indent_ > 0 ? ": " : ":";
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  append_string(out_, text);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

Writer& Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

Writer& Writer::null() {
  separate();
  out_ += "null";
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

Writer& Writer::node(const Node& node) {
  if (indent_ <= 0 || !node.first()) {
    separate();
    write(out_, node);
    return *this;
  }
  const bool is_object = node.kind == JsonKind::object;
  is_object ? begin_object() : begin_array();
  for (const Node* child = node.first(); child; child = child->next()) {
    if (is_object) key(child->key_view());
    this->node(*child);
  }
  return is_object ? end_object() : end_array();
}

void write(std::string& out, const Node& node, int indent) {
  // Nodes lie in document order, so writing is one walk through them; the containers that are open
  // are kept, to close each where its last node is passed.
  struct Open {
    const Node* end;
    char bracket;
  };
  std::vector<Open> open;
  const auto new_line = [&] {
    if (indent <= 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent) * open.size(), ' ');
  };
  const Node* const end = &node + node.skip;
  for (const Node* at = &node; at != end;) {
    if (at->key != nullptr && at != &node) {
      append_string(out, at->key_view());
      out += indent > 0 ? ": " : ":";
    }
    if (const Node* const child = at->first()) {
      const bool object = at->kind == JsonKind::object;
      out += object ? '{' : '[';
      open.push_back({at + at->skip, object ? '}' : ']'});
      new_line();
      at = child;
      continue;
    }
    append_scalar(out, *at);
    at += at->skip;
    while (!open.empty() && open.back().end == at) {
      const char bracket = open.back().bracket;
      open.pop_back();
      new_line();
      out += bracket;
    }
    if (at == end) break;
    out += ',';
    new_line();
  }
}

}  // namespace fbss::json
