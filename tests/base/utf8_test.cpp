// SPDX-License-Identifier: Apache-2.0
// UTF-8: what is valid, characters, columns, control characters, case.
#include "base/utf8.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace fbss;
using namespace std::string_view_literals;

TEST_CASE("valid and invalid UTF-8 (Unicode, table 3-7), with the place of the fault") {
  struct {
    std::string_view text;
    int invalid_at;  // -1: valid
  } const cases[] = {
      {"", -1},
      {"plain", -1},
      {"a\0b"sv, -1},
      {"\xC3\xA9", -1},
      {"\xE2\x82\xAC", -1},
      {"\xF0\x9F\x94\xA5", -1},
      {"\xEF\xBF\xBF", -1},      // U+FFFF: a noncharacter is a scalar value
      {"\xF4\x8F\xBF\xBF", -1},  // U+10FFFF
      {"ab\x80", 2},             // continuation alone
      {"\xC3", 0},               // cut off
      {"\xC3(", 0},
      {"\xE2\x82", 0},
      {"x\xF0\x9F\x94", 1},
      {"\xC0\x80", 0},          // overlong NUL
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x80\x80", 0},      // overlong
      {"\xF0\x80\x80\x80", 0},  // overlong
      {"ok\xED\xA0\x80", 2},    // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(is_valid_utf8(c.text) == (c.invalid_at < 0));
    CHECK(find_invalid_utf8(c.text) ==
          (c.invalid_at < 0 ? std::nullopt : std::optional<std::size_t>(c.invalid_at)));
  }
}

TEST_CASE("characters and columns") {
  struct {
    std::string_view text;
    std::size_t characters, columns;
  } const cases[] = {
      {"", 0, 0},
      {"back", 4, 4},
      {"caf\xC3\xA9", 4, 4},
      {"e\xCC\x81", 2, 1},                 // e and a combining acute accent
      {"\xE6\x97\xA5\xE6\x9C\xAC", 2, 4},  // two wide ideographs
      {"\xF0\x9F\x94\xA5", 1, 2},          // an emoji
      {"a\xE2\x80\x8B"
       "b",
       3, 2},  // zero width space
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(count_characters(c.text) == c.characters);
    CHECK(count_columns(c.text) == c.columns);
  }
}

TEST_CASE("characters go out and come back") {
  for (const char32_t c : {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFD', U'\xFFFF',
                           U'\x10000', U'\x10FFFF'}) {
    std::string text;
    append_utf8(text, c);
    CHECK(is_valid_utf8(text));
    std::size_t position = 0;
    CHECK(next_character(text, &position) == c);
    CHECK(position == text.size());
  }
  for (const char32_t c :
       {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string text;
    append_utf8(text, c);
    CHECK(text == "\xEF\xBF\xBD");
  }
}

TEST_CASE("broken UTF-8 is read as U+FFFD, byte by byte, and never past the end") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 12, ' ');
    for (char& c : text) c = static_cast<char>(random());
    text.shrink_to_fit();
    std::size_t steps = 0;
    for (std::size_t i = 0; i < text.size(); ++steps) next_character(text, &i);
    CHECK(steps <= text.size());
    count_columns(text);
    find_control_character(text);
    CHECK(is_valid_utf8(to_upper(text)));
  }
}

TEST_CASE("control characters: what a terminal or a browser acts on instead of showing it") {
  struct {
    std::string_view text;
    char32_t found;  // 0x110000: none
  } const cases[] = {
      {"", 0x110000},
      {"plain caf\xC3\xA9 \xF0\x9F\x94\xA5", 0x110000},
      {"\xC2\xA0", 0x110000},      // no-break space
      {"\xE2\x80\x8D", 0x110000},  // zero width joiner: emoji and scripts need it
      {"a\0"sv, 0},
      {"tab\t", 0x09},
      {"line\n", 0x0A},
      {"\x1B[31m", 0x1B},
      {"\x7F", 0x7F},
      {"\xC2\x80", 0x80},
      {"\xC2\x9B", 0x9B},  // CSI
      {"\xC2\x9F", 0x9F},
      {"\xD8\x9C", 0x61C},  // Arabic letter mark
      {"x\xE2\x80\x8E", 0x200E},
      {"x\xE2\x80\x8F", 0x200F},
      {"\xE2\x80\xA8", 0x2028},
      {"\xE2\x80\xA9", 0x2029},
      {"\xE2\x80\xAA", 0x202A},
      {"\xE2\x80\xAE", 0x202E},
      {"\xE2\x81\xA6", 0x2066},
      {"\xE2\x81\xA9", 0x2069},
      {"\xE2\x81\xAA", 0x110000},  // U+206A is not in the set
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(find_control_character(c.text).value_or(0x110000) == c.found);
  }
}

TEST_CASE("names of characters have four to six digits") {
  CHECK(character_name(0x1B) == "U+001B");
  CHECK(character_name(0) == "U+0000");
  CHECK(character_name(0x202E) == "U+202E");
  CHECK(character_name(0x1F525) == "U+1F525");
  CHECK(character_name(0x10FFFF) == "U+10FFFF");
}

TEST_CASE("upper and lower case, one character for one") {
  struct {
    std::string_view text, upper, lower;
  } const cases[] = {
      {"", "", ""},
      {"Abc 1", "ABC 1", "abc 1"},
      {"\xC3\xA9t\xC3\x89", "\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"},
      {"\xCF\x83\xCE\xA3", "\xCE\xA3\xCE\xA3", "\xCF\x83\xCF\x83"},  // sigma
      {"\xD1\x8F", "\xD0\xAF", "\xD1\x8F"},                          // Cyrillic ya
      {"\xE6\x97\xA5", "\xE6\x97\xA5", "\xE6\x97\xA5"},
      {"a\0b"sv, "A\0B"sv, "a\0b"sv},
  };
  for (const auto& c : cases) {
    CHECK(to_upper(c.text) == c.upper);
    CHECK(to_lower(c.text) == c.lower);
  }
}
