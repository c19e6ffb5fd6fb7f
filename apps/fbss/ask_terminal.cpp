// SPDX-License-Identifier: Apache-2.0
// The terminal's side of a dialogue; see ask_terminal.hpp.
#include "ask_terminal.hpp"

#include <algorithm>

#include "ask_answer.hpp"
#include "charts.hpp"
#include "questionnaires.hpp"
#include "terminal.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace fbss::app {

namespace {

constexpr std::size_t longest_line = 64 * 1024;

bool reads_sets_from_input(const Options& options) {
  const auto& sets = options.values("value-sets");
  return std::find(sets.begin(), sets.end(), "-") != sets.end();
}

}  // namespace

Result<std::string> save_file(const Options& options) {
  const std::string resumed = options.value("resume");
  const std::string file = options.value("output", resumed);
  if (file == "-" || resumed == "-") {
    return usage_problem(
        "The command ask reads the answers from standard input: name a file, not \"-\".");
  }
  if (options.value("questionnaire") == "-") {
    return usage_problem(
        "The command ask reads the answers from standard input: name a questionnaire, not \"-\".");
  }
  if (options.value("chart") == "-" || reads_sets_from_input(options)) {
    return usage_problem(
        "The command ask reads the answers from standard input: name the chart's files, not "
        "\"-\".");
  }
  for (const std::string_view option : {"output", "resume"}) {
    if (auto problem = replaces_questionnaire(options, option)) return *problem;
    if (auto problem = replaces_chart(options, option)) return *problem;
  }
  if (file != resumed && has_content(file)) {
    return usage_problem("There is a file " + printable(file) +
                         " already. Go on with it by --resume, or name another one.");
  }
  return file;
}

AskTerminal::AskTerminal(std::string file, std::string_view long_help, const Options& options,
                         Console& console, Input& input)
    : file_(std::move(file)),
      options_(options),
      console_(console),
      width_(width_of(console.err, options)),
      long_help_(long_help),
      lines_(input, longest_line),
      echoes_(!input.is_terminal()) {}

void AskTerminal::say(std::string_view text, std::string_view first) {
  console_.err.write(wrapped(text, width_, first));
}

void AskTerminal::say_where_saved() {
  say(file_.empty() ? "Nothing is saved (-o FILE saves every answer)."
                    : "Every answer is saved in " + file_ + '.');
}

void AskTerminal::show_yes_or_no(std::string_view no) {
  say("Yes", "  y  ");
  say(no, "  n  ");
}

void AskTerminal::show_choice(const Item& question, std::size_t most_options,
                              bool marks_exclusive) {
  if (question.type == ItemType::yes_no) return show_yes_or_no("No");
  if (question.options.empty()) return say("Please type " + answer_form(question) + ".", "  ");
  const std::size_t count = std::min(question.options.size(), most_options);
  for (std::size_t i = 0; i < count; ++i) {
    const Option& option = question.options[i];
    const std::string number = std::to_string(i + 1);
    say(option.text + (option.exclusive && marks_exclusive ? " (alone)" : ""),
        std::string(3 - std::min<std::size_t>(number.size(), 2), ' ') + number + "  ");
  }
  if (count < question.options.size())
    say("and " + std::to_string(question.options.size() - count) + " more: type the code.", "  ");
}

std::optional<std::string> AskTerminal::read_line(
    const std::function<std::string_view(std::string_view)>& loggable) {
  console_.err.write("> ");
  Result<Line> line = lines_.next();
  if (!line) {
    result_ = tell(console_, line.problems(), ProblemForm::text, Exit::failed);
    return std::nullopt;
  }
  if (line->at_end) {
    console_.err.write("\n");
    end_of_input();
    return std::nullopt;
  }
  const std::string text(trimmed(line->text));
  if (echoes_) console_.err.write(printable(loggable(text)) + '\n');
  return text;
}

