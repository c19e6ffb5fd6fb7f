// SPDX-License-Identifier: Apache-2.0
// `fbss check`: questionnaire files, their format, logic and citations. Each file gives a line on
// standard output where it is sound; every problem a line on standard error.
#include <algorithm>

#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>

#include "commands.hpp"
#include "questionnaires.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

Result<std::vector<SourceText>> read_sources(const std::string& folder) {
  Result<std::vector<std::string>> names = files_in(folder);
  if (!names) return names.problems();
  std::vector<SourceText> texts;
  for (const std::string& name : *names) {
    Result<std::string> text = read_whole(name, Limits{}.questionnaire_bytes);
    if (!text && text.problems().front().code == ErrorCode::too_large) continue;  // no source
    if (!text) return text.problems();
    texts.push_back({name, *std::move(text)});
  }
  return texts;
}

std::size_t count_phrases(const Exercise& exercise) {
  std::size_t count = exercise.cites.size();
  if (exercise.position) count += exercise.position->cites.size();
  if (exercise.repetitions) count += exercise.repetitions->cites.size();
  if (exercise.times_a_day) count += exercise.times_a_day->cites.size();
  for (const Statement& step : exercise.steps) count += step.cites.size();
  for (const Statement& caution : exercise.cautions) count += caution.cites.size();
  for (const SourceConflict& conflict : exercise.conflicts) count += conflict.cites.size();
  return count;
}

std::size_t count_phrases(const Questionnaire& questionnaire) {
  std::size_t count = questionnaire.term_cites().size();
  for (const Exercise& exercise : questionnaire.exercises()) count += count_phrases(exercise);
  for (const Item* question : questionnaire.questions()) count += question->why ? 1 : 0;
  for (const Rule& rule : questionnaire.rules()) {
    count += rule.cites.size();
    for (const Note& note : rule.notes) count += note.cites.size();
    for (const Step& step : rule.steps) count += step.cites.size();
  }
  return count;
}

std::string sound(const std::string& file, const Questionnaire& questionnaire, bool sources_read) {
  std::string out = printable(file) + ": OK: " + std::string(questionnaire.id()) + ' ' +
                    std::string(questionnaire.version()) + ", " +
                    counted(questionnaire.questions().size(), "question") + ", " +
                    counted(questionnaire.rules().size(), "rule") + ", " +
                    counted(count_phrases(questionnaire), "cited phrase");
  if (sources_read) {
    out += ", each found in " + counted(questionnaire.sources().size(), "source text") +
           " under its heading";
  }
  return out + '\n';
}

Exit check_one(const std::string& file, const std::vector<SourceText>* sources, Console& console) {
  const std::string_view name = file == "-" ? "standard input" : std::string_view(file);
  const Result<std::string> text = questionnaire_text(file);
  if (!text) return tell(console, text.problems(), ProblemForm::text, Exit::bad_questionnaire);
  if (is_fhir_questionnaire(*text)) {
    return tell(console,
                {usage_problem(printable(name) + " is an FHIR Questionnaire: fbss lint judges it." +
                               builtin_hint(*text))},
                ProblemForm::text, Exit::usage);
  }
  const Result<Questionnaire> questionnaire = load_questionnaire(*text, name);
  if (!questionnaire) {
    return tell(console, questionnaire.problems(), ProblemForm::text, Exit::bad_questionnaire);
  }
  if (sources) {
    Problems problems = check_sources(*questionnaire, *sources);
    add_places(problems, *text, name);
    if (!problems.empty()) {
      return tell(console, problems, ProblemForm::text, Exit::bad_questionnaire);
    }
  }
  console.out.write(sound(file, *questionnaire, sources != nullptr));
  return Exit::done;
}

Exit run(const Options& options, Console& console) {
  std::vector<std::string> files = options.files();
  if (files.empty()) files.assign(builtin_ids().begin(), builtin_ids().end());
  if (std::count(files.begin(), files.end(), "-") > 1) {
    return tell(console, {usage_problem("Standard input can be read once: give \"-\" once.")},
                ProblemForm::text, Exit::usage);
  }
  std::vector<SourceText> sources;
  if (options.has("sources")) {
    Result<std::vector<SourceText>> read = read_sources(options.value("sources"));
    if (!read) return tell(console, read.problems(), ProblemForm::text, Exit::failed);
    sources = *std::move(read);
  }
  Exit result = Exit::done;
  for (const std::string& file : files) {
    const Exit one = check_one(file, options.has("sources") ? &sources : nullptr, console);
    // What cannot be read at all weighs most, then wrong names, then invalid files.
    if (one == Exit::failed || (result != Exit::failed && one == Exit::bad_questionnaire) ||
        result == Exit::done) {
      result = one;
    }
  }
  return result;
}

}  // namespace

Command check_command() {
  CommandSpec spec;
  spec.name = "check";
  spec.summary = "questionnaire files: format, logic, citations";
  spec.files = "[FILE|ID...]";
  spec.most_files = 1000;
  spec.examples = {
      {"fbss check my_questionnaire.json", "everything that is wrong, with its place and a hint"},
      {"fbss check --sources texts/", "the built-in ones, every phrase held against its source"},
  };
  spec.options = {
      {"sources", 0, "DIR", "the folder with the sources' texts", {}, {}, {}},
  };
  spec.remarks = {
      "Without FILE all built-in questionnaires are checked. A source's text is found by its "
      "SHA-256, whatever the file is called. The exit code is 3 where a file is invalid."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
