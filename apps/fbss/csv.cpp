// SPDX-License-Identifier: Apache-2.0
// Tables as RFC 4180 has them; see csv.hpp.
#include "csv.hpp"

#include <algorithm>

#include "text.hpp"

namespace fbss::app {

// A row that is none ends with its first line: whatever stands behind may be rows again, so that
// one missing quotation mark does not swallow the file.
Result<CsvRow> CsvReader::give_up(CsvRow row, std::string fault) {
  row.cells.clear();
  row.fault = std::move(fault);
  std::size_t end = buffer_.find('\n');
  while (end == std::string::npos) {
    buffer_.clear();
    Result<bool> more = input_.append_to(buffer_);
    if (!more) return more.problems();
    if (!*more) break;
    end = buffer_.find('\n');
  }
  begin_ = end == std::string::npos ? buffer_.size() : end + 1;
  line_ = row.line;
  return row;
}

Result<CsvRow> CsvReader::next() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  CsvRow row;
  row.line = line_ + 1;
  std::uint64_t inner_lines = 0;
  std::string cell;
  const auto end_cell = [&] {
    row.cells.push_back(std::move(cell));
    cell.clear();
  };

  if (!started_) {
    started_ = true;
    Result<bool> more = input_.append_to(buffer_);
    if (!more) return more.problems();
    if (buffer_.starts_with("\xEF\xBB\xBF")) buffer_.erase(0, 3);
  }

  Place place = Place::cell_begin;
  for (std::size_t at = 0;;) {
    if (at > limit_) {
      row.too_large = true;
      return give_up(std::move(row), "The row is larger than the limit of " +
                                         std::to_string(limit_) +
                                         " bytes. A quotation mark may be missing.");
    }
    if (at == buffer_.size()) {
      Result<bool> more = input_.append_to(buffer_);
      if (!more) return more.problems();
      if (*more) continue;
      if (place == Place::quoted_cell) {
        return give_up(std::move(row), "A cell opens with a quotation mark that never closes.");
      }
      begin_ = at;
      row.at_end = at == 0;
      row.cut_off = place != Place::behind_return;
      if (!row.at_end) end_cell();
      line_ = row.line + inner_lines;
      return row;
    }
    const char c = buffer_[at++];
    if (place == Place::quoted_cell) {
      if (c == '"') {
        place = Place::behind_quote;
      } else {
        if (c == '\n') ++inner_lines;
        cell += c;
      }
    } else if (place == Place::behind_return && c != '\n') {
      return give_up(std::move(row),
                     "A carriage return stands alone. Save the table with LF or CRLF line ends.");
    } else if (c == '\n') {
      end_cell();
      begin_ = at;
      line_ = row.line + inner_lines;
      return row;
    } else if (c == '\r') {
      place = Place::behind_return;
    } else if (c == ',') {
      end_cell();
      place = Place::cell_begin;
    } else if (c == '"' && place == Place::behind_quote) {
      cell += c;
      place = Place::quoted_cell;
    } else if (c == '"' && place == Place::cell_begin) {
      place = Place::quoted_cell;
    } else if (c == '"' || place == Place::behind_quote) {
      return give_up(std::move(row),
                     "A quotation mark stands inside a cell. A cell that holds one is written in "
                     "quotation marks, with the inner one doubled.");
    } else {
      cell += c;
      place = Place::plain_cell;
    }
  }
}

void append_csv_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_csv_text(std::string& out, std::string_view text) {
  constexpr std::string_view formula_begins = "=+-@\t\r";
  const bool is_number = text.starts_with('-') && whole_number(text.substr(1)).has_value();
  if (text.empty() || is_number || formula_begins.find(text.front()) == std::string_view::npos) {
    append_csv_cell(out, text);
  } else {
    append_csv_cell(out, '\'' + std::string(text));
  }
}

}  // namespace fbss::app
