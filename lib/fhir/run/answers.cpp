// SPDX-License-Identifier: Apache-2.0
// One function a kind of question; Fitting::make() chooses. hl7.org/fhir/R4/questionnaire.html
// (what a type of item takes), hl7.org/fhir/R4/datatypes.html (how values are written).
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

const json::Key coding_key("valueCoding"), string_key("valueString"), system_key("system"),
    code_key("code"), display_key("display");

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

// Value sets of FHIR itself that forms bind codes of a chart to, and the system of their codes.
struct KnownSet {
  std::string_view url, system, codes;
};
constexpr KnownSet known_sets[] = {{"http://hl7.org/fhir/ValueSet/administrative-gender",
                                    "http://hl7.org/fhir/administrative-gender",
                                    " male female other unknown "}};

// What an option says of itself (its weight, its translations) and not of what it codes.
bool is_of_option(const json::Node& member) {
  const std::string_view name = member.key_view();
  return name == "extension" || name == "id" || name.starts_with('_');
}

Answer whole(const json::Node& value) {
  Answer answer{std::string(value.key_view()), {}};
  json::write(answer.value, value);
  return answer;
}

}  // namespace

class NewAnswers::Fitting {
 public:
  Fitting(NewAnswers& out, const Item& item, const Value& value)
      : out_(out),
        model_(out.model_),
        is_calculated_(out.origin_ == Origin::calculation),
        item_(item),
        value_(value),
        system_(fhirpath::system_value(value)) {
    if (fhirpath::is_node(value)) node_ = JsonNode(ValueAccess::node(value));
  }

  /// Why it is no answer; empty where it was made one, or is no value.
  std::string run() {
    const bool is_empty_text =
        system_ && system_->type() == Type::string && ValueAccess::string(*system_).empty();
    return !system_ || is_empty_text || make() ? std::string() : std::move(why_);
  }

