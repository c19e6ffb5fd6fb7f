// SPDX-License-Identifier: Apache-2.0
// `fbss export`: a questionnaire in the form that another program takes.
#include "commands.hpp"
#include "questionnaires.hpp"
#include "table.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  if (!options.has("as")) {
    return tell(console, {usage_problem("The command export needs --as csv-template.")},
                ProblemForm::text, Exit::usage);
  }
  Result<Questionnaire> questionnaire = open_questionnaire(options);
  if (!questionnaire) {
    return tell(console, questionnaire.problems(), ProblemForm::text, Exit::bad_questionnaire);
  }
  if (const auto problem = replaces_questionnaire(options, "output")) {
    return tell(console, {*problem}, ProblemForm::text, Exit::usage);
  }
  const std::string table = Table::header_of(*questionnaire) + '\n';
  if (!options.has("output") || options.value("output") == "-") {
    console.out.write(table);
    return Exit::done;
  }
  const Result<void> written = write_file(options.value("output"), table, Durable::yes);
  return tell(console, written.problems(), ProblemForm::text, written ? Exit::done : Exit::failed);
}

}  // namespace

Command export_command() {
  CommandSpec spec;
  spec.name = "export";
  spec.summary = "a questionnaire for other programs";
  spec.examples = {{"fbss export --as csv-template -o patients.csv",
                    "an empty table to fill in with a spreadsheet and give to fbss batch"}};
  spec.options = {questionnaire_option(),
                  {"as", 0, "FORM", "csv-template", {"csv-template"}, {}, {}},
                  output_option()};
  spec.remarks = {
      "The table has one line: \"_id\" for your own record id, then every question. Add a row a "
      "record. A column \"_sample\" with the word true marks sample data; columns that you do not "
      "need may be deleted."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