void AskTerminal::end_of_input() {
  if (ends_with_input()) return;
  if (file_.empty()) {
    say("The input has ended before the last question, and nothing was saved.");
    result_ = Exit::refused;
  } else {
    say("The input has ended before the last question.");
    say_saved();
    result_ = Exit::done;
  }
}

// Not wrapped: the command is there to be copied.
std::string AskTerminal::saved_words() const {
  const bool kept = !saved_ && file_ == resumed();
  if (!saved_ && !kept) return "Nothing was answered, so nothing was saved.\n";
  std::string command = "fbss ask";
  for (const std::string_view option : {"questionnaire", "on", "chart", "value-sets"}) {
    for (const std::string& value : options_.values(option)) {
      command += " --" + std::string(option) + ' ' + shell_word(value);
    }
  }
  const std::string words =
      kept ? "The answers are still in " + printable(file_) + '.' : "The answers are saved.";
  return words + " Go on with:\n  " + command + " --resume " + shell_word(file_) + '\n';
}

void AskTerminal::remember_farewell() {
  set_farewell(nullptr);  // a signal must not meet a text that is being replaced
  farewell_ = "\nInterrupted. " + (file_.empty() ? "Nothing was saved.\n" : saved_words());
  set_farewell(&farewell_);
}

bool AskTerminal::save() {
  if (file_.empty()) return true;
  if (const auto written = write_file(file_, record(), Durable::yes); !written) {
    result_ = tell(console_, written.problems(), ProblemForm::text, Exit::failed);
    return false;
  }
  saved_ = true;
  remember_farewell();
  return true;
}

bool AskTerminal::save_resumed() {
  return file_.empty() || file_ == resumed() || !options_.has("resume") || save();
}

std::pair<std::string, std::string> AskTerminal::split(const std::string& typed) {
  const std::size_t end = std::min(typed.find(' '), typed.size());
  return {typed.substr(0, end), std::string(trimmed(std::string_view(typed).substr(end)))};
}

bool AskTerminal::leave_or_help(const std::string& typed) {
  const auto& [word, rest] = split(typed);
  if (word == ":s") return save_and_leave(rest);
  if (word == ":q") {
    say(file_.empty() ? "Left; nothing was saved." : "Left.");
    if (!file_.empty()) say_saved();
    result_ = Exit::done;
    return true;
  }
  if (word == ":h") {
    console_.err.write(long_help_);
  } else {
    say("There is no such command here; :h lists them.", "  ");
  }
  return false;
}

bool AskTerminal::back() {
  if (steps_back()) return true;
  say("This is the first question.", "  ");
  return false;
}

std::optional<bool> AskTerminal::read_yes_or_no() {
  while (!result_) {
    const auto typed = read_line([](std::string_view line) { return loggable(nullptr, line); });
    if (!typed) break;
    const std::string word = lower_case(*typed);
    if (is_yes_or_no(word) || word.empty()) return word.starts_with('y');
    if (word == ":b") {
      if (back()) break;
    } else if (word.starts_with(':')) {
      if (leave_or_help(*typed)) break;
    } else {
      say("Please type y or n.", "  ");
    }
  }
  return std::nullopt;
}

bool AskTerminal::read_enter() {
  while (!result_) {
    const auto typed = read_line([](std::string_view line) { return loggable(nullptr, line); });
    if (!typed) break;
    if (typed->empty()) return true;
    if (*typed == ":b" ? back() : leave_or_help(*typed)) break;
  }
  return false;
}

bool AskTerminal::save_and_leave(const std::string& file) {
  if (!file.empty()) {
    if (has_content(file) && file != file_) {
      say("A file of that name is there already; please name another.", "  ");
      return false;
    }
    if (const auto possible = can_be_written(file); !possible) {
      for (const Problem& problem : possible.problems()) say(problem.message, "  ");
      return false;
    }
    file_ = file;
  }
  if (file_.empty()) {
    say("Where to? :s FILE saves the answers in FILE.", "  ");
    return false;
  }
  if (save()) {
    say_saved();
    result_ = Exit::done;
  }
  return true;
}

}  // namespace fbss::app
