// SPDX-License-Identifier: Apache-2.0
// UTF-8 by utf8proc: in, text; out, its characters, columns, control characters and case. Functions
// that are promised valid UTF-8 read a broken byte as U+FFFD, so that no input leads them astray.
#include "base/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace fbss {
namespace {

constexpr char32_t replacement_character = 0xFFFD;

bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

// The character at `position`, or -1 where the bytes there are no UTF-8; moves behind it, or by
// one.
utf8proc_int32_t decode(std::string_view text, std::size_t* position) {
  utf8proc_int32_t character = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + *position;
  const auto left = static_cast<utf8proc_ssize_t>(text.size() - *position);
  const utf8proc_ssize_t length = utf8proc_iterate(bytes, left, &character);
  *position += length > 0 ? static_cast<std::size_t>(length) : 1;
  return length > 0 ? character : -1;
}

// What a terminal or a browser acts on instead of showing it.
bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character <= 0x9F) ||      // C0, DEL, C1
         character == 0x61C || character == 0x200E || character == 0x200F ||  // bidirectional marks
         (character >= 0x202A && character <= 0x202E) ||                      // and embeddings
         (character >= 0x2066 && character <= 0x2069) ||                      // and isolates
         character == 0x2028 || character == 0x2029;  // line and paragraph separator
}

std::string map_characters(std::string_view text, utf8proc_int32_t (*map)(utf8proc_int32_t)) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();)
    append_utf8(
        out, static_cast<char32_t>(map(static_cast<utf8proc_int32_t>(next_character(text, &i)))));
  return out;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    if (is_ascii(text[i]))
      ++i;
    else if (decode(text, &i) < 0)
      return start;
  }
  return std::nullopt;
}

bool is_valid_utf8(std::string_view text) {
  return !find_invalid_utf8(text);
}

std::size_t count_characters(std::string_view text) {
  // Every byte but the continuation bytes 10xxxxxx begins a character.
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

std::size_t count_columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();)
    columns += static_cast<std::size_t>(
        utf8proc_charwidth(static_cast<utf8proc_int32_t>(next_character(text, &i))));
  return columns;
}

char32_t next_character(std::string_view text, std::size_t* position) {
  const utf8proc_int32_t character = decode(text, position);
  return character < 0 ? replacement_character : static_cast<char32_t>(character);
}

std::size_t encode_utf8(char32_t character, char* bytes) {
  if (!utf8proc_codepoint_valid(static_cast<utf8proc_int32_t>(character)))
    character = replacement_character;
  return static_cast<std::size_t>(utf8proc_encode_char(static_cast<utf8proc_int32_t>(character),
                                                       reinterpret_cast<utf8proc_uint8_t*>(bytes)));
}

void append_utf8(std::string& out, char32_t character) {
  char bytes[4];
  out.append(bytes, encode_utf8(character, bytes));
}

std::optional<char32_t> find_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t character =
        is_ascii(text[i]) ? static_cast<char32_t>(text[i++]) : next_character(text, &i);
    if (is_control(character)) return character;
  }
  return std::nullopt;
}

std::string character_name(char32_t character) {
  std::string name = "U+";
  for (int shift = character > 0xFFFFF ? 20 : character > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
    name += "0123456789ABCDEF"[(character >> shift) & 15];
  return name;
}

std::string to_upper(std::string_view text) {
  return map_characters(text, utf8proc_toupper);
}

std::string to_lower(std::string_view text) {
  return map_characters(text, utf8proc_tolower);
}

}  // namespace fbss
