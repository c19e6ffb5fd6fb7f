// SPDX-License-Identifier: Apache-2.0
// What text needs beyond bytes. In: UTF-8. Out: characters counted, columns measured, control
// characters found, case changed, names compared (nearest.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fbss {

bool is_valid_utf8(std::string_view text);

/// Where the first byte stands that is not part of valid UTF-8; nothing in valid text.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// How many Unicode scalar values a valid UTF-8 text holds.
std::size_t count_characters(std::string_view text);

/// How many terminal columns the text takes: 2 for wide characters, 0 for combining ones.
std::size_t count_columns(std::string_view text);

/// The next scalar value of valid UTF-8, from `*position` on, which moves behind it.
char32_t next_character(std::string_view text, std::size_t* position);

/// Writes a scalar value as UTF-8 to `bytes`, which has room for 4; how many it took. What is no
/// scalar value (a surrogate, above U+10FFFF) is written as U+FFFD.
std::size_t encode_utf8(char32_t character, char* bytes);

/// Appends a scalar value as UTF-8.
void append_utf8(std::string& out, char32_t character);

/// The first control character of the text: C0 (with tab and newline), DEL, C1, bidirectional
/// controls and line separators.
std::optional<char32_t> find_control_character(std::string_view text);

/// "U+001B"
std::string character_name(char32_t character);

/// Upper and lower case, one character for one (utf8proc; the capital of U+00DF is U+1E9E).
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// The candidate that is nearest to the word (edit distance, shared parts), for "did you mean";
/// nothing where none is near. Of equally near ones the first.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);

}  // namespace fbss
