// SPDX-License-Identifier: Apache-2.0
#include "questionnaire/file_reader.hpp"

#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;
using fbss::JsonKind;

TEST_CASE("every value knows its line, its column and its pointer") {
  const std::string text =
      "\xEF\xBB\xBF{\n  \"a\": [1, -2.50e1,\n    true],\n  \"b/c~d\" : {\"\\u00e9\": \"x\\\"y\"} }";
  const auto tree = fbss::read_file(text, "f.json", {});
  REQUIRE(tree.ok());
  struct Expected {
    const char* pointer;
    JsonKind kind;
    const char* text;
    std::uint32_t line, column, key_line, key_column;
  };
  const Expected expected[] = {
      {"", JsonKind::object, "", 1, 1, 0, 0},
      {"/a", JsonKind::array, "", 2, 8, 2, 3},
      {"/a/0", JsonKind::number, "1", 2, 9, 0, 0},
      {"/a/1", JsonKind::number, "-2.50e1", 2, 12, 0, 0},
      {"/a/2", JsonKind::boolean, "true", 3, 5, 0, 0},
      {"/b~1c~0d", JsonKind::object, "", 4, 13, 4, 3},
      {"/b~1c~0d/é", JsonKind::string, "x\"y", 4, 24, 4, 14},
  };
  REQUIRE(tree->values.size() == std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    const fbss::FileValue& value = tree->values[i];
    CAPTURE(expected[i].pointer);
    CHECK(fbss::pointer_to(value) == expected[i].pointer);
    CHECK(value.kind == expected[i].kind);
    CHECK(value.text == expected[i].text);
    CHECK(value.line == expected[i].line);
    CHECK(value.column == expected[i].column);
    CHECK(value.key_line == expected[i].key_line);
    CHECK(value.key_column == expected[i].key_column);
  }
  CHECK(tree->root().find("a") == &tree->values[1]);
  CHECK(tree->root().find("z") == nullptr);
}

TEST_CASE("a byte of a string has its column in the file, escapes counted as written") {
  const std::string text = R"(["ab\nc\u00e9d\ud83d\ude00e"])";
  const auto tree = fbss::read_file(text, "", {});
  REQUIRE(tree.ok());
  const fbss::FileValue& string = tree->values[1];
  REQUIRE(string.text == "ab\nc\u00e9d\U0001F600e");
  struct Row {
    char letter;
    std::uint32_t column;
  };
  for (const Row& row : {Row{'a', 3}, Row{'b', 4}, Row{'c', 7}, Row{'d', 14}, Row{'e', 27}}) {
    CAPTURE(row.letter);
    CHECK(fbss::column_within(*tree, string, string.text.find(row.letter)) == row.column);
  }
}

TEST_CASE("what is no JSON is refused with its place") {
  struct Row {
    const char* text;
    std::uint32_t line, column;
  };
  const Row rows[] = {
      {"", 1, 1},          {" \n ", 2, 2},        {"{\n  \"a\": 1,\n}", 3, 1},
      {"[1 2]", 1, 4},     {"[\"a\x80\"]", 1, 4}, {"[1e999]", 1, 6},
      {"{} x", 1, 4},      {"[1,,2]", 1, 4},      {"// no\n{}", 1, 1},
      {"[\"\\x\"]", 1, 4}, {"nul", 1, 4},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto tree = fbss::read_file(row.text, "f.json", {});
    REQUIRE(tree.problems().size() == 1);
    const fbss::Problem& problem = tree.problems().front();
    CHECK(problem.code == ErrorCode::not_json);
    CHECK(problem.file == "f.json");
    CHECK(problem.line == row.line);
    CHECK(problem.column == row.column);
  }
}

TEST_CASE("a NUL byte ends no file, it is refused") {
  const auto read = fbss::read_file(std::string_view("{}\n\0{", 5), "f.json", {});
  REQUIRE(read.problems().size() == 1);
  const fbss::Problem& problem = read.problems().front();
  CHECK(problem.code == fbss::ErrorCode::not_json);
  CHECK(problem.line == 2);
  CHECK(problem.column == 1);
}

TEST_CASE("duplicate keys are all reported, with the first one's line") {
  const auto tree =
      fbss::read_file("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 2}", "", {});
  REQUIRE(tree.problems().size() == 2);
  CHECK(tree.problems()[0].code == ErrorCode::duplicate_key);
  CHECK(tree.problems()[0].pointer == "/b/c");
  CHECK(tree.problems()[0].column == 16);
  CHECK(tree.problems()[1].pointer == "/a");
  CHECK(tree.problems()[1].line == 3);
  CHECK(tree.problems()[1].message.find("line 1") != std::string::npos);
}

TEST_CASE("limits: bytes, depth, number of values") {
  fbss::Limits limits;
  limits.questionnaire_bytes = 64;
  limits.record_depth = 3;
  CHECK(fbss::read_file("[[[1]]]", "", limits).ok());
  const auto code = [&](const std::string& text) {
    const auto tree = fbss::read_file(text, "", limits);
    REQUIRE(tree.problems().size() == 1);
    return tree.problems().front().code;
  };
  CHECK(code("[[[[1]]]]") == ErrorCode::too_deep);
  CHECK(code("\"" + std::string(63, 'x') + "\"") == ErrorCode::too_large);
  CHECK(code("[1,1,1,1,1]") == ErrorCode::too_large);  // 64 / 16 values are room for four
}
