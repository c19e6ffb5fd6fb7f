// SPDX-License-Identifier: Apache-2.0
// The dialogue of `fbss ask`; see ask_dialogue.hpp.
#include "ask_dialogue.hpp"

#include <fbss/assessment.hpp>
#include <fbss/report.hpp>

#include "ask_answer.hpp"
#include "ask_chart.hpp"
#include "terminal.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace fbss::app {

namespace {

constexpr std::string_view short_help =
    "Enter leaves a question open; :? says why it is asked, :h lists what else you can type.";

constexpr std::string_view long_help =
    "  1 or y   the option's number, code or wording; y or n; several with spaces: 1 3\n"
    "  Enter    leave the question open, or keep the answer it has\n"
    "  :u       unknown: asked, and not known\n"
    "  :d       declined: the patient declined to answer\n"
    "  :chart   confirm what the chart suggests (with --chart)\n"
    "  :c       clear: take the answer back\n"
    "  :b       back to the question before\n"
    "  :?       why this is asked, with its source\n"
    "  :w 2     what findings would change if the answer were option 2 (or :u, :d)\n"
    "  :s       save and leave (:s FILE where no file was given)\n"
    "  :q       leave\n"
    "  :h       this help\n";

// Of a message about a whole record, what holds within a dialogue too.
std::string words_in_dialogue(std::string message) {
  static constexpr std::pair<std::string_view, std::string_view> replaced[] = {
      {" Nothing was evaluated.", ""}, {" Nothing was evaluated; the text", " The text"}};
  for (const auto& [words, instead] : replaced) {
    const std::size_t at = message.find(words);
    if (at != std::string::npos) message.replace(at, words.size(), instead);
  }
  return message;
}

class Dialogue {
 public:
  Dialogue(AskStart start, const Options& options, Console& console, Input& input)
      : session_(std::move(start.response)),
        file_(std::move(start.file)),
        chart_(std::move(start.chart)),
        options_(options),
        console_(console),
        lines_(input, longest_line),
        echoes_(!input.is_terminal()),
        width_(width_of(console.err, options)) {}

  Exit run() {
    // Answers that were resumed from another file are saved before anything else.
    if (!file_.empty() && file_ != resumed() && options_.has("resume") && !save()) return *result_;
    say(std::string(questionnaire().title()));
    say(file_.empty() ? "Nothing is saved (-o FILE saves every answer)."
                      : "Every answer is saved in " + file_ + '.');
    say(short_help);
    if (chart_) say("What the chart suggests stands with its question; :chart confirms it.");
    remember_farewell();
    stop_ = session_.next();
    while (!result_) {
      switch (stop_.kind) {
        case Stop::Kind::question:
          at_question(*stop_.item);
          break;
        case Stop::Kind::optional_section:
          at_section(*stop_.item);
          break;
        case Stop::Kind::end:
          at_end();
          break;
      }
    }
    set_farewell(nullptr);
    return *result_;
  }

 private:
  static constexpr std::size_t longest_line = 64 * 1024;

  std::string resumed() const { return options_.value("resume"); }

  const Questionnaire& questionnaire() { return session_.response().questionnaire(); }

  void say(std::string_view text, std::string_view first = {}) {
    console_.err.write(wrapped(text, width_, first));
  }

  void tell_problems(const Problems& problems) {
    for (const Problem& problem : problems) say(words_in_dialogue(problem.message), "  ");
  }

  // What may stand in a log of what was typed: commands, numbers, dates, and options; nothing where
  // a text is asked for, and nothing that was perhaps meant as one.
  static std::string_view loggable(const Item* question, std::string_view typed) {
    if (question != nullptr && is_free_text(*question)) return {};
    if (typed.starts_with(':')) return typed.substr(0, typed.find(' '));
    if (question == nullptr) return is_yes_or_no(lower_case(typed)) ? typed : std::string_view();
    const bool understood = question->type == ItemType::yes_no || !question->options.empty()
                                ? typed_answer(*question, typed).ok()
                                : typed.find_first_not_of("0123456789+-.") == typed.npos;
    return understood ? typed : std::string_view();
  }

  static bool is_yes_or_no(std::string_view word) {
    return word == "y" || word == "yes" || word == "n" || word == "no";
  }

  // A line without spaces around it, or nothing where the dialogue is over. The question is the one
  // that it answers, or null.
  std::optional<std::string> read_line(const Item* question) {
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
    if (echoes_) console_.err.write(printable(loggable(question, text)) + '\n');
    return text;
  }

  void end_of_input() {
    if (stop_.kind == Stop::Kind::end) {
      report();
    } else if (file_.empty()) {
      say("The input has ended before the last question, and nothing was saved.");
      result_ = Exit::refused;
    } else {
      say("The input has ended before the last question.");
      say_saved();
      result_ = Exit::done;
    }
  }

