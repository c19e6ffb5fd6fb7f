// SPDX-License-Identifier: Apache-2.0
// Messages about text that is not JSON, with line and column. Slow and careful: a text is read
// again here only once it has been refused.
#include "json/fault.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/utf8.hpp"

namespace fbss::json {
namespace {

const char* wanted(Expected expected) {
  switch (expected) {
    case Expected::value:
      return "A JSON value is expected here";
    case Expected::number:
      return "This is not a JSON number";
    case Expected::first_element:
      return "A value or the closing bracket ] is expected here";
    case Expected::first_key:
      return "A name in double quotes or the closing brace } is expected here";
    case Expected::key:
      return "A name in double quotes is expected behind the comma";
    case Expected::element:
      return "A value is expected behind the comma";
    case Expected::colon:
      return "A colon is expected behind the name";
    case Expected::member_end:
      return "A comma or the closing brace } is expected here";
    case Expected::element_end:
      return "A comma or the closing bracket ] is expected here";
    case Expected::nothing:
      return "Nothing may follow the JSON value";
  }
  return "This is not JSON";
}

bool begins_word(std::string_view rest, std::string_view word) {
  return rest.size() >= word.size() &&
         std::ranges::equal(rest.substr(0, word.size()), word, [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
         });
}

// What people write by mistake there, and what to write instead; empty where nothing is known.
const char* advice(std::string_view rest, Expected expected) {
  if (rest.empty()) return "the text ends: it was cut off, or a closing bracket is missing.";
  const char c = rest[0];
  if (expected == Expected::number)
    return "no zero leads it, digits stand on both sides of the point, and nothing follows it.";
  if (expected == Expected::nothing) return "give one value, and in NDJSON one value a line.";
  if (expected == Expected::key && c == '}') return "take away the comma before the brace.";
  if (expected == Expected::element && c == ']') return "take away the comma before the bracket.";
  if (c == '\'') return "strings and names stand in double quotes.";
  if (c == '/' || c == '#') return "JSON has no comments.";
  if (c == '+' || c == '.') return "a number begins with a digit or a minus.";
  for (const char* word : {"nan", "inf", "undefined", "none"})
    if (begins_word(rest, word)) return "leave the member out, or write null.";
  for (const char* word : {"true", "false", "null"})
    if (begins_word(rest, word)) return "true, false and null are written in small letters.";
  return "";
}

}  // namespace

Problem problem_at(ErrorCode code, std::string_view text, std::size_t offset, std::string message) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  Problem problem;
  problem.code = code;
  problem.message = std::move(message);
  problem.line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
  problem.column = static_cast<std::uint32_t>(
      newline == std::string_view::npos ? before.size() + 1 : before.size() - newline);
  return problem;
}

Problem unexpected(std::string_view text, std::size_t offset, Expected expected) {
  std::string message = wanted(expected);
  const std::string_view hint = advice(text.substr(offset), expected);
  if (hint.empty())
    message += '.';
  else
    (message += ": ") += hint;
  return problem_at(ErrorCode::not_json, text, offset, std::move(message));
}

Problem bad_escape(std::string_view text, std::size_t offset) {
  return problem_at(
      ErrorCode::not_json, text, offset,
      "This escape does not exist in JSON: write \\\\ for a backslash, and \\u with "
      "four hexadecimal digits (characters beyond U+FFFF as a pair) for a character.");
}

Problem not_scannable(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return problem_at(ErrorCode::not_json, text, 0, "The input is empty: give one JSON value.");

  const std::size_t invalid = find_invalid_utf8(text).value_or(text.size());
  std::optional<std::size_t> open;  // where the string began that i is in
  for (std::size_t i = 0; i < invalid; ++i) {
    if (text[i] == '"')
      open = open ? std::nullopt : std::optional(i);
    else if (open && text[i] == '\\')
      ++i;
    else if (open && static_cast<unsigned char>(text[i]) < 0x20)
      return problem_at(ErrorCode::not_json, text, i,
                        "A control character stands in a string: write it as an escape (\\n, \\t, "
                        "\\u001b), or close the string before the end of the line.");
  }
  if (invalid < text.size())
    return problem_at(ErrorCode::not_json, text, invalid,
                      "The bytes here are not UTF-8: save the input in that encoding.");
  return problem_at(ErrorCode::not_json, text, open.value_or(text.size()),
                    "The string that begins here is not closed: add the closing quote.");
}

}  // namespace fbss::json
