// SPDX-License-Identifier: Apache-2.0
// Many records, a block at a time; see batch_input.hpp.
#include "batch_input.hpp"

#include <fbss/limits.hpp>

#include "text.hpp"

namespace fbss::app {

void Block::clear() {
  bytes.clear();
  records.clear();
}

Result<BatchInput> BatchInput::open(Form form, Input& input, const Questionnaire& questionnaire) {
  const std::size_t limit = Limits{}.record_bytes;
  BatchInput batch;
  if (form == Form::ndjson) {
    batch.lines_.emplace(input, limit);
    return batch;
  }
  batch.rows_.emplace(input, limit);
  Result<CsvRow> header = batch.rows_->next();
  if (!header) return header.problems();
  if (header->at_end) header->cells.emplace_back();
  Result<Table> table = Table::from_header(questionnaire, *header, input.name());
  if (!table) return table.problems();
  batch.table_ = *std::move(table);
  return batch;
}

Result<void> BatchInput::fill(Block& block) {
  // Large enough that handing a block to a thread costs little, small enough that memory stays
  // bounded also with --full.
  constexpr std::size_t most_records = 256;
  constexpr std::size_t most_bytes = 256 * 1024;
  block.clear();
  while (block.records.size() < most_records && block.bytes.size() < most_bytes) {
    const Result<bool> more = lines_ ? add_line(block) : add_row(block);
    if (!more) return more.problems();
    if (!*more) break;
  }
  return {};
}

Result<bool> BatchInput::add_line(Block& block) {
  Result<Line> line = lines_->next();
  if (!line) return line.problems();
  if (line->at_end) return false;
  if (!line->too_long && trimmed(line->text).empty()) return true;
  RawRecord& record = block.records.emplace_back();
  record.line = line->number;
  record.begin = block.bytes.size();
  record.size = line->text.size();
  block.bytes += line->text;
  if (line->too_long) {
    record.fault.emplace();
    record.fault->code = ErrorCode::too_large;
  }
  return true;
}

Result<bool> BatchInput::add_row(Block& block) {
  Result<CsvRow> row = rows_->next();
  if (!row) return row.problems();
  if (row->at_end) return false;
  if (Table::is_blank(*row)) return true;
  RawRecord& record = block.records.emplace_back();
  record.line = row->line;
  record.begin = block.bytes.size();
  const Result<void> appended = table_->append_record(block.bytes, *row);
  record.size = block.bytes.size() - record.begin;
  if (!appended) {
    record.fault = appended.problems().front();
  } else if (table_->is_short(*row)) {
    ++short_rows_;
  }
  return true;
}

}  // namespace fbss::app
