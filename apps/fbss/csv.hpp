// SPDX-License-Identifier: Apache-2.0
// Tables as RFC 4180 has them: rows of cells in, and cells out. Read in bounded memory, UTF-8 with
// or without a byte order mark, LF or CRLF, line ends within quotation marks. Nothing is guessed: a
// row that does not follow the RFC is given back as faulty, and reading goes on in the line behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>

#include "io.hpp"

namespace fbss::app {

struct CsvRow {
  std::uint64_t line = 0;  ///< 1-based line of the file in which the row begins
  std::vector<std::string> cells;
  std::string fault;       ///< not empty: why this is no row; the cells are empty then
  bool too_large = false;  ///< the fault is that the row is larger than the limit
  bool cut_off = false;    ///< the file ended without a line end behind it
  bool at_end = false;     ///< there was no further row
};

class CsvReader {
 public:
  CsvReader(Input& input, std::size_t limit) : input_(input), limit_(limit) {}
  Result<CsvRow> next();

 private:
  enum class Place { cell_begin, plain_cell, quoted_cell, behind_quote, behind_return };

  Result<CsvRow> give_up(CsvRow row, std::string fault);

  Input& input_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t line_ = 0;  // lines behind us
  bool started_ = false;
};

/// Appends a cell as it is, with quotation marks where it needs them.
void append_csv_cell(std::string& out, std::string_view cell);

/// Appends a cell whose text came from outside. Where a spreadsheet would take it for a formula (it
/// begins with = + - @, a tab or a carriage return, and is no number), an apostrophe stands before.
void append_csv_text(std::string& out, std::string_view text);

}  // namespace fbss::app
