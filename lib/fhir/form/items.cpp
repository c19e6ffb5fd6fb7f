// SPDX-License-Identifier: Apache-2.0
// The item tree, with what FHIR R4 itself says of items. In: the Questionnaire's JSON. Out: the
// items in document order, found by their linkIds. hl7.org/fhir/R4/questionnaire.html. Refused: an
// item without a linkId or type, a type that R4 does not have.
#include "fhir/form/extensions.hpp"
#include "fhir/form/loading.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/weights.hpp"

namespace fbss::form {
namespace {

class ItemReader {
 public:
  explicit ItemReader(Loading& loading) : loading_(loading), model_(loading.model) {}

  void read_list(JsonNode holder, std::uint32_t parent, std::uint32_t depth) {
    const JsonNode list = holder.find("item");
    if (list.kind() != JsonKind::array) return;
    std::uint32_t place = 0;
    for (JsonNode node = list.first(); node; node = node.next()) {
      read(node, parent, depth, place);
      ++place;
    }
  }

 private:
  void read(JsonNode node, std::uint32_t parent, std::uint32_t depth, std::uint32_t place) {
    const auto index = static_cast<std::uint32_t>(model_.items.size());
    Item& item = model_.items.emplace_back();
    item.index = index;
    item.parent = parent;
    item.depth = depth;
    item.place = place;
    item.json = node;
    item.link_id = node.find("linkId").text();
    item.text = node.find("text").text();
    item.definition = node.find("definition").text();
    item.required = node.find("required").boolean();
    item.repeats = node.find("repeats").boolean();
    item.read_only = node.find("readOnly").boolean();
    item.answer_value_set = node.find("answerValueSet").text();
    item.max_length = whole_number(node.find("maxLength"));
    read_link_id(item);
    read_type(item);
    read_options(item);
    read_list(node, index, depth + 1);  // `item` may have moved
    model_.items[index].end = static_cast<std::uint32_t>(model_.items.size());
  }

  void read_link_id(const Item& item) {
    if (item.link_id.empty())
      return loading_.refuse(ErrorCode::missing_key, item.index,
                             "The item has no linkId; every item needs one of its own.");
    const auto [at, is_new] = model_.by_link_id.emplace(item.link_id, item.index);
    if (is_new) return;
    std::uint32_t last = at->second;
    while (model_.items[last].next_of_link_id != none) last = model_.items[last].next_of_link_id;
    model_.items[last].next_of_link_id = item.index;
    loading_.issue(FormRule::duplicateLinkId, item.index, model_.path_of(item.index) + ".linkId",
                   "The linkId \"" + std::string(item.link_id) + "\" is that of " +
                       model_.path_of(at->second) + " already: give each item one of its own.");
  }

  void read_type(Item& item) {
    const std::string_view word = item.json.find("type").text();
    if (word.empty())
      return loading_.refuse(ErrorCode::missing_key, item.index,
                             "The item has no type; FHIR R4 needs one.");
    if (const auto type = find_item_type(word)) {
      item.type = *type;
      return;
    }
    std::string message = "FHIR R4 has no item type \"" + std::string(word) + '"';
    message += word == "coding" ? ": what R5 calls coding is choice or open-choice in R4." : ".";
    loading_.refuse(ErrorCode::bad_value, item.index, std::move(message));
  }

  void read_options(Item& item) {
    const JsonNode list = item.json.find("answerOption");
    if (list.kind() != JsonKind::array) return;
    for (JsonNode node = list.first(); node; node = node.next()) {
      const Choice choice = find_choice(node, "value");
      if (!choice) continue;
      Option& option = item.options.emplace_back();
      option.json = node;
      option.value = JsonNode(choice.node);
      option.typed = choice.value();
      option.is_exclusive = extension_value(find_extension(node, "optionExclusive")).boolean();
      option.is_initial = node.find("initialSelected").boolean();
      for (const JsonNode place : {node, JsonNode(choice.node), JsonNode(choice.companion)})
        if (const JsonNode weight = fhirpath::find_weight(place); weight && !option.weight)
          option.weight = Decimal::parse(weight.text());
    }
  }

  Loading& loading_;
  Form::Model& model_;
};

}  // namespace

void read_items(Loading& loading) {
  ItemReader(loading).read_list(loading.model.json(), none, 0);
}

}  // namespace fbss::form
