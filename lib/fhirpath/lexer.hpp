// SPDX-License-Identifier: Apache-2.0
// First pass. In: the text of an expression (UTF-8). Out: its tokens in order, the last one `end`.
// The only way in is tokenize(); what the grammar knows no token for is a Failure (syntax_error).
// FHIRPath 2.0.0, section "Lexical Elements" and the lexer part of the grammar.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fbss::fhirpath {

enum class TokenKind : std::uint8_t {
  end,
  word,       // an identifier or a keyword: the parser tells them apart by place
  delimited,  // `…`, without the delimiters
  string,     // '…', without the quotes
  number,
  long_number,  // 10L, without the L
  date,         // dates and times without @
  date_time,
  time,
  symbol,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t position = 0;  // bytes from the start of the expression, delimiters included
  std::uint32_t length = 0;
  std::string_view text;  // within the expression; escapes are still in it
};

std::vector<Token> tokenize(std::string_view text);

/// The text of a string or delimited identifier without its escapes.
std::string unescaped(const Token& token);

}  // namespace fbss::fhirpath
