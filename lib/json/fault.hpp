// SPDX-License-Identifier: Apache-2.0
// What is said about a text that is not JSON. In: the text, a place in it and what was expected
// there. Out: a Problem with line, column, what stands there in general words (never the text
// itself) and a way out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <fbss/error.hpp>

namespace fbss::json {

/// What the reader wanted when it met something else.
enum class Expected {
  value,          ///< an object, array, string, number, true, false or null
  number,         ///< what begins like a number is none
  first_element,  ///< behind '[': a value or ']'
  first_key,      ///< behind '{': a name in quotes or '}'
  key,            ///< behind a comma in an object
  element,        ///< behind a comma in an array
  colon,          ///< behind a name
  member_end,     ///< behind a member: ',' or '}'
  element_end,    ///< behind an element: ',' or ']'
  nothing,        ///< behind the whole value
};

/// not_json: at `offset` of `text` stands something else than what was expected, or the text ends.
Problem unexpected(std::string_view text, std::size_t offset, Expected expected);

/// not_json: the string that begins before `offset` has an escape there that JSON does not have.
Problem bad_escape(std::string_view text, std::size_t offset);

/// not_json: found without parsing: bytes that are not UTF-8, a control character in a string, a
/// string without end, or an empty text.
Problem not_scannable(std::string_view text);

/// A problem of that code at `offset`.
Problem problem_at(ErrorCode code, std::string_view text, std::size_t offset, std::string message);

}  // namespace fbss::json
