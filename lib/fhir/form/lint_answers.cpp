// SPDX-License-Identifier: Apache-2.0
// What a question says of its answers and cannot mean: options and initial values of another type,
// bounds the wrong way round, extensions that its type does not take, value sets and units that are
// not known.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <unordered_map>

#include "fhir/form/answer_types.hpp"
#include "fhir/form/extensions.hpp"
#include "fhir/form/lint.hpp"
#include "fhir/form/same_value.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/ucum.hpp"

namespace fbss::form {
namespace {

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

class AnswerLint {
 public:
  AnswerLint(Loading& loading, const Item& item, const std::string& path)
      : loading_(loading), model_(loading.model), item_(item), path_(path) {}

  void run() {
    options();
    initial_values();
    bounds();
    ranges();
    misplaced();
    value_sets();
    units();
  }

 private:
  void tell(FormRule rule, const std::string& place, std::string message,
            std::optional<Severity> severity = std::nullopt) {
    loading_.issue(rule, item_.index, place, std::move(message), severity);
  }

  std::string type() const { return std::string(type_word(item_.type)); }

  void options() {
    const bool is_offered = !item_.options.empty() || !item_.answer_value_set.empty() ||
                            item_.answer_expression != none;
    if (item_.type == ItemType::choice && !is_offered)
      tell(FormRule::optionsMissing, path_,
           "A choice needs answerOption or answerValueSet; any coding is taken as it is.");
    std::unordered_map<std::string, std::size_t> met;
    for (std::size_t i = 0; i < item_.options.size(); ++i) {
      const Option& option = item_.options[i];
      if (!option.value) continue;
      const std::string_view suffix = option.value.key().substr(5);
      if (!takes_option(item_, suffix))
        tell(
            FormRule::optionType, path_ + ".answerOption[" + std::to_string(i) + ']',
            "A question of type " + type() + " has no option of type " + std::string(suffix) + '.');
      if (const auto [before, is_new] = met.emplace(key_of(option), i); !is_new)
        tell(FormRule::optionTwice, path_ + ".answerOption[" + std::to_string(i) + ']',
             "The option is the same as answerOption[" + std::to_string(before->second) + "].");
    }
  }

  // What an option is told from others by.
  static std::string key_of(const Option& option) {
    std::string key(option.value.key());
    if (option.value.kind() != JsonKind::object)
      return key + ' ' + std::string(option.value.text());
    for (const char* name : {"system", "code", "reference"})
      key += ' ' + std::string(option.value.find(name).text());
    if (option.value.find("code").text().empty()) key += option.value.find("display").text();
    return key;
  }

  void initial_values() {
    const JsonNode list = item_.json.find("initial");
    if (list.kind() != JsonKind::array || !is_question(item_.type)) return;
    std::size_t i = 0;
    for (JsonNode node = list.first(); node; node = node.next(), ++i) {
      const Choice choice = find_choice(node, "value");
      if (choice.node && !takes_answer(item_, choice.suffix("value")))
        tell(FormRule::initialType, path_ + ".initial[" + std::to_string(i) + ']',
             "A question of type " + type() + " has no answer of type " +
                 std::string(choice.suffix("value")) + '.');
    }
  }

  // A bound is of the question's type; integer and decimal, date and date-time go together.
  void bounds() {
    for (const auto& [name, bound] :
         {std::pair{"minValue", &item_.min_value}, std::pair{"maxValue", &item_.max_value},
          std::pair{"minQuantity", &item_.min_quantity},
          std::pair{"maxQuantity", &item_.max_quantity}}) {
      if (!*bound || (*bound)->expression != none) continue;
      const fhirpath::Value& value = (*bound)->value;
      const std::string_view suffix = fhirpath::ValueAccess::node(value)->key_view().substr(5);
      const bool fits =
          std::string_view(name).ends_with("Quantity") ? suffix == "Quantity" : takes_bound(suffix);
      if (!fits)
        tell(FormRule::extensionValue, path_,
             std::string(name) + " of a question of type " + type() + " is not of type " +
                 std::string(suffix) + '.');
    }
  }

  bool takes_bound(std::string_view suffix) const {
    switch (item_.type) {
      case ItemType::integer:
      case ItemType::decimal:
        return suffix == "Integer" || suffix == "Decimal";
      case ItemType::date:
      case ItemType::date_time:
        return suffix == "Date" || suffix == "DateTime";
      case ItemType::time:
        return suffix == "Time";
      case ItemType::quantity:
        return suffix == "Quantity" || suffix == "Integer" || suffix == "Decimal";
      default:
        return true;  // told as misplaced
    }
  }

