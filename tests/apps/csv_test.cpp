// SPDX-License-Identifier: Apache-2.0
// Rows of RFC 4180 in and out.
#include "csv.hpp"

#include <doctest/doctest.h>

#include "scratch.hpp"

using namespace fbss::app;
using Cells = std::vector<std::string>;

namespace {

std::vector<CsvRow> rows_of(std::string_view bytes, std::size_t limit = 1000) {
  const Scratch folder;
  auto input = Input::open(folder.write("table.csv", bytes));
  REQUIRE(input.ok());
  CsvReader reader(*input, limit);
  std::vector<CsvRow> rows;
  while (true) {
    auto row = reader.next();
    REQUIRE(row.ok());
    if (row->at_end) return rows;
    rows.push_back(*row);
  }
}

}  // namespace

TEST_CASE("csv: rows") {
  struct Example {
    const char* what;
    std::string_view bytes;
    std::vector<Cells> cells;
  };
  const Example examples[] = {
      {"nothing", "", {}},
      {"LF", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"no line end at the end", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"carriage return at the very end", "a,b\r", {{"a", "b"}}},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n",
       {{"a", "b"}}},
      {"byte order mark before a quotation mark", "\xEF\xBB\xBF\"a\",b\n", {{"a", "b"}}},
      {"empty cells", ",\n,,\n", {{"", ""}, {"", "", ""}}},
      {"empty line", "a\n\nb\n", {{"a"}, {""}, {"b"}}},
      {"quoted cells", "\"a\",\"b,c\",\"\"\n", {{"a", "b,c", ""}}},
      {"doubled quotation mark", "\"say \"\"yes\"\"\"\n", {{"say \"yes\""}}},
      {"line end in a cell", "\"a\nb\",c\nd,e\n", {{"a\nb", "c"}, {"d", "e"}}},
      {"CRLF in a cell", "\"a\r\nb\"\r\nc\r\n", {{"a\r\nb"}, {"c"}}},
      {"spaces belong to the cell", " a , b\n", {{" a ", " b"}}},
  };
  for (const Example& example : examples) {
    INFO(example.what);
    const auto rows = rows_of(example.bytes);
    REQUIRE(rows.size() == example.cells.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CHECK(rows[i].fault.empty());
      CHECK(rows[i].cells == example.cells[i]);
    }
  }
}

TEST_CASE("csv: lines are counted through quoted line ends") {
  const auto rows = rows_of("a\n\"b\nb\"\r\nc\n");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].line == 1);
  CHECK(rows[1].line == 2);
  CHECK(rows[2].line == 4);
}

TEST_CASE("csv: a row that is none is told, and the next line is read as a row") {
  const std::string_view faulty[] = {
      "5\" disc,b\nc,d\n",  // a quotation mark inside a plain cell
      "\"a\"b,c\nc,d\n",    // text behind a closed cell
      "a\rb,c\nc,d\n",      // a carriage return alone
      "a,\"never closed\nc,d\n",
  };
  for (const std::string_view bytes : faulty) {
    INFO(bytes);
    const auto rows = rows_of(bytes);
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(rows[0].fault.empty());
    CHECK(rows[0].line == 1);
    CHECK(rows[0].cells.empty());
    CHECK(rows[1].fault.empty());
    CHECK(rows[1].line == 2);
    CHECK(rows[1].cells == Cells{"c", "d"});
  }
}

TEST_CASE("csv: a row larger than the limit is let go without being held") {
  const std::string large(300'000, 'x');
  for (const std::string& bytes : {large + ",b\nc,d\n", '"' + large + "\",b\nc,d\n"}) {
    const auto rows = rows_of(bytes, 1000);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].too_large);
    CHECK(rows[1].cells == Cells{"c", "d"});
    CHECK(rows[1].line == 2);
  }
  const auto exact = rows_of(std::string(999, 'x') + "\nc\n", 1000);
  REQUIRE(exact.size() == 2);
  CHECK_FALSE(exact[0].too_large);
}

TEST_CASE("csv: a last row without a line end says so") {
  const auto rows = rows_of("a,b\nc");
  REQUIRE(rows.size() == 2);
  CHECK_FALSE(rows[0].cut_off);
  CHECK(rows[1].cut_off);
}

TEST_CASE("csv: writing") {
  struct Example {
    std::string_view text, cell, text_cell;
  };
  const Example examples[] = {
      {"", "", ""},
      {"plain", "plain", "plain"},
      {"a,b", "\"a,b\"", "\"a,b\""},
      {"say \"yes\"", "\"say \"\"yes\"\"\"", "\"say \"\"yes\"\"\""},
      {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
      {"=1+1", "=1+1", "'=1+1"},
      {"+1", "+1", "'+1"},
      {"@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"},
      {"-5", "-5", "-5"},  // a number is no formula
      {"-5+cmd", "-5+cmd", "'-5+cmd"},
      {"\tx", "\tx", "'\tx"},
      {"=a,\"b\"", "\"=a,\"\"b\"\"\"", "\"'=a,\"\"b\"\"\""},
  };
  for (const Example& example : examples) {
    std::string cell, text;
    append_csv_cell(cell, example.text);
    append_csv_text(text, example.text);
    CHECK(cell == example.cell);
    CHECK(text == example.text_cell);
  }
}