 private:
  bool make() {
    if (!item_.options.empty() && option()) return true;
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
        return is_text() ? made_text(ValueAccess::string(*system_)) : misfit();
      case ItemType::choice:
      case ItemType::open_choice:
        return choice();
      case ItemType::quantity:
        return quantity();
      case ItemType::reference:
        return reference();
      case ItemType::attachment:
        return is_kind("Attachment") ? made_copy() : misfit();
      case ItemType::group:
      case ItemType::display:
      case ItemType::question:
        break;
    }
    return misfit("Nothing can answer an item of type " + std::string(type_word(item_.type)) + '.');
  }

  bool is_text() const { return system_->type() == Type::string; }
  bool is_kind(const char* type) const {
    return node_ && node_.kind() == JsonKind::object &&
           fhirpath::is_kind_of(fhirpath::node_type(value_), fhirpath::find_model_type(type));
  }

  bool misfit(std::string reason) {
    why_ = std::move(reason);
    return false;
  }
  bool misfit() {
    const std::string_view type = fhirpath::type_name(value_);
    return misfit("A value of type " + std::string(type.empty() ? "unknown" : type) +
                  " is no answer to a question of type " + std::string(type_word(item_.type)) +
                  '.');
  }

  json::Key key() const { return json::Key(answer_member(item_.type)); }
  bool made_text(std::string_view text) { return out_.add_text(key(), text); }
  bool made_number(std::string_view digits) { return out_.add_number(key(), digits); }
  bool made_copy() { return out_.add_node(*node_.get(), key()); }

  // The digits, or the text, as the record has them.
  std::string written() const {
    const bool is_written = node_.kind() == JsonKind::number || node_.kind() == JsonKind::string;
    return node_ && is_written ? std::string(node_.text()) : fhirpath::to_text(*system_);
  }

  bool boolean() {
    if (system_->type() != Type::boolean) return misfit();
    return out_.add_boolean(key(), ValueAccess::boolean(*system_));
  }

  // A number, or a quantity as a number of the question's unit.
  bool number() {
    if (fhirpath::is_number(system_->type())) return of_number(written(), to_decimal(*system_));
    if (!is_kind("Quantity") && system_->type() != Type::quantity) return misfit();
    if (!item_.unit)
      return misfit(
          "A quantity is no answer to a question that names no unit (questionnaire-unit).");
    if (node_ && node_.find("code").text() == item_.unit->code &&
        node_.find("system").text() == item_.unit->system && !node_.find("comparator"))
      if (const auto same = Decimal::parse(node_.find("value").text()))
        return of_number(node_.find("value").text(), *same);
    const auto given = node_ ? fhirpath::ucum_quantity(value_) : fhirpath::to_quantity(value_);
    if (given && !node_ && unit_of(*given).code == item_.unit->code)
      return of_number(given->value.to_text(), given->value);
    const auto converted = given && item_.unit->system == ucum_system
                               ? fhirpath::convert(*given, item_.unit->code, false)
                               : std::nullopt;
    if (!converted)
      return misfit("A quantity whose unit does not convert into the question's is no answer.");
    const Decimal amount = converted->value.trimmed();
    return of_number(amount.to_text(), amount);
  }

  bool of_number(std::string_view digits, const Decimal& value) {
    if (item_.type == ItemType::decimal) return made_number(digits);
    const auto whole = value.to_int64();
    if (!whole || *whole < INT32_MIN || *whole > INT32_MAX)
      return misfit("A number with digits behind the point, or beyond 32 bits, is no integer.");
    return made_number(std::to_string(*whole));
  }

  bool temporal() {
    std::string text;
    const auto type = temporal_type(text);
    if (!type || (*type == Type::time) != (item_.type == ItemType::time)) return misfit();
    if (text.ends_with('T')) text.pop_back();
    if (item_.type == ItemType::date && text.size() > 10) {
      if (is_calculated_)
        return misfit("A date with a time is no answer to a question of type date: it is not cut.");
      text.resize(10);  // the day, as it was where it was written
    }
    if (!is_whole_moment(*type, text))
      return misfit(*type == Type::time
                        ? "A time without seconds is none of FHIR's."
                        : "A date-time of FHIR with hours needs seconds and a time zone.");
    return made_text(text);
  }

  static bool is_whole_moment(Type type, std::string_view text) {
    if (type == Type::time) return text.size() >= 8;
    const bool has_zone = text.ends_with('Z') || text.find_last_of("+-") > 10;
    return text.size() <= 10 || (text.size() >= 20 && has_zone);
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

  // Whatever is one value of FHIRPath has a text; what is made of parts has none that everybody
  // agrees on.
  bool text() {
    if (fhirpath::is_node(*system_) || system_->type() == Type::type_info) return misfit();
    return is_text() ? made_text(ValueAccess::string(*system_)) : made_text(written());
  }

  bool quantity() {
    if (is_kind("Quantity")) return made_copy();
    if (fhirpath::is_number(system_->type()))
      return out_.add_quantity(key(), written(), counted_unit());
    if (system_->type() != Type::quantity) return misfit();
    const fhirpath::Quantity& given = ValueAccess::quantity(*system_);
    const auto counted = given.unit == "1" ? counted_unit() : std::nullopt;
    return out_.add_quantity(key(), given.value.to_text(), counted ? counted : unit_of(given));
  }

  // The unit that a bare number counts in.
  std::optional<Unit> counted_unit() const {
    if (item_.unit) return item_.unit;
    if (item_.unit_options.size() == 1) return item_.unit_options.front();
    return std::nullopt;
  }

  // Years and months have no fixed length. What an expression calls a year is what FHIR writes
  // as UCUM's 'a' all the same (hl7.org/fhir/R4/fhirpath.html, "Quantity"); in a record it is a
  // word.
  Unit unit_of(const fhirpath::Quantity& quantity) const {
    if (!quantity.calendar) return {ucum_system, quantity.unit, quantity.unit};
    std::string_view code = fhirpath::ucum_code_of(quantity.unit);
    if (code.empty() && is_calculated_) {
      const std::string_view word = fhirpath::singular_calendar_word(quantity.unit);
      code = word == "year" ? "a" : word == "month" ? "mo" : "";
    }
    return code.empty() ? Unit{{}, {}, quantity.unit}
                        : Unit{ucum_system, code, is_calculated_ ? quantity.unit : code};
  }

  // A calculation has to make the reference itself.
  bool reference() {
    if (is_kind("Reference")) return made_copy();
    if (is_calculated_) return misfit();
    if (is_text()) return out_.add_reference(key(), ValueAccess::string(*system_));
    if (!is_kind("Resource")) return misfit();
    const std::string_view id = node_.find("id").text();
    if (id.empty()) return misfit("A resource without an id cannot be referred to.");
    return out_.add_reference(
        key(), std::string(node_.find("resourceType").text()) + '/' + std::string(id));
  }

  // A coding, or the text or number that an option has.
  bool choice() {
    if (is_kind("Coding")) return coding(node_);
    if (is_kind("CodeableConcept")) return concept_of();
    if (is_text()) {
      const std::string_view text = ValueAccess::string(*system_);
      if (code(text)) return true;
      if (item_.type == ItemType::open_choice) return out_.add_text(string_key, text);
      if (is_unlisted(text)) return misfit("The code is not in the question's value set.");
      if (item_.options.empty())
        return misfit(
            "Of which system a bare code is cannot be told: hand in the question's value set.");
    }
    return item_.options.empty() ? misfit()
                                 : misfit("The value is none of the question's options.");
  }

  // Whether the question's value set is known, and has no such code of any system.
  bool is_unlisted(std::string_view code) const {
    return item_.options.empty() && !item_.answer_value_set.empty() &&
           model_.value_sets.contains_code(item_.answer_value_set, code) == false;
  }

  // option() has not found it. An open choice takes what is none of its options.
  bool coding(JsonNode node) {
    const std::string_view system = node.find("system").text(), code = node.find("code").text();
    if (item_.type == ItemType::choice && !item_.options.empty())
      return misfit("The code is none of the question's options.");
    if (item_.options.empty() && !item_.answer_value_set.empty()) {
      if (system.empty() && !code.empty() && this->code(code)) return true;
      const auto is_member = model_.value_sets.contains(item_.answer_value_set, system, code);
      if (is_member == false && item_.type == ItemType::choice)
        return misfit("The code is not in the question's value set.");
    }
    return out_.add_node(*node.get(), coding_key);
  }

  // The first coding that the question takes; where it takes any, the first.
  bool concept_of() {
    const JsonNode list = node_.find("coding");
    const bool is_list = list.kind() == JsonKind::array;
    for (JsonNode one = is_list ? list.first() : JsonNode(); one; one = one.next())
      if (option_of_coding(one)) return true;
    for (JsonNode one = is_list ? list.first() : JsonNode(); one; one = one.next())
      if (coding(one)) return true;
    if (item_.type == ItemType::open_choice && !node_.find("text").text().empty())
      return out_.add_text(string_key, node_.find("text").text());
    return misfit("None of the codes is one that the question takes.");
  }

  // A code alone: of the question's value set, where just one of its systems has it.
  bool code(std::string_view code) {
    if (item_.answer_value_set.empty()) return false;
    using Code = fhirpath::ValueSets::Code;
    std::size_t count = 0;
    Code found;
    for (std::string_view Code::*const part : {&Code::code, &Code::display}) {
      if (count > 0) break;
      for (const Code& listed : out_.codes_of(item_)) {
        if (listed.*part != code) continue;
        found = listed;
        ++count;
      }
    }
    if (count == 1) return out_.add_coding(found.system, found.code, found.display);
    const std::string_view url = item_.answer_value_set.substr(0, item_.answer_value_set.find('|'));
    for (const KnownSet& known : known_sets)
      if (count == 0 && known.url == url &&
          known.codes.find(' ' + std::string(code) + ' ') != std::string_view::npos)
        return out_.add_coding(known.system, code, {});
    return false;
  }

  // The option that the value is.
  bool option() {
    if (is_kind("Coding")) return option_of_coding(node_);
    if (is_kind("CodeableConcept")) return false;
    for (const Option& option : item_.options)
      if (option.value && is_same_value(option.typed, value_)) return take(option);
    if (!is_text()) return false;
    const std::string_view text = ValueAccess::string(*system_);
    for (const char* member : {"code", "display"})
      if (const Option* found = only_option(member, text)) return take(*found);
    return false;
  }

  bool option_of_coding(JsonNode node) {
    const std::string_view code = node.find("code").text(), system = node.find("system").text();
    for (const Option& option : item_.options)
      if (option.value.kind() == JsonKind::object && !code.empty() &&
          option.value.find("code").text() == code && option.value.find("system").text() == system)
        return take(option);
    if (system.empty() && !code.empty())
      if (const Option* found = only_option("code", code)) return take(*found);
    return false;
  }

  // What an option says of itself (its weight, its translations) is not the answer's; but further
  // calculations may read it there.
  bool take(const Option& option) {
    const json::Node& value = *option.value.get();
    if (is_calculated_ || !value.is_named(coding_key)) return out_.add_node(value, {});
    return out_.add_bare_coding(value);
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

  NewAnswers& out_;
  const Form::Model& model_;
  const bool is_calculated_;
  const Item& item_;
  const Value& value_;
  std::string why_;
  std::optional<Value> system_;
  JsonNode node_;
};

void NewAnswers::clear(bool keeps_texts) {
  nodes_.restart();
  if (!keeps_texts) store_.arena.reset();
  places_.clear();
  nodes_.begin_object();
}

void NewAnswers::cut(std::size_t count) {
  places_.resize(count);
}

std::string NewAnswers::add(const Item& item, const Value& value) {
  return Fitting(*this, item, value).run();
}

const std::vector<fhirpath::ValueSets::Code>& NewAnswers::codes_of(const Item& item) {
  const auto [found, is_new] = codes_.try_emplace(item.index);
  if (is_new) found->second = model_.value_sets.listed_codes(item.answer_value_set);
  return found->second;
}

void NewAnswers::note_place() {
  places_.push_back(store_.built.size());
}

void NewAnswers::add_member(const json::Key& key, JsonKind kind, std::string_view text) {
  if (!text.empty()) nodes_.add(kind, store_.arena.copy(text), key);
}

bool NewAnswers::add_boolean(const json::Key& key, bool value) {
  note_place();
  nodes_.add(JsonKind::boolean, {}, key).boolean = value;
  return true;
}

bool NewAnswers::add_number(const json::Key& key, std::string_view digits) {
  note_place();
  nodes_.add(JsonKind::number, store_.arena.copy(digits), key);
  return true;
}

bool NewAnswers::add_text(const json::Key& key, std::string_view text) {
  note_place();
  nodes_.add(JsonKind::string, store_.arena.copy(text), key);
  return true;
}

bool NewAnswers::add_node(const json::Node& value, std::optional<json::Key> key) {
  note_place();
  nodes_.copy(value, key);
  return true;
}

bool NewAnswers::add_quantity(const json::Key& key, std::string_view digits,
                              const std::optional<Unit>& unit) {
  static const json::Key value_key("value"), unit_key("unit");
  note_place();
  nodes_.begin_object(key);
  add_member(value_key, JsonKind::number, digits);
  if (unit) {
    add_member(unit_key, JsonKind::string, unit->display.empty() ? unit->code : unit->display);
    add_member(system_key, JsonKind::string, unit->system);
    add_member(code_key, JsonKind::string, unit->code);
  }
  nodes_.close();
  return true;
}

bool NewAnswers::add_reference(const json::Key& key, std::string_view target) {
  static const json::Key reference_key("reference");
  note_place();
  nodes_.begin_object(key);
  add_member(reference_key, JsonKind::string, target);
  nodes_.close();
  return true;
}

bool NewAnswers::add_coding(std::string_view system, std::string_view code,
                            std::string_view display) {
  note_place();
  nodes_.begin_object(coding_key);
  add_member(system_key, JsonKind::string, system);
  add_member(code_key, JsonKind::string, code);
  add_member(display_key, JsonKind::string, display);
  nodes_.close();
  return true;
}

bool NewAnswers::add_bare_coding(const json::Node& coding) {
  note_place();
  nodes_.begin_object(coding_key);
  for (const json::Node* member = coding.first(); member; member = member->next())
    if (!is_of_option(*member)) nodes_.copy(*member);
  nodes_.close();
  return true;
}

std::optional<Answer> answer_of(const Form::Model& model, const Item& item, const Value& value,
                                std::string& why) {
  NewAnswers made(model, NewAnswers::Origin::record);
  why = made.add(item, value);
  if (made.count() == 0) return std::nullopt;
  return whole(made[0]);
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
  if (!value.get()->is_named(coding_key)) return whole(*value.get());
  Answer answer{"valueCoding", {}};
  json::Writer json(answer.value);
  json.begin_object();
  for (JsonNode member = value.first(); member; member = member.next())
    if (!is_of_option(*member.get())) json.key(member.key()).node(*member.get());
  json.end_object();
  return answer;
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