  void ranges() {
    const auto is_empty = [](const auto& least, const auto& most) {
      return least && most && *least > *most;
    };
    const auto is_empty_bound = [](const std::optional<Bound>& least,
                                   const std::optional<Bound>& most) {
      if (!least || !most || least->expression != none || most->expression != none) return false;
      const auto order = order_of_values(least->value, most->value);
      return order && *order > 0;
    };
    const auto tell_empty = [&](std::string_view least, std::string_view most) {
      tell(FormRule::emptyRange, path_,
           std::string(least) + " is greater than " + std::string(most) +
               ": no answer can fulfil both.");
    };
    if (is_empty_bound(item_.min_value, item_.max_value)) tell_empty("minValue", "maxValue");
    if (is_empty_bound(item_.min_quantity, item_.max_quantity))
      tell_empty("minQuantity", "maxQuantity");
    if (is_empty(item_.min_length, item_.max_length)) tell_empty("minLength", "maxLength");
    if (is_empty(item_.min_occurs, item_.max_occurs)) tell_empty("minOccurs", "maxOccurs");
    if (item_.max_occurs && *item_.max_occurs > 1 && !item_.repeats)
      tell(FormRule::extensionMisplaced, path_,
           "maxOccurs says more than one, and the item does not repeat; one is taken.");
  }

  void misplaced() {
    using enum ItemType;
    const auto only = [&](std::string_view name, bool is_there,
                          std::initializer_list<ItemType> types) {
      if (!is_there || std::ranges::find(types, item_.type) != types.end()) return;
      tell(FormRule::extensionMisplaced, path_,
           std::string(name) + " has no meaning for an item of type " + type() + '.');
    };
    const bool has_value_bound = item_.min_value || item_.max_value;
    only("minValue or maxValue", has_value_bound,
         {integer, decimal, date, date_time, time, quantity});
    only("minQuantity or maxQuantity", item_.min_quantity || item_.max_quantity, {quantity});
    only("maxDecimalPlaces", item_.max_decimal_places.has_value(), {decimal, quantity});
    only("minLength", item_.min_length.has_value(), {string, text, url, open_choice});
    only("regex", item_.pattern.has_value(),
         {string, text, url, open_choice, integer, decimal, date, date_time, time});
    only("unit", item_.unit.has_value(), {integer, decimal, quantity});
    only("unitOption or unitValueSet", !item_.unit_options.empty() || !item_.unit_value_set.empty(),
         {quantity, integer, decimal});
    only("mimeType or maxSize", !item_.mime_types.empty() || item_.max_size, {attachment});
    only("referenceResource", !item_.reference_types.empty(), {reference});
    if (!is_question(item_.type))
      for (const auto& [name, expression] :
           {std::pair{"calculatedExpression", item_.calculated_expression},
            std::pair{"initialExpression", item_.initial_expression}})
        // A display item's text may be told by one, with cqf-expression; it has no answer.
        only(name, expression != none, {});
  }

  void value_sets() {
    for (const std::string_view set : {item_.answer_value_set, item_.unit_value_set}) {
      if (set.empty()) continue;
      if (set.starts_with('#') && !model_.contained.contains(set))
        tell(FormRule::valueSetUnknown, path_,
             "The Questionnaire contains no value set " + std::string(set) + '.', Severity::error);
      else if (!model_.value_sets.knows(set))
        tell(FormRule::valueSetUnknown, path_,
             "The value set " + std::string(set) +
                 " is neither contained nor given: codes are not checked against it.");
    }
  }

  void units() {
    const auto check = [&](const Unit& unit) {
      if (unit.system == ucum_system && !unit.code.empty() && !fhirpath::ucum::read(unit.code))
        tell(FormRule::invalidCode, path_, "UCUM has no unit \"" + std::string(unit.code) + "\".",
             Severity::warning);
    };
    if (item_.unit) check(*item_.unit);
    for (const Unit& unit : item_.unit_options) check(unit);
  }

  Loading& loading_;
  const Form::Model& model_;
  const Item& item_;
  const std::string& path_;
};

}  // namespace

void lint_answers(Loading& loading, const Item& item, const std::string& path) {
  AnswerLint(loading, item, path).run();
}

}  // namespace fbss::form
