// SPDX-License-Identifier: Apache-2.0
// FileValue -> RFC 8785 text: members sorted by the UTF-16 units of their names, numbers as
// ECMAScript prints a double, only the escapes that JSON asks for. Entered through
// canonical_form(); the depth is bounded by the reader.
#include "questionnaire/canonical_form.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/utf8.hpp"

namespace fbss {
namespace {

std::u16string utf16(std::string_view text) {
  std::u16string units;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, &at);
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
    } else {
      units += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return units;
}

void append_string(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += digits[c >> 4];
          out += digits[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append(std::string& out, const FileValue& value) {
  switch (value.kind) {
    case JsonKind::null:
    case JsonKind::boolean:
      out += value.text;
      return;
    case JsonKind::number:
      out += canonical_number(value.text);
      return;
    case JsonKind::string:
      append_string(out, value.text);
      return;
    case JsonKind::array:
      out += '[';
      for (const FileValue* element : value.children) {
        if (element != value.children.front()) out += ',';
        append(out, *element);
      }
      out += ']';
      return;
    case JsonKind::object:
      break;
  }
  struct Member {
    std::u16string name;
    const FileValue* value;
  };
  std::vector<Member> members;
  for (const FileValue* child : value.children) members.push_back({utf16(child->key), child});
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.name < b.name; });
  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    append_string(out, members[i].value->key);
    out += ':';
    append(out, *members[i].value);
  }
  out += '}';
}

}  // namespace

std::string canonical_number(std::string_view number) {
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  if (value == 0) return "0";  // minus zero too
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));

  // ECMAScript, Number::toString: k digits, and the point stands behind the n-th.
  std::string out;
  if (shortest.front() == '-') {
    out = "-";
    shortest.remove_prefix(1);
  }
  const std::size_t e = shortest.find('e');
  std::string digits;
  for (char c : shortest.substr(0, e))
    if (c != '.') digits += c;
  int exponent = 0;
  std::string_view power = shortest.substr(e + 1);
  if (power.front() == '+') power.remove_prefix(1);
  std::from_chars(power.data(), power.data() + power.size(), exponent);

  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  const auto zeros = [](int count) { return std::string(static_cast<std::size_t>(count), '0'); };
  if (k <= n && n <= 21) return out + digits + zeros(n - k);
  if (0 < n && n <= 21) return out + digits.insert(static_cast<std::size_t>(n), ".");
  if (-6 < n && n <= 0) return out + "0." + zeros(-n) + digits;
  if (k > 1) digits.insert(1, ".");
  return out + digits + "e" + (n > 0 ? "+" : "-") + std::to_string(n > 0 ? n - 1 : 1 - n);
}

std::string canonical_form(const FileValue& value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace fbss
