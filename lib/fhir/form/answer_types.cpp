// SPDX-License-Identifier: Apache-2.0
// hl7.org/fhir/R4/valueset-item-type.html; Questionnaire.item.answerOption.value[x].
#include "fhir/form/answer_types.hpp"

#include <algorithm>
#include <array>

#include "fhir/form/values.hpp"

namespace fbss::form {

namespace {
constexpr std::string_view value_word = "value";
}

bool takes_answer(const Item& item, std::string_view suffix) {
  const std::string_view member = answer_member(item.type);
  if (member.empty()) return false;
  if (member.substr(value_word.size()) == suffix) return true;
  if (!is_choice(item.type)) return false;
  if (item.type == ItemType::open_choice && suffix == "String") return true;
  return std::ranges::any_of(item.options, [&](const Option& option) {
    return option.value && option.value.key().substr(value_word.size()) == suffix;
  });
}

bool takes_option(const Item& item, std::string_view suffix) {
  constexpr std::array in_choices = {"Coding", "String", "Integer", "Date", "Time", "Reference"};
  if (is_choice(item.type)) return std::ranges::find(in_choices, suffix) != in_choices.end();
  return answer_member(item.type).substr(value_word.size()) == suffix;
}

}  // namespace fbss::form
