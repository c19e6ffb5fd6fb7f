// SPDX-License-Identifier: Apache-2.0
// One function a kind of question; answer_of() chooses. hl7.org/fhir/R4/questionnaire.html (what a
// type of item takes), hl7.org/fhir/R4/datatypes.html (how values are written).
#include "fhir/run/answers.hpp"

#include <vector>

#include "fhir/form/same_value.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/quantity.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"
#include "json/write.hpp"

namespace fbss::form {
namespace {

using fhirpath::Type;
using fhirpath::Value;
using fhirpath::ValueAccess;

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

// Value sets of FHIR itself that forms bind codes of a chart to, and the system of their codes.
struct KnownSet {
  std::string_view url, system, codes;
};
constexpr KnownSet known_sets[] = {{"http://hl7.org/fhir/ValueSet/administrative-gender",
                                    "http://hl7.org/fhir/administrative-gender",
                                    " male female other unknown "}};

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

std::string json_of(JsonNode node) {
  std::string out;
  json::write(out, *node.get());
  return out;
}

class Fitting {
 public:
  Fitting(const Form::Model& model, const Item& item, const Value& value, std::string& why)
      : model_(model),
        item_(item),
        value_(value),
        why_(why),
        system_(fhirpath::system_value(value)) {
    why_.clear();
    if (fhirpath::is_node(value)) node_ = JsonNode(ValueAccess::node(value));
  }

  std::optional<Answer> run() {
    if (!system_) return std::nullopt;  // no value
    if (system_->type() == Type::string && ValueAccess::string(*system_).empty())
      return std::nullopt;
    if (!item_.options.empty())
      if (auto found = option()) return found;
    switch (item_.type) {
      case ItemType::boolean:
        return boolean();
      case ItemType::decimal:
      case ItemType::integer:
        return number();
      case ItemType::date:
      case ItemType::date_time:
      case ItemType::time:
        return temporal();
      case ItemType::string:
      case ItemType::text:
        return text();
      case ItemType::url:
        return is_text() ? made(quoted(ValueAccess::string(*system_))) : misfit();
      case ItemType::choice:
      case ItemType::open_choice:
        return choice();
      case ItemType::quantity:
        return quantity();
      case ItemType::reference:
        return reference();
      case ItemType::attachment:
        return is_kind("Attachment") ? made(json_of(node_)) : misfit();
      case ItemType::group:
      case ItemType::display:
      case ItemType::question:
        break;
    }
    return misfit("Nothing can answer an item of type " + std::string(type_word(item_.type)) + '.');
  }

 private:
  bool is_text() const { return system_->type() == Type::string; }
  bool is_kind(const char* type) const {
    return node_ && node_.kind() == JsonKind::object &&
           fhirpath::is_kind_of(fhirpath::node_type(value_), fhirpath::find_model_type(type));
  }

  Answer made(std::string json) const { return {std::string(answer_member(item_.type)), json}; }

  std::optional<Answer> misfit(std::string reason) const {
    why_ = std::move(reason);
    return std::nullopt;
  }
  std::optional<Answer> misfit() const {
    const std::string_view type = fhirpath::type_name(value_);
    return misfit("A value of type " + std::string(type.empty() ? "unknown" : type) +
                  " is no answer to a question of type " + std::string(type_word(item_.type)) +
                  '.');
  }

  // The digits, or the text, as the record has them.
  std::string written() const {
    const bool is_written = node_.kind() == JsonKind::number || node_.kind() == JsonKind::string;
    return node_ && is_written ? std::string(node_.text()) : fhirpath::to_text(*system_);
  }

  std::optional<Answer> boolean() const {
    if (system_->type() != Type::boolean) return misfit();
    return made(ValueAccess::boolean(*system_) ? "true" : "false");
  }

  // A number, or a quantity as a number of the question's unit.
  std::optional<Answer> number() const {
    if (fhirpath::is_number(system_->type())) return of_number(written(), to_decimal(*system_));
    if (!is_kind("Quantity") && system_->type() != Type::quantity) return misfit();
    if (!item_.unit)
      return misfit(
          "A quantity is no answer to a question that names no unit (questionnaire-unit).");
    if (node_ && node_.find("code").text() == item_.unit->code &&
        node_.find("system").text() == item_.unit->system && !node_.find("comparator"))
      if (const auto same = Decimal::parse(node_.find("value").text()))
        return of_number(std::string(node_.find("value").text()), *same);
    const auto given = node_ ? fhirpath::ucum_quantity(value_) : fhirpath::to_quantity(value_);
    const auto converted = given && item_.unit->system == ucum_system
                               ? fhirpath::convert(*given, item_.unit->code, false)
                               : std::nullopt;
    if (!converted)
      return misfit("A quantity whose unit does not convert into the question's is no answer.");
    const Decimal amount = converted->value.trimmed();
    return of_number(amount.to_text(), amount);
  }

