// SPDX-License-Identifier: Apache-2.0
// The dialogue of `fbss ask` of an FHIR Questionnaire; see ask_form.hpp.
#include "ask_form.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <fbss/filling.hpp>

#include "ask_answer.hpp"
#include "ask_terminal.hpp"
#include "ask_walk.hpp"
#include "forms.hpp"
#include "record.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace fbss::app {

namespace {

constexpr std::string_view short_help =
    "Enter leaves a question open; :? tells more of it, :h lists what else you can type.";

constexpr std::string_view long_help =
    "  1 or y   the option's number, code or wording; y or n; several with spaces: 1 3\n"
    "  Enter    leave the question open, or keep the answer it has\n"
    "  :u       unknown: asked, and not known\n"
    "  :d       declined: the patient declined to answer\n"
    "  :c       clear: take the answer back\n"
    "  :b       back to the question before\n"
    "  :?       the help of the question, its type and when it is asked\n"
    "  :s       save and leave (:s FILE where no file was given)\n"
    "  :q       leave\n"
    "  :h       this help\n";

constexpr std::size_t most_options_shown = 60;

class FormDialogue : private AskTerminal {
 public:
  FormDialogue(Filling filling, const Form& form, std::string file, const Options& options,
               Console& console, Input& input)
      : AskTerminal(std::move(file), long_help, options, console, input),
        form_(form),
        walk_(std::move(filling)) {}

  Exit run() {
    if (!save_resumed()) return *result_;
    say(form_.title().empty() ? "An FHIR Questionnaire" : std::string(form_.title()));
    say_where_saved();
    tell_unsupported();
    say(short_help);
    tell_dropped();
    tell_issues(true);
    remember_farewell();
    stop_ = walk_.next();
    while (!result_) {
      switch (stop_.kind) {
        case FormStop::Kind::question:
          at_question();
          break;
        case FormStop::Kind::another:
          at_another();
          break;
        case FormStop::Kind::end:
          at_end();
          break;
      }
    }
    return *result_;
  }

 private:
  std::string record() override { return filling().response(); }

  bool ends_with_input() override {
    if (stop_.kind == FormStop::Kind::end) {
      finish();
    } else if (file_.empty()) {
      say("The input has ended before the last question; the response is in-progress.");
      console_.out.write(filling().response());
      result_ = Exit::done;
    }
    return result_.has_value();
  }

  bool steps_back() override {
    const std::optional<FormStop> before = walk_.before(stop_);
    if (before) stop_ = *before;
    return before.has_value();
  }

  Filling& filling() { return walk_.filling(); }
  const Place& place(const std::string& path) { return filling().places()[walk_.find(path)]; }

  // What of the form is left out of account, and whether more is wrong with it.
  void tell_unsupported() {
    std::size_t errors = 0;
    for (const FormIssue& issue : form_.issues()) {
      if (issue.rule == FormRule::notSupported) say(issue.message, "Not supported: ");
      if (issue.severity <= Severity::error) ++errors;
    }
    if (errors > 0)
      say("The form itself has " + counted(errors, "error") + "; fbss lint lists them.");
    if (std::ranges::any_of(filling().places(), &Place::is_initial))
      say("The form begins with answers of its own. They are shown with their questions, and count "
          "unless they are changed, also where you leave before.");
    const std::vector<FormItem> items = items_of(form_);
    if (!options_.has("resume") && std::ranges::any_of(items, &FormItem::has_initial_expression))
      say("The form works out initial values from other data, which is not done here: "
          "fbss populate does it, and --resume goes on with what it gives.");
  }

  void tell_dropped() {
    for (const std::string& text : filling().dropped())
      say("No longer asked, so its answer is dropped: " + text, "  ");
    tell_issues();
  }

  // Of values that are calculated anew as answers come in, only the first replaces somebody's.
  void tell_issues(bool is_first = false) {
    for (const FormIssue& issue : filling().issues()) {
      if (issue.rule == FormRule::calculatedReplaced && !is_first) continue;
      if (told_.insert(issue.path + issue.message).second) say(issue.message, "  ");
    }
  }

  // The groups around the question that are new, and what is shown between it and the one before.
  void show_way(std::size_t at) {
    const auto places = filling().places();
    std::size_t first = at;
    while (first > 0 && !FormWalk::is_asked(places[first - 1])) --first;
    std::set<std::string> around;
    for (std::size_t i = 0; i < at; ++i) {
      const Place& one = places[i];
      const bool is_around = one.item->question.type == ItemType::group && one.end > at;
      if (is_around) {
        around.insert(one.path);
        if (!around_.contains(one.path)) heading(one);
      } else if (i >= first) {
        show_unasked(one);
      }
    }
    around_ = std::move(around);
  }

  void heading(const Place& group) {
    const std::string number =
        group.item->question.several ? ", number " + std::to_string(group.repetition + 1) : "";
    console_.err.write("\n");
    say(group.item->question.text + number);
    if (!group.item->question.help.empty()) say(group.item->question.help, "  ");
  }

