// SPDX-License-Identifier: Apache-2.0
// Pointers to lines and columns.
#include <doctest/doctest.h>

#include <fbss/questionnaire.hpp>

TEST_CASE("a pointer's line and column are those of its value") {
  constexpr std::string_view text = "{\n  \"rules\": [ {},\n    { \"a/b\": [ 7 ] } ] }";
  struct Row {
    const char* pointer;
    std::uint32_t line, column;
  };
  const Row rows[] = {
      {"", 1, 1},         {"/rules", 2, 12}, {"/rules/1", 3, 5}, {"/rules/1/a~1b/0", 3, 16},
      {"/rules/2", 0, 0}, {"/rule", 0, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pointer);
    fbss::Problems problems(1);
    problems[0].pointer = row.pointer;
    fbss::add_places(problems, text, "f.json");
    CHECK(problems[0].line == row.line);
    CHECK(problems[0].column == row.column);
    CHECK(problems[0].file == (row.line ? "f.json" : ""));
  }
}

TEST_CASE("a place that is known stays, and a text that is no JSON changes nothing") {
  fbss::Problems problems(1);
  fbss::add_places(problems, "{", "f.json");
  CHECK(problems[0].line == 0);
  problems[0].line = 9;
  fbss::add_places(problems, "{}", "f.json");
  CHECK(problems[0].line == 9);
}
