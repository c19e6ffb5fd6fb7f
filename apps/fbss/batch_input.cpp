// SPDX-License-Identifier: Apache-2.0
// Many records, a block at a time; see batch_input.hpp.
#include "batch_input.hpp"

#include <algorithm>

#include <fbss/limits.hpp>

#include "charts.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

bool is_header(std::string_view line, const Questionnaire& questionnaire) {
  if (line.find(',') == std::string_view::npos) return false;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    std::string_view cell = trimmed(line.substr(begin, end - begin));
    if (cell.size() > 1 && cell.front() == '"') cell = cell.substr(1, cell.size() - 2);
    if (questionnaire.question(cell) != nullptr) return true;
    begin = end + 1;
  }
  return false;
}

// Two words that no record of answers holds.
bool is_bundle(std::string_view line) {
  return line.starts_with('{') && line.find("\"resourceType\"") != std::string_view::npos &&
         line.find("\"Bundle\"") != std::string_view::npos;
}

// Told once, before each line is refused for it.
std::optional<Problem> other_form(BatchInput::Form form, Input& input, std::string_view line,
                                  const Questionnaire& questionnaire, bool guessed) {
  Problem problem;
  problem.file = input.name();
  problem.line = 1;
  const bool is_json = line.starts_with('{');
  if (form == BatchInput::Form::csv && is_json) {
    problem.code = ErrorCode::not_csv;
    problem.message = "This is no table: the first line begins as a JSON record. Add --in ndjson.";
  } else if (form == BatchInput::Form::ndjson && guessed && !is_json &&
             is_header(line, questionnaire)) {
    problem.code = ErrorCode::not_json;
    problem.message = "This looks like a table: the first line names questions. Add --in csv.";
  } else if (form == BatchInput::Form::ndjson && guessed && is_bundle(line)) {
    problem.code = ErrorCode::wrong_type;
    problem.message = "The first line is an FHIR Bundle. Add --in bundles.";
  } else {
    return std::nullopt;
  }
  return problem;
}

}  // namespace

void Block::clear() {
  bytes.clear();
  records.clear();
}

Result<BatchInput> BatchInput::open(Form form, Input& input, const Questionnaire& questionnaire,
                                    bool guessed) {
  const Result<std::string> first = input.first_line();
  if (!first) return first.problems();
  if (auto problem = other_form(form, input, trimmed(*first), questionnaire, guessed)) {
    return *problem;
  }
  BatchInput batch;
  batch.limit_ = (form == Form::bundles ? chart_limits() : Limits{}).record_bytes;
  if (form != Form::csv) {
    batch.lines_.emplace(input, batch.limit_);
    return batch;
  }
  batch.rows_.emplace(input, batch.limit_);
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
    record.fault->message = "The line has more than " + std::to_string(limit_) +
                            " bytes, the most that a record may have.";
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
