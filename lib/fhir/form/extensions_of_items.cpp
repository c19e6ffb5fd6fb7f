// SPDX-License-Identifier: Apache-2.0
// What extensions add to items and to the whole form, and enableWhen, which refers to other items.
// In: the item tree. Out: the same with bounds, units, constraints, variables and expressions
// (their texts, not yet compiled). hl7.org/fhir/R4/questionnaire-profiles.html and
// hl7.org/fhir/uv/sdc. What is used and not known here is told, once a url.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "fhir/form/extensions.hpp"
#include "fhir/form/loading.hpp"
#include "fhir/form/values.hpp"

namespace fbss::form {
namespace {

Unit unit_of(JsonNode coding) {
  return {coding.find("system").text(), coding.find("code").text(), coding.find("display").text()};
}

class ExtensionReader {
 public:
  explicit ExtensionReader(Loading& loading) : loading_(loading), model_(loading.model) {}

  void read_root() {
    each_extension(model_.json(), [&](JsonNode extension, std::string_view name, std::uint32_t i) {
      read_of_root(extension, name, "Questionnaire.extension[" + std::to_string(i) + ']');
    });
    note_modifiers(model_.json(), none, "Questionnaire");
  }

  void read_item(Item& item) {
    const std::string path = model_.path_of(item.index);
    each_extension(item.json, [&](JsonNode extension, std::string_view name, std::uint32_t i) {
      read_of_item(item, extension, name, path + ".extension[" + std::to_string(i) + ']');
    });
    note_modifiers(item.json, item.index, path);
    note_extensions_of_options(item, path);
    note_expressions_of_primitives(item, path);
    read_enable_when(item, path);
  }

 private:
  // The whole form.
  void read_of_root(JsonNode extension, std::string_view name, const std::string& path) {
    if (name == "variable")
      add_variable(extension_value(extension), none, path);
    else if (name == "launchContext")
      add_launch_context(extension, path);
    else if (name == "assembleContext")
      model_.contexts.push_back(
          {.name = extension_value(extension).text(), .kind = Context::Kind::launch});
    else if (name == "sourceQueries")
      add_source_query(extension, path);
    else if (name == "constraint" || name == "targetConstraint")
      add_constraint(model_.root.constraints, extension, none, path);
    else
      note_use(extension, name, none, path);
  }

  void add_launch_context(JsonNode extension, const std::string& path) {
    const JsonNode name = part_value(extension, "name");
    const std::string_view code =
        name.kind() == JsonKind::object ? name.find("code").text() : name.text();
    if (code.empty())
      return loading_.issue(FormRule::extensionValue, none, path, "The launchContext has no name.");
    model_.contexts.push_back({.name = code, .kind = Context::Kind::launch, .json = extension});
  }

  void add_source_query(JsonNode extension, const std::string& path) {
    const std::string_view reference = extension_value(extension).find("reference").text();
    const auto found = model_.contained.find(reference);
    if (found == model_.contained.end())
      return loading_.issue(FormRule::notSupported, none, path,
                            "sourceQueries has to refer to a Bundle that the Questionnaire "
                            "contains; nothing is fetched.");
    Context context{
        .name = reference.substr(1), .kind = Context::Kind::source_query, .json = found->second};
    const JsonNode entries = found->second.find("entry");
    if (entries.kind() == JsonKind::array)
      for (JsonNode entry = entries.first(); entry; entry = entry.next())
        context.queries.push_back(
            loading_.add_query(entry.find("request").find("url").text(), none, path));
    model_.contexts.push_back(std::move(context));
  }

  // One item.
  void read_of_item(Item& item, JsonNode extension, std::string_view name,
                    const std::string& path) {
    if (read_logic(item, extension, name, path)) return;
    if (read_bound(item, extension, name, path)) return;
    if (read_answer_rule(item, extension, name, path)) return;
    note_use(extension, name, item.index, path);
  }

