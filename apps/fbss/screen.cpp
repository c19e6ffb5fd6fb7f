// SPDX-License-Identifier: Apache-2.0
// `fbss screen`: one record to one report. A record that is refused gives no report at all: the
// problems stand on standard error, standard output stays empty.
#include <map>

#include <fbss/fhir.hpp>
#include <fbss/report.hpp>

#include "charts.hpp"
#include "commands.hpp"
#include "questionnaires.hpp"
#include "record.hpp"
#include "screen_what_if.hpp"
#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

// The ending of a file's name with its point, in small letters, or "".
std::string ending_of(const std::string& file) {
  const std::string name = lower_case(std::string_view(file).substr(file.rfind('/') + 1));
  const std::size_t point = name.rfind('.');
  return point == std::string::npos || point == 0 ? std::string() : name.substr(point);
}

// The format that was asked for, or the one that the name of the output file says; a name without
// an ending says text.
Result<std::string> format_of(const Options& options) {
  static const std::map<std::string, std::string> formats = {
      {"", "text"},        {".txt", "text"}, {".json", "json"},
      {".md", "markdown"}, {".htm", "html"}, {".html", "html"},
  };
  if (options.has("format")) return options.value("format");
  const auto found = formats.find(ending_of(options.value("output")));
  if (found != formats.end()) return found->second;
  return usage_problem(
      "The ending of the -o file names no format: .txt is text, .json is json, .md is markdown, "
      ".html is html. Choose one of these, or add --format text, json, markdown or html.");
}

// What does not go with --what-if, --format fhir and --chart, or without them.
std::optional<Problem> does_not_go_together(const Options& options, const std::string& format) {
  if (!options.has("chart")) {
    if (options.files().empty()) {
      return usage_problem(
          "The command screen needs FILE (\"-\" is standard input), or --chart BUNDLE. See fbss "
          "screen --help.");
    }
    if (options.has("value-sets")) return usage_problem("--value-sets goes with --chart.");
  }
  if (auto problem = reads_input_twice(options)) return problem;
  if (options.has("base") && format != "fhir") {
    return usage_problem("--base goes with --format fhir: it is where the exported urls begin.");
  }
  if (auto problem = wrong_base(options)) return problem;
  if (options.has("explain") && format == "fhir") {
    return usage_problem("--explain has no form in FHIR: it gives text, JSON, Markdown or HTML.");
  }
  if (!options.has("what-if")) return std::nullopt;
  if (options.has("explain")) {
    return usage_problem("--explain and --what-if are two reports; ask for one at a time.");
  }
  if (format != "text" && format != "json") {
    return usage_problem("--what-if gives text or JSON, not " + format + '.');
  }
  return std::nullopt;
}

// Problems of answers that no record holds: they have no place in a file.
Problems of_command_line(Problems problems) {
  for (Problem& problem : problems) {
    problem.file = "--what-if";
    problem.pointer.clear();
  }
  return problems;
}

std::string report_of(const Assessment& assessment, const std::string& format,
                      const TextOptions& layout) {
  if (format == "json") return report_json(assessment);
  if (format == "markdown") return report_markdown(assessment);
  if (format == "html") return report_html(assessment);
  return report_text(assessment, layout);
}

// What would change, where there are other answers; else the report. Problems: those of what_if().
Result<std::string> make_report(const Response& response, const Assessment& assessment,
                                const std::vector<OtherAnswer>& others, const std::string& format,
                                const TextOptions& layout, const std::string& base) {
  if (others.empty()) {
    return format == "fhir" ? export_bundle(response, assessment, {.base = base})
                            : report_of(assessment, format, layout);
  }
  Result<WhatIf> changed = what_if(response, others);
  if (!changed) return of_command_line(changed.problems());
  changed->before.chart = assessment.chart;
  return format == "json" ? what_if_json(*changed) : what_if_text(*changed, layout);
}

// The chart alone: nothing is answered but what it holds of recorded answers.
Result<Assessment> assess_chart(Response& response, const OpenChart& open, const std::string& file,
                                const AssessOptions& parts) {
  RecordReader reader;
  const auto taken = take_recorded(response, reader, open.bundle.root(), open.chart);
  if (!taken) return in_file(taken.problems(), file);
  Result<Assessment> assessment = assess(response, parts);
  if (!assessment) return in_file(assessment.problems(), file);
  return assessment;
}

// An FHIR Bundle holds what is recorded and what follows from it. What the chart suggests is
// neither, and is not to be lost in silence.
void tell_left_out(Console& console, const Chart& chart) {
  std::string questions;
  for (const Suggestion& suggestion : chart.suggestions)
    questions += (questions.empty() ? "" : ", ") + suggestion.question->id;
  if (questions.empty()) return;
  console.err.write("fbss: The Bundle leaves out what the chart says about " + questions +
                    ": it is no answer until a person confirms it. fbss prefill shows it.\n");
}

// Sample data on either side makes the report one of sample data.
void put_beside(Assessment& assessment, Response& response, const Chart& chart) {
  assessment.chart = chart;
  if (!chart.sample) return;
  assessment.sample = true;
  response.set_sample(true);
}

