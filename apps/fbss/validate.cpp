// SPDX-License-Identifier: Apache-2.0
// `fbss validate`: whether FHIR responses fit their Questionnaire.
#include <fbss/validate.hpp>

#include "commands.hpp"
#include "forms.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

// A line of NDJSON:
// {"line","valid","issues":[{"severity","rule","expression":[…],"linkId","text"}]}.
std::string json_line(const FormIssues& issues, std::uint64_t line) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("line").number(static_cast<long long>(line));
  json.key("valid").boolean(!has_errors(issues));
  add_issues(json, issues);
  json.end_object();
  return out + '\n';
}

Exit print(const FormIssues& issues, bool is_json, Console& console) {
  if (is_json)
    console.out.write(operation_outcome(issues));
  else
    console.out.write(issues.empty() ? "No issues were found.\n" : issue_lines(issues));
  return has_errors(issues) ? Exit::refused : Exit::done;
}

// Without --questionnaire: by the one that the response contains, or the response alone.
Exit run_without_form(const Options& options, Console& console, bool is_json) {
  const ProblemForm problems = is_json ? ProblemForm::json : ProblemForm::text;
  const std::string& file = options.files().front();
  const auto refuse = [&](Problems found, Exit otherwise) {
    for (Problem& problem : found) problem.file = file == "-" ? "standard input" : file;
    return tell(console, found, problems, otherwise);
  };
  const Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
  if (!bytes) return refuse(bytes.problems(), Exit::refused);
  Document response;
  if (const auto parsed = response.parse(*bytes); !parsed)
    return refuse(parsed.problems(), Exit::refused);
  const std::string contained = contained_questionnaire(response.root());
  if (contained.empty()) return print(validate_alone(response.root()), is_json, console);
  Result<Form> form = load_form(contained, options, console);
  if (!form) return refuse(form.problems(), Exit::bad_questionnaire);
  Result<FormSessionOptions> clock = session_options(options);
  if (!clock) return tell(console, clock.problems(), problems, Exit::usage);
  FormSession session(std::move(*form), std::move(*clock));
  if (const auto read = session.read(*bytes); !read) return refuse(read.problems(), Exit::refused);
  return print(validate(session), is_json, console);
}

Exit run(const Options& options, Console& console) {
  const bool is_json = options.value("format") == "json";
  if (!options.has("questionnaire") && !options.has("ndjson") && !options.files().empty())
    return run_without_form(options, console, is_json);
  return each_response(options, console, is_json ? ProblemForm::json : ProblemForm::text,
                       [&](const ReadResponse& response) {
                         if (!response.problems.empty()) return Exit::refused;
                         const FormIssues issues = validate(response.session);
                         if (response.line == 0) return print(issues, is_json, console);
                         console.out.write(json_line(issues, response.line));
                         return has_errors(issues) ? Exit::refused : Exit::done;
                       });
}

}  // namespace

Command validate_command() {
  CommandSpec spec = response_command("validate", "whether FHIR responses fit their Questionnaire");
  spec.usage.front() = "[--questionnaire FILE] [options] FILE";
  spec.examples = {
      {"fbss validate --questionnaire form.json response.json", "one issue a line, with its place"},
      {"fbss validate --questionnaire form.json --format json response.json",
       "an OperationOutcome"}};
  spec.options.push_back(format_option({"text", "json"}));
  spec.remarks = {
      "Each issue has a severity, a rule's word, the linkId and an FHIRPath with indices. Answers "
      "to questions that are not enabled are errors; required questions that are not enabled are "
      "not missed. A draft (status in-progress) may miss answers: that is a warning then. What "
      "cannot be told, for instance because a value set is not known, is a warning that says so.",
      "Without --questionnaire the response is judged by the one that it contains, or alone. With "
      "--ndjson each response gives a line {\"line\",\"valid\",\"issues\":[…]}. Exit code 1: "
      "there is an error or a fatal issue, or a response cannot be read."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
