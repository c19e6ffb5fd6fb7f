// SPDX-License-Identifier: Apache-2.0
// items_of(): a form's items as a person reads them. In: the model. Out: the model's texts, options
// and conditions, in the words of questionnaire.hpp.
#include <algorithm>
#include <array>

#include <fbss/filling.hpp>

#include "fhir/fill/items.hpp"
#include "fhir/fill/words.hpp"
#include "fhir/form/extensions.hpp"
#include "fhirpath/value.hpp"

namespace fbss {
namespace form {
namespace {

fbss::ItemType type_of(ItemType type) {
  switch (type) {
    case ItemType::group:
      return fbss::ItemType::group;
    case ItemType::display:
    case ItemType::question:
      return fbss::ItemType::display;  // abstract: nothing can answer it
    case ItemType::boolean:
      return fbss::ItemType::yes_no;
    case ItemType::decimal:
      return fbss::ItemType::decimal;
    case ItemType::integer:
      return fbss::ItemType::integer;
    case ItemType::date:
      return fbss::ItemType::date;
    case ItemType::date_time:
      return fbss::ItemType::date_time;
    case ItemType::time:
      return fbss::ItemType::time;
    case ItemType::string:
      return fbss::ItemType::text;
    case ItemType::text:
      return fbss::ItemType::long_text;
    case ItemType::url:
      return fbss::ItemType::url;
    case ItemType::choice:
      return fbss::ItemType::choice;
    case ItemType::open_choice:
      return fbss::ItemType::open_choice;
    case ItemType::attachment:
      return fbss::ItemType::attachment;
    case ItemType::reference:
      return fbss::ItemType::reference;
    case ItemType::quantity:
      return fbss::ItemType::quantity;
  }
  return fbss::ItemType::display;
}

std::string_view control_of(const Item& item) {
  const JsonNode concept_of = extension_value(find_extension(item.json, "itemControl"));
  return concept_of.find("coding").first().find("code").text();
}

std::string condition_words(const Form::Model& model, const EnableWhen& condition) {
  static constexpr std::array words = {"is answered", "=", "!=", ">", "<", ">=", "<="};
  if (!condition.is_usable) return "a condition that cannot hold";
  const std::string question(model.items[condition.question].link_id);
  const JsonNode answer(fhirpath::ValueAccess::node(condition.answer));
  if (condition.op == Operator::exists)
    return question + (answer.boolean() ? " is answered" : " is not answered");
  return question + ' ' + words[static_cast<std::size_t>(condition.op)] + ' ' + code_words(answer);
}

std::string conditions_of(const Form::Model& model, const Item& item) {
  std::string out;
  for (const EnableWhen& condition : item.enable_when)
    out += (out.empty() ? "" : item.any ? " or " : " and ") + condition_words(model, condition);
  if (item.enable_expression == none) return out;
  if (!out.empty()) out = '(' + out + ") and ";
  return out + std::string(model.expressions[item.enable_expression].text);
}

std::optional<std::int64_t> whole_bound(const std::optional<Bound>& bound) {
  if (!bound || bound->expression != none) return std::nullopt;
  const auto number = Decimal::parse(JsonNode(fhirpath::ValueAccess::node(bound->value)).text());
  return number ? number->to_int64() : std::nullopt;
}

class ItemReader {
 public:
  explicit ItemReader(const Form::Model& model) : model_(model) {}

  std::vector<FormItem> read() {
    for (const Item& item : model_.items)
      if (!is_help(item)) read_item(item);
    return std::move(out_);
  }

