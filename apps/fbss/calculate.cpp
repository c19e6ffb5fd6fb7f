// SPDX-License-Identifier: Apache-2.0
// `fbss calculate`: a response to an FHIR Questionnaire with its calculated values.
#include <fbss/calculation.hpp>

#include <optional>

#include "commands.hpp"
#include "forms.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  const bool is_bulk = options.has("ndjson");
  std::optional<Calculation> calculation;
  const ProblemForm problems = is_bulk ? ProblemForm::json : ProblemForm::text;
  return each_response(options, console, problems, [&](const ReadResponse& response) {
    if (!response.problems.empty()) return Exit::refused;
    if (!calculation) calculation.emplace(response.session);
    if (const auto done = calculation->run(); !done)
      return tell(console, done.problems(), problems, Exit::refused);
    std::string out;
    if (is_bulk)
      calculation->append_line(out);
    else
      out = calculation->response();
    console.out.write(out);
    console.err.write(issue_lines(response.session.issues(), response.line));
    return Exit::done;
  });
}

}  // namespace

Command calculate_command() {
  CommandSpec spec;
  spec.name = "calculate";
  spec.summary = "fills in what an FHIR Questionnaire calculates";
  spec.files = "[FILE]";
  spec.most_files = 1;
  spec.usage = {"--questionnaire FILE [options] FILE",
                "--questionnaire FILE [options] --ndjson FILE"};
  spec.examples = {{"fbss calculate --questionnaire form.json response.json",
                    "the response with every calculated value"}};
  spec.options = form_options();
  return {std::move(spec), run};
}

}  // namespace fbss::app
