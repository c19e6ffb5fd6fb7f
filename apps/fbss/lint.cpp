// SPDX-License-Identifier: Apache-2.0
// `fbss lint`: what is wrong with an FHIR Questionnaire, or not supported here.
#include "commands.hpp"
#include "forms.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  const bool is_json = options.value("format") == "json";
  const ProblemForm problems = is_json ? ProblemForm::json : ProblemForm::text;
  const Result<Form> form = open_form(options.files().front(), options, console);
  if (!form) return tell(console, form.problems(), problems, Exit::refused);
  const FormIssues& issues = form->issues();
  if (is_json)
    console.out.write(operation_outcome(issues));
  else if (issues.empty())
    console.out.write("No issues were found.\n");
  else
    console.out.write(issue_lines(issues));
  return has_errors(issues) ? Exit::refused : Exit::done;
}

}  // namespace

Command lint_command() {
  CommandSpec spec;
  spec.name = "lint";
  spec.summary = "what is wrong with an FHIR Questionnaire";
  spec.files = "FILE";
  spec.least_files = spec.most_files = 1;
  spec.examples = {{"fbss lint form.json", "one issue a line, with its place"},
                   {"fbss lint --format json form.json", "an OperationOutcome"}};
  spec.options = {format_option({"text", "json"}), value_sets_option()};
  spec.remarks = {
      "Judged are the structure and the invariants of FHIR R4, expressions and the names that they "
      "read, conditions, bounds and value sets; what this version does not support is told as a "
      "warning. Exit code 1: there is an error, or the form cannot be run at all."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
