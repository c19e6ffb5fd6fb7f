// SPDX-License-Identifier: Apache-2.0
// Conditions over one set of answers. Entered through Evaluation.
#include "questionnaire/evaluation.hpp"

#include <algorithm>
#include <utility>

namespace fbss {
namespace {

Problem rule_error(const Problems& problems) {
  Problem problem;
  problem.code = ErrorCode::rule_error;
  problem.message = "An expression of the questionnaire raised an error on these answers";
  if (!problems.empty())
    problem.message += " (" + std::string(code_word(problems.front().code)) + ")";
  problem.message += "; the questionnaire has to be mended, nothing was evaluated.";
  return problem;
}

}  // namespace

Evaluation::Evaluation(const Questionnaire::Model& model, const Limits& limits)
    : model_(model),
      answers_(model.questions.size()),
      visible_(model.questions.size() + model.variables.size()),
      enabled_(model.questions.size(), Truth::empty),
      is_changed_(model.questions.size()),
      workspace_(limits) {
  variable_workspaces_.reserve(model.variables.size());
  for (std::size_t i = 0; i < model.variables.size(); ++i)
    variable_workspaces_.emplace_back(limits);
}

void Evaluation::clear() {
  for (fhirpath::Collection& answer : answers_) answer = {};
  for (fhirpath::Collection& value : visible_) value = {};
  for (Truth& enabled : enabled_) enabled = Truth::empty;
  today_ = {};
  is_settled_ = false;
}

Result<void> Evaluation::settle() {
  const std::size_t questions = model_.questions.size();
  const bool was_settled = std::exchange(is_settled_, false);
  const auto is_affected = [&](const Condition& condition) {
    return !was_settled || std::ranges::any_of(condition.reads, [&](std::uint32_t slot) {
      return is_changed_[slot];
    });
  };
  for (const Stage& stage : model_.stages) {
    if (stage.kind == Stage::Kind::question) {
      const Condition& asked_when = model_.asked_when[stage.index];
      Truth enabled = was_settled ? enabled_[stage.index] : Truth::yes;
      if (asked_when.expression && is_affected(asked_when)) {
        Result<Truth> result = evaluate(asked_when);
        if (!result) {
          Problems problems = std::move(result).problems();
          problems.front().question = model_.questions[stage.index]->id;
          return problems;
        }
        enabled = *result;
      }
      if (enabled != enabled_[stage.index]) is_changed_[stage.index] = true;
      enabled_[stage.index] = enabled;
      visible_[stage.index] =
          enabled == Truth::yes ? answers_[stage.index] : fhirpath::Collection();
      continue;
    }
    const Condition& variable = model_.variables[stage.index].condition;
    if (!is_affected(variable)) continue;
    const fhirpath::Environment environment{.variables = visible_, .today = today_};
    auto result =
        fhirpath::evaluate(*variable.expression, environment, variable_workspaces_[stage.index]);
    if (!result) return rule_error(result.problems());
    visible_[questions + stage.index] = *result;
  }
  is_changed_.assign(questions, false);
  is_settled_ = true;
  return {};
}

Result<Truth> Evaluation::evaluate(const Condition& condition) {
  if (!condition.expression) return Truth::yes;
  auto result = values_of(*condition.expression);
  if (!result) return std::move(result).problems();
  if (result->empty()) return Truth::empty;
  if (result->size() > 1 || result->front().type() != fhirpath::Type::boolean)
    return rule_error({});
  return result->front().boolean() ? Truth::yes : Truth::no;
}

Result<fhirpath::Collection> Evaluation::values_of(const fhirpath::Expression& expression) {
  const fhirpath::Environment environment{.variables = visible_, .today = today_};
  auto result = fhirpath::evaluate(expression, environment, workspace_);
  if (!result) return rule_error(result.problems());
  return *result;
}

}  // namespace fbss
