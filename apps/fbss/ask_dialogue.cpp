// SPDX-License-Identifier: Apache-2.0
// The dialogue of `fbss ask`; see ask_dialogue.hpp.
#include "ask_dialogue.hpp"

#include <fbss/assessment.hpp>
#include <fbss/report.hpp>

#include "ask_answer.hpp"
#include "ask_chart.hpp"
#include "ask_terminal.hpp"
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

class Dialogue : private AskTerminal {
 public:
  Dialogue(AskStart start, const Options& options, Console& console, Input& input)
      : AskTerminal(std::move(start.file), long_help, options, console, input),
        session_(std::move(start.response)),
        chart_(std::move(start.chart)) {}

  Exit run() {
    // Answers that were resumed from another file are saved before anything else.
    if (!save_resumed()) return *result_;
    say(std::string(questionnaire().title()));
    say_where_saved();
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
    return *result_;
  }

 private:
  const Questionnaire& questionnaire() { return session_.response().questionnaire(); }

  void tell_problems(const Problems& problems) {
    for (const Problem& problem : problems) say(words_in_dialogue(problem.message), "  ");
  }

  std::string record() override { return session_.response().to_json() + '\n'; }

  bool ends_with_input() override {
    if (stop_.kind == Stop::Kind::end) report();
    return result_.has_value();
  }

  bool steps_back() override {
    const std::optional<Stop> before = session_.before(stop_);
    if (before) stop_ = *before;
    return before.has_value();
  }

  void show(const Item& question) {
    const Item& section = questionnaire().section_of(question);
    const Progress progress = session_.progress(question);
    console_.err.write("\n");
    say(section.text + ", question " + std::to_string(progress.number) + " of " +
        std::to_string(progress.total));
    say(question.text);
    if (!question.help.empty()) say(question.help, "  ");
    show_choice(question, question.options.size(), false);
    if (question.several && !question.options.empty())
      say("Several may be given, with spaces between.", "  ");
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
      const std::optional<std::string> typed =
          read_line([&](std::string_view line) { return loggable(&question, line); });
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

  bool clear(const Item& question) {
    if (!session_.response().retract(question.id)) {
      say("This question has no answer to take back.", "  ");
      return false;
    }
    session_.pass_over(question);
    return after_change();
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
    show_yes_or_no("No (Enter)");
    const std::optional<bool> wanted = read_yes_or_no();
    if (!wanted) return;
    session_.decide(section, *wanted);
    go_on();
  }

  void at_end() {
    console_.err.write("\n");
    say("That was the last question. Enter gives the report; :b goes back, :s saves and leaves.");
    if (read_enter()) report();
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
  std::optional<Chart> chart_;
  Stop stop_;
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
