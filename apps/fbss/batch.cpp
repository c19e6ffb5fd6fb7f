// SPDX-License-Identifier: Apache-2.0
// `fbss batch`: many records to one line each, in order. The input is cut into blocks; each block
// becomes a piece of output, on this thread or on others, and the pieces are written in order.
// Memory is bounded by the number of blocks under way, whatever the length of the input.
#include <algorithm>
#include <deque>
#include <future>
#include <memory>
#include <mutex>

#include <fbss/version.hpp>

#include "batch_input.hpp"
#include "batch_worker.hpp"
#include "charts.hpp"
#include "commands.hpp"
#include "json_text.hpp"
#include "questionnaires.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

/// Workers that are free. A block takes one and puts it back.
class Crew {
 public:
  explicit Crew(const BatchJob& job) : job_(job) {}

  Piece run(const Block& block) {
    std::unique_ptr<BatchWorker> worker = take();
    Piece piece = worker->run(block);
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(worker));
    return piece;
  }

 private:
  std::unique_ptr<BatchWorker> take() {
    {
      const std::scoped_lock lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<BatchWorker> worker = std::move(free_.back());
        free_.pop_back();
        return worker;
      }
    }
    return std::make_unique<BatchWorker>(job_);
  }

  const BatchJob& job_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<BatchWorker>> free_;
};

/// Sends every block through the crew and the pieces, in order, to standard output.
class Run {
 public:
  Run(const BatchJob& job, std::size_t threads, Console& console)
      : crew_(job), threads_(threads), console_(console) {}

  /// Problems: cannot_read, cannot_write.
  Problems all(BatchInput& input) {
    while (problems_.empty()) {
      auto block = std::make_shared<Block>();
      if (const Result<void> filled = input.fill(*block); !filled) {
        problems_ = filled.problems();
        break;
      }
      if (block->records.empty()) break;
      if (threads_ == 1) {
        write(crew_.run(*block));
      } else {
        if (under_way_.size() == threads_) write_oldest();
        under_way_.push_back(
            std::async(std::launch::async, [this, block] { return crew_.run(*block); }));
      }
    }
    while (!under_way_.empty()) write_oldest();
    return problems_;
  }

  const BatchCounts& counts() const { return counts_; }

 private:
  void write_oldest() {
    write(under_way_.front().get());
    under_way_.pop_front();
  }

  void write(Piece piece) {
    counts_.add(piece.counts);
    problems_.insert(problems_.end(), piece.failures.begin(), piece.failures.end());
    console_.out.write(piece.out);
    // Nobody is to wait for a million records whose lines go nowhere.
    if (const Result<void> written = console_.out.flush(); !written && problems_.empty()) {
      problems_ = written.problems();
    }
  }

  Crew crew_;
  std::size_t threads_;
  Console& console_;
  std::deque<std::future<Piece>> under_way_;
  BatchCounts counts_;
  Problems problems_;
};

// The questions that some chart speaks of, and how many resources were left out.
void append_suggestion_counts(JsonWriter& json, const Questionnaire& questionnaire,
                              const BatchCounts& counts) {
  json.key("suggestions").begin_array();
  for (std::size_t i = 0; i < counts.by_question.size(); ++i) {
    const auto& kinds = counts.by_question[i];
    if (std::count(kinds.begin(), kinds.end(), 0U) == std::ssize(kinds)) continue;
    json.begin_object().key("question").string(questionnaire.questions()[i]->id);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      json.key(suggestion_word(static_cast<SuggestionKind>(kind)))
          .number(static_cast<long long>(kinds[kind]));
    }
    json.end_object();
  }
  json.end_array().key("ignored").number(static_cast<long long>(counts.ignored));
}

