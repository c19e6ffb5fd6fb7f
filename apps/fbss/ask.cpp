// SPDX-License-Identifier: Apache-2.0
// `fbss ask`: walks through a questionnaire in the terminal and ends with the report. Here is what
// the command line says: where answers come from and go to. The dialogue is in ask_dialogue.cpp.
#include <fbss/document.hpp>
#include <fbss/fhir.hpp>

#include "ask_dialogue.hpp"
#include "ask_form.hpp"
#include "ask_terminal.hpp"
#include "charts.hpp"
#include "commands.hpp"
#include "questionnaires.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

Exit run(const Options& options, Console& console) {
  const auto fail = [&](const Problems& problems, Exit otherwise) {
    return tell(console, problems, ProblemForm::text, otherwise);
  };
  Result<std::string> file = save_file(options);
  if (!file) return fail(file.problems(), Exit::usage);
  const Result<Chosen> chosen = choose(options);
  if (!chosen) return fail(chosen.problems(), Exit::bad_questionnaire);
  if (chosen->is_fhir) return ask_form(*chosen, *std::move(file), options, console);
  if (options.has("value-sets") && !options.has("chart"))
    return fail({usage_problem("--value-sets goes with --chart.")}, Exit::usage);
  Result<Response> response = open_response(*chosen, options);
  if (!response) return fail(response.problems(), Exit::bad_questionnaire);
  if (options.has("resume")) {
    Result<std::string> bytes = read_whole(options.value("resume"), Limits{}.record_bytes);
    if (!bytes) return fail(bytes.problems(), Exit::refused);
    if (const auto read = read_record(*response, *bytes); !read) {
      Problems problems = in_dialogue(read.problems());
      for (Problem& problem : problems) problem.file = options.value("resume");
      return fail(problems, Exit::refused);
    }
    if (Document record; !options.has("output") && record.parse(*bytes) &&
                         is_questionnaire_response(record.root())) {
      return fail({usage_problem("The file holds a QuestionnaireResponse, and answers are saved as "
                                 "a record: name another file for them with -o.")},
                  Exit::usage);
    }
  }
  if (!file->empty()) {
    if (const auto possible = can_be_written(*file); !possible) {
      return fail(possible.problems(), Exit::failed);
    }
  }
  auto open = open_chart(options, response->questionnaire(), console, ProblemForm::text);
  if (!open) return fail(in_dialogue(open.problems()), Exit::refused);
  std::optional<Chart> chart;
  if (*open) {
    chart = std::move((*open)->chart);
    tell_ignored(console, *chart, ProblemForm::text);
    if (chart->sample) response->set_sample(true);
  }
  Result<Input> input = Input::open("-");
  if (!input) return fail(input.problems(), Exit::failed);
  AskStart start{*std::move(response), *std::move(file), std::move(chart)};
  return run_dialogue(std::move(start), options, console, *input);
}

}  // namespace

Command ask_command() {
  CommandSpec spec;
  spec.name = "ask";
  spec.summary = "asks in the terminal and ends with the report";
  spec.examples = {
      {"fbss ask -o answers.json", "every answer is saved at once"},
      {"fbss ask --resume answers.json", "goes on where it was left"},
      {"fbss ask --chart chart.json -o answers.json",
       "offers what the patient's chart suggests, each for you to confirm"},
      {"fbss ask -q form.json -o response.json",
       "any FHIR R4 Questionnaire; gives a QuestionnaireResponse"},
  };
  spec.options = {
      questionnaire_option(),
      date_option(),
      {"output", 'o', "FILE", "save the record in FILE after every answer", {}, {}, {}},
      {"resume",
       0,
       "FILE",
       "begin with the answers of FILE, and save there unless -o is given",
       {},
       {},
       {}},
      chart_option(),
      code_lists_option(),
      width_option(),
      no_color_option(),
  };
  spec.remarks = {
      "At a question you can type the answer, or a command that begins with a colon; :h lists "
      "them.",
      "The dialogue stands on standard error, the report on standard output. Where the input ends "
      "before the last question, the exit code is 0 if the answers were saved, else 1.",
      "With --chart each suggestion stands with its question and its origin, and :chart confirms "
      "it. Enter does not: a suggestion that nobody confirms is not recorded (fbss prefill "
      "--help).",
      "An FHIR Questionnaire ends with its QuestionnaireResponse, in -o or on standard output: "
      "completed where the form's rules are kept, else in-progress. --on is its today(); "
      "--value-sets gives the value sets that it refers to.",
  };
  return {std::move(spec), run};
}

}  // namespace fbss::app
