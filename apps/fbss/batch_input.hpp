// SPDX-License-Identifier: Apache-2.0
// Many records, a block at a time and in bounded memory. In: NDJSON or a CSV table. Out: blocks of
// JSON records with their line numbers, which workers evaluate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "csv.hpp"
#include "io.hpp"
#include "table.hpp"

namespace fbss::app {

struct RawRecord {
  std::uint64_t line = 0;
  std::size_t begin = 0, size = 0;  ///< within Block::bytes
  std::optional<Problem> fault;     ///< why there is no record to read
};

struct Block {
  std::string bytes;
  std::vector<RawRecord> records;

  void clear();
  std::string_view text_of(const RawRecord& record) const {
    return std::string_view(bytes).substr(record.begin, record.size);
  }
};

class BatchInput {
 public:
  enum class Form { ndjson, csv, bundles };

  /// For CSV reads the header: its problems are those of Table::from_header(). Where the input is
  /// plainly of another form, that is the only problem (not_csv; not_json or wrong_type where it
  /// was guessed). The input must outlive this.
  static Result<BatchInput> open(Form form, Input& input, const Questionnaire& questionnaire,
                                 bool guessed);

  /// Replaces the block by the next records; an empty block is the end. Lines without anything are
  /// no records. Problem: cannot_read.
  Result<void> fill(Block& block);

  /// Rows so far that had fewer cells than the header; their missing cells count as no answer.
  std::uint64_t short_rows() const { return short_rows_; }

 private:
  Result<bool> add_line(Block& block);
  Result<bool> add_row(Block& block);

  std::size_t limit_ = 0;  // of a record, in bytes
  std::optional<LineReader> lines_;
  std::optional<CsvReader> rows_;
  std::optional<Table> table_;
  std::uint64_t short_rows_ = 0;
};

}  // namespace fbss::app
