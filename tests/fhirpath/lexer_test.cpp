// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/lexer.hpp"

#include <doctest/doctest.h>

#include "fhirpath/failure.hpp"

namespace {

using namespace fbss;
using fhirpath::TokenKind;

// "kind:text@position+length" of every token but the last.
std::string tokens_of(std::string_view text) {
  constexpr const char* known_names[] = {"end",  "word", "delimited", "string", "number",
                                         "long", "date", "date_time", "time",   "symbol"};
  std::string out;
  for (const fhirpath::Token& token : fhirpath::tokenize(text)) {
    if (token.kind == TokenKind::end) break;
    out += out.empty() ? "" : " ";
    out += known_names[static_cast<int>(token.kind)];
    out += ":" + std::string(token.text) + "@" + std::to_string(token.position) + "+" +
           std::to_string(token.length);
  }
  return out;
}

std::string unescaped(std::string_view text) {
  return fhirpath::unescaped(fhirpath::tokenize(text).front());
}

}  // namespace

TEST_CASE("tokens have their kind, text, position and length") {
  CHECK(tokens_of("") == "");
  CHECK(tokens_of("a.b1") == "word:a@0+1 symbol:.@1+1 word:b1@2+2");
  CHECK(tokens_of(" `a b` ") == "delimited:a b@1+5");
  CHECK(tokens_of("'x'!='y'") == "string:x@0+3 symbol:!=@3+2 string:y@5+3");
  CHECK(tokens_of("1.50+10L") == "number:1.50@0+4 symbol:+@4+1 long:10@5+3");
  CHECK(tokens_of("1.first()") ==
        "number:1@0+1 symbol:.@1+1 word:first@2+5 symbol:(@7+1 symbol:)@8+1");
  CHECK(tokens_of("@2026-11-21") == "date:2026-11-21@0+11");
  CHECK(tokens_of("@2026T") == "date_time:2026T@0+6");
  CHECK(tokens_of("@T10:00.not()") ==
        "time:T10:00@0+7 symbol:.@7+1 word:not@8+3 symbol:(@11+1 symbol:)@12+1");
  CHECK(tokens_of("@2026-11-21T10:00-05:00") == "date_time:2026-11-21T10:00-05:00@0+23");
  CHECK(tokens_of("@2026 -1 day") == "date:2026@0+5 symbol:-@6+1 number:1@7+1 word:day@9+3");
  CHECK(tokens_of("a/*b*/c//d\ne") == "word:a@0+1 word:c@6+1 word:e@11+1");
  CHECK(tokens_of("a/b") == "word:a@0+1 symbol:/@1+1 word:b@2+1");
}

TEST_CASE("escapes") {
  CHECK(unescaped(R"('\r\n\t\f')") == "\r\n\t\f");
  CHECK(unescaped(R"('\'\"\`\\\/')") == "'\"`\\/");
  CHECK(unescaped(R"('\u00e9\u20AC\uD83D\uDD25')") == "é€🔥");
  CHECK(unescaped(R"(`a\`b`)") == "a`b");
  CHECK(unescaped(R"('\u12')") == "u12");
  CHECK(unescaped(R"('\q')") == "q");
}

TEST_CASE("what is no token is refused where it stands") {
  struct {
    const char* text;
    std::uint32_t position;
  } const cases[] = {{"a # b", 2},         {"a 'b", 2},   {"`b", 0},   {"1a", 1},
                     {"1.5x", 3},          {"10Lx", 3},   {"@", 0},    {"@20", 0},
                     {"@2026-11-21T1", 0}, {"@20261", 0}, {"@T1", 0},  {"@2026x", 0},
                     {"a /* b", 2},        {"'a\\'", 0},  {"a\xFF", 0}};
  for (const auto& c : cases) {
    CAPTURE(c.text);
    try {
      fhirpath::tokenize(c.text);
      FAIL_CHECK("accepted");
    } catch (const fhirpath::Failure& failure) {
      CHECK(failure.code == ErrorCode::syntax_error);
      CHECK(failure.position == c.position);
      CHECK(!failure.message.empty());
    }
  }
}
