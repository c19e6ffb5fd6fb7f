// SPDX-License-Identifier: Apache-2.0
// `fbss prefill`: what a patient's chart suggests, each with its origin. Nothing is answered by it.
#include <fbss/report.hpp>

#include "charts.hpp"
#include "commands.hpp"
#include "questionnaires.hpp"
#include "record.hpp"
#include "terminal.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  const ProblemForm form =
      options.value("format") == "json" ? ProblemForm::json : ProblemForm::text;
  if (const auto problem = reads_input_twice(options)) {
    return tell(console, {*problem}, form, Exit::usage);
  }
  const Result<Questionnaire> questionnaire = open_questionnaire(options);
  if (!questionnaire) {
    return tell(console, questionnaire.problems(), form, Exit::bad_questionnaire);
  }
  const Result<CodeLists> lists = open_code_lists(options, *questionnaire, console, form);
  if (!lists) return tell(console, lists.problems(), form, Exit::refused);
  const std::string& file = options.files().front();
  const Result<OpenChart> open = read_chart(file, *questionnaire, *lists);
  if (!open) return tell_refused(console, open.problems(), form, file);

  tell_ignored(console, open->chart, form);
  const TextOptions layout{.width = static_cast<int>(width_of(console.out, options)),
                           .colour = takes_colour(console.out, options)};
  console.out.write(form == ProblemForm::json ? chart_json(*questionnaire, open->chart)
                                              : chart_text(*questionnaire, open->chart, layout));
  return Exit::done;
}

}  // namespace

Command prefill_command() {
  CommandSpec spec;
  spec.name = "prefill";
  spec.summary = "what a patient's chart suggests, to be confirmed";
  spec.files = "BUNDLE";
  spec.least_files = spec.most_files = 1;
  spec.examples = {
      {"fbss prefill chart.json", "each suggestion with resource, code and date"},
      {"fbss prefill --value-sets spine.json --format json chart.json",
       "with a site's code lists, for programs"},
  };
  spec.options = {questionnaire_option(), code_lists_option(), format_option({"text", "json"}),
                  width_option(), no_color_option()};
  spec.remarks = {
      "BUNDLE holds an FHIR R4 Bundle with one Patient; with none or several nothing is read. What "
      "belongs to another patient is named and left out.",
      "A suggestion is no answer: a person confirms it, in fbss ask --chart or in the record. What "
      "a chart lacks suggests nothing, and two facts that disagree are both shown and suggest "
      "nothing. fbss screen --chart shows suggestions beside a record's answers.",
      "--value-sets takes a ValueSet, a CodeSystem or a Bundle of them; one with the url of a list "
      "that is built in takes its place. What cannot be used of it is told, and the rest is used.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