  std::optional<Answer> of_number(std::string digits, const Decimal& value) const {
    if (item_.type == ItemType::decimal) return made(std::move(digits));
    const auto whole = value.to_int64();
    if (!whole || *whole < INT32_MIN || *whole > INT32_MAX)
      return misfit("A number with digits behind the point, or beyond 32 bits, is no integer.");
    return made(std::to_string(*whole));
  }

  std::optional<Answer> temporal() const {
    std::string text;
    const auto type = temporal_type(text);
    if (!type) return misfit();
    if (item_.type == ItemType::time) {
      if (*type != Type::time) return misfit();
      if (text.size() < 8) return misfit("A time without seconds is none of FHIR's.");
      return made(quoted(text));
    }
    if (*type == Type::time) return misfit();
    if (item_.type == ItemType::date && text.size() > 10)
      text.resize(10);  // the day, as it was where it was written
    if (text.ends_with('T')) text.pop_back();
    const bool has_zone = text.ends_with('Z') || text.find_last_of("+-") > 10;
    if (text.size() > 10 && (text.size() < 20 || !has_zone))
      return misfit("A date-time of FHIR with hours needs seconds and a time zone.");
    return made(quoted(text));
  }

  // What of date, date-time and time the value is, with its text as written; a text may be one too.
  std::optional<Type> temporal_type(std::string& text) const {
    const bool is_written = node_ && node_.kind() == JsonKind::string;
    if (fhirpath::is_temporal(system_->type())) {
      text = is_written ? std::string(node_.text()) : fhirpath::to_text(*system_);
      return system_->type();
    }
    if (!is_text()) return std::nullopt;
    text = ValueAccess::string(*system_);
    if (Temporal::parse(text, TemporalKind::date)) return Type::date;
    if (Temporal::parse(text, TemporalKind::date_time)) return Type::date_time;
    if (!text.starts_with('T') && Temporal::parse(text, TemporalKind::time)) return Type::time;
    return std::nullopt;
  }

  // Whatever is one primitive has a text; what is made of parts has none that everybody agrees on.
  std::optional<Answer> text() const {
    if (fhirpath::is_node(*system_) || system_->type() == Type::quantity ||
        system_->type() == Type::type_info)
      return misfit();
    return made(quoted(is_text() ? std::string(ValueAccess::string(*system_)) : written()));
  }

  std::optional<Answer> quantity() const {
    if (is_kind("Quantity")) return made(json_of(node_));
    std::string out;
    json::Writer json(out);
    if (fhirpath::is_number(system_->type())) {
      json.begin_object().key("value").raw(written());
      if (item_.unit) write_unit(json, *item_.unit);
    } else if (system_->type() == Type::quantity) {
      const fhirpath::Quantity& given = ValueAccess::quantity(*system_);
      json.begin_object().key("value").raw(given.value.to_text());
      const std::string_view code =
          given.calendar ? fhirpath::ucum_code_of(given.unit) : given.unit;
      write_unit(json, code.empty() ? Unit{{}, {}, given.unit} : Unit{ucum_system, code, code});
    } else {
      return misfit();
    }
    json.end_object();
    return made(std::move(out));
  }

  static void write_unit(json::Writer& json, const Unit& unit) {
    const std::string_view shown = unit.display.empty() ? unit.code : unit.display;
    if (!shown.empty()) json.member("unit", shown);
    if (!unit.system.empty()) json.member("system", unit.system);
    if (!unit.code.empty()) json.member("code", unit.code);
  }

  std::optional<Answer> reference() const {
    if (is_kind("Reference")) return made(json_of(node_));
    std::string target;
    if (is_text()) {
      target = ValueAccess::string(*system_);
    } else if (is_kind("Resource")) {
      if (node_.find("id").text().empty())
        return misfit("A resource without an id cannot be referred to.");
      target = std::string(node_.find("resourceType").text()) + '/' +
               std::string(node_.find("id").text());
    } else {
      return misfit();
    }
    return made("{\"reference\":" + quoted(target) + '}');
  }

  // A coding, or the text or number that an option has.
  std::optional<Answer> choice() const {
    if (is_kind("Coding")) return coding(node_);
    if (is_kind("CodeableConcept")) return concept_of();
    if (is_text()) {
      if (auto found = code(ValueAccess::string(*system_))) return found;
      if (item_.type == ItemType::open_choice)
        return Answer{"valueString", quoted(ValueAccess::string(*system_))};
      return misfit(
          item_.options.empty()
              ? "Of which system a bare code is cannot be told: hand in the question's value set."
              : "The value is none of the question's options.");
    }
    return item_.options.empty() ? misfit()
                                 : misfit("The value is none of the question's options.");
  }

  std::optional<Answer> coding(JsonNode node) const {
    if (!item_.options.empty()) {
      // option() has not found it. An open choice takes what is none of its options.
      if (item_.type == ItemType::choice)
        return misfit("The code is none of the question's options.");
    } else if (!item_.answer_value_set.empty()) {
      const auto is_member = model_.value_sets.contains(
          item_.answer_value_set, node.find("system").text(), node.find("code").text());
      if (is_member == false && item_.type == ItemType::choice)
        return misfit("The code is not in the question's value set.");
    }
    return Answer{"valueCoding", json_of(node)};
  }