Exit run(const Options& options, Console& console) {
  const Result<std::string> wanted = format_of(options);
  if (!wanted) return tell(console, wanted.problems(), ProblemForm::text, Exit::usage);
  const std::string& format = *wanted;
  const ProblemForm form = format == "json" ? ProblemForm::json : ProblemForm::text;
  const auto fail = [&](const Problems& problems, Exit otherwise) {
    return tell(console, problems, form, otherwise);
  };

  if (const auto problem = does_not_go_together(options, format)) {
    return fail({*problem}, Exit::usage);
  }

  Result<Response> response = open_response(options);
  if (!response) return fail(response.problems(), Exit::bad_questionnaire);

  // Without a record its answers are those that the chart holds.
  const bool is_chart_alone = options.files().empty();
  const std::string file = is_chart_alone ? options.value("chart") : options.files().front();
  for (const auto& replaces : {replaces_questionnaire, replaces_chart}) {
    if (const auto problem = replaces(options, "output")) return fail({*problem}, Exit::usage);
  }
  if (same_file(file, options.value("output"))) {
    return fail({usage_problem("-o names the record itself; the report needs another file.")},
                Exit::usage);
  }
  const auto others = other_answers(response->questionnaire(), options.values("what-if"));
  if (!others) return fail(others.problems(), Exit::usage);
  const AssessOptions parts{.explain = others->empty(), .truth_tables = options.has("explain")};
  const auto chart = open_chart(options, response->questionnaire(), console, form);
  if (!chart) return tell_refused(console, chart.problems(), form, chart.problems().front().file);
  Result<Assessment> assessment = is_chart_alone ? assess_chart(*response, **chart, file, parts)
                                                 : assess_record(*response, file, parts);
  if (!assessment) return tell_refused(console, assessment.problems(), form, file);
  if (*chart) {
    tell_ignored(console, (*chart)->chart, form);
    if (format == "fhir") tell_left_out(console, (*chart)->chart);
    put_beside(*assessment, *response, (*chart)->chart);
  }

  const bool to_file = options.has("output") && options.value("output") != "-";
  const TextOptions layout{.width = static_cast<int>(width_of(console.out, options)),
                           .colour = !to_file && takes_colour(console.out, options)};
  const Result<std::string> made = make_report(*response, *assessment, *others, format, layout,
                                               options.value("base", default_fhir_base));
  if (!made) return fail(made.problems(), Exit::refused);
  const std::string& report = *made;
  if (!to_file) {
    console.out.write(report);
    return Exit::done;
  }
  const Result<void> written = write_file(options.value("output"), report, Durable::yes);
  return written ? Exit::done : fail(written.problems(), Exit::failed);
}

}  // namespace

Command screen_command() {
  CommandSpec spec;
  spec.name = "screen";
  spec.summary = "one record to one report";
  spec.files = "[FILE]";
  spec.most_files = 1;
  spec.examples = {
      {"fbss screen patient.json", "the findings in the terminal"},
      {"fbss screen --on 2026-11-21 -o report.html patient.json",
       "a page to read and print, dated"},
      {"echo '{\"smoking_status\": \"former\"}' | fbss screen --format json -",
       "standard input, for programs"},
      {"fbss screen --format fhir --on 2026-11-21 --base https://fhir.example.org patient.json",
       "an FHIR R4 Bundle: the answers, and an Observation for each finding"},
      {"fbss screen --explain patient.json",
       "each rule's expression, part by part: true, false or unknown"},
      {"fbss screen --what-if smoking_status=former patient.json",
       "before and after side by side, only what would change"},
      {"fbss screen --chart chart.json patient.json",
       "what the patient's chart suggests, beside the answers"},
  };
  spec.options = {
      questionnaire_option(),
      date_option(),
      format_option({"text", "json", "markdown", "html", "fhir"}),
      base_option(),
      output_option(),
      width_option(),
      no_color_option(),
      {"explain", 0, "", "show each rule's expression with the value of every part", {}, {}, {}},
      {"what-if",
       0,
       "QUESTION=ANSWER",
       "show what another answer would change; repeatable",
       {},
       {},
       {},
       true},
      chart_option(),
      code_lists_option()};
  spec.remarks = {
      "FILE holds one JSON object, {\"question_id\": value}; fbss show lists the questions. Or it "
      "holds an FHIR R4 QuestionnaireResponse to an export of the questionnaire. "
      "Without --format the ending of the -o file decides (.html, .md, .json, .txt).",
      "A record that does not fit is refused (exit code 1): standard error says why, one problem a "
      "line, under --format json as NDJSON.",
      "--what-if takes answers as a record holds them, several options parted by commas, and "
      "refuses what a record would be refused for. Answers that would no longer apply are dropped, "
      "and named.",
      "With --chart, FILE may be left out: then the answers are those of the QuestionnaireResponse "
      "to the questionnaire that the Bundle holds, and without one nothing is answered. A "
      "suggestion that nobody has confirmed counts as not asked (fbss prefill --help); under "
      "--format fhir, where only answers have a place, the questions are named on standard error.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
