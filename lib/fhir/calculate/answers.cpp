// SPDX-License-Identifier: Apache-2.0
// One function a family of item types; see answers.hpp for what is converted into what.
#include "fhir/calculate/answers.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "fhir/form/same_value.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/quantity.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Type;
using fhirpath::Value;
using fhirpath::ValueAccess;

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";
constexpr std::string_view no_option = "is none of the item's options.";

bool is_of(const Value& value, std::string_view type) {
  return fhirpath::is_kind_of(fhirpath::node_type(value), fhirpath::find_model_type(type));
}

const json::Node* object_of(const Value& value) {
  const json::Node* node = fhirpath::is_node(value) ? ValueAccess::node(value) : nullptr;
  return node && node->kind == JsonKind::object ? node : nullptr;
}

// A quantity's unit as FHIR writes it: of a calendar word the code of UCUM.
Unit shown_unit(const fhirpath::Quantity& quantity) {
  if (!quantity.calendar) return {ucum_system, quantity.unit, quantity.unit};
  const std::string_view word = fhirpath::singular_calendar_word(quantity.unit);
  const std::string_view code = word == "year"    ? "a"
                                : word == "month" ? "mo"
                                                  : fhirpath::ucum_code_of(quantity.unit);
  return {ucum_system, code, quantity.unit};
}

// The unit that a bare number counts in.
std::optional<Unit> unit_of(const Item& item) {
  if (item.unit) return item.unit;
  if (item.unit_options.size() == 1) return item.unit_options.front();
  return std::nullopt;
}

}  // namespace

void NewAnswers::clear(bool keeps_texts) {
  nodes_.restart();
  if (!keeps_texts) store_.arena.reset();
  places_.clear();
  nodes_.begin_object();
}

void NewAnswers::cut(std::size_t count) {
  places_.resize(count);
}

json::Node& NewAnswers::add_node(JsonKind kind, const json::Key& key, std::string_view text) {
  places_.push_back(store_.built.size());
  return nodes_.add(kind, text, key);
}

void NewAnswers::add_copy(const json::Node& value) {
  places_.push_back(store_.built.size());
  nodes_.copy(value);
}

void NewAnswers::add_member(std::string_view name, JsonKind kind, std::string_view text) {
  if (!text.empty()) nodes_.add(kind, text, json::Key(name));
}

std::string_view NewAnswers::add(const Item& item, const Value& value) {
  switch (item.type) {
    case ItemType::boolean: {
      const auto truth = fhirpath::system_value(value);
      if (!truth || truth->type() != Type::boolean) return "is no Boolean.";
      add_node(JsonKind::boolean, json::Key(answer_member(item.type))).boolean = truth->boolean();
      return {};
    }
    case ItemType::integer:
    case ItemType::decimal:
      return add_number(item, value);
    case ItemType::quantity:
      return add_quantity(item, value);
    case ItemType::choice:
    case ItemType::open_choice:
      return add_choice(item, value);
    case ItemType::date:
    case ItemType::date_time:
    case ItemType::time:
      return add_temporal(item, value);
    case ItemType::string:
    case ItemType::text:
    case ItemType::url:
      return add_text(item, value);
    case ItemType::attachment:
      return add_whole(item, value, "Attachment");
    case ItemType::reference:
      return add_whole(item, value, "Reference");
    case ItemType::group:
    case ItemType::display:
    case ItemType::question:
      break;
  }
  return "stands at an item that takes no answer.";
}

std::string_view NewAnswers::add_number(const Item& item, const Value& value) {
  std::optional<Decimal> number;
  if (const auto own = fhirpath::system_value(value); own && fhirpath::is_number(own->type())) {
    number = fhirpath::to_decimal(*own);
  } else if (const auto quantity = fhirpath::to_quantity(value)) {
    if (!item.unit || shown_unit(*quantity).code != item.unit->code)
      return "is a quantity, and the item takes a number.";
    number = quantity->value;
  }
  if (!number) return "is no number.";
  const json::Key key(answer_member(item.type));
  if (item.type == ItemType::decimal) {
    add_node(JsonKind::number, key, store_.arena.copy(number->to_text()));
    return {};
  }
  const auto whole = number->to_int64();
  using Range = std::numeric_limits<std::int32_t>;
  if (!whole) return "is no whole number, and the item takes no other; it is not rounded.";
  if (*whole < Range::min() || *whole > Range::max())
    return "is a number beyond the integers of FHIR.";
  add_node(JsonKind::number, key, store_.arena.copy(std::to_string(*whole)));
  return {};
}

std::string_view NewAnswers::add_quantity(const Item& item, const Value& value) {
  static const json::Key key("valueQuantity");
  if (const json::Node* object = object_of(value); object && is_of(value, "Quantity")) {
    places_.push_back(store_.built.size());
    nodes_.copy(*object, key);
    return {};
  }
  std::optional<Unit> unit;
  Decimal number;
  const auto own = fhirpath::system_value(value);
  if (own && fhirpath::is_number(own->type())) {
    number = fhirpath::to_decimal(*own);
    unit = unit_of(item);
  } else if (own && own->type() == Type::quantity) {
    const fhirpath::Quantity& quantity = ValueAccess::quantity(*own);
    number = quantity.value;
    unit = quantity.unit == "1" && unit_of(item) ? unit_of(item) : shown_unit(quantity);
  } else {
    return "is no quantity.";
  }
  places_.push_back(store_.built.size());
  nodes_.begin_object(key);
  add_member("value", JsonKind::number, store_.arena.copy(number.to_text()));
  if (unit) {
    const std::string_view shown = unit->display.empty() ? unit->code : unit->display;
    add_member("unit", JsonKind::string, store_.arena.copy(shown));
    add_member("system", JsonKind::string, unit->system);
    add_member("code", JsonKind::string, store_.arena.copy(unit->code));
  }
  nodes_.close();
  return {};
}

