// SPDX-License-Identifier: Apache-2.0
// `fbss screen`: one record to one report. A record that is refused gives no report at all: the
// problems stand on standard error, standard output stays empty.
#include <map>

#include <fbss/assessment.hpp>
#include <fbss/report.hpp>
#include <fbss/response.hpp>

#include "commands.hpp"
#include "questionnaires.hpp"
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

std::string report_of(const Assessment& assessment, const std::string& format,
                      const TextOptions& layout) {
  if (format == "json") return report_json(assessment);
  if (format == "markdown") return report_markdown(assessment);
  if (format == "html") return report_html(assessment);
  return report_text(assessment, layout);
}

Result<Assessment> assess_record(Response& response, const std::string& file,
                                 const std::string& name) {
  const auto named = [&](Problems problems) {
    for (Problem& problem : problems) problem.file = name;
    return problems;
  };
  const Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
  if (!bytes) return named(bytes.problems());
  if (const Result<void> read = response.read(*bytes); !read) return named(read.problems());
  Result<Assessment> assessment = assess(response);
  if (!assessment) return named(assessment.problems());
  return assessment;
}

Exit run(const Options& options, Console& console) {
  const Result<std::string> wanted = format_of(options);
  if (!wanted) return tell(console, wanted.problems(), ProblemForm::text, Exit::usage);
  const std::string& format = *wanted;
  const ProblemForm form = format == "json" ? ProblemForm::json : ProblemForm::text;
  const auto fail = [&](const Problems& problems, Exit otherwise) {
    return tell(console, problems, form, otherwise);
  };

  Result<Response> response = open_response(options);
  if (!response) return fail(response.problems(), Exit::bad_questionnaire);

  const std::string& file = options.files().front();
  if (same_file(file, options.value("output"))) {
    return fail({usage_problem("-o names the record itself; the report needs another file.")},
                Exit::usage);
  }
  if (const auto problem = replaces_questionnaire(options, "output")) {
    return fail({*problem}, Exit::usage);
  }
  const std::string name = file == "-" ? "standard input" : file;
  Result<Assessment> assessment = assess_record(*response, file, name);
  if (!assessment) {
    const Exit result = fail(assessment.problems(), Exit::refused);
    if (form == ProblemForm::text && result == Exit::refused) {
      console.err.write("fbss: " + printable(name) + " is refused; nothing was evaluated.\n");
      if (lower_case(name).ends_with(".csv")) {
        console.err.write("fbss: For tables there is fbss batch.\n");
      }
    }
    return result;
  }

  const bool to_file = options.has("output") && options.value("output") != "-";
  const TextOptions layout{.width = static_cast<int>(width_of(console.out, options)),
                           .colour = !to_file && takes_colour(console.out, options)};
  const std::string report = report_of(*assessment, format, layout);
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
  spec.files = "FILE";
  spec.least_files = spec.most_files = 1;
  spec.examples = {
      {"fbss screen patient.json", "the findings in the terminal"},
      {"fbss screen --on 2026-11-21 -o report.html patient.json",
       "a page to read and print, dated"},
      {"echo '{\"smoking_status\": \"former\"}' | fbss screen --format json -",
       "standard input, for programs"},
  };
  spec.options = {
      questionnaire_option(), date_option(),  format_option({"text", "json", "markdown", "html"}),
      output_option(),        width_option(), no_color_option()};
  spec.remarks = {
      "FILE holds one JSON object, {\"question_id\": value}; fbss show lists the questions. "
      "Without --format the ending of the -o file decides (.html, .md, .json, .txt).",
      "A record that does not fit is refused (exit code 1): standard error says why, one problem a "
      "line, under --format json as NDJSON.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
