// SPDX-License-Identifier: Apache-2.0
// `fbss export`: a questionnaire in the form that another program, or a printer, takes.
#include <optional>
#include <string>

#include <fbss/fhir.hpp>
#include <fbss/report.hpp>

#include "commands.hpp"
#include "form_sheet.hpp"
#include "forms.hpp"
#include "questionnaires.hpp"
#include "record.hpp"
#include "table.hpp"

namespace fbss::app {

namespace {

std::optional<Problem> wrong_combination(const Options& options) {
  const bool handout = options.value("as") == "handout";
  if (!options.has("as"))
    return usage_problem("The command export needs --as fhir, --as csv-template or --as handout.");
  if (!handout && !options.files().empty())
    return usage_problem("Answers go with --as handout only; a table is filled in with rows.");
  if (options.has("base") && options.value("as") != "fhir")
    return usage_problem("--base goes with --as fhir: it is where the exported urls begin.");
  if (auto problem = wrong_base(options)) return problem;
  if (options.has("on") && options.files().empty())
    return usage_problem("--on goes with answers: it is the date on which they are assessed.");
  return std::nullopt;
}

Exit write_out(const Options& options, Console& console, const std::string& text) {
  if (!options.has("output") || options.value("output") == "-") {
    console.out.write(text);
    return Exit::done;
  }
  const Result<void> written = write_file(options.value("output"), text, Durable::yes);
  return tell(console, written.problems(), ProblemForm::text, written ? Exit::done : Exit::failed);
}

// The blank form of an FHIR Questionnaire.
Exit export_sheet(const Chosen& chosen, const Options& options, Console& console) {
  if (!options.files().empty())
    return tell(console,
                {usage_problem("The handout of an FHIR Questionnaire is a blank form; it takes no "
                               "answers.")},
                ProblemForm::text, Exit::usage);
  const Result<Form> form = load_form(chosen.text, options, console);
  if (!form)
    return tell(console, in_file(form.problems(), chosen.name), ProblemForm::text,
                Exit::bad_questionnaire);
  for (const FormIssue& issue : form->issues())
    if (issue.rule == FormRule::notSupported) console.err.write(issue_lines({issue}));
  return write_out(options, console, handout(sheet_of(*form)));
}

Exit run(const Options& options, Console& console) {
  const auto wrong = [&](const Problem& problem) {
    return tell(console, {problem}, ProblemForm::text, Exit::usage);
  };
  if (const auto problem = wrong_combination(options)) return wrong(*problem);
  const Result<Chosen> chosen = choose(options);
  if (!chosen) return tell(console, chosen.problems(), ProblemForm::text, Exit::bad_questionnaire);
  if (const auto problem = replaces_questionnaire(options, "output")) return wrong(*problem);
  if (chosen->is_fhir && options.value("as") == "handout")
    return export_sheet(*chosen, options, console);
  if (options.has("value-sets"))
    return wrong(usage_problem("--value-sets goes with the handout of an FHIR Questionnaire."));
  Result<Response> response = open_response(*chosen, options);
  if (!response)
    return tell(console, response.problems(), ProblemForm::text, Exit::bad_questionnaire);

  const Questionnaire& questionnaire = response->questionnaire();
  if (options.value("as") == "csv-template")
    return write_out(options, console, Table::header_of(questionnaire) + '\n');
  if (options.value("as") == "fhir") {
    const CodeLists lists;
    const FhirOptions fhir{.base = options.value("base", default_fhir_base), .code_lists = &lists};
    return write_out(options, console, export_questionnaire(questionnaire, fhir));
  }
  if (options.files().empty()) return write_out(options, console, handout(questionnaire));

  const std::string& file = options.files().front();
  if (questionnaire.exercises().empty())
    return wrong(
        usage_problem("Only a questionnaire with exercises has a handout of answers, such "
                      "as rehab_plan; for a report there is fbss screen."));
  if (same_file(file, options.value("output")))
    return wrong(usage_problem("-o names the record itself; the handout needs another file."));
  const Result<Assessment> assessment = assess_record(*response, file);
  if (!assessment) return tell_refused(console, assessment.problems(), ProblemForm::text, file);
  return write_out(options, console, handout(*assessment));
}

}  // namespace

Command export_command() {
  CommandSpec spec;
  spec.name = "export";
  spec.summary = "a questionnaire for other programs, or for paper";
  spec.files = "[ANSWERS]";
  spec.most_files = 1;
  spec.examples = {
      {"fbss export --as csv-template -o patients.csv",
       "an empty table to fill in with a spreadsheet and give to fbss batch"},
      {"fbss export --as fhir --base https://fhir.example.org -o preop_screen.fhir.json",
       "an FHIR R4 Questionnaire with its rules, for a site whose urls begin so"},
      {"fbss export --as handout -o form.html", "a blank form to print"},
      {"fbss export -q form.json --as handout -o form.html",
       "the same of any FHIR R4 Questionnaire"},
      {"fbss export -q rehab_plan --as handout -o cards.html plan.json",
       "the exercise cards of a plan, with its numbers and cautions"},
  };
  spec.options = {questionnaire_option(),
                  {"as",
                   0,
                   "FORM",
                   "fhir, csv-template or handout",
                   {"fhir", "csv-template", "handout"},
                   {},
                   {}},
                  base_option(),
                  date_option(),
                  value_sets_option(),
                  output_option()};
  spec.remarks = {
      "The FHIR Questionnaire (R4, with SDC expressions) asks the same questions under the same "
      "conditions and computes every rule: a read-only item with the rule's id holds present, "
      "absent, unknown or not_applicable. Unknown and declined are answers of each question there "
      "too.",
      "The table has one line: \"_id\" for your own record id, then every question. Add a row a "
      "record. A column \"_sample\" with the word true marks sample data; columns that you do not "
      "need may be deleted.",
      "The handout is one HTML page that prints on A4 and Letter: a blank form or, where the "
      "questionnaire has exercises, their cards. With ANSWERS, one record as for fbss screen, it "
      "has the cards of the planned exercises, and the findings."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