std::string summary_json(const BatchJob& job, const BatchCounts& counts, std::uint64_t short_rows) {
  const auto number = [](std::uint64_t count) { return static_cast<long long>(count); };
  const Questionnaire& questionnaire = job.empty.questionnaire();
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object().key("questionnaire").begin_object();
  json.key("id").string(questionnaire.id());
  json.key("version").string(questionnaire.version());
  json.key("sha256").string(questionnaire.sha256()).end_object();
  json.key("engine").begin_object().key("name").string("fbss");
  json.key("version").string(version()).end_object();
  json.key("on").string_or_null(job.empty.date());
  json.key("records").number(number(counts.ok + counts.refused));
  json.key("ok").number(number(counts.ok)).key("refused").number(number(counts.refused));
  json.key("short_rows").number(number(short_rows));
  json.key("codes").begin_object();
  for (const auto& [code, count] : counts.codes) json.key(code_word(code)).number(number(count));
  json.end_object().key("findings").begin_array();
  const auto rules = questionnaire.rules();
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    json.begin_object().key("rule").string(rules[rule].id);
    for (std::size_t status = 0; status < 4; ++status) {
      const bool counted_any = rule < counts.by_rule.size();
      json.key(status_word(static_cast<Status>(status)))
          .number(counted_any ? number(counts.by_rule[rule][status]) : 0);
    }
    json.end_object();
  }
  json.end_array();
  if (job.lists) append_suggestion_counts(json, questionnaire, counts);
  json.end_object();
  return out + '\n';
}

// Counts and codes only: a log of many records repeats nothing of any of them.
std::string closing_words(const BatchCounts& counts, std::uint64_t short_rows) {
  const std::uint64_t records = counts.ok + counts.refused;
  std::string out = "fbss batch: " + counted(records, "record") + ": " + std::to_string(counts.ok) +
                    " evaluated, " + std::to_string(counts.refused) + " refused";
  std::string codes;
  for (const auto& [code, count] : counts.codes) {
    codes +=
        (codes.empty() ? " (" : ", ") + std::string(code_word(code)) + ' ' + std::to_string(count);
  }
  out += codes + (codes.empty() ? ".\n" : ").\n");
  if (short_rows > 0) {
    out += "fbss batch: " + counted(short_rows, "row") +
           " with fewer cells than the header: the missing cells count as no answer.\n";
  }
  return out;
}

std::optional<Problem> wrong_combination(const Options& options, std::string_view format) {
  if (options.has("full") && format != "ndjson") {
    return usage_problem("--full goes with --format ndjson only.");
  }
  if ((format == "html") != options.has("out-dir")) {
    return usage_problem(
        "--format html and --out-dir DIR go together: one report for each record.");
  }
  if (options.value("summary") == "-" ||
      same_file(options.value("summary"), options.files().front())) {
    return usage_problem("--summary needs a file of its own.");
  }
  if (auto problem = replaces_questionnaire(options, "summary")) return problem;
  if (auto problem = replaces_chart(options, "summary")) return problem;
  if (options.has("value-sets") && options.value("in") != "bundles") {
    return usage_problem("--value-sets goes with --in bundles.");
  }
  if (auto problem = reads_input_twice(options)) return problem;
  if (format == "html" && is_there(options.value("out-dir"))) {
    const Result<std::vector<std::string>> files = files_in(options.value("out-dir"));
    if (!files) return std::nullopt;  // make_folder() tells what stands there
    for (const std::string& file : *files) {
      if (may_be_report(file) &&
          (is_questionnaire_file(options, file) || is_chart_file(options, file) ||
           same_file(options.files().front(), file))) {
        return usage_problem("A report in --out-dir could replace " + printable(file) +
                             ", which is read: name another folder.");
      }
    }
  }
  return std::nullopt;
}

BatchForm form_of(const Options& options, std::string_view format) {
  if (format == "csv") return BatchForm::csv;
  if (format == "html") return BatchForm::html;
  return options.has("full") ? BatchForm::full : BatchForm::ndjson;
}

BatchInput::Form input_form(const Options& options, const std::string& file) {
  const std::string guessed = lower_case(file).ends_with(".csv") ? "csv" : "ndjson";
  const std::string form = options.value("in", guessed);
  return form == "csv"       ? BatchInput::Form::csv
         : form == "bundles" ? BatchInput::Form::bundles
                             : BatchInput::Form::ndjson;
}