  bool read_logic(Item& item, JsonNode extension, std::string_view name, const std::string& path) {
    struct Slot {
      std::string_view name;
      std::uint32_t Item::*place;
    };
    static constexpr std::array slots = {
        Slot{"enableWhenExpression", &Item::enable_expression},
        Slot{"calculatedExpression", &Item::calculated_expression},
        Slot{"initialExpression", &Item::initial_expression},
        Slot{"answerExpression", &Item::answer_expression},
    };
    const auto* slot = std::ranges::find(slots, name, &Slot::name);
    if (slot != slots.end()) {
      item.*(slot->place) = add_expression_if_any(extension, item.index, path);
      if (name == "enableWhenExpression") model_.has_enable_expressions = true;
      if (name == "answerExpression") note_use(extension, name, item.index, path);
      if (name == "calculatedExpression") add_name_of_calculated(item);
      return true;
    }
    if (name == "variable") {
      add_variable(extension_value(extension), item.index, path);
    } else if (name == "missing-data-rule") {
      read_missing_data_rule(loading_, item, extension, path);
    } else if (name == "itemPopulationContext" || name == "itemContext") {
      add_population_context(item, extension, path);
    } else if (name == "constraint" || name == "targetConstraint") {
      add_constraint(item.constraints, extension, item.index, path);
    } else {
      return false;
    }
    return true;
  }

  // A calculatedExpression with a name can be read by it, like a variable of the item.
  void add_name_of_calculated(const Item& item) {
    if (item.calculated_expression == none) return;
    const std::string_view name = model_.expressions[item.calculated_expression].name;
    const bool is_taken = std::ranges::any_of(model_.variables, [&](const Variable& other) {
      return other.item == item.index && other.name == name;
    });
    if (!name.empty() && !is_taken)
      model_.variables.push_back(
          {.name = name, .item = item.index, .expression = item.calculated_expression});
  }

  void add_population_context(Item& item, JsonNode extension, const std::string& path) {
    const JsonNode value = extension_value(extension);
    Context context{.name = value.find("name").text(),
                    .kind = Context::Kind::population,
                    .item = item.index,
                    .json = extension};
    context.expression = loading_.add_expression(value, item.index, path);
    item.population_context = static_cast<std::uint32_t>(model_.contexts.size());
    model_.contexts.push_back(context);
  }

  bool read_bound(Item& item, JsonNode extension, std::string_view name, const std::string& path) {
    std::optional<Bound>* bound = name == "minValue"      ? &item.min_value
                                  : name == "maxValue"    ? &item.max_value
                                  : name == "minQuantity" ? &item.min_quantity
                                  : name == "maxQuantity" ? &item.max_quantity
                                                          : nullptr;
    if (!bound) return false;
    const Choice choice = find_choice(extension, "value");
    Bound read{.value = choice.value()};
    for (const JsonNode holder : {extension, JsonNode(choice.companion), JsonNode(choice.node)})
      for (const std::string_view calculated : {"cqf-calculatedValue", "cqf-expression"})
        if (const JsonNode found = find_extension(holder, calculated);
            found && read.expression == none)
          read.expression = add_expression_if_any(found, item.index, path);
    if (!choice.node && read.expression == none)
      loading_.issue(FormRule::extensionValue, item.index, path,
                     std::string(name) + " has no value.");
    else
      *bound = read;
    return true;
  }

  bool read_answer_rule(Item& item, JsonNode extension, std::string_view name,
                        const std::string& path) {
    const JsonNode value = extension_value(extension);
    if (name == "minOccurs")
      item.min_occurs = number(item, value, name, path);
    else if (name == "maxOccurs")
      item.max_occurs = number(item, value, name, path);
    else if (name == "minLength")
      item.min_length = number(item, value, name, path);
    else if (name == "maxDecimalPlaces")
      item.max_decimal_places = number(item, value, name, path);
    else if (name == "maxSize")
      item.max_size = Decimal::parse(value.text());
    else if (name == "hidden")
      item.hidden = value.boolean();
    else if (name == "entryFormat")
      item.entry_format = value.text();
    else if (name == "mimeType")
      item.mime_types.push_back(value.text());
    else if (name == "referenceResource")
      item.reference_types.push_back(value.text());
    else if (name == "unit")
      item.unit = unit_of(value);
    else if (name == "unitOption")
      item.unit_options.push_back(unit_of(value));
    else if (name == "unitValueSet")
      item.unit_value_set = value.text();
    else if (name == "regex")
      read_pattern(item, value.text(), path);
    else
      return false;
    return true;
  }

