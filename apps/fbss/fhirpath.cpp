// SPDX-License-Identifier: Apache-2.0
// `fbss fhirpath`: one expression over one record, or (fhirpath_rules.cpp) many over many.
#include <limits>
#include <optional>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/value_sets.hpp>

#include "commands.hpp"
#include "fhirpath_clock.hpp"
#include "fhirpath_problems.hpp"
#include "fhirpath_rules.hpp"
#include "fhirpath_trace.hpp"
#include "fhirpath_values.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

std::optional<Problem> wrong_combination(const Options& options) {
  const auto& words = options.files();
  if (options.has("rules")) {
    if (!words.empty())
      return usage_problem("--rules names a file of expressions: there is no place for \"" +
                           printable(words.front()) + "\" beside it.");
    if (!options.has("ndjson"))
      return usage_problem("--rules needs --ndjson FILE, one record a line.");
    for (const std::string_view other : {"input", "trace", "value-sets"})
      if (options.has(other))
        return usage_problem("--" + std::string(other) + " goes with one expression, not --rules.");
    if (options.value("rules") == "-" && options.value("ndjson") == "-")
      return usage_problem("Standard input can be the rules or the records, not both.");
    return std::nullopt;
  }
  for (const std::string_view other : {"ndjson", "counts"})
    if (options.has(other))
      return usage_problem("--" + std::string(other) + " goes with --rules FILE.");
  if (words.empty())
    return usage_problem("The command fhirpath needs an expression. See fbss fhirpath --help.");
  if (words.size() > 1)
    return usage_problem("There is no place for \"" + printable(words[1]) +
                         "\": put the whole expression in quotation marks, for instance "
                         "fbss fhirpath 'name.given' --input patient.json.");
  return std::nullopt;
}

Exit print(fhirpath::Collection values, ProblemForm form, Console& console) {
  std::string out;
  if (form == ProblemForm::json) {
    JsonWriter json(out);
    append_typed_values(json, values);
    out += '\n';
  } else {
    for (const fhirpath::Value& value : values) out += text_of(value) + '\n';
  }
  console.out.write(out);
  return Exit::done;
}

Result<void> read_document(const std::string& file, Document& document) {
  const Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
  if (!bytes) return bytes.problems();
  const Result<void> parsed = document.parse(*bytes);
  if (parsed) return {};
  Problems problems = parsed.problems();
  for (Problem& problem : problems) problem.file = file == "-" ? "standard input" : file;
  return problems;
}

Exit run_expression(const Options& options, const Clock& clock, Console& console) {
  const std::string& text = options.files().front();
  const ProblemForm form =
      options.value("format") == "json" ? ProblemForm::json : ProblemForm::text;
  Document record;
  if (options.has("input")) {
    if (const Result<void> read = read_document(options.value("input"), record); !read)
      return tell(console, read.problems(), form, Exit::refused);
  }

  fhirpath::ValueSets sets;
  if (options.has("value-sets")) {
    Document file;
    if (const Result<void> read = read_document(options.value("value-sets"), file); !read)
      return tell(console, read.problems(), form, Exit::refused);
    // What a set cannot decide is not known; it is told, and the expression is evaluated.
    if (const Result<void> added = sets.add(file.root()); !added)
      tell(console, added.problems(), form, Exit::done);
  }

  const bool shows_steps = options.has("trace");
  fhirpath::Expression::Options compile;
  compile.strict = options.has("strict");
  compile.input_type = record.root() ? record.root().find("resourceType").text() : "";
  compile.traceable = shows_steps;
  const auto expression = fhirpath::Expression::compile(text, compile);
  if (!expression)
    return tell_expression(console, text, expression.problems(), form, Exit::refused);

  Tracer tracer(console, form, shows_steps ? Tracer::Steps::yes : Tracer::Steps::no);
  fhirpath::Environment environment;
  environment.input = record.root();
  environment.today = clock.today;
  environment.now = clock.now;
  environment.value_sets = &sets;
  tracer.listen(environment);
  fhirpath::Workspace workspace;
  const auto values = evaluate(*expression, environment, workspace);
  tracer.flush();
  if (!values) return tell_expression(console, text, values.problems(), form, Exit::refused);
  return print(*values, form, console);
}

Exit run(const Options& options, Console& console) {
  if (const auto problem = wrong_combination(options))
    return tell(console, {*problem}, ProblemForm::text, Exit::usage);
  const Result<Clock> clock = clock_of(options);
  if (!clock) return tell(console, clock.problems(), ProblemForm::text, Exit::usage);
  return options.has("rules") ? run_rules(options, *clock, console)
                              : run_expression(options, *clock, console);
}

}  // namespace

Command fhirpath_command() {
  CommandSpec spec;
  spec.name = "fhirpath";
  spec.summary = "evaluates FHIRPath, one expression or many";
  spec.files = "EXPRESSION";
  spec.most_files = std::numeric_limits<std::size_t>::max();  // more than one is told by run()
  spec.first_word_is_file = true;
  spec.usage = {"EXPRESSION [--input FILE] [options]", "--rules FILE --ndjson FILE [options]"};
  spec.examples = {
      {"fbss fhirpath \"name.where(use = 'official').given\" --input patient.json",
       "the values, one a line"},
      {"fbss fhirpath 'birthDate + 18 years <= today()' --input patient.json --trace",
       "every step with its value"},
      {"fbss fhirpath --rules rules.json --ndjson responses.ndjson --counts",
       "how many records make each rule true, false and empty"},
  };
  spec.options = {
      {"input", 0, "FILE", "the record, in JSON (default: none)", {}, {}, {}},
      format_option({"text", "json"}),
      {"strict", 0, "", "refuse what the types of FHIR R4 rule out", {}, {}, {}},
      {"value-sets",
       0,
       "FILE",
       "what memberOf() asks: a ValueSet, CodeSystem or Bundle",
       {},
       {},
       {}},
      {"trace", 0, "", "show each step with its values on standard error", {}, {}, {}},
      {"on", 0, "DATE", "what today() is (default: the system's date)", {}, {}, {}},
      now_option(),
      {"rules", 0, "FILE", "expressions: [{\"id\", \"expression\"}]", {}, {}, {}},
      {"ndjson", 0, "FILE", "the records for --rules, one a line", {}, {}, {}},
      {"counts", 0, "", "with --rules: count instead of printing every result", {}, {}, {}},
  };
  spec.remarks = {
      "The word behind fhirpath is the expression, also where it begins with \"-\"; single "
      "quotation marks keep the shell out of it. Other than in a questionnaire, today() and now() "
      "read the system's clock unless --on and --now say what they are.",
      "--format json prints [{\"type\",\"value\"}], numbers with their digits as written; errors "
      "and steps are then NDJSON on standard error. An error of the expression ends with exit "
      "code 1.",
      "--rules prints {\"line\",\"results\":{id:[values]}} for each record. With --counts it "
      "prints one line, {\"responses\",\"cpu_seconds\",\"counts\":{id:\"true/false/empty\"}}; a "
      "fourth number counts first values that are no Boolean. The record is %resource. A rule that "
      "does not compile ends with exit code 3; a line that is no record, or a rule that raises an "
      "error on one, is told and ends with exit code 1.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