 private:
  void read_item(const Item& item) {
    FormItem& made = out_.emplace_back();
    made.type = type_word(item.type);
    made.depth = item.depth;
    made.required = item.required;
    made.read_only = item.read_only;
    made.hidden = item.hidden;
    if (item.calculated_expression != none)
      made.calculated = model_.expressions[item.calculated_expression].text;
    made.has_initial_expression = item.initial_expression != none;
    fbss::Item& question = made.question;
    question.id = item.link_id;
    question.type = type_of(item.type);
    const std::string_view prefix = item.json.find("prefix").text();
    question.text = prefix;
    if (!prefix.empty() && !item.text.empty()) question.text += ' ';
    question.text += item.text.empty() && prefix.empty() ? item.link_id : item.text;
    question.help = help_of(item);
    question.several = item.repeats;
    question.asked_when = conditions_of(model_, item);
    question.code_list = item.answer_value_set;
    if (item.type == ItemType::integer) {
      question.least = whole_bound(item.min_value);
      question.most = whole_bound(item.max_value);
    }
    for (const Unit& unit : units_of(item)) made.units.push_back(unit_word(unit));
    for (const std::string& unit : made.units)
      question.unit += (question.unit.empty() ? "" : ", ") + unit;
    question.options = options_of(model_, item);
  }

  bool is_help(const Item& item) const {
    return item.type == ItemType::display && item.parent != none && control_of(item) == "help";
  }

  std::string help_of(const Item& item) const {
    std::string help;
    const auto add = [&](std::string_view text) {
      if (!text.empty()) help += (help.empty() ? "" : " ") + std::string(text);
    };
    for (std::uint32_t i = model_.first_child(item.index); i != item.end; i = model_.items[i].end)
      if (is_help(model_.items[i])) add(model_.items[i].text);
    if (!item.entry_format.empty()) add("Written so: " + std::string(item.entry_format));
    return help;
  }

  const Form::Model& model_;
  std::vector<FormItem> out_;
};

fbss::Option shown_option(std::string_view system, std::string_view code, std::string_view display,
                          bool is_exclusive) {
  fbss::Option option;
  option.code = code;
  option.text = display.empty() ? code : display;
  option.exclusive = is_exclusive;
  option.codings = {{std::string(system), std::string(code), std::string(display)}};
  return option;
}

// One code may stand in two systems: then both name it with their system.
void tell_apart(std::vector<fbss::Option>& options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    bool is_shared = false;
    for (std::size_t j = i + 1; j < options.size(); ++j) {
      if (options[j].code != options[i].code || options[j].codings.empty()) continue;
      options[j].code = options[j].codings.front().system + '|' + options[j].code;
      is_shared = true;
    }
    if (is_shared && !options[i].codings.empty())
      options[i].code = options[i].codings.front().system + '|' + options[i].code;
  }
}

}  // namespace

std::vector<Unit> units_of(const Item& item) {
  std::vector<Unit> units = item.unit_options;
  if (item.unit && units.empty()) units.push_back(*item.unit);
  return units;
}

std::vector<fbss::Option> options_of(const Form::Model& model, const Item& item) {
  std::vector<fbss::Option> options;
  for (const Option& offered : item.options) {
    const JsonNode value = offered.value;
    if (value.kind() == JsonKind::object && value.find("code")) {
      options.push_back(shown_option(value.find("system").text(), value.find("code").text(),
                                     value.find("display").text(), offered.is_exclusive));
      continue;
    }
    fbss::Option& option = options.emplace_back();
    option.code = option.text = value_words(value);
    option.exclusive = offered.is_exclusive;
  }
  if (options.empty() && !item.answer_value_set.empty())
    for (const auto& listed : model.value_sets.listed_codes(item.answer_value_set))
      options.push_back(shown_option(listed.system, listed.code, listed.display, false));
  tell_apart(options);
  return options;
}

}  // namespace form

bool FormItem::takes_words() const {
  switch (question.type) {
    case ItemType::group:
    case ItemType::display:
    case ItemType::attachment:
    case ItemType::reference:
      return false;
    case ItemType::choice:
      return !question.options.empty();
    default:
      return true;
  }
}

std::vector<FormItem> items_of(const Form& form) {
  return form::ItemReader(form.model()).read();
}

}  // namespace fbss