  std::optional<std::uint32_t> number(const Item& item, JsonNode value, std::string_view name,
                                      const std::string& path) {
    const auto read = whole_number(value);
    if (!read)
      loading_.issue(FormRule::extensionValue, item.index, path,
                     std::string(name) + " needs a whole number that is not negative.");
    return read;
  }

  void read_pattern(Item& item, std::string_view pattern, const std::string& path) {
    auto compiled = Regex::compile(pattern, {}, model_.limits.regex_bytes);
    if (auto* regex = std::get_if<Regex>(&compiled)) {
      item.pattern = std::move(*regex);
      return;
    }
    const RegexRefusal& refusal = std::get<RegexRefusal>(compiled);
    const bool is_bad = refusal.fault == RegexFault::malformed;
    loading_.issue(is_bad ? FormRule::badPattern : FormRule::notSupported, item.index, path,
                   "The regular expression is not checked: " + std::string(refusal.reason) + '.');
  }

  void read_enable_when(Item& item, const std::string& path) {
    item.any = item.json.find("enableBehavior").text() == "any";
    const JsonNode list = item.json.find("enableWhen");
    if (list.kind() != JsonKind::array) return;
    // R4: without enableBehavior several conditions are not defined; its own comment says "or".
    if (item.json.find("enableBehavior").text().empty()) item.any = true;
    std::uint32_t place = 0;
    for (JsonNode node = list.first(); node; node = node.next(), ++place)
      item.enable_when.push_back(
          enable_when(item, node, path + ".enableWhen[" + std::to_string(place) + ']'));
  }

  EnableWhen enable_when(const Item& item, JsonNode node, const std::string& path) {
    struct Word {
      std::string_view text;
      Operator op;
    };
    static constexpr std::array words = {
        Word{"exists", Operator::exists},   Word{"=", Operator::equal},
        Word{"!=", Operator::not_equal},    Word{">", Operator::greater},
        Word{"<", Operator::less},          Word{">=", Operator::greater_or_equal},
        Word{"<=", Operator::less_or_equal}};
    EnableWhen made;
    made.question = model_.find(node.find("question").text());
    if (made.question == none)
      loading_.issue(FormRule::enableWhenUnknown, item.index, path + ".question",
                     "There is no item of the linkId that the condition names; it never holds.");
    const auto* word = std::ranges::find(words, node.find("operator").text(), &Word::text);
    const Choice answer = find_choice(node, "answer");
    if (word == words.end())
      loading_.issue(FormRule::invalidCode, item.index, path + ".operator",
                     "The operator is none of exists, =, !=, >, <, >=, <=; the condition never "
                     "holds.");
    else
      made.op = word->op;
    if (!answer.node)
      loading_.issue(FormRule::missingElement, item.index, path,
                     "The condition has no answer to compare with; it never holds.");
    made.answer = answer.value();
    made.is_usable = made.question != none && word != words.end() && answer.node;
    return made;
  }

  // What several kinds share.
  void add_variable(JsonNode value, std::uint32_t item, const std::string& path) {
    const std::string_view name = value.find("name").text();
    if (name.empty())
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The variable has no name, so nothing can read it.");
    const std::uint32_t expression = loading_.add_expression(value, item, path);
    if (expression == none)
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The variable has no expression.");
    for (const Variable& other : model_.variables)
      if (other.item == item && other.name == name)
        return loading_.issue(
            FormRule::duplicateName, item, path,
            "There is a variable %" + std::string(name) + " here already; the first counts.");
    if (model_.expressions[expression].language == "application/x-fhir-query")
      model_.contexts.push_back({.name = name,
                                 .kind = Context::Kind::query,
                                 .item = item,
                                 .expression = expression,
                                 .json = value});
    else
      model_.variables.push_back({.name = name, .item = item, .expression = expression});
  }

