// SPDX-License-Identifier: Apache-2.0
#include "base/regex.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace fbss;

constexpr std::size_t plenty = 1024 * 1024;

Regex regex(std::string_view pattern, RegexFlags flags = {}) {
  auto made = Regex::compile(pattern, flags, plenty);
  REQUIRE_MESSAGE(std::holds_alternative<Regex>(made), pattern);
  return std::get<Regex>(std::move(made));
}

RegexRefusal refusal(std::string_view pattern, std::size_t most_bytes = plenty) {
  auto made = Regex::compile(pattern, {}, most_bytes);
  REQUIRE_MESSAGE(std::holds_alternative<RegexRefusal>(made), pattern);
  return std::get<RegexRefusal>(std::move(made));
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

std::vector<std::string> pieces(const Regex& regex, std::string_view substitution) {
  std::vector<std::string> made;
  for (std::size_t at = 0; at < substitution.size();) {
    const SubstitutionPiece piece = next_piece(regex, substitution, &at);
    made.push_back(piece.group ? "#" + std::to_string(*piece.group) : std::string(piece.text));
  }
  return made;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("flags are i and m, in any order") {
  CHECK(parse_regex_flags("") == RegexFlags{});
  CHECK(parse_regex_flags("i") == RegexFlags{true, false});
  CHECK(parse_regex_flags("m") == RegexFlags{false, true});
  CHECK(parse_regex_flags("mim") == RegexFlags{true, true});
  for (const char* other : {"x", "s", "g", "I", "i ", "é"}) CHECK(!parse_regex_flags(other));
}

TEST_CASE("a part of the text, or all of it") {
  CHECK(regex("b+").found_in("abbc"));
  CHECK(!regex("b+").matches("abbc"));
  CHECK(regex("b+").matches("bbb"));
  CHECK(regex("a.b").matches("a\nb"));
  CHECK(regex("a|ab").matches("ab"));
  CHECK(!regex("^b").found_in("a\nb"));
  CHECK(regex("^b", {.multi_line = true}).found_in("a\nb"));
  CHECK(!regex("^b", {.multi_line = true}).matches("a\nb"));
  CHECK(regex("É", {.ignore_case = true}).matches("é"));
  CHECK(regex("").found_in(""));
  CHECK(regex("").is_empty());
  CHECK(!regex("()").is_empty());
  CHECK(regex("", {.multi_line = true}).is_empty());
  CHECK(regex("a*").matches(std::string_view()));
}

TEST_CASE("named groups as other engines write them, and brackets that are none") {
  const Regex date = regex("(?<y>[0-9]+)-(?P<m>[0-9]+)-([0-9]+)");
  CHECK(date.group("y") == 1);
  CHECK(date.group("m") == 2);
  CHECK(date.group("3") == 3);
  CHECK(date.group("0") == 0);
  CHECK(!date.group("4"));
  CHECK(!date.group("d"));
  CHECK(!date.group(""));
  CHECK(!date.group("99999999999999999999999"));
  CHECK(regex("[(?<a>]+").matches("(?<a>"));
  CHECK(regex("[]\\](?<a>]+").matches("]](?<a>"));
  CHECK(regex("[^](?<]").matches("a"));
  CHECK(regex("[[:alpha:](?<]+").matches("a(?<"));
  CHECK(regex("\\(?<a>").matches("(<a>"));
  CHECK(regex("\\Q(?<a>[\\E(?<a>b)").matches("(?<a>[b"));
}

TEST_CASE("searching from a place on, with groups") {
  const Regex word = regex("\\b(a)(x)?");
  std::array<std::string_view, 3> groups;
  const std::string_view text = "aa ax a";
  REQUIRE(word.find(text, 0, groups));
  CHECK(groups[0].data() == text.data());
  REQUIRE(word.find(text, 1, groups));  // the second a stands within a word
  CHECK(groups[0] == "ax");
  CHECK(groups[2] == "x");
  REQUIRE(word.find(text, 4, groups));
  CHECK(groups[0] == "a");
  CHECK(groups[2].empty());
  CHECK(!word.find(text, 7, groups));
  CHECK(!regex("^a").find("aa", 1, groups));
}

TEST_CASE("brackets that are no count stay what they are") {
  CHECK(regex("\\x{0041}{2}").matches("AA"));
  CHECK(regex("[{]05}").matches("{05}"));
  CHECK(regex("\\{05}").matches("{05}"));
  CHECK(regex("a{,05}").matches("a{,05}"));
  CHECK(regex("a{05").matches("a{05"));
  CHECK(regex("\\Q{05}(?<n>(?<n>\\E").matches("{05}(?<n>(?<n>"));
}

TEST_CASE("more groups than can be told") {
  const Regex many = regex(repeated("(a)", 200));
  CHECK(many.group("99") == 99);
  CHECK(!many.group("100"));
  std::array<std::string_view, Regex::most_groups> groups;
  const std::string text = repeated("a", 200);
  REQUIRE(many.find(text, 0, groups));
  CHECK(groups[0].size() == 200);
  CHECK(groups[99] == "a");
}

TEST_CASE("what a substitution is made of") {
  const Regex two = regex("(?<first>a)(b)");
  CHECK(pieces(two, "x$1y$2") == Texts{"x", "#1", "y", "#2"});
  CHECK(pieces(two, "${first}${2}$0") == Texts{"#1", "#2", "#0"});
  CHECK(pieces(two, "$12$3") == Texts{"#1", "2", "$3"});
  CHECK(pieces(two, "\\$1\\\\$1\\n") == Texts{"$", "1", "\\", "#1", "\\n"});
  CHECK(pieces(two, "${second}${$") == Texts{"${second}", "${", "$"});
  CHECK(pieces(two, "").empty());
}

TEST_CASE("refusals say what is wrong and whether another engine would take it") {
  struct {
    const char* pattern;
    RegexFault fault;
    const char* says;
    const char* part;
  } const cases[] = {
      {"(a", RegexFault::malformed, "( is not closed", "(a"},
      {"a)", RegexFault::malformed, ") closes nothing", "a)"},
      {"[a", RegexFault::malformed, "[ is not closed", "[a"},
      {"a\\", RegexFault::malformed, "single backslash", ""},
      {"+a", RegexFault::malformed, "nothing before it", "+"},
      {"a**", RegexFault::malformed, "one behind the other", "**"},
      {"[b-a]", RegexFault::malformed, "backwards", "b-a"},
      {"a{2,1}", RegexFault::malformed, "backwards", "{2,1}"},
      {"\\y", RegexFault::malformed, "no such escape", "\\y"},
      {"(?<1", RegexFault::malformed, "name", "(?P<1"},
      {"(?", RegexFault::malformed, "not closed", "(?"},
      {"a(?=b)", RegexFault::unsupported, "ahead or behind", "(?="},
      {"a(?!b)", RegexFault::unsupported, "ahead or behind", "(?!"},
      {"(?<=b)a", RegexFault::unsupported, "ahead or behind", "(?<"},
      {"(?<!b)a", RegexFault::unsupported, "ahead or behind", "(?<"},
      {"(?>a)", RegexFault::unsupported, "bracket", "(?>"},
      {"(a)\\1", RegexFault::unsupported, "refers back", "\\1"},
      {"(?<a>b)\\k<a>", RegexFault::unsupported, "refers back", "\\k"},
      {"a*+", RegexFault::unsupported, "leave it out", "*+"},
      {"a\\Z", RegexFault::unsupported, "escape", "\\Z"},
      {"\\C", RegexFault::unsupported, "apart", "\\C"},
      {"\\p{Letter}", RegexFault::unsupported, "no such name", "\\p{Letter}"},
      {"a{1001}", RegexFault::too_large, "1000", "{1001}"},
      {"a{1,2000}", RegexFault::too_large, "1000", "{1,2000}"},
      // RE2 takes these, the counts as the characters that they are written with.
      {"(?<n>a)(?<m>b)(?P<n>c)", RegexFault::malformed, "same name", "n"},
      {"a{1000000000}", RegexFault::too_large, "1000", "{1000000000}"},
      {"a{0,1000000000}", RegexFault::too_large, "1000", "{0,1000000000}"},
      {"a{05}", RegexFault::too_large, "zeros in front", "{05}"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.pattern);
    const RegexRefusal refused = refusal(c.pattern);
    CHECK(refused.fault == c.fault);
    CHECK(refused.part == c.part);
    CHECK(refused.reason.find(c.says) != std::string_view::npos);
  }
}

TEST_CASE("no pattern takes more memory than it may") {
  CHECK(refusal(repeated("a", plenty)).fault == RegexFault::too_large);
  CHECK(refusal(repeated("(", 8000)).fault == RegexFault::malformed);
  CHECK(refusal(repeated("\\pL", 1000)).fault == RegexFault::too_large);
  CHECK(refusal("\\pL{1000}").fault == RegexFault::too_large);
  CHECK(refusal(repeated(".{1000}", 20)).fault == RegexFault::too_large);
  CHECK(refusal("abc", 0).fault == RegexFault::too_large);
  CHECK(regex(repeated("a", 8000)).found_in(repeated("a", 9000)));
  CHECK(regex(repeated("(a|b)?", 1000)).found_in("c"));
}

// With a stack of attempts each of these would take longer than the universe is old; so a test that
// ends at all is the proof.
TEST_CASE("time is linear in the text") {
  const std::string text = repeated("a", 20'000);
  for (const char* pattern :
       {"(a+)+$b", "(a|aa)+$b", "(a*)*b", "([a-z]+)*=", "(.*)*(.*)*(.*)*x$", "^(([a-z])+.)+[A-Z]$"})
    CHECK_MESSAGE(!regex(pattern).found_in(text), pattern);
  CHECK(regex("(?:a?){500}a{500}").matches(repeated("a", 500)));
  CHECK(regex("x").cost(1000) < regex("[a-z]{500}").cost(1000));
}