Exit run(const Options& options, Console& console) {
  const std::string format = options.value("format", "ndjson");
  const auto fail = [&](const Problems& problems, Exit otherwise) {
    return tell(console, problems, ProblemForm::text, otherwise);
  };
  if (const auto problem = wrong_combination(options, format)) return fail({*problem}, Exit::usage);

  Result<Response> empty = open_response(options);
  if (!empty) return fail(empty.problems(), Exit::bad_questionnaire);
  const Questionnaire& questionnaire = empty->questionnaire();
  BatchJob job{*empty, form_of(options, format), options.value("out-dir")};
  const std::string& file = options.files().front();
  const BatchInput::Form in = input_form(options, file);
  std::optional<CodeLists> lists;
  if (in == BatchInput::Form::bundles) {
    Result<CodeLists> open = open_code_lists(options, questionnaire, console, ProblemForm::text);
    if (!open) return fail(open.problems(), Exit::refused);
    job.lists = &lists.emplace(*std::move(open));
  }
  Result<Input> input = Input::open(file);
  if (!input) return fail(input.problems(), Exit::failed);
  Result<BatchInput> batch = BatchInput::open(in, *input, questionnaire, !options.has("in"));
  if (!batch) return fail(batch.problems(), Exit::refused);
  if (job.form == BatchForm::html) {
    if (const auto made = make_folder(job.folder); !made)
      return fail(made.problems(), Exit::failed);
  }

  if (job.form == BatchForm::csv) {
    std::string header;
    append_csv_header(header, questionnaire, job.lists ? Suggestions::yes : Suggestions::no);
    console.out.write(header);
  }
  Run records(job, options.number("jobs").value_or(1), console);
  Problems problems = records.all(*batch);
  console.err.write(closing_words(records.counts(), batch->short_rows()));
  if (options.has("summary") && problems.empty()) {
    const std::string summary = summary_json(job, records.counts(), batch->short_rows());
    problems = write_file(options.value("summary"), summary, Durable::yes).problems();
  }
  if (!problems.empty()) return fail(problems, Exit::failed);
  return records.counts().refused > 0 ? Exit::refused : Exit::done;
}

}  // namespace

Command batch_command() {
  CommandSpec spec;
  spec.name = "batch";
  spec.summary = "many records to one line each, in order";
  spec.files = "FILE";
  spec.least_files = spec.most_files = 1;
  spec.examples = {
      {"fbss batch patients.ndjson > findings.ndjson", "one JSON record a line in, one line out"},
      {"fbss batch --format csv patients.csv > findings.csv",
       "a table saved from a spreadsheet in, a table out"},
      {"zcat archive.gz | fbss batch --jobs 4 --summary counts.json - > findings.ndjson",
       "standard input, four threads, and the counts in a file"},
      {"fbss batch --format html --out-dir reports patients.csv", "one report for each record"},
      {"fbss batch --in bundles charts.ndjson > suggestions.ndjson",
       "patients' charts in, one FHIR Bundle a line; what each suggests out"},
  };
  spec.options = {
      questionnaire_option(),
      date_option(),
      {"in",
       0,
       "FORM",
       "ndjson, csv or bundles (default: csv where FILE ends in .csv, else ndjson)",
       {"ndjson", "csv", "bundles"},
       {},
       {}},
      format_option({"ndjson", "csv", "html"}),
      {"full", 0, "", "NDJSON: give each record all that fbss screen gives", {}, {}, {}},
      {"out-dir", 0, "DIR", "HTML: the folder for the reports", {}, {}, {}},
      {"jobs", 0, "N", "threads (default: 1); the output is the same", {}, 1, 256},
      {"summary", 0, "FILE", "write the counts to FILE as JSON", {}, {}, {}},
      code_lists_option(),
  };
  spec.remarks = {
      "Every record gives one line, also a refused one, with its line number and its \"_id\". "
      "Blank "
      "lines are no records. A table's first line holds question ids and, if wanted, \"_id\" and "
      "\"_sample\"; several options in a cell are parted by |; an empty cell is no answer.",
      "A line of NDJSON may also be an FHIR R4 QuestionnaireResponse to an export of the "
      "questionnaire; its record id is the identifier that the export gave it, else its id.",
      "With --in bundles the answers are those of the QuestionnaireResponse to the questionnaire "
      "that a Bundle holds; without one nothing is answered. \"suggestions\" (in a table: a column "
      "suggested_ID a question) holds what a person may confirm (fbss prefill --help). The id is "
      "the Bundle's identifier, else its id, else its patient's.",
      "The exit code is 1 where a record was refused. Standard error ends with the counts and "
      "repeats nothing of any record.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