  // Not wrapped: the command is there to be copied.
  std::string saved_words() const {
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

  void say_saved() { console_.err.write(saved_words()); }

  void remember_farewell() {
    set_farewell(nullptr);  // a signal must not meet a text that is being replaced
    farewell_ = "\nInterrupted. " + (file_.empty() ? "Nothing was saved.\n" : saved_words());
    set_farewell(&farewell_);
  }

  void show(const Item& question) {
    const Item& section = questionnaire().section_of(question);
    const Progress progress = session_.progress(question);
    console_.err.write("\n");
    say(section.text + ", question " + std::to_string(progress.number) + " of " +
        std::to_string(progress.total));
    say(question.text);
    if (!question.help.empty()) say(question.help, "  ");
    if (question.type == ItemType::yes_no) {
      say("Yes", "  y  ");
      say("No", "  n  ");
    } else if (question.options.empty()) {
      say("Please type " + answer_form(question) + ".", "  ");
    } else {
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        say(question.options[i].text,
            std::string(3 - std::min<std::size_t>(number.size(), 2), ' ') + number + "  ");
      }
      if (question.several) say("Several may be given, with spaces between.", "  ");
    }
    show_chart(question);
    if (is_answered(question)) {
      say("Answer so far: " + label_of(session_.response(), question) + " (Enter keeps it)", "  ");
    }
  }

  const Suggestion* suggested(const Item& question) const {
    return chart_ ? suggestion_for(*chart_, question) : nullptr;
  }

  void show_chart(const Item& question) {
    const Suggestion* suggestion = suggested(question);
    if (suggestion == nullptr) return;
    std::string_view indent = "  ";
    for (const std::string& line : chart_lines(*suggestion, session_.response())) {
      say(line, std::exchange(indent, "    "));
    }
  }

  // The answer in words; a text only where nobody but the person at the terminal sees it.
  std::string label_of(const Response& response, const Item& question) const {
    const bool is_text =
        is_free_text(question) && response.state(question) == AnswerState::answered;
    return is_text && !console_.err.is_terminal() ? "a text" : response.answer_label(question);
  }

  bool is_answered(const Item& question) {
    return session_.response().state(question) != AnswerState::not_asked;
  }

  void at_question(const Item& question) {
    show(question);
    while (!result_) {
      const std::optional<std::string> typed = read_line(&question);
      if (!typed) return;
      if (typed->empty()) {
        if (!is_answered(question)) session_.pass_over(question);
        return go_on();
      }
      if (typed->front() == ':' ? command(question, *typed) : give(question, *typed)) return;
    }
  }

  void go_on() { stop_ = session_.next(); }

  // Whether the question is left.
  bool give(const Item& question, std::string_view typed) {
    return taken(give_typed(session_.response(), question, typed));
  }

  bool taken(const Result<void>& given) {
    if (!given) {
      tell_problems(given.problems());
      return false;
    }
    return after_change();
  }

  bool after_change() {
    for (const Item* dropped : session_.drop_inapplicable()) {
      say("No longer asked, so its answer is dropped: " + dropped->text, "  ");
    }
    if (!save()) return true;
    go_on();
    return true;
  }

  bool save() {
    if (file_.empty()) return true;
    const std::string record = session_.response().to_json() + '\n';
    if (const auto written = write_file(file_, record, Durable::yes); !written) {
      result_ = tell(console_, written.problems(), ProblemForm::text, Exit::failed);
      return false;
    }
    saved_ = true;
    remember_farewell();
    return true;
  }

  bool command(const Item& question, const std::string& typed) {
    const auto& [word, rest] = split(typed);
    if (word == ":u") return give(question, "unknown");
    if (word == ":d") return give(question, "declined");
    if (word == ":chart") return taken(confirm(session_.response(), question, suggested(question)));
    if (word == ":c") return clear(question);
    if (word == ":b") return back();
    if (word == ":?") {
      explain(question);
    } else if (word == ":w") {
      what_if_typed(question, rest);
    } else {
      return leave_or_help(typed);
    }
    return false;
  }

  // ":w 2" is a command and what it is about.
  static std::pair<std::string, std::string> split(const std::string& typed) {
    const std::size_t end = std::min(typed.find(' '), typed.size());
    return {typed.substr(0, end), std::string(trimmed(std::string_view(typed).substr(end)))};
  }

  // The commands that every stop takes.
  bool leave_or_help(const std::string& typed) {
    const auto& [word, rest] = split(typed);
    if (word == ":s") return save_and_leave(rest);
    if (word == ":q") {
      say(file_.empty() ? "Left; nothing was saved." : "Left.");
      if (!file_.empty()) say_saved();
      result_ = Exit::done;
      return true;
    }
    if (word == ":h") {
      console_.err.write(long_help);
    } else {
      say("There is no such command here; :h lists them.", "  ");
    }
    return false;
  }

  bool clear(const Item& question) {
    if (!session_.response().retract(question.id)) {
      say("This question has no answer to take back.", "  ");
      return false;
    }
    session_.pass_over(question);
    return after_change();
  }

