// SPDX-License-Identifier: Apache-2.0
// `fbss screen`: one record to one report. A record that is refused gives no report at all: the
// problems stand on standard error, standard output stays empty.
#include <fbss/assessment.hpp>
#include <fbss/report.hpp>
#include <fbss/response.hpp>

#include "commands.hpp"
#include "questionnaires.hpp"
#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

// The format that was asked for, or the one that the name of the output file says.
std::string format_of(const Options& options) {
  if (options.has("format")) return options.value("format");
  const std::string file = lower_case(options.value("output"));
  if (file.ends_with(".html") || file.ends_with(".htm")) return "html";
  if (file.ends_with(".json")) return "json";
  if (file.ends_with(".md")) return "markdown";
  return "text";
}

std::string report_of(const Assessment& assessment, const std::string& format,
                      const TextOptions& layout) {
  if (format == "json") return report_json(assessment);
  if (format == "markdown") return report_markdown(assessment);
  if (format == "html") return report_html(assessment);
  return report_text(assessment, layout);
}

Result<Assessment> assess_record(Response& response, std::string_view bytes,
                                 const std::string& name) {
  const auto named = [&](Problems problems) {
    for (Problem& problem : problems) problem.file = name;
    return problems;
  };
  if (const Result<void> read = response.read(bytes); !read) return named(read.problems());
  Result<Assessment> assessment = assess(response);
  if (!assessment) return named(assessment.problems());
  return assessment;
}

Exit run(const Options& options, Console& console) {
  const std::string format = format_of(options);
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
  Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
  if (!bytes) return fail(bytes.problems(), Exit::failed);
  const std::string name = file == "-" ? "standard input" : file;
  Result<Assessment> assessment = assess_record(*response, *bytes, name);
  if (!assessment) {
    const Exit result = fail(assessment.problems(), Exit::refused);
    if (form == ProblemForm::text) {
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
      "Without "
      "--format the ending of the -o file decides (.html, .md, .json).",
      "A record that does not fit is refused (exit code 1): standard error says why, one problem a "
      "line, under --format json as NDJSON.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