  std::uint32_t add_expression_if_any(JsonNode extension, std::uint32_t item,
                                      const std::string& path) {
    const JsonNode value = extension_value(extension);
    const std::uint32_t added = value.kind() == JsonKind::object
                                    ? loading_.add_expression(value, item, path)
                                    : loading_.add_expression(value.text(), item, path);
    if (added == none)
      loading_.issue(FormRule::extensionValue, item, path, "The extension has no expression.");
    return added;
  }

  void add_constraint(std::vector<Constraint>& constraints, JsonNode extension, std::uint32_t item,
                      const std::string& path) {
    Constraint made;
    made.key = part_value(extension, "key").text();
    made.human = part_value(extension, "human").text();
    made.location = part_value(extension, "location").text();
    made.path = path;
    const std::string_view severity = part_value(extension, "severity").text();
    if (severity == "warning") made.severity = Severity::warning;
    const JsonNode expression = part_value(extension, "expression");
    made.expression = expression.kind() == JsonKind::object
                          ? loading_.add_expression(expression, item, path)
                          : loading_.add_expression(expression.text(), item, path);
    if (made.expression == none)
      loading_.issue(FormRule::extensionValue, item, path, "The constraint has no expression.");
    constraints.push_back(std::move(made));
  }

  // What is met and not known.
  void note_use(JsonNode extension, std::string_view name, std::uint32_t item,
                const std::string& path) {
    const auto use = name.empty() ? std::nullopt : extension_use(name);
    if (use && *use != ExtensionUse::unsupported) return;
    const std::string_view url = extension.find("url").text();
    if (!told_.insert(url).second) return;
    if (use)
      loading_.issue(FormRule::notSupported, item, path,
                     "The extension " + std::string(name) +
                         " is not supported by this version; it is left out of account.");
    else
      loading_.issue(
          FormRule::notSupported, item, path,
          "The extension " + std::string(url) + " is not known here; it is left out of account.",
          Severity::information);
  }

  void note_modifiers(JsonNode element, std::uint32_t item, const std::string& path) {
    const JsonNode list = element.find("modifierExtension");
    if (list.kind() == JsonKind::array && list.size() > 0)
      loading_.issue(FormRule::notSupported, item, path + ".modifierExtension[0]",
                     "A modifier extension may change what the element means; it is not known "
                     "here and left out of account.");
  }

  void note_extensions_of_options(const Item& item, const std::string& path) {
    for (std::size_t i = 0; i < item.options.size(); ++i)
      each_extension(item.options[i].json,
                     [&](JsonNode extension, std::string_view name, std::uint32_t j) {
                       note_use(extension, name, item.index,
                                path + ".answerOption[" + std::to_string(i) + "].extension[" +
                                    std::to_string(j) + ']');
                     });
  }

  // cqf-expression: a text or a flag that is worked out.
  void note_expressions_of_primitives(const Item& item, const std::string& path) {
    for (JsonNode member = item.json.first(); member; member = member.next()) {
      if (!member.key().starts_with('_') || member.kind() != JsonKind::object) continue;
      each_extension(member, [&](JsonNode extension, std::string_view name, std::uint32_t) {
        const std::string element(member.key().substr(1));
        if (name == "cqf-expression" || name == "cqf-calculatedValue")
          loading_.issue(FormRule::notSupported, item.index, path + '.' + element,
                         "An expression in the place of " + element +
                             " is not supported; what is written there counts.");
        else
          note_use(extension, name, item.index, path + '.' + element);
      });
    }
  }

  Loading& loading_;
  Form::Model& model_;
  std::unordered_set<std::string_view> told_;  // urls
};

}  // namespace

void read_extensions(Loading& loading) {
  ExtensionReader reader(loading);
  reader.read_root();
  for (Item& item : loading.model.items) reader.read_item(item);
}

}  // namespace fbss::form