const json::Node* NewAnswers::find_option(const Item& item, const Value& value,
                                          bool& is_ambiguous) const {
  const auto find = [&](auto is_meant) -> const json::Node* {
    const json::Node* found = nullptr;
    for (const json::Node* option : choices_.of(item.index)) {
      if (!is_meant(JsonNode(option))) continue;
      if (found) is_ambiguous = true;
      found = option;
    }
    return is_ambiguous ? nullptr : found;
  };
  const auto by_code = [&](std::string_view code) {
    const auto* found = find([&](JsonNode option) { return option.find("code").text() == code; });
    if (found || is_ambiguous) return found;
    return find([&](JsonNode option) { return option.find("display").text() == code; });
  };
  if (const json::Node* same =
          find([&](JsonNode option) { return is_same_value(typed_value(*option.get()), value); }))
    return same;
  is_ambiguous = false;
  if (const json::Node* object = object_of(value)) {
    const JsonNode coding(object);
    return coding.find("system") || !coding.find("code") ? nullptr
                                                         : by_code(coding.find("code").text());
  }
  const auto text = fhirpath::text_value(value);
  return text ? by_code(*text) : nullptr;
}

std::string_view NewAnswers::add_choice(const Item& item, const Value& value) {
  static const json::Key coding_key("valueCoding"), string_key("valueString");
  if (is_of(value, "CodeableConcept")) {
    const JsonNode list = JsonNode(object_of(value)).find("coding");
    std::string_view refusal = no_option;
    const auto type = fhirpath::find_model_type("Coding");
    for (JsonNode node = list.first(); node && !refusal.empty(); node = node.next())
      refusal = add_choice(item, ValueAccess::of_node(node.get(), nullptr, type));
    return refusal;
  }
  bool is_ambiguous = false;
  if (const json::Node* option = find_option(item, value, is_ambiguous)) {
    add_copy(*option);
    return {};
  }
  if (is_ambiguous) return "is a code of several of the item's options.";
  if (choices_.is_whole(item.index)) return no_option;
  if (const json::Node* object = object_of(value); object && is_of(value, "Coding")) {
    places_.push_back(store_.built.size());
    nodes_.copy(*object, coding_key);
    return {};
  }
  const auto text = fhirpath::text_value(value);
  if (item.type == ItemType::open_choice && text) {
    if (!text->empty()) add_node(JsonKind::string, string_key, store_.arena.copy(*text));
    return {};
  }
  return text ? "is a code, and the options that it may mean are not known." : no_option;
}

std::string_view NewAnswers::add_text(const Item& item, const Value& value) {
  const auto own = fhirpath::system_value(value);
  if (!own || fhirpath::is_node(*own) || own->type() == Type::type_info)
    return "has several parts, and the item takes a text.";
  if (item.type == ItemType::url && own->type() != Type::string) return "is no text.";
  const std::string text = fhirpath::to_text(*own);
  if (!text.empty())
    add_node(JsonKind::string, json::Key(answer_member(item.type)), store_.arena.copy(text));
  return {};
}

std::string_view NewAnswers::add_temporal(const Item& item, const Value& value) {
  const TemporalKind wanted = item.type == ItemType::date   ? TemporalKind::date
                              : item.type == ItemType::time ? TemporalKind::time
                                                            : TemporalKind::date_time;
  const auto own = fhirpath::system_value(value);
  std::optional<Temporal> found;
  if (own && fhirpath::is_temporal(own->type()))
    found = ValueAccess::temporal(*own);
  else if (own && own->type() == Type::string)
    found = Temporal::parse(ValueAccess::string(*own), wanted);
  if (!found || (found->kind == TemporalKind::time) != (wanted == TemporalKind::time))
    return wanted == TemporalKind::time ? "is no time." : "is no date.";
  if (wanted == TemporalKind::date && found->precision > TemporalField::day)
    return "is a date with a time, and the item takes a date; it is not cut.";
  const bool has_hours = found->precision > TemporalField::day || wanted == TemporalKind::time;
  if (has_hours && found->precision < TemporalField::second)
    return "is a time without seconds, and FHIR has none.";
  if (has_hours && wanted == TemporalKind::date_time && !found->has_zone)
    return "is a time without a zone, and a dateTime of FHIR has one.";
  add_node(JsonKind::string, json::Key(answer_member(item.type)),
           store_.arena.copy(found->to_text()));
  return {};
}

std::string_view NewAnswers::add_whole(const Item& item, const Value& value,
                                       std::string_view type) {
  const json::Node* object = object_of(value);
  if (!object || !is_of(value, type))
    return item.type == ItemType::reference ? "is no reference." : "is no attachment.";
  places_.push_back(store_.built.size());
  nodes_.copy(*object, json::Key(answer_member(item.type)));
  return {};
}

}  // namespace fbss::form
