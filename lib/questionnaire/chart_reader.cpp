// SPDX-License-Identifier: Apache-2.0
// Chart variables and chart rules as the file has them. Entered through read_chart_variables() and
// read_chart_rules().
#include "questionnaire/chart_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.hpp"

namespace fbss {
namespace {

/// The answers that a chart may suggest.
std::vector<std::string_view> answers_of(const Item& question) {
  std::vector<std::string_view> answers;
  if (question.type == ItemType::yes_no) answers = {"yes", "no"};
  for (const Option& option : question.options) answers.push_back(option.code);
  return answers;
}

class RuleReader {
 public:
  RuleReader(Draft& draft, const FileValue& value, const Item& question)
      : faults_(draft.faults),
        value_(value),
        question_(question),
        fields_(draft.faults, value, "a chart rule") {}

  ChartRule read() {
    ChartRule rule;
    rule.find = fields_.text("find");
    rule.suggests = fields_.optional_text("suggests");
    rule.text = fields_.optional_text(rule.suggests.empty() ? "shows" : "text");
    if (!rule.suggests.empty()) check_answer(*value_.find("suggests"), rule.suggests);
    for (const FileValue* each : fields_.list("speaks_against", false)) {
      if (each->is(JsonKind::string)) check_answer(*each, each->text);
      if (each->is(JsonKind::string) && each->text == rule.suggests)
        fault(*each, "The rule speaks against the answer that it suggests; remove one of the two.");
      if (!each->is(JsonKind::string)) fault(*each, "An answer is a text in quotes.");
      rule.speaks_against.push_back(each->text);
    }
    if (value_.is(JsonKind::object) && !value_.find("suggests") && !value_.find("shows"))
      faults_.at_value(ErrorCode::missing_key, value_,
                       "A chart rule either \"suggests\" an answer or \"shows\" a text.");
    fields_.done();
    return rule;
  }

 private:
  void fault(const FileValue& place, std::string message) {
    faults_.at_value(ErrorCode::bad_value, place, std::move(message));
  }

  void check_answer(const FileValue& place, const std::string& answer) {
    const std::vector<std::string_view> answers = answers_of(question_);
    if (answers.empty())
      return fault(place,
                   "A chart suggests answers to questions of the types \"yes_no\" and \"choice\"; "
                   "for others it can only show: write \"shows\".");
    if (std::find(answers.begin(), answers.end(), answer) != answers.end()) return;
    faults_.at_value(ErrorCode::unknown_option, place,
                     "This is no answer to the question, which takes " + one_of(answers) +
                         (answer == "unknown" || answer == "declined"
                              ? ". Only a person can say that something is unknown or declined."
                              : "." + faults_.did_you_mean(answer, answers)));
  }

  Faults& faults_;
  const FileValue& value_;
  const Item& question_;
  Fields fields_;
};

}  // namespace

bool is_expression(Faults& faults, const FileValue& value) {
  if (!value.is(JsonKind::string) || value.text.empty()) {
    faults.at_value(ErrorCode::bad_value, value, "A variable is an expression in quotes.");
    return false;
  }
  if (const auto control = find_control_character(value.text)) {
    faults.at_value(ErrorCode::bad_value, value,
                    "The expression holds the control character " + character_name(*control) +
                        "; write it as one line.");
    return false;
  }
  return true;
}

void read_chart_variables(Draft& draft, Fields& file) {
  const FileValue* variables = file.may("chart_variables", JsonKind::object);
  if (!variables) return;
  for (const FileValue* value : variables->children) {
    std::string why = why_no_id(value->key);
    if (value->key == "chart") why = "%chart is the patient's resources; choose another name.";
    if (!why.empty()) draft.faults.at_key(ErrorCode::bad_id, *value, std::move(why));
    if (!is_expression(draft.faults, *value)) continue;
    draft.model->chart_variables.push_back({value->key, value->text});
    draft.chart_variables.push_back(value);
  }
}

void read_chart_rules(Draft& draft, Fields& question, std::uint32_t slot, Item& item) {
  for (const FileValue* value : question.list("chart", false)) {
    const auto index = static_cast<std::uint32_t>(item.chart.size());
    item.chart.push_back(RuleReader(draft, *value, item).read());
    if (!item.chart.back().find.empty())
      draft.chart_rules.push_back({slot, index, value->find("find")});
  }
}

}  // namespace fbss
