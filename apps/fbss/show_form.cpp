// SPDX-License-Identifier: Apache-2.0
// `fbss show` of an FHIR Questionnaire; see show_form.hpp.
#include "show_form.hpp"

#include <string>

#include <fbss/filling.hpp>

#include "forms.hpp"
#include "record.hpp"
#include "show_json.hpp"
#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

std::string marks_of(const FormItem& item) {
  std::string marks(item.type);
  if (item.question.least) marks += ", at least " + std::to_string(*item.question.least);
  if (item.question.most) marks += ", at most " + std::to_string(*item.question.most);
  if (item.required) marks += ", required";
  if (item.question.several) marks += ", repeats";
  if (item.read_only) marks += ", read-only";
  if (item.hidden) marks += ", hidden";
  return marks;
}

std::string item_text(const FormItem& item, std::size_t width) {
  const Item& question = item.question;
  const std::string indent(2 * item.depth + 2, ' ');
  std::string out = "\n" + wrapped(question.text, width, indent);
  const auto line = [&](std::string_view label, std::string_view text) {
    if (text.empty()) return;
    out += wrapped(text, width, indent + "  " + std::string(label) + ": ", indent + "    ");
  };
  line("linkId", question.id);
  line("type", marks_of(item));
  if (question.options.empty()) line("value set", question.code_list);
  for (const Option& option : question.options)
    out += wrapped(option.code + (option.text == option.code ? "" : ": " + option.text) +
                       (option.exclusive ? " (alone)" : ""),
                   width, indent + "    - ");
  line("unit", question.unit);
  line("help", question.help);
  line("enabled when", question.asked_when);
  line("calculated", item.calculated);
  return out;
}

}  // namespace

Exit show_form(const Chosen& chosen, const Options& options, Console& console) {
  const bool is_json = options.value("format", "text") == "json";
  const Result<Form> form = load_form(chosen.text, options, console);
  if (!form)
    return tell(console, in_file(form.problems(), chosen.name),
                is_json ? ProblemForm::json : ProblemForm::text, Exit::bad_questionnaire);
  if (is_json) {
    console.out.write(form_json(*form));
    return Exit::done;
  }
  const std::size_t width = width_of(console.out, options);
  std::string out = wrapped(
      form->title().empty() ? std::string_view("An FHIR Questionnaire") : form->title(), width);
  if (!form->url().empty())
    out += wrapped(std::string(form->url()) + (form->version().empty() ? "" : "|") +
                       std::string(form->version()),
                   width);
  if (const std::string hint = builtin_hint(chosen.text); !hint.empty())
    out += wrapped(hint.substr(1), width);
  for (const FormItem& item : items_of(*form)) out += item_text(item, width);
  if (!form->issues().empty()) out += "\nIssues (fbss lint)\n\n" + issue_lines(form->issues());
  console.out.write(out);
  return Exit::done;
}

}  // namespace fbss::app
