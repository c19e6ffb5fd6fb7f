// SPDX-License-Identifier: Apache-2.0
// Small work on text for the program: code points, safe and wrapped terminal text, the nearest of
// some words, lists in a sentence. Text in, text out; nothing fails, nothing depends on the locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fbss::app {

/// A character of UTF-8 text and how many bytes it takes; U+FFFD and one byte where the bytes are
/// no UTF-8.
struct Character {
  char32_t code;
  std::size_t bytes;
};
Character character_at(std::string_view text, std::size_t at);

bool is_utf8(std::string_view text);

/// The text with every control and direction-changing character (and bad byte) shown as U+FFFD, so
/// that no file can steer the terminal.
std::string printable(std::string_view text);

/// Columns that the text takes, one a character.
std::size_t columns(std::string_view text);

/// The text, or as much of its beginning as fits into so many columns with "…" behind it.
std::string shortened(std::string_view text, std::size_t width);

/// Printable text broken at spaces into lines of at most `width` columns, each with a newline. The
/// first line begins with `first`, the others with spaces of the same width, or with `rest`.
std::string wrapped(std::string_view text, std::size_t width, std::string_view first = {},
                    std::optional<std::string_view> rest = std::nullopt);

/// The word that is the fewest typing mistakes away, or empty where none is near enough to be
/// meant.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words);

/// "a, b and c", with `last` before the last.
std::string listed(const std::vector<std::string_view>& words, std::string_view last = "and");

/// The whole number that the text is (digits only, no sign), where it fits.
std::optional<std::uint64_t> whole_number(std::string_view text);

std::string_view trimmed(std::string_view text);
std::string lower_case(std::string_view ascii);

/// The text as one word of a shell, for commands that a person copies.
std::string shell_word(std::string_view text);

/// "1 record", "2 records".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace fbss::app