  // The first coding that the question takes; where it takes any, the first.
  std::optional<Answer> concept_of() const {
    const JsonNode list = node_.find("coding");
    const bool is_list = list.kind() == JsonKind::array;
    for (JsonNode one = is_list ? list.first() : JsonNode(); one; one = one.next())
      if (auto found = option_of_coding(one)) return found;
    if (item_.options.empty())
      for (JsonNode one = is_list ? list.first() : JsonNode(); one; one = one.next())
        if (auto found = coding(one)) return found;
    if (item_.type == ItemType::open_choice && !node_.find("text").text().empty())
      return Answer{"valueString", quoted(node_.find("text").text())};
    return misfit("None of the codes is one that the question takes.");
  }

  // A code alone: of the question's value set, where just one of its systems has it.
  std::optional<Answer> code(std::string_view code) const {
    if (item_.answer_value_set.empty()) return std::nullopt;
    std::vector<fhirpath::ValueSets::Code> found;
    for (const auto& listed : model_.value_sets.listed_codes(item_.answer_value_set))
      if (listed.code == code) found.push_back(listed);
    if (found.empty())
      for (const auto& listed : model_.value_sets.listed_codes(item_.answer_value_set))
        if (listed.display == code) found.push_back(listed);
    if (found.size() == 1)
      return Answer{"valueCoding", coding_json(found[0].system, found[0].code, found[0].display)};
    const std::string_view url = item_.answer_value_set.substr(0, item_.answer_value_set.find('|'));
    for (const KnownSet& known : known_sets)
      if (found.empty() && known.url == url &&
          known.codes.find(' ' + std::string(code) + ' ') != std::string_view::npos)
        return Answer{"valueCoding", coding_json(known.system, code, {})};
    return std::nullopt;
  }

  // The option that the value is.
  std::optional<Answer> option() const {
    if (is_kind("Coding")) return option_of_coding(node_);
    if (is_kind("CodeableConcept")) return std::nullopt;
    for (const Option& option : item_.options)
      if (option.value && is_same_value(option.typed, value_))
        return answer_as_written(option.value);
    if (!is_text()) return std::nullopt;
    const std::string_view text = ValueAccess::string(*system_);
    for (const char* member : {"code", "display"})
      if (const Option* found = only_option(member, text)) return answer_as_written(found->value);
    return std::nullopt;
  }

  std::optional<Answer> option_of_coding(JsonNode node) const {
    const std::string_view code = node.find("code").text(), system = node.find("system").text();
    for (const Option& option : item_.options)
      if (option.value.kind() == JsonKind::object && !code.empty() &&
          option.value.find("code").text() == code && option.value.find("system").text() == system)
        return answer_as_written(option.value);
    if (system.empty() && !code.empty())
      if (const Option* found = only_option("code", code)) return answer_as_written(found->value);
    return std::nullopt;
  }

  // The one option whose coding has that text there; null where none has, or several have.
  const Option* only_option(const char* member, std::string_view text) const {
    const Option* found = nullptr;
    for (const Option& option : item_.options) {
      if (option.value.kind() != JsonKind::object || option.value.find(member).text() != text)
        continue;
      if (found) return nullptr;
      found = &option;
    }
    return found;
  }

  const Form::Model& model_;
  const Item& item_;
  const Value& value_;
  std::string& why_;
  std::optional<Value> system_;
  JsonNode node_;
};

}  // namespace

std::optional<Answer> answer_of(const Form::Model& model, const Item& item, const Value& value,
                                std::string& why) {
  return Fitting(model, item, value, why).run();
}

std::vector<Value> initial_values(const Item& item) {
  std::vector<Value> values;
  const JsonNode list = item.json.find("initial");
  for (JsonNode one = list.kind() == JsonKind::array ? list.first() : JsonNode(); one;
       one = one.next())
    if (const Choice choice = find_choice(one, "value")) values.push_back(choice.value());
  for (const Option& option : item.options)
    if (option.is_initial) values.push_back(option.typed);
  return values;
}

Answer answer_as_written(JsonNode value) {
  if (value.kind() != JsonKind::object || value.key() != "valueCoding")
    return {std::string(value.key()), json_of(value)};
  // What an option says of itself (its weight, its translations) is not the answer's.
  std::string out;
  json::Writer json(out);
  json.begin_object();
  for (JsonNode member = value.first(); member; member = member.next())
    if (member.key() != "extension" && !member.key().starts_with('_') && member.key() != "id")
      json.key(member.key()).node(*member.get());
  json.end_object();
  return {"valueCoding", std::move(out)};
}

std::string coding_json(std::string_view system, std::string_view code, std::string_view display) {
  std::string out;
  json::Writer json(out);
  json.begin_object();
  if (!system.empty()) json.member("system", system);
  if (!code.empty()) json.member("code", code);
  if (!display.empty()) json.member("display", display);
  json.end_object();
  return out;
}

}  // namespace fbss::form