  bool back() {
    const std::optional<Stop> before = session_.before(stop_);
    if (!before) {
      say("This is the first question.", "  ");
      return false;
    }
    stop_ = *before;
    return true;
  }

  bool save_and_leave(const std::string& file) {
    if (!file.empty()) {
      if (has_content(file) && file != file_) {
        say("A file of that name is there already; please name another.", "  ");
        return false;
      }
      if (const auto possible = can_be_written(file); !possible) {
        tell_problems(possible.problems());
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

  void explain(const Item& question) {
    if (question.why) say(citation_text(questionnaire(), *question.why), "  Why: ");
    const std::string asked = questionnaire().plain_words_asked(question);
    if (!asked.empty()) say(asked, "  ");
    for (const Rule& rule : questionnaire().rules()) {
      for (const Item* read : questionnaire().questions_of(rule)) {
        if (read == &question) {
          say(rule.title + ". " + questionnaire().plain_words(rule), "  Read by: ");
        }
      }
    }
  }

  void what_if_typed(const Item& question, const std::string& typed) {
    const std::string answer = typed == ":u" ? "unknown" : typed == ":d" ? "declined" : typed;
    const auto parts = typed_answer(question, answer);
    if (typed.empty() || !parts || parts->size() != 1) {
      const std::string why =
          parts && parts->size() > 1 ? "This works with one option at a time. " : "";
      return say(why + "Please type :w and " + possible_answer(question) +
                     "; :w :u is unknown, :w :d is declined.",
                 "  ");
    }
    const auto changed = what_if(session_.response(), question.id, parts->front());
    if (!changed) return tell_problems(changed.problems());
    Response other = session_.response();
    static_cast<void>(other.answer(question.id, parts->front()).ok());  // what_if took it
    say("If the answer were “" + label_of(other, question) + "”:", "  ");
    for (const Item* dropped : changed->dropped) {
      say("no longer asked, its answer dropped: " + dropped->text, "    ");
    }
    for (const Change& change : changed->changes) {
      say(change.rule->title + ": " + words_of(change.before) + " -> " + words_of(change.after),
          "    ");
    }
    if (changed->changes.empty()) say("no finding would change.", "    ");
  }

  static std::string possible_answer(const Item& question) {
    if (question.type == ItemType::yes_no) return "y or n";
    if (question.options.empty()) return answer_form(question);
    return "a number from 1 to " + std::to_string(question.options.size());
  }

  static std::string words_of(Status status) {
    return status == Status::not_applicable ? "not applicable" : std::string(status_word(status));
  }

  void at_section(const Item& section) {
    console_.err.write("\n");
    say(section.text + " is an optional section (" +
        counted(session_.size_of(section), "question") + "). Answer it?");
    say("Yes", "  y  ");
    say("No (Enter)", "  n  ");
    while (!result_) {
      const std::optional<std::string> typed = read_line(nullptr);
      if (!typed) return;
      const std::string word = lower_case(*typed);
      if (is_yes_or_no(word) || word.empty()) {
        session_.decide(section, word.starts_with('y'));
        return go_on();
      }
      if (word == ":b") {
        if (back()) return;
      } else if (word.starts_with(':')) {
        if (leave_or_help(*typed)) return;
      } else {
        say("Please type y or n.", "  ");
      }
    }
  }

  void at_end() {
    console_.err.write("\n");
    say("That was the last question. Enter gives the report; :b goes back, :s saves and leaves.");
    while (!result_) {
      const std::optional<std::string> typed = read_line(nullptr);
      if (!typed) return;
      if (typed->empty()) return report();
      if (*typed == ":b" ? back() : leave_or_help(*typed)) return;
    }
  }

  void report() {
    Result<Assessment> assessment = assess(session_.response());
    if (!assessment) {
      result_ =
          tell(console_, in_dialogue(assessment.problems()), ProblemForm::text, Exit::refused);
      return;
    }
    assessment->chart = chart_;
    const TextOptions layout{.width = static_cast<int>(width_of(console_.out, options_)),
                             .colour = takes_colour(console_.out, options_)};
    console_.err.write("\n");
    console_.out.write(report_text(*assessment, layout));
    result_ = Exit::done;
  }

  AskSession session_;
  std::string file_;
  std::optional<Chart> chart_;
  const Options& options_;
  Console& console_;
  LineReader lines_;
  bool echoes_;
  std::size_t width_;
  Stop stop_;
  bool saved_ = false;
  std::string farewell_;
  std::optional<Exit> result_;
};

}  // namespace

Exit run_dialogue(AskStart start, const Options& options, Console& console, Input& input) {
  return Dialogue(std::move(start), options, console, input).run();
}

Problems in_dialogue(Problems problems) {
  for (Problem& problem : problems) problem.message = words_in_dialogue(std::move(problem.message));
  return problems;
}

}  // namespace fbss::app
