// SPDX-License-Identifier: Apache-2.0
// One block of records to one piece of output; see batch_worker.hpp.
#include "batch_worker.hpp"

#include <algorithm>
#include <set>

#include <fbss/report.hpp>

#include "charts.hpp"
#include "io.hpp"

namespace fbss::app {

namespace {

constexpr std::string_view report_begin = "record-";
constexpr std::string_view report_end = ".html";

// A file name that is safe on every system, whatever the record's id is; the line makes it unique.
std::string report_file(const RecordName& name) {
  constexpr std::size_t longest_id = 60;
  std::string file = std::string(report_begin) + std::to_string(name.line);
  if (!name.id.empty()) file += '-';
  for (const char c : std::string_view(name.id).substr(0, longest_id)) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
    file += safe ? c : '_';
  }
  return file += report_end;
}

Assessment empty_assessment(const Questionnaire& questionnaire) {
  return Assessment{.questionnaire = questionnaire,
                    .record_id = {},
                    .date = {},
                    .findings = {},
                    .tallies = {},
                    .not_asked = {},
                    .unknown = {},
                    .declined = {},
                    .answers = {},
                    .notices = {}};
}

template <class Counts>
void add_each(std::vector<Counts>& to, const std::vector<Counts>& other) {
  to.resize(std::max(to.size(), other.size()));
  for (std::size_t row = 0; row < other.size(); ++row) {
    for (std::size_t part = 0; part < other[row].size(); ++part) to[row][part] += other[row][part];
  }
}

}  // namespace

bool may_be_report(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with(report_begin) && name.ends_with(report_end);
}

void BatchCounts::add(const BatchCounts& other) {
  ok += other.ok;
  refused += other.refused;
  for (const auto& [code, count] : other.codes) codes[code] += count;
  add_each(by_rule, other.by_rule);
  add_each(by_question, other.by_question);
  ignored += other.ignored;
}

BatchWorker::BatchWorker(const BatchJob& job)
    : job_(job),
      response_(job.empty),
      assessment_(empty_assessment(job.empty.questionnaire())),
      ndjson_(job.empty.questionnaire()) {
  if (job.lists) prefill_.emplace(job.empty.questionnaire(), *job.lists, chart_limits());
}

Piece BatchWorker::run(const Block& block) {
  Piece piece;
  piece.counts.by_rule.resize(job_.empty.questionnaire().rules().size());
  if (prefill_) piece.counts.by_question.resize(job_.empty.questionnaire().questions().size());
  for (const RawRecord& record : block.records) add(piece, block.text_of(record), record);
  return piece;
}

void BatchWorker::add(Piece& piece, std::string_view text, const RawRecord& record) {
  RecordName name;
  name.line = record.line;
  const Problems problems = record.fault ? Problems{*record.fault}
                            : prefill_   ? evaluate_bundle(text, name)
                                         : evaluate(text, name);
  if (!problems.empty()) return refuse(piece, name, problems);
  count(piece.counts);
  switch (job_.form) {
    case BatchForm::ndjson:
      return ndjson_.append(piece.out, name, assessment_, response_.open_questions());
    case BatchForm::full:
      return append_full_ndjson(piece.out, name, assessment_);
    case BatchForm::csv:
      return append_ok_csv(piece.out, name, assessment_);
    case BatchForm::html:
      return write_report(piece, name);
  }
}

void BatchWorker::count(BatchCounts& counts) const {
  ++counts.ok;
  for (std::size_t rule = 0; rule < assessment_.findings.size(); ++rule) {
    ++counts.by_rule[rule][static_cast<std::size_t>(assessment_.findings[rule].status)];
  }
  if (!assessment_.chart) return;
  counts.ignored += assessment_.chart->ignored.size();
  const auto questions = job_.empty.questionnaire().questions();
  for (const Suggestion& suggestion : assessment_.chart->suggestions) {
    const auto at = std::find(questions.begin(), questions.end(), suggestion.question);
    const auto question = static_cast<std::size_t>(at - questions.begin());
    ++counts.by_question[question][static_cast<std::size_t>(suggestion.kind)];
  }
}

Problems BatchWorker::evaluate(std::string_view text, RecordName& name) {
  if (const Result<void> parsed = document_.parse(text); !parsed) return parsed.problems();
  const Result<void> read = reader_.read(response_, document_);
  // Also a record that is refused keeps its id.
  name.id = reader_.record_id();
  name.id_is_number = reader_.record_id_is_number();
  if (!read) return read.problems();
  return assess_into(assessment_, response_, wanted()).problems();
}

// Answers are those that the chart holds as recorded; what it suggests waits for a person.
Problems BatchWorker::evaluate_bundle(std::string_view text, RecordName& name) {
  if (const Result<void> parsed = document_.parse(text, chart_limits()); !parsed) {
    return parsed.problems();
  }
  const JsonNode bundle = document_.root();
  Result<Chart> chart = prefill_->run(bundle);
  const ChartId given = chart_id(bundle, chart ? chart->patient : std::string_view());
  name.id = given.id;
  if (!chart) return chart.problems();
  if (const auto taken = take_recorded(response_, reader_, bundle, *chart); !taken) {
    if (taken.problems().front().pointer == given.pointer) name.id.clear();  // the id is wrong
    return taken.problems();
  }
  const Result<void> assessed = assess_into(assessment_, response_, wanted());
  assessment_.chart = *std::move(chart);
  return assessed.problems();
}

AssessOptions BatchWorker::wanted() const {
  return {.explain = job_.form == BatchForm::full || job_.form == BatchForm::html};
}

void BatchWorker::refuse(Piece& piece, const RecordName& name, const Problems& problems) const {
  ++piece.counts.refused;
  std::set<ErrorCode> codes;  // a record counts once for each
  for (const Problem& problem : problems) codes.insert(problem.code);
  for (const ErrorCode code : codes) ++piece.counts.codes[code];
  if (job_.form == BatchForm::csv) {
    append_refused_csv(piece.out, name, problems, job_.empty.questionnaire(), suggestions());
  } else {
    append_refused_ndjson(piece.out, name, problems,
                          job_.form == BatchForm::full ? Messages::yes : Messages::no);
  }
}

void BatchWorker::write_report(Piece& piece, const RecordName& name) const {
  const std::string file = report_file(name);
  const Result<void> written =
      write_file(job_.folder + '/' + file, report_html(assessment_), Durable::no);
  if (!written) {
    piece.failures.insert(piece.failures.end(), written.problems().begin(),
                          written.problems().end());
  }
  append_file_ndjson(piece.out, name, file);
}

}  // namespace fbss::app
