// SPDX-License-Identifier: Apache-2.0
// What a JSON number looks like (RFC 8259, section 6). In: a place in a text behind which something
// stands that is no part of a number (a NUL will do). Out: where the number ends.
#pragma once

namespace fbss::json {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

inline const char* skip_digits(const char* at) {
  while (is_digit(*at)) ++at;
  return at;
}

/// Where the number that begins at `at` ends, or null where it is none.
inline const char* end_of_number(const char* at) {
  if (*at == '-') ++at;
  if (!is_digit(*at)) return nullptr;
  at = *at == '0' ? at + 1 : skip_digits(at);
  if (*at == '.') {
    if (!is_digit(*++at)) return nullptr;
    at = skip_digits(at);
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    if (!is_digit(*at)) return nullptr;
    at = skip_digits(at);
  }
  return at;
}

}  // namespace fbss::json
