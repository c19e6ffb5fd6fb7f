// SPDX-License-Identifier: Apache-2.0
// Characters to tokens. Comments and white space end here.
#include "fhirpath/lexer.hpp"

#include <optional>

#include "base/temporal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/failure.hpp"

namespace fbss::fhirpath {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    if (!is_valid_utf8(text))
      fail(ErrorCode::syntax_error, 0, "The expression is not valid UTF-8.");
    tokens_.reserve(text.size() / 3 + 2);
  }

  std::vector<Token> run() {
    while (skip_blank(), at_ < text_.size()) next();
    add(TokenKind::end, at_, at_, at_);
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  [[noreturn]] void refuse(std::size_t position, std::string message) const {
    fail(ErrorCode::syntax_error, static_cast<std::uint32_t>(position), std::move(message));
  }

  // A token from `begin` to here, whose text is [text_begin, text_end).
  void add(TokenKind kind, std::size_t begin, std::size_t text_begin, std::size_t text_end) {
    tokens_.push_back({kind, static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(at_ - begin),
                       text_.substr(text_begin, text_end - text_begin)});
  }

  void skip_blank() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (text_[at_] == '/' && peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (text_[at_] == '/' && peek(1) == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos)
          refuse(at_, "A comment that begins with /* is never closed: end it with */.");
        at_ = end + 2;
      } else {
        return;
      }
    }
  }

  void next() {
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (is_letter(c)) {
      while (is_letter(peek()) || is_digit(peek())) ++at_;
      add(TokenKind::word, begin, begin, at_);
    } else if (is_digit(c)) {
      number();
    } else if (c == '\'') {
      delimited(TokenKind::string, "A string is never closed: end it with '.");
    } else if (c == '`') {
      delimited(TokenKind::delimited, "A name is never closed: end it with `.");
    } else if (c == '@') {
      temporal();
    } else {
      symbol();
    }
  }

  void number() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      while (is_digit(peek())) ++at_;
      add(TokenKind::number, begin, begin, at_);
    } else if (peek() == 'L') {
      const std::size_t end = at_++;
      add(TokenKind::long_number, begin, begin, end);
    } else {
      add(TokenKind::number, begin, begin, at_);
    }
    if (is_letter(peek()) || is_digit(peek()))
      refuse(at_, "A number runs into a name: put a space between them.");
  }

  void delimited(TokenKind kind, const char* unclosed) {
    const std::size_t begin = at_++;
    const char quote = text_[begin];
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        const std::size_t end = at_++;
        add(kind, begin, begin + 1, end);
        return;
      }
    }
    refuse(begin, unclosed);
  }

  // `pattern` is what stands here, d for a digit; moves behind it.
  bool take(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i)
      if (pattern[i] == 'd' ? !is_digit(peek(i)) : peek(i) != pattern[i]) return false;
    at_ += pattern.size();
    return true;
  }

  void take_time_of_day() {
    if (!take("dd") || !take(":dd") || !take(":dd") || !take(".d")) return;
    while (is_digit(peek())) ++at_;
  }

  void temporal() {
    const std::size_t begin = at_++;
    TokenKind kind = TokenKind::date;
    if (take("T")) {
      kind = TokenKind::time;
      take_time_of_day();
    } else if (take("dddd")) {
      if (take("-dd")) take("-dd");
      if (take("T")) {
        kind = TokenKind::date_time;
        const std::size_t time = at_;
        take_time_of_day();
        if (at_ != time && !take("Z") && !take("+dd:dd")) take("-dd:dd");
      }
    }
    const std::string_view literal = text_.substr(begin + 1, at_ - begin - 1);
    const TemporalKind wanted = kind == TokenKind::date   ? TemporalKind::date
                                : kind == TokenKind::time ? TemporalKind::time
                                                          : TemporalKind::date_time;
    if (is_letter(peek()) || is_digit(peek()) || peek() == ':' || !Temporal::parse(literal, wanted))
      refuse(begin,
             "This is no date or time: write @2026-11-21, @2026-11-21T14:30 or @T14:30 (times have "
             "no zone), with a day that the calendar has.");
    add(kind, begin, begin + 1, at_);
  }

  void symbol() {
    const std::size_t begin = at_;
    constexpr std::string_view known_pairs[] = {"<=", ">=", "!=", "!~"};
    constexpr std::string_view single_words = "+-*/&|<>=~.,()[]{}%$:";
    const std::string_view two = text_.substr(at_, 2);
    for (std::string_view pair : known_pairs)
      if (two == pair) at_ += 2;
    if (at_ == begin) {
      if (single_words.find(text_[at_]) == std::string_view::npos) refuse_character();
      ++at_;
    }
    add(TokenKind::symbol, begin, begin, at_);
  }

  [[noreturn]] void refuse_character() const {
    std::size_t end = at_;
    const char32_t character = next_character(text_, &end);
    std::string message = "The character ";
    if (character > U' ' && character != 0x7F) {
      message += text_.substr(at_, end - at_);
      message += ' ';
    }
    message += "(" + character_name(character) + ") has no meaning in an expression";
    if (character == U'"') message += ": strings stand in single quotes";
    if (character == U'!') message += ": write != or .not()";
    refuse(at_, message + ".");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

std::optional<char32_t> hexadecimal(std::string_view digits) {
  if (digits.size() != 4) return std::nullopt;
  char32_t value = 0;
  for (char c : digits) {
    const char low = static_cast<char>(c | 0x20);
    if (is_digit(c)) {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (low >= 'a' && low <= 'f') {
      value = value * 16 + static_cast<char32_t>(low - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

bool is_high_surrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDBFF;
}
bool is_low_surrogate(char32_t c) {
  return c >= 0xDC00 && c <= 0xDFFF;
}

// The scalar value behind "\u" at `at`, which moves behind it; two surrogates make one.
std::optional<char32_t> unicode_escape(const Token& token, std::size_t* at) {
  const auto high = hexadecimal(token.text.substr(*at, 4));
  if (!high) return std::nullopt;
  *at += 4;
  if (!is_high_surrogate(*high) && !is_low_surrogate(*high)) return high;
  if (is_high_surrogate(*high) && token.text.substr(*at, 2) == "\\u") {
    const auto low = hexadecimal(token.text.substr(*at + 2, 4));
    if (low && is_low_surrogate(*low)) {
      *at += 6;
      return 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00);
    }
  }
  fail(ErrorCode::syntax_error, token.position + 1 + static_cast<std::uint32_t>(*at) - 6,
       "Half of a surrogate pair stands alone: write both halves, \\uD83D\\uDD25.");
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  return Lexer(text).run();
}

std::string unescaped(const Token& token) {
  std::string out;
  out.reserve(token.text.size());
  for (std::size_t at = 0; at < token.text.size(); ++at) {
    if (token.text[at] != '\\') {
      out += token.text[at];
      continue;
    }
    // The backslash of a sequence that is no escape is left out ("\p" is "p").
    const char escape = token.text[++at];
    switch (escape) {
      case 'r':
        out += '\r';
        break;
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'f':
        out += '\f';
        break;
      case 'u': {
        std::size_t behind = at + 1;
        if (const auto character = unicode_escape(token, &behind)) {
          append_utf8(out, *character);
          at = behind - 1;
        } else {
          out += 'u';
        }
        break;
      }
      default:
        out += escape;
        break;
    }
  }
  return out;
}

}  // namespace fbss::fhirpath