  // A text; what is worked out or brought in; what cannot be typed.
  void show_unasked(const Place& one) {
    const FormItem& item = *one.item;
    if (item.question.type == ItemType::group) return;
    console_.err.write("\n");
    if (item.question.type == ItemType::display) return say(item.question.text, "  ");
    say(item.question.text);
    if (!one.answers.empty()) return say(listed_answers(item.question, one.answers), "  = ");
    say(item.calculated.empty()
            ? item.read_only ? "Filled in elsewhere; no value so far." : cannot_be_typed(item)
            : "Worked out from other answers; no value so far.",
        "  ");
  }

  static std::string cannot_be_typed(const FormItem& item) {
    if (item.question.type != ItemType::choice)
      return "An answer of type " + std::string(item.type) +
             " cannot be given in the terminal; it is left open.";
    return item.question.code_list.empty()
               ? "The form offers nothing to choose from; it is left open."
               : "The codes of " + item.question.code_list +
                     " are not known (--value-sets FILE gives them); it is left open.";
  }

  // Texts only where nobody but the person at the terminal sees them.
  std::string listed_answers(const Item& question, const std::vector<std::string>& answers) {
    const bool is_secret = !console_.err.is_terminal();
    std::string out;
    for (const std::string& answer : answers) {
      const bool is_known =
          answer == "unknown" || answer == "declined" || is_option(question, answer);
      const bool is_text = is_free_text(question) || question.type == ItemType::open_choice;
      out += (out.empty() ? "" : "; ") + (is_text && is_secret && !is_known ? "a text" : answer);
    }
    return out;
  }

  static bool is_option(const Item& question, const std::string& text) {
    return std::any_of(question.options.begin(), question.options.end(),
                       [&](const Option& option) { return option.text == text; });
  }

  void show(const Place& at) {
    const FormItem& item = *at.item;
    const Item& question = item.question;
    const auto places = filling().places();
    std::size_t number = 0, total = 0;
    for (const Place& one : places) {
      if (!FormWalk::is_asked(one)) continue;
      ++total;
      if (one.path == at.path) number = total;
    }
    console_.err.write("\n");
    say("Question " + std::to_string(number) + " of " + std::to_string(total) +
        (item.required ? ", required" : ""));
    say(question.text);
    show_choice(question, most_options_shown, true);
    if (!question.options.empty() && question.type == ItemType::open_choice)
      say("Or type what is none of these.", "  ");
    if (!question.options.empty() && takes_list(question))
      say("Several may be given, with spaces between.", "  ");
    if (!at.answers.empty())
      say((at.is_initial ? "The form begins with: " : "Answer so far: ") +
              listed_answers(question, at.answers) + " (Enter keeps it)",
          "  ");
  }

  // Several answers in one line; others that repeat are typed one a line.
  static bool takes_list(const Item& question) {
    return question.several && question.type == ItemType::choice;
  }

  void at_question() {
    const std::string path = stop_.path;
    show_way(walk_.find(path));
    show(place(path));
    const Item question = place(path).item->question;
    std::vector<std::string> words;  // of a question that repeats, so far
    while (!result_) {
      const auto typed =
          read_line([&](std::string_view line) { return loggable(&question, line); });
      if (!typed) return;
      if (typed->empty()) {
        const Place& at = place(path);
        if (at.answers.empty() || at.is_initial) walk_.pass_over(path);
        return go_on();
      }
      if (typed->front() == ':') {
        if (command(path, question, *typed)) return;
      } else if (give(path, question, *typed, words)) {
        return;
      }
    }
  }

  void go_on() { stop_ = walk_.next(); }

  // Whether the question is left.
  bool give(const std::string& path, const Item& question, const std::string& typed,
            std::vector<std::string>& words) {
    const auto read = typed_answer(question, typed);
    if (!read) {
      say(read.problems().front().message, "  ");
      return false;
    }
    const std::string lower = lower_case(typed);
    if (read->size() == 1 && read->front() == lower && !is_code(question, lower)) {
      if (lower == "unknown") return taken(filling().answer(path, NoValue::unknown));
      if (lower == "declined") return taken(filling().answer(path, NoValue::declined));
    }
    std::vector<std::string> all = *read;
    const bool is_one_of_many = question.several && !takes_list(question);
    if (is_one_of_many) all.insert(all.begin(), words.begin(), words.end());
    if (!is_one_of_many) return taken(filling().answer(path, all));
    if (!accepted(filling().answer(path, all))) return false;
    words = std::move(all);
    if (save()) say("Another? Enter goes on.", "  ");
    return result_.has_value();
  }

  static bool is_code(const Item& question, const std::string& word) {
    return std::any_of(question.options.begin(), question.options.end(),
                       [&](const Option& option) { return option.code == word; });
  }

  bool accepted(const FormIssues& wrong) {
    for (const FormIssue& issue : wrong) say(issue.message, "  ");
    if (wrong.empty()) tell_dropped();
    return wrong.empty();
  }

