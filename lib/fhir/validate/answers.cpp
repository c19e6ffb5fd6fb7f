// SPDX-License-Identifier: Apache-2.0
// One answer: that it has a value, of a type that the question takes, written as FHIR R4 says. What
// its type makes of it is judged by the files beside this one.
#include <algorithm>
#include <array>

#include "fhir/form/answer_types.hpp"
#include "fhir/form/primitives.hpp"
#include "fhir/validate/validation.hpp"

namespace fbss::form {
namespace {

// QuestionnaireResponse.item.answer.value[x].
constexpr std::array answer_suffixes = {"Boolean",    "Decimal", "Integer",  "Date",
                                        "DateTime",   "Time",    "String",   "Uri",
                                        "Attachment", "Coding",  "Quantity", "Reference"};

bool is_answer_type(std::string_view suffix) {
  return std::ranges::find(answer_suffixes, suffix) != answer_suffixes.end();
}

// Everything but its value and the items below it; and that there is one value only.
void check_answer_elements(Validation& validation, std::uint32_t instance, const Answer& answer) {
  std::size_t values = 0, others = 0;
  for (const json::Node* member = answer.node->first(); member; member = member->next()) {
    const std::string_view name = member->key_view();
    if (name.starts_with("value"))
      ++values;
    else if (name == "item" && member->kind == JsonKind::array)
      continue;
    else if (!name.starts_with("_value"))
      ++others;
  }
  if (values > 1)
    validation.tell(FormRule::invalidStructure, instance, answer.place,
                    "An answer has one value; here there are " + std::to_string(values) + '.');
  if (values == 0 && others == 0 && answer.node->text_length == 0)
    validation.tell(FormRule::invalidStructure, instance, answer.place,
                    "An answer must not be empty.", Severity::warning);
  if (others == 0) return;
  static const fhirpath::ModelType type =
      fhirpath::find_model_type("QuestionnaireResponse.item.answer");
  const std::string path = validation.state.path_of(instance, answer.place);
  const std::string value_name =
      answer.choice.node ? std::string(answer.choice.node->key_view()) : "value";
  check_elements(JsonNode(answer.node), type, path, {"item", value_name, '_' + value_name},
                 [&](StructureFault fault) {
                   validation.tell_fault(std::move(fault),
                                         validation.state.item_of(instance).link_id);
                 });
}

// False where the value is not worth a further look.
bool is_well_formed(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const fhirpath::ModelType type = answer.choice.type;
  const json::Node& node = *answer.choice.node;
  const bool is_object = node.kind == JsonKind::object;
  if (fhirpath::system_type_of(type)) {
    if (is_valid_primitive(JsonNode(&node), type)) return true;
    if (answer.suffix() == "Uri") return true;  // texts.cpp says what is wrong with it
    validation.tell(FormRule::invalidValue, instance, answer.place,
                    "The value has to be " + std::string(primitive_form(type)) + '.');
    return false;
  }
  if (!is_object) {
    validation.tell(FormRule::invalidValue, instance, answer.place,
                    "The value has to be an object.");
    return false;
  }
  bool is_sound = true;
  const auto count = [&](const StructureFault&) { is_sound = false; };
  check_elements(JsonNode(&node), type, {}, {}, count);
  if (is_sound) return true;
  const std::string path = validation.state.path_of(instance, answer.place) + '.' +
                           "value";  // FHIRPath names a choice element without its type
  check_elements(JsonNode(&node), type, path, {}, [&](StructureFault fault) {
    validation.tell_fault(std::move(fault), validation.state.item_of(instance).link_id);
  });
  return true;
}

void check_value(Validation& validation, std::uint32_t instance, const Item& item,
                 const Answer& answer) {
  switch (item.type) {
    case ItemType::integer:
    case ItemType::decimal:
    case ItemType::date:
    case ItemType::date_time:
    case ItemType::time:
      check_bounds(validation, instance, answer);
      break;
    case ItemType::quantity:
      check_bounds(validation, instance, answer);
      check_unit(validation, instance, answer);
      break;
    case ItemType::reference:
      check_reference(validation, instance, answer);
      break;
    case ItemType::attachment:
      check_attachment(validation, instance, answer);
      break;
    default:
      break;
  }
  check_text(validation, instance, answer);
  check_choice(validation, instance, answer);
}

}  // namespace

void check_answer(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  if (answer.node->kind != JsonKind::object)
    return validation.tell(FormRule::invalidStructure, instance, answer.place,
                           "An object has to stand here.");
  check_answer_elements(validation, instance, answer);
  if (!answer.choice.node) return;  // no value, or only a reason why there is none
  const std::string_view suffix = answer.suffix();
  if (!is_answer_type(suffix))
    return validation.tell(FormRule::invalidAnswerType, instance, answer.place,
                           "FHIR R4 has no answer of this type.");
  if (answer_member(item.type).empty()) return;  // shape.cpp has told
  if (!takes_answer(item, suffix))
    return validation.tell(FormRule::invalidAnswerType, instance, answer.place,
                           "A question of type " + std::string(type_word(item.type)) +
                               " takes no answer of type " + std::string(suffix) + '.');
  if (is_well_formed(validation, instance, answer)) check_value(validation, instance, item, answer);
}

}  // namespace fbss::form
