// SPDX-License-Identifier: Apache-2.0
// Levels are cut where an expression may read what the level has calculated before it.
#include "fhir/calculate/plan.hpp"

#include <algorithm>

namespace fbss::form {
namespace {

bool may_read_any(const Reaches& reaches, std::uint32_t expression, const Plan& plan,
                  std::size_t from, std::size_t to) {
  return std::any_of(
      plan.steps.begin() + static_cast<std::ptrdiff_t>(from),
      plan.steps.begin() + static_cast<std::ptrdiff_t>(to),
      [&](const Plan::Step& step) { return reaches.may_read(expression, step.item); });
}

// Whether a calculated value may decide what is enabled.
bool decides_enablement(const Form::Model& model, const Reaches& reaches, const Plan& plan) {
  const std::size_t all = plan.steps.size();
  return std::ranges::any_of(model.items, [&](const Item& item) {
    if (item.enable_expression != none &&
        may_read_any(reaches, item.enable_expression, plan, 0, all))
      return true;
    return std::ranges::any_of(item.enable_when, [&](const EnableWhen& condition) {
      return condition.question != none &&
             model.items[condition.question].calculated_expression != none;
    });
  });
}

}  // namespace

Plan make_plan(const Form::Model& model, const Reaches& reaches) {
  Plan plan;
  for (const std::uint32_t item : model.calculation_order) {
    const std::uint32_t expression = model.items[item].calculated_expression;
    Plan::Step step{item, expression, reaches.may_read(expression, item), {}};
    if (const auto& rule = model.items[item].missing_data_rule)
      step.counted =
          rule->questions.empty() ? reaches.questions_of(step.expression) : rule->questions;
    plan.steps.push_back(std::move(step));
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (may_read_any(reaches, plan.steps[i].expression, plan, begin, i)) {
      plan.ends.push_back(static_cast<std::uint32_t>(i));
      begin = i;
    }
    // What comes later must not be read before.
    if (may_read_any(reaches, plan.steps[i].expression, plan, i + 1, plan.steps.size()))
      plan.may_be_restless = true;
  }
  if (!plan.steps.empty()) plan.ends.push_back(static_cast<std::uint32_t>(plan.steps.size()));
  if (decides_enablement(model, reaches, plan)) plan.may_be_restless = true;
  return plan;
}

}  // namespace fbss::form
