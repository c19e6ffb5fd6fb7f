// SPDX-License-Identifier: Apache-2.0
// Answers between words and value[x]; see words.hpp.
#include "fhir/fill/words.hpp"

#include <algorithm>

#include "fhir/elements.hpp"
#include "fhir/fill/items.hpp"
#include "fhir/form/primitives.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/ucum.hpp"
#include "json/write.hpp"

namespace fbss::form {
namespace {

using Read = std::variant<Answer, std::string>;

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

std::string first_of(std::string_view a, std::string_view b) {
  return std::string(a.empty() ? b : a);
}

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789+-.eE") == word.npos &&
         Decimal::parse(word).has_value();
}

// JSON has no "+1", ".5" or "1.": what FHIR does not take either.
bool is_json_number(std::string_view word) {
  if (!is_number(word) || word.front() == '+') return false;
  const std::size_t digit = word.front() == '-' ? 1 : 0;
  if (digit == word.size() || word[digit] == '.') return false;
  const bool has_leading_zero = word[digit] == '0' && digit + 1 < word.size() &&
                                word[digit + 1] >= '0' && word[digit + 1] <= '9';
  const std::size_t point = word.find('.');
  const bool ends_in_point = point != word.npos && (point + 1 == word.size() ||
                                                    word[point + 1] < '0' || word[point + 1] > '9');
  return !has_leading_zero && !ends_in_point;
}

Read number_of(std::string_view word, bool is_whole) {
  if (!is_json_number(word) || (is_whole && word.find_first_of(".eE") != word.npos))
    return "The value has to be " + std::string(is_whole ? "a whole number." : "a number.");
  return Answer{is_whole ? "valueInteger" : "valueDecimal", std::string(word)};
}

Read boolean_of(std::string_view word) {
  if (word == "yes" || word == "true") return Answer{"valueBoolean", "true"};
  if (word == "no" || word == "false") return Answer{"valueBoolean", "false"};
  return "The value has to be yes or no.";
}

// FHIR has no time without seconds; people say none.
Read time_of(std::string_view word) {
  const bool has_no_seconds = word.size() == 5 && word[2] == ':';
  return Answer{"valueTime", quoted(std::string(word) + (has_no_seconds ? ":00" : ""))};
}

Read quantity_of(const Item& item, std::string_view word) {
  const std::size_t end = std::min(word.find_first_not_of("0123456789+-."), word.size());
  const std::string_view number = word.substr(0, end);
  std::string_view rest = word.substr(end);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (!is_json_number(number)) return "The value has to be a number, with its unit behind it.";
  const std::vector<Unit> units = units_of(item);
  std::string names;
  for (const Unit& unit : units) names += (names.empty() ? "" : ", ") + unit_word(unit);
  if (rest.empty() && units.size() > 1) return "Name the unit behind the number: " + names + '.';

  Unit unit{{}, {}, rest};
  const auto named = std::ranges::find_if(
      units, [&](const Unit& one) { return rest == one.display || rest == one.code; });
  if (rest.empty() && units.size() == 1)
    unit = units.front();
  else if (named != units.end())
    unit = *named;
  else if (!rest.empty() && fhirpath::ucum::read(rest))
    unit = {ucum_system, rest, rest};

  Answer made{"valueQuantity", {}};
  json::Writer out(made.value);
  out.begin_object().key("value").raw(number);
  if (const std::string shown = unit_word(unit); !shown.empty()) out.member("unit", shown);
  if (!unit.system.empty()) out.member("system", unit.system);
  if (!unit.code.empty()) out.member("code", unit.code);
  out.end_object();
  return made;
}

Read choice_of(const Item& item, const FormItem& shown, std::string_view word) {
  const auto& options = shown.question.options;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].code != word) continue;
    if (i < item.options.size()) return answer_as_written(item.options[i].value);
    const Coding& coding = options[i].codings.front();
    return Answer{"valueCoding", coding_json(coding.system, coding.code, coding.display)};
  }
  if (item.type == ItemType::open_choice) return Answer{"valueString", quoted(word)};
  if (options.empty() && !item.answer_value_set.empty())
    return "The codes of the value set " + std::string(item.answer_value_set) +
           " are not known; give it by --value-sets.";
  return "The answer is none of the question's options.";
}

std::string quantity_words(JsonNode quantity) {
  std::string out(quantity.find("value").text());
  const std::string unit = first_of(quantity.find("unit").text(), quantity.find("code").text());
  return unit.empty() ? out : out + ' ' + unit;
}

std::string object_words(JsonNode value) {
  if (value.find("value")) return quantity_words(value);
  for (const std::string_view name : {"display", "code", "reference", "title", "url"})
    if (const std::string_view text = value.find(name).text(); !text.empty())
      return std::string(text);
  return "a value";
}

}  // namespace

Read read_words(const Item& item, const FormItem& shown, std::string_view word) {
  switch (item.type) {
    case ItemType::boolean:
      return boolean_of(word);
    case ItemType::integer:
      return number_of(word, true);
    case ItemType::decimal:
      return number_of(word, false);
    case ItemType::time:
      return time_of(word);
    case ItemType::quantity:
      return quantity_of(item, word);
    case ItemType::choice:
    case ItemType::open_choice:
      return choice_of(item, shown, word);
    case ItemType::date:
    case ItemType::date_time:
    case ItemType::string:
    case ItemType::text:
    case ItemType::url:
      return Answer{std::string(answer_member(item.type)), quoted(word)};
    default:
      return "No answer to this can be given in words.";
  }
}

Answer without_value(const Item& item, NoValue reason) {
  const std::string_view code =
      reason == NoValue::unknown ? fhir::asked_unknown : fhir::asked_declined;
  for (const Option& option : item.options) {
    if (option.value.find("system").text() != fhir::absent_reason_system) continue;
    if (option.value.find("code").text() != code) continue;
    return answer_as_written(option.value);
  }
  Answer made{"extension", {}};
  json::Writer out(made.value);
  out.begin_array().begin_object().member("url", fhir::absent_reason_extension);
  out.member("valueCode", code).end_object().end_array();
  return made;
}

std::string answer_words(const json::Node& answer) {
  if (const Choice choice = find_choice(answer, "value"); choice.node) {
    const JsonNode value(choice.node);
    const bool is_reason = value.find("system").text() == fhir::absent_reason_system;
    if (!is_reason) return value_words(value);
    if (value.find("code").text() == fhir::asked_unknown) return "unknown";
    if (value.find("code").text() == fhir::asked_declined) return "declined";
    return value_words(value);
  }
  for (JsonNode one = JsonNode(answer.find("extension")).first(); one; one = one.next()) {
    if (one.find("url").text() != fhir::absent_reason_extension) continue;
    const std::string_view code = one.find("valueCode").text();
    return std::string(code == fhir::asked_unknown    ? "unknown"
                       : code == fhir::asked_declined ? "declined"
                                                      : code);
  }
  return "no value";
}

std::string value_words(JsonNode value) {
  switch (value.kind()) {
    case JsonKind::boolean:
      return value.boolean() ? "Yes" : "No";
    case JsonKind::object:
      return object_words(value);
    default:
      return std::string(value.text());
  }
}

std::string code_words(JsonNode value) {
  if (value.kind() == JsonKind::boolean) return value.boolean() ? "true" : "false";
  const std::string_view code = value.find("value") ? "" : value.find("code").text();
  return code.empty() ? value_words(value) : std::string(code);
}

std::string unit_word(const Unit& unit) {
  return first_of(unit.display, unit.code);
}

}  // namespace fbss::form
