// SPDX-License-Identifier: Apache-2.0
// What is chosen: that the question offers it, and that an option which excludes all others stands
// alone. Value sets are the contained ones and those given; what these do not decide is told as not
// known.
#include "fhir/form/options.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

// In an open choice a coding without a code is free text, as renderers write it.
bool is_free_text(const Item& item, const Answer& answer) {
  if (item.type != ItemType::open_choice) return false;
  const JsonNode json = answer.json();
  return json.kind() != JsonKind::object || json.find("code").text().empty();
}

}  // namespace

void check_choice(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  if (item.options.empty() && item.answer_value_set.empty()) return;
  const auto tell = [&](FormRule rule, std::string message,
                        std::optional<Severity> severity = std::nullopt) {
    validation.tell(rule, instance, answer.place, std::move(message), severity);
  };
  if (!item.options.empty() && find_option(item, answer.value())) return;
  if (is_free_text(item, answer)) return;
  if (item.answer_value_set.empty())
    return tell(FormRule::invalidAnswerOption, "The answer is none of the question's options.");
  if (answer.json().kind() != JsonKind::object)
    return tell(FormRule::valueSetNotFound,
                "Whether the value is in the question's value set is not known: it is no coding.");
  const auto is_member = is_in_value_set(validation.model, item.answer_value_set, answer.json());
  if (is_member == false)
    tell(FormRule::invalidCoding,
         "The code is not in the value set " + std::string(item.answer_value_set) + '.');
  else if (!is_member)
    tell(FormRule::valueSetNotFound,
         "Whether the code is in the value set " + std::string(item.answer_value_set) +
             " is not known: give the value set, and its code systems, with the questionnaire.");
}

void check_exclusive(Validation& validation, std::uint32_t instance) {
  const Instance& own = validation.state.instances[instance];
  const Item& item = validation.state.item_of(instance);
  if (own.answer_count < 2 || item.options.empty()) return;
  std::uint32_t place = 0;
  for (const json::Node* node = own.answers; node; node = node->next(), ++place) {
    const Choice choice = find_choice(*node, "value");
    if (!choice.node) continue;
    const Option* option = find_option(item, choice.value());
    if (!option || !option->is_exclusive) continue;
    validation.issues.add(
        {.rule = FormRule::exclusiveAnswerOption,
         .severity = usual_severity(FormRule::exclusiveAnswerOption),
         .path = validation.state.path_of(instance, place),
         .other_path = validation.state.path_of(instance),
         .link_id = std::string(item.link_id),
         .message = "The option excludes all others, and another answer stands beside it."});
    return;
  }
}

}  // namespace fbss::form
