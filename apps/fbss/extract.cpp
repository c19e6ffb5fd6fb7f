// SPDX-License-Identifier: Apache-2.0
// `fbss extract`: the resources that responses to an FHIR Questionnaire amount to, without a
// server.
#include <fbss/extract.hpp>

#include "commands.hpp"
#include "forms.hpp"
#include "sources.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  const ProblemForm form = ProblemForm::text;
  std::vector<std::string> files = options.files();
  files.push_back(options.value("questionnaire"));
  files.push_back(options.value("ndjson"));
  if (reads_input_twice(options, files))
    return tell(console, {usage_problem("Standard input can be one of the files, not several.")},
                form, Exit::usage);
  Result<Sources> sources = open_sources(options, {});
  if (!sources) return tell(console, sources.problems(), form, Exit::refused);
  ExtractOptions chosen;
  if (options.has("context")) chosen.sources = &*sources;
  chosen.one_line = options.has("ndjson");
  bool is_first = true;
  return each_response(options, console, form, [&](const ReadResponse& response) {
    if (is_first) console.err.write(issue_lines(not_run(response.session.form())));
    is_first = false;
    if (!response.problems.empty()) return Exit::refused;
    const Extracted made = extract(response.session, chosen);
    console.out.write(made.bundle);
    console.err.write(issue_lines(made.issues, response.line));
    return Exit::done;
  });
}

}  // namespace

Command extract_command() {
  CommandSpec spec =
      response_command("extract", "resources from the answers to an FHIR Questionnaire");
  spec.examples = {
      {"fbss extract --questionnaire form.json response.json",
       "a transaction Bundle that a server can take"},
      {"fbss extract --questionnaire form.json --ndjson responses.ndjson", "one Bundle a line"}};
  spec.options.push_back(context_option());
  spec.remarks = {
      "Extracted is what the form says: templates (templateExtract), definitions "
      "(definitionExtract, itemExtractionContext), Observations (observationExtract). Answers of "
      "questions that are not enabled are left out. Where new ids are asked for, they are made of "
      "the response, so that the same response gives the same Bundle; dates are the response's, "
      "or --now and --on where it has none.",
      "What does not fit its place, what FHIR R4 needs and is missing, and what is not supported "
      "is told on standard error; the rest is extracted."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
