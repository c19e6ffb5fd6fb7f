// SPDX-License-Identifier: Apache-2.0
// What the commands on FHIR Questionnaires share: the form that --questionnaire names, and its
// responses, one file or NDJSON. In: the command line. Out: a FormSession that has read a response,
// one after another.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <fbss/form.hpp>

#include "json_text.hpp"
#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

/// --questionnaire FILE, --value-sets FILE (repeatable), --on DATE, --now DATETIME, --ndjson FILE.
std::vector<OptionSpec> form_options();
OptionSpec value_sets_option();

/// What the commands over responses have in common: their file, usage and form_options().
CommandSpec response_command(std::string_view name, std::string_view summary);

/// Form::load() of the file; problems name it. What the value sets given do not say well is told on
/// standard error.
Result<Form> open_form(const std::string& file, const Options& options, Console& console);

/// The same for a form's text.
Result<Form> load_form(std::string_view json, const Options& options, Console& console);

/// The clock of the forms: what --on and --now say, nothing else (the same input gives the same
/// output). Problem: usage.
Result<FormSessionOptions> session_options(const Options& options);

/// A response that was read, or why it was not.
struct ReadResponse {
  FormSession& session;
  std::uint64_t line = 0;    ///< of NDJSON; 0: a file of its own
  const Problems& problems;  ///< empty where it was read
};

/// Opens the form, reads the response or each line of --ndjson and calls visit(); tells what is
/// wrong on standard error. A response that cannot be read makes the program end with exit code 1,
/// a form that cannot be run with 3; else the worst that visit() gives. Lines without a response
/// are visited too, with their problems told already.
Exit each_response(const Options& options, Console& console, ProblemForm form,
                   const std::function<Exit(const ReadResponse&)>& visit);

/// What of a form is left out of account when it is run: parts that are not supported, expressions
/// that do not compile.
FormIssues not_run(const Form& form);

/// "issues": [{"severity","rule","expression":[…],"linkId","text"}].
void add_issues(JsonWriter& json, const FormIssues& issues);

/// The issues, one a line: "error QuestionnaireResponse.item[0] (q1): … [required]". `line` is that
/// of NDJSON, or 0.
std::string issue_lines(const FormIssues& issues, std::uint64_t line = 0);

}  // namespace fbss::app
