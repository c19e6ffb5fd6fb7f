// SPDX-License-Identifier: Apache-2.0
// A table of answers; see table.hpp.
#include "table.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fbss/response.hpp>

#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

constexpr std::string_view id_column = "_id";
constexpr std::string_view sample_column = "_sample";
constexpr std::string_view not_utf8 =
    "The table is not in UTF-8. Save it as \"CSV UTF-8 (comma delimited)\".";

Problem not_csv(const std::string& file, std::uint64_t line, std::string message) {
  Problem problem;
  problem.code = ErrorCode::not_csv;
  problem.file = file;
  problem.line = static_cast<std::uint32_t>(line);
  problem.message = std::move(message);
  return problem;
}

// The record reader's own words for a column that names no question: it knows what is near, and
// what must not be repeated because a row of answers may stand where the header should.
Problem no_such_column(const Questionnaire& questionnaire, const std::string& name) {
  std::string record = "{";
  append_json_string(record, name);
  record += ":\"unknown\"}";
  Problem problem = Response(questionnaire).read(record).problems().front();
  problem.pointer.clear();  // a place in a record, which this is not
  return problem;
}

// What a whole header that is not parted by commas looks like, or "".
std::string wrong_kind(const CsvRow& header) {
  const std::string_view first = header.cells.front();
  if (first.starts_with("\xFF\xFE") || first.starts_with("\xFE\xFF")) {
    return "The table is in UTF-16. Save it as \"CSV UTF-8 (comma delimited)\".";
  }
  if (header.cells.size() > 1) return {};
  if (first.find(';') != std::string_view::npos) {
    return "The table's columns are parted by semicolons. Save it with commas: in LibreOffice "
           "choose the field delimiter \",\" when saving; in Excel choose \"CSV UTF-8 (comma "
           "delimited)\" with a list separator of \",\".";
  }
  if (first.find('\t') != std::string_view::npos) {
    return "The table's columns are parted by tabs. Save it with commas as \"CSV UTF-8 (comma "
           "delimited)\".";
  }
  return {};
}

// Spreadsheets write TRUE and FALSE, other programs True and False.
std::string_view boolean_of(std::string_view cell) {
  const std::string lower = lower_case(cell);
  return lower == "true" ? "true" : lower == "false" ? "false" : "";
}

}  // namespace

Result<Table> Table::from_header(const Questionnaire& questionnaire, const CsvRow& header,
                                 const std::string& file) {
  if (!header.fault.empty()) return not_csv(file, header.line, header.fault);
  if (std::string hint = wrong_kind(header); !hint.empty()) {
    return not_csv(file, header.line, std::move(hint));
  }
  if (!std::all_of(header.cells.begin(), header.cells.end(), is_utf8)) {
    return not_csv(file, header.line, std::string(not_utf8));
  }
  std::vector<std::string> names = header.cells;
  while (!names.empty() && names.back().empty()) names.pop_back();
  if (names.empty()) {
    return not_csv(file, header.line,
                   "The first line must name the columns: question ids, and \"_id\" if wanted. "
                   "fbss export --as csv-template makes one.");
  }

  Table table(questionnaire);
  Problems problems;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const std::string place = "Column " + std::to_string(i + 1);
    const Item* question = questionnaire.question(name);
    if (name.empty()) {
      problems.push_back(not_csv(file, header.line, place + " has no name."));
    } else if (question == nullptr && name != id_column && name != sample_column) {
      Problem problem = no_such_column(questionnaire, name);
      problem.file = file;
      problem.line = static_cast<std::uint32_t>(header.line);
      problem.message = place + ": " + problem.message;
      problems.push_back(std::move(problem));
    } else if (!seen.insert(name).second) {
      problems.push_back(
          not_csv(file, header.line, place + ": \"" + name + "\" stands in the header twice."));
    }
    table.columns_.push_back({name, question});
  }
  if (!problems.empty()) return problems;
  return table;
}

bool Table::is_blank(const CsvRow& row) {
  return row.fault.empty() && std::all_of(row.cells.begin(), row.cells.end(),
                                          [](const std::string& cell) { return cell.empty(); });
}

Result<void> Table::append_record(std::string& out, const CsvRow& row) const {
  if (!row.fault.empty()) {
    Problem problem = not_csv({}, row.line, row.fault);
    if (row.too_large) problem.code = ErrorCode::too_large;
    return problem;
  }
  if (!std::all_of(row.cells.begin(), row.cells.end(), is_utf8)) {
    return not_csv({}, row.line, std::string(not_utf8));
  }
  const std::size_t wanted = columns_.size();
  const bool has_more = std::any_of(
      row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, row.cells.size())),
      row.cells.end(), [](const auto& cell) { return !cell.empty(); });
  if (has_more) {
    return not_csv({}, row.line,
                   "The row has " + counted(row.cells.size(), "cell") + ", the header " +
                       std::to_string(wanted) + ". A text with a comma needs quotation marks.");
  }
  // One cell alone is a line of some other kind, and a short last row without a line end is the
  // rest of a file that was cut off; other short rows are how spreadsheets write empty cells at the
  // end.
  if (is_short(row) && (row.cells.size() == 1 || row.cut_off)) {
    return not_csv({}, row.line,
                   "The row has " + counted(row.cells.size(), "cell") + ", the header " +
                       std::to_string(wanted) +
                       (row.cut_off ? ", and the file ends within it." : "."));
  }
  out += '{';
  bool first = true;
  for (std::size_t i = 0; i < std::min(wanted, row.cells.size()); ++i) {
    if (row.cells[i].empty()) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, columns_[i].name);
    out += ':';
    append_value(out, columns_[i], row.cells[i]);
  }
  out += '}';
  return {};
}

void Table::append_value(std::string& out, const Column& column, const std::string& cell) {
  const Item* question = column.question;
  const bool takes_boolean =
      question ? question->type == ItemType::yes_no : column.name == sample_column;
  if (takes_boolean && !boolean_of(cell).empty()) {
    out += boolean_of(cell);
  } else if (question && question->several && cell.find('|') != std::string::npos) {
    out += '[';
    for (std::size_t begin = 0; begin <= cell.size();) {
      const std::size_t end = std::min(cell.find('|', begin), cell.size());
      if (begin > 0) out += ',';
      append_json_string(out, std::string_view(cell).substr(begin, end - begin));
      begin = end + 1;
    }
    out += ']';
  } else {
    append_json_string(out, cell);
  }
}

std::string Table::header_of(const Questionnaire& questionnaire) {
  std::string out(id_column);
  for (const Item* question : questionnaire.questions()) out += ',' + question->id;
  return out;
}

}  // namespace fbss::app
