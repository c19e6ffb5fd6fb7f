// SPDX-License-Identifier: Apache-2.0
// Conditions that cannot be meant: enableWhen that asks what is never answered, of itself, for a
// value of another type; names that hide others.
#include <algorithm>
#include <array>

#include "fhir/form/answer_types.hpp"
#include "fhir/form/lint.hpp"
#include "fhir/form/options.hpp"
#include "fhir/form/values.hpp"

namespace fbss::form {
namespace {

bool has_order(ItemType type) {
  switch (type) {
    case ItemType::boolean:
    case ItemType::choice:
    case ItemType::open_choice:
    case ItemType::reference:
    case ItemType::attachment:
    case ItemType::url:
      return false;
    default:
      return true;
  }
}

// Integers and decimals compare, and so do texts of all kinds, dates and dates with times.
std::string_view family(std::string_view suffix) {
  constexpr std::array families = {
      std::pair{"Integer", "number"}, std::pair{"Decimal", "number"}, std::pair{"Uri", "text"},
      std::pair{"String", "text"},    std::pair{"Date", "day"},       std::pair{"DateTime", "day"},
  };
  for (const auto& [name, of] : families)
    if (suffix == name) return of;
  return suffix;
}

bool may_equal(const Item& question, std::string_view suffix) {
  if (takes_answer(question, suffix)) return true;
  const std::string_view own = answer_member(question.type);
  return !own.empty() && family(own.substr(5)) == family(suffix);
}

void lint_condition(Loading& loading, const Item& item, const EnableWhen& condition,
                    const std::string& path) {
  const Item& question = loading.model.items[condition.question];
  const auto tell = [&](FormRule rule, std::string message,
                        std::optional<Severity> severity = std::nullopt) {
    loading.issue(rule, item.index, path, std::move(message), severity);
  };
  if (!is_question(question.type))
    return tell(FormRule::enableWhenType, "The condition asks a " +
                                              std::string(type_word(question.type)) +
                                              " item, which never has an answer.");
  const json::Node* answer = fhirpath::ValueAccess::node(condition.answer);
  const std::string_view suffix = answer->key_view().substr(std::string_view("answer").size());
  if (condition.op == Operator::exists) {
    if (suffix != "Boolean")
      tell(FormRule::existsNotBoolean, "The operator exists needs answerBoolean.");
    return;
  }
  if (!may_equal(question, suffix))
    return tell(FormRule::enableWhenType,
                "A question of type " + std::string(type_word(question.type)) +
                    " has no answer of type " + std::string(suffix) + '.');
  const bool asks_order = condition.op != Operator::equal && condition.op != Operator::not_equal;
  if (asks_order && !has_order(question.type))
    return tell(FormRule::enableWhenType,
                "Answers of type " + std::string(type_word(question.type)) + " have no order.");
  if (!asks_order && is_offered(loading.model, question, condition.answer) == false)
    tell(FormRule::enableWhenOption,
         "The question \"" + std::string(question.link_id) + "\" does not offer that answer.");
}

}  // namespace

void lint_conditions(Loading& loading, const Item& item, const std::string& path) {
  const Form::Model& model = loading.model;
  if (item.enable_when.size() > 1 && !item.json.find("enableBehavior"))
    loading.issue(FormRule::enableBehaviorMissing, item.index, path,
                  "There are several enableWhen: say with enableBehavior whether all have to hold "
                  "or any.");
  if (!item.enable_when.empty() && item.enable_expression != none)
    loading.issue(FormRule::enableWhenTwice, item.index, path,
                  "There are both enableWhen and enableWhenExpression; both have to hold.");
  for (std::size_t i = 0; i < item.enable_when.size(); ++i) {
    const EnableWhen& condition = item.enable_when[i];
    if (condition.question != none && model.holds(item.index, condition.question))
      loading.issue(FormRule::enableWhenInner, item.index, path,
                    "An item cannot depend on an answer to itself, or to an item within it.");
    if (condition.is_usable)
      lint_condition(loading, item, condition, path + ".enableWhen[" + std::to_string(i) + ']');
  }
}

void lint_names(Loading& loading) {
  constexpr std::array reserved = {"context", "resource", "rootResource", "questionnaire", "qitem"};
  for (const Variable& variable : loading.model.variables)
    if (std::ranges::find(reserved, variable.name) != reserved.end())
      loading.issue(FormRule::duplicateName, variable.item,
                    loading.model.expressions[variable.expression].path,
                    "%" + std::string(variable.name) +
                        " has a meaning of its own; the variable cannot be read.");
}

}  // namespace fbss::form
