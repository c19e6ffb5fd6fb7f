// SPDX-License-Identifier: Apache-2.0
// Words and sentences of error codes; Result.
#include <fbss/error.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace fbss;

TEST_CASE("every error code has a word of its own and one plain sentence") {
  std::set<std::string_view> words;
  int count = 0;
#define FBSS_ERROR(name, sentence)                                     \
  ++count;                                                             \
  CHECK(code_word(ErrorCode::name) == #name);                          \
  CHECK(std::string_view(code_sentence(ErrorCode::name)).size() > 20); \
  CHECK(code_sentence(ErrorCode::name).back() == '.');                 \
  words.insert(code_word(ErrorCode::name));
#include <fbss/error_codes.def>
#undef FBSS_ERROR
  CHECK(words.size() == static_cast<std::size_t>(count));
}

TEST_CASE("the stable words that other programs read") {
  CHECK(code_word(ErrorCode::not_json) == "not_json");
  CHECK(code_word(ErrorCode::not_an_option) == "not_an_option");
  CHECK(code_word(ErrorCode::answer_not_applicable) == "answer_not_applicable");
  CHECK(code_word(ErrorCode::rule_error) == "rule_error");
}

TEST_CASE("a number that is no error code is no way out of the table") {
  CHECK(code_word(static_cast<ErrorCode>(255)) == "unknown_code");
  CHECK_FALSE(code_sentence(static_cast<ErrorCode>(255)).empty());
}

TEST_CASE("a Result is a value or problems, never both") {
  const Result<int> good = 3;
  REQUIRE(good);
  CHECK(*good == 3);
  CHECK(good.problems().empty());

  Result<int> bad = Problem{.code = ErrorCode::not_json, .message = "no"};
  REQUIRE_FALSE(bad);
  REQUIRE(bad.problems().size() == 1);
  CHECK(bad.problems()[0].code == ErrorCode::not_json);
  const Problems moved = std::move(bad).problems();
  CHECK(moved[0].message == "no");

  CHECK(Result<void>().ok());
  CHECK_FALSE(Result<void>(Problem{.code = ErrorCode::too_deep}).ok());
}
