// SPDX-License-Identifier: Apache-2.0
// How an item of the response is built and where it stands: elements that R4 has, answers where the
// item's type takes them, the order of the form, its text.
#include <algorithm>
#include <array>

#include "fhir/form/structure.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/types.hpp"

namespace fbss::form {
namespace {

const json::Key link_id_key("linkId"), item_key("item"), answer_key("answer"), text_key("text");

bool is_plain_item(const json::Node& node) {
  return std::ranges::all_of(std::array{"linkId", "text", "definition"}, [&](const char* name) {
    const json::Node* member = node.find(json::Key(name));
    return !member || (member->kind == JsonKind::string && member->text_length > 0);
  });
}

// Elements that FHIR does not have, and lists that are none. The lists `item` and `answer` hold
// what is judged on its own; only what lies beside them is looked at here.
void check_item_elements(Validation& validation, std::uint32_t instance, const json::Node& node) {
  static const fhirpath::ModelType type = fhirpath::find_model_type("QuestionnaireResponse.item");
  bool needs_a_look = !is_plain_item(node);
  for (const json::Node* member = node.first(); member; member = member->next()) {
    const std::string_view name = member->key_view();
    const bool is_list = name == "item" || name == "answer";
    if (is_list ? member->kind != JsonKind::array
                : name != "linkId" && name != "text" && name != "definition")
      needs_a_look = true;
    if (is_list && member->kind != JsonKind::array)
      validation.tell_at(FormRule::invalidStructure,
                         validation.state.path_of(instance) + '.' + std::string(name),
                         validation.state.item_of(instance).link_id,
                         "A list has to stand here: there may be several.");
  }
  if (!needs_a_look) return;
  const std::string path = validation.state.path_of(instance);
  check_elements(JsonNode(&node), type, path, {"item", "answer"}, [&](StructureFault fault) {
    validation.tell_fault(std::move(fault), validation.state.item_of(instance).link_id);
  });
}

}  // namespace

void check_shape(Validation& validation, std::uint32_t instance) {
  const Instance& own = validation.state.instances[instance];
  const Item& item = validation.state.item_of(instance);
  const json::Node& node = *own.node;
  check_item_elements(validation, instance, node);
  const bool has_answers = own.answer_count > 0;
  if (item.type == ItemType::display && has_answers)
    validation.tell(FormRule::displayAnswer, instance, none, "A display item takes no answer.");
  if (item.type == ItemType::question && has_answers)
    validation.tell(FormRule::invalidType, instance, none,
                    "The questionnaire gives the item the type question, which no answer fits.");
  if (item.is_group() && has_answers)
    validation.tell_at(FormRule::groupShouldNotHaveAnswers,
                       validation.state.path_of(instance) + ".answer", item.link_id,
                       "A group has no answers: what belongs to it stands in item.");
  const json::Node* inner = node.find(item_key);
  if (has_answers && inner && inner->kind == JsonKind::array && !item.is_group())
    validation.tell(FormRule::invalidStructure, instance, none,
                    "Items below a question with answers stand in its answers, not beside them.",
                    Severity::error);
  const json::Node* text = node.find(text_key);
  if (text && text->kind == JsonKind::string && !item.text.empty() &&
      text->text_view() != item.text)
    validation.tell(FormRule::textMismatch, instance, none,
                    "The text differs from the questionnaire's.");
}

void check_disorder(Validation& validation, const Stray& item) {
  validation.tell_at(FormRule::itemOrder, validation.state.path_of(item),
                     validation.model.items[item.item].link_id,
                     "The item stands behind one that the questionnaire has after it.");
}

void check_stray(Validation& validation, const Stray& stray) {
  const json::Node* link_id = stray.node->find(link_id_key);
  std::string message;
  std::string_view known;
  if (stray.item != none) {
    known = validation.model.items[stray.item].link_id;
    message = "The questionnaire has the item elsewhere, at " +
              validation.model.path_of(stray.item) + '.';
  } else if (!link_id || link_id->kind != JsonKind::string || link_id->text_length == 0) {
    message = "The item has no linkId, so it answers nothing.";
  } else {
    message = "The questionnaire has no item of this linkId.";
  }
  validation.tell_at(FormRule::invalidLinkId, validation.state.path_of(stray), known,
                     std::move(message));
}

}  // namespace fbss::form