  bool taken(const FormIssues& wrong) {
    if (!accepted(wrong)) return false;
    if (save()) go_on();
    return true;
  }

  bool command(const std::string& path, const Item& question, const std::string& typed) {
    const std::string word = split(typed).first;
    if (word == ":u") return taken(filling().answer(path, NoValue::unknown));
    if (word == ":d") return taken(filling().answer(path, NoValue::declined));
    if (word == ":c") return clear(path);
    if (word == ":b") return back();
    if (word != ":?") return leave_or_help(typed);
    explain(*place(path).item, question);
    return false;
  }

  bool clear(const std::string& path) {
    if (!filling().retract(path)) {
      say("This question has no answer to take back.", "  ");
      return false;
    }
    walk_.pass_over(path);
    return taken({});
  }

  void explain(const FormItem& item, const Item& question) {
    say(question.help.empty() ? "The form has no help here." : question.help, "  ");
    say(question.id + ", of type " + std::string(item.type), "  linkId: ");
    if (!question.asked_when.empty()) say(question.asked_when, "  Asked only when: ");
  }

  void at_another() {
    const std::string path = stop_.path;
    console_.err.write("\n");
    say("Another of: " + place(path).item->question.text + "?");
    show_yes_or_no("No (Enter)");
    const std::optional<bool> wanted = read_yes_or_no();
    if (!wanted) return;
    walk_.pass_over(path);
    if (*wanted) filling().add_repetition(path);
    go_on();
  }

  void at_end() {
    const auto places = filling().places();
    std::size_t first = places.size();
    while (first > 0 && !FormWalk::is_asked(places[first - 1])) --first;
    for (std::size_t i = first; i < places.size(); ++i) show_unasked(places[i]);
    console_.err.write("\n");
    say("That was the last question. Enter ends; :b goes back, :s saves and leaves.");
    if (read_enter()) finish();
  }

  void finish() {
    const FormIssues issues = filling().finish();
    const bool is_complete = !has_errors(issues);
    console_.err.write("\n");
    for (const Place& one : filling().places())
      if (is_question(*one.item) && one.answers.empty() && one.item->is_asked() &&
          !one.item->takes_words())
        say(one.item->question.text + ": " + cannot_be_typed(*one.item), "Left open: ");
    for (const FormIssue& issue : issues)
      if (issue.severity <= Severity::error)
        say(text_of(issue.link_id) + issue.message, "To be mended: ");
    if (!save()) return;
    const std::string state =
        is_complete ? "The response is completed" : "The response stays in-progress";
    say(file_.empty() ? state + '.' : state + " and is saved in " + printable(file_) + '.');
    if (file_.empty()) console_.out.write(filling().response());
    result_ = Exit::done;
  }

  static bool is_question(const FormItem& item) {
    return item.question.type != ItemType::group && item.question.type != ItemType::display;
  }

  std::string text_of(const std::string& link_id) {
    for (const Place& one : filling().places())
      if (one.item->question.id == link_id) return one.item->question.text + ": ";
    return link_id.empty() ? "" : link_id + ": ";
  }

  Form form_;
  FormWalk walk_;
  FormStop stop_;
  std::set<std::string> around_;  // groups whose headings stand above
  std::set<std::string> told_;
};

}  // namespace

Exit ask_form(const Chosen& chosen, std::string file, const Options& options, Console& console) {
  const auto fail = [&](const Problems& problems, Exit otherwise) {
    return tell(console, problems, ProblemForm::text, otherwise);
  };
  if (options.has("chart"))
    return fail({usage_problem("--chart goes with a questionnaire of fbss; an FHIR Questionnaire "
                               "says itself what a chart fills in.")},
                Exit::usage);
  const Result<Form> form = load_form(chosen.text, options, console);
  if (!form) return fail(in_file(form.problems(), chosen.name), Exit::bad_questionnaire);
  Result<FormSessionOptions> clock = session_options(options);
  if (!clock) return fail(clock.problems(), Exit::usage);
  Filling filling(*form, *std::move(clock));
  if (options.has("resume")) {
    const std::string from = options.value("resume");
    const Result<std::string> bytes = read_whole(from, Limits{}.record_bytes);
    if (!bytes) return fail(bytes.problems(), Exit::refused);
    if (const auto read = filling.resume(*bytes); !read)
      return fail(in_file(read.problems(), from), Exit::refused);
  }
  if (!file.empty()) {
    if (const auto possible = can_be_written(file); !possible)
      return fail(possible.problems(), Exit::failed);
  }
  Result<Input> input = Input::open("-");
  if (!input) return fail(input.problems(), Exit::failed);
  if (const std::string hint = builtin_hint(chosen.text); !hint.empty())
    console.err.write(hint.substr(1) + '\n');
  return FormDialogue(std::move(filling), *form, std::move(file), options, console, *input).run();
}

}  // namespace fbss::app
