// SPDX-License-Identifier: Apache-2.0
// A table of answers: its first row names questions, every further row is a record. In: rows; out:
// the same as JSON records, so that whatever is refused is refused by the one reader of records.
#pragma once

#include <string>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "csv.hpp"

namespace fbss::app {

class Table {
 public:
  /// Reads the header. All that is wrong with it is told at once: unknown_question (with the
  /// nearest id), not_csv (semicolons, tabs, UTF-16, a column twice or without a name).
  static Result<Table> from_header(const Questionnaire& questionnaire, const CsvRow& header,
                                   const std::string& file);

  /// Whether no cell holds anything: spreadsheets write such rows at the end.
  static bool is_blank(const CsvRow& row);

  /// Fewer cells than columns. Spreadsheets leave out empty cells at a row's end.
  bool is_short(const CsvRow& row) const { return row.cells.size() < columns_.size(); }

  /// Appends the row as a JSON record, or says why it is none (not_csv, too_large).
  Result<void> append_record(std::string& out, const CsvRow& row) const;

  /// The header's line of a blank table, without a line end.
  static std::string header_of(const Questionnaire& questionnaire);

 private:
  struct Column {
    std::string name;                // as a record has it: a question's id, "_id" or "_sample"
    const Item* question = nullptr;  // null for the latter two
  };

  explicit Table(Questionnaire questionnaire) : questionnaire_(std::move(questionnaire)) {}
  static void append_value(std::string& out, const Column& column, const std::string& cell);

  Questionnaire questionnaire_;  // keeps the questions alive
  std::vector<Column> columns_;
};

}  // namespace fbss::app
