// SPDX-License-Identifier: Apache-2.0
// The invariants of Questionnaire in FHIR R4 (que-0 to que-13), item by item. In: a loaded form.
// Out: issues. What its logic and its answers cannot mean stands in lint_logic.cpp and
// lint_answers.cpp.
#include "fhir/form/lint.hpp"

#include <algorithm>
#include <array>

namespace fbss::form {
namespace {

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  return !name.empty() && name.size() <= 255 && name.front() >= 'A' && name.front() <= 'Z' &&
         std::ranges::all_of(
             name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

// que-5: the types that may offer answers.
constexpr std::array types_with_options = {
    ItemType::choice,  ItemType::open_choice, ItemType::decimal,
    ItemType::integer, ItemType::date,        ItemType::date_time,
    ItemType::time,    ItemType::string,      ItemType::quantity};

// que-10.
constexpr std::array types_with_length = {
    ItemType::boolean, ItemType::decimal, ItemType::integer,    ItemType::string,
    ItemType::text,    ItemType::url,     ItemType::open_choice};

template <std::size_t size>
bool contains(const std::array<ItemType, size>& types, ItemType type) {
  return std::ranges::find(types, type) != types.end();
}

void lint_shape(Loading& loading, const Item& item, const std::string& path) {
  const JsonNode json = item.json;
  const auto tell = [&](FormRule rule, const std::string& place, std::string message) {
    loading.issue(rule, item.index, place, std::move(message));
  };
  const bool has_items = item.end > item.index + 1;
  if (item.type == ItemType::question)
    tell(FormRule::questionType, path + ".type",
         "The type question is only there to group others in FHIR's list: choose one of them.");
  if (item.is_group() && !has_items)
    tell(FormRule::emptyGroup, path, "A group needs at least one item.");
  if (item.type == ItemType::display) {
    if (has_items) tell(FormRule::displayItems, path, "A display item cannot have items.");
    for (const char* name : {"code", "required", "repeats", "readOnly"})
      if (json.find(name))
        tell(FormRule::displayElement, path,
             "A display item cannot have " + std::string(name) + ": it asks nothing.");
  }
  if (!item.options.empty() && !item.answer_value_set.empty())
    tell(FormRule::optionsTwice, path, "Give answerOption or answerValueSet, not both.");
  const bool offers = !item.options.empty() || !item.answer_value_set.empty();
  if (offers && !contains(types_with_options, item.type))
    tell(FormRule::optionsNotAllowed, path,
         "An item of type " + std::string(type_word(item.type)) + " takes no options.");
  if (json.find("maxLength") && !contains(types_with_length, item.type))
    tell(FormRule::maxLengthNotAllowed, path,
         "An item of type " + std::string(type_word(item.type)) + " takes no maxLength.");
  const JsonNode initial = json.find("initial");
  if (!initial) return;
  if (!is_question(item.type))
    tell(FormRule::initialNotAllowed, path, "Only questions take an initial value.");
  if (!item.options.empty())
    tell(FormRule::initialWithOptions, path,
         "With answerOption the initial value is the option's initialSelected.");
  if (!item.repeats && initial.size() > 1)
    tell(FormRule::initialSeveral, path,
         "There are several initial values, and the item does not repeat.");
}

}  // namespace

void lint(Loading& loading) {
  const Form::Model& model = loading.model;
  if (const JsonNode name = model.json().find("name"); name && !is_name(name.text()))
    loading.issue(FormRule::invalidName, none, "Questionnaire.name",
                  "The name should be a capital letter with letters, digits and _ behind it.");
  for (const Item& item : model.items) {
    const std::string path = model.path_of(item.index);
    lint_shape(loading, item, path);
    lint_conditions(loading, item, path);
    lint_answers(loading, item, path);
  }
  lint_names(loading);
}

}  // namespace fbss::form
