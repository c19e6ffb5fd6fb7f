// SPDX-License-Identifier: Apache-2.0
// Values: the public readers, the conversion of a record's nodes to System values, and text out.
#include "fhirpath/value.hpp"

#include <limits>

#include "fhirpath/quantity.hpp"
#include "json/write.hpp"

namespace fbss::fhirpath {
namespace {

const json::Key value_key("value"), comparator_key("comparator"), system_key("system"),
    code_key("code"), unit_key("unit"), resource_type_key("resourceType");

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

ModelType named(const char* name) {
  return find_model_type(name);
}

std::string_view text_of(const json::Node* node) {
  return node && node->kind == JsonKind::string ? node->text_view() : std::string_view{};
}

std::optional<std::int32_t> parse_integer(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  std::int64_t value = 0;
  for (char c : text.substr(negative ? 1 : 0)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
    if (value > std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1) return std::nullopt;
  }
  if (negative) value = -value;
  if (value > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int32_t>(value);
}

std::optional<Value> number_value(std::string_view text, bool is_decimal) {
  if (!is_decimal)
    if (const auto integer = parse_integer(text)) return ValueAccess::of_integer(*integer);
  if (const auto decimal = Decimal::parse(text)) return ValueAccess::of_decimal(*decimal);
  return std::nullopt;
}

TemporalKind kind_of(Type type) {
  return type == Type::date   ? TemporalKind::date
         : type == Type::time ? TemporalKind::time
                              : TemporalKind::date_time;
}

std::optional<Value> parse_temporal(std::string_view text, TemporalKind kind) {
  const auto value = Temporal::parse(text, kind);
  return value ? std::optional(ValueAccess::of_temporal(*value)) : std::nullopt;
}

// A text of an untyped record that meets a date or a date-time may be either.
std::optional<Value> parse_like(std::string_view text, Type like) {
  if (like == Type::time) return parse_temporal(text, TemporalKind::time);
  const auto date = parse_temporal(text, TemporalKind::date);
  return date ? date : parse_temporal(text, TemporalKind::date_time);
}

// FHIR's units of time stand for calendar durations (hl7.org/fhir/R4/fhirpath.html, "Use of FHIR
// Quantity").
std::string_view calendar_word(std::string_view ucum) {
  constexpr std::pair<std::string_view, std::string_view> known_words[] = {
      {"a", "year"}, {"mo", "month"},   {"d", "day"},
      {"h", "hour"}, {"min", "minute"}, {"s", "second"}};
  for (const auto& [code, word] : known_words)
    if (same_text(code, ucum)) return word;
  return {};
}

std::optional<Quantity> quantity_of_node(const Value& value) {
  const json::Node* node = ValueAccess::node(value);
  if (!node || node->kind != JsonKind::object) return std::nullopt;
  const json::Node* number = node->find(value_key);
  if (!number || number->kind != JsonKind::number || node->find(comparator_key))
    return std::nullopt;
  const std::string_view system = text_of(node->find(system_key));
  const bool is_ucum = same_text(system, ucum_system);
  if (!system.empty() && !is_ucum) return std::nullopt;
  std::string_view unit = text_of(node->find(code_key));
  if (unit.empty()) unit = text_of(node->find(unit_key));
  const auto amount = Decimal::parse(number->text_view());
  if (!amount) return std::nullopt;
  if (unit.empty()) return Quantity{*amount};
  const std::string_view word = is_ucum ? calendar_word(unit) : std::string_view{};
  return word.empty() ? Quantity{*amount, unit, false} : Quantity{*amount, word, true};
}

void append_quantity(std::string& out, const Quantity& quantity) {
  out += quantity.value.to_text();
  out += ' ';
  if (!quantity.calendar) out += '\'';
  out += quantity.unit;
  if (!quantity.calendar) out += '\'';
}

}  // namespace

Value Value::of_boolean(bool value) {
  return ValueAccess::of_boolean(value);
}

Value Value::of_integer(std::int64_t value) {
  const auto small = static_cast<std::int32_t>(value);
  return small == value ? ValueAccess::of_integer(small) : ValueAccess::of_long(value);
}

Value Value::of_string(std::string_view text) {
  return ValueAccess::of_string(text);
}
Value Value::of_node(JsonNode node) {
  return ValueAccess::of_node(node.get());
}
bool Value::boolean() const {
  return ValueAccess::boolean(*this);
}
std::int64_t Value::integer() const {
  return ValueAccess::integer(*this);
}
std::string_view Value::string() const {
  return ValueAccess::string(*this);
}
JsonNode Value::node() const {
  return JsonNode(ValueAccess::node(*this));
}

Value kept_in(Arena& arena, const Value& value) {
  if (value.type() == Type::string)
    return ValueAccess::of_string(arena.copy(ValueAccess::string(value)));
  if (value.type() == Type::type_info)
    return ValueAccess::of_type_info(arena.make(ValueAccess::type_info(value)));
  if (value.type() != Type::quantity) return value;
  Quantity quantity = ValueAccess::quantity(value);
  quantity.unit = arena.copy(quantity.unit);
  return ValueAccess::of_quantity(arena.make(quantity));
}

Collection kept_in(Arena& arena, Collection values) {
  Value* copies = arena.make_array<Value>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) new (copies + i) Value(kept_in(arena, values[i]));
  return {copies, values.size()};
}

ModelType node_type(const Value& value) {
  static const ModelType boolean_type = named("boolean"), string_type = named("string"),
                         integer_type = named("integer"), decimal_type = named("decimal");
  if (const ModelType told = ValueAccess::model_type(value)) return told;
  const json::Node* node = ValueAccess::node(value);
  if (!node) return 0;
  switch (node->kind) {
    case JsonKind::object: {
      const ModelType type = find_model_type(text_of(node->find(resource_type_key)));
      return is_resource(type) ? type : ModelType{0};
    }
    case JsonKind::boolean:
      return boolean_type;
    case JsonKind::string:
      return string_type;
    case JsonKind::number:
      return parse_integer(node->text_view()) ? integer_type : decimal_type;
    case JsonKind::null:
    case JsonKind::array:
      break;
  }
  return 0;
}

std::optional<Value> system_value(const Value& value, Type like) {
  if (!is_node(value)) return value;
  const json::Node* node = ValueAccess::node(value);
  if (!node) return std::nullopt;
  const ModelType told = ValueAccess::model_type(value);
  const Type system = told == 0 ? Type::node : system_type_of(told).value_or(Type::node);
  switch (node->kind) {
    case JsonKind::null:
      return std::nullopt;
    case JsonKind::boolean:
      return ValueAccess::of_boolean(node->boolean);
    case JsonKind::number:
      return number_value(node->text_view(), system == Type::decimal);
    case JsonKind::string: {
      std::optional<Value> temporal;
      if (is_temporal(system)) {
        temporal = parse_temporal(node->text_view(), kind_of(system));
      } else if (system == Type::node && is_temporal(like)) {
        temporal = parse_like(node->text_view(), like);
      }
      return temporal ? temporal : ValueAccess::of_string(node->text_view());
    }
    case JsonKind::array:
    case JsonKind::object:
      break;
  }
  return value;
}

std::optional<std::string_view> text_value(const Value& value) {
  if (value.type() == Type::string) return ValueAccess::string(value);
  const json::Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  if (!node || node->kind != JsonKind::string) return std::nullopt;
  return node->text_view();
}

SystemPair system_values(const Value& a, const Value& b) {
  SystemPair pair;
  pair.a = system_value(a, b.type());
  pair.b = system_value(b, pair.a ? pair.a->type() : Type::node);
  const bool is_told = pair.a && is_temporal(pair.a->type());
  if (is_node(a) && is_node(b) && !is_told && pair.b && is_temporal(pair.b->type()))
    pair.a = system_value(a, pair.b->type());
  return pair;
}

Decimal to_decimal(const Value& number) {
  return number.type() == Type::decimal ? ValueAccess::decimal(number)
                                        : Decimal(ValueAccess::integer(number));
}

std::optional<Quantity> to_quantity(const Value& value) {
  if (value.type() == Type::quantity) return ValueAccess::quantity(value);
  if (is_number(value.type())) return Quantity{to_decimal(value)};
  return is_node(value) ? quantity_of_node(value) : std::nullopt;
}

std::optional<Quantity> ucum_quantity(const Value& value) {
  const json::Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  if (!node || node->kind != JsonKind::object) return std::nullopt;
  const bool is_ucum = same_text(text_of(node->find(system_key)), ucum_system) &&
                       !text_of(node->find(code_key)).empty();
  return is_ucum ? quantity_of_node(value) : std::nullopt;
}

bool is_of_type(const Value& value, const TypeSpecifier& type) {
  if (!is_node(value)) return type.system == value.type();
  return type.model != 0 && is_kind_of(node_type(value), type.model);
}

std::string_view type_name(const Value& value) {
  switch (value.type()) {
    case Type::boolean:
      return "boolean";
    case Type::integer:
      return "integer";
    case Type::long_integer:
      return "long";
    case Type::decimal:
      return "decimal";
    case Type::string:
      return "string";
    case Type::date:
      return "date";
    case Type::date_time:
      return "dateTime";
    case Type::time:
      return "time";
    case Type::quantity:
      return "Quantity";
    case Type::type_info:
      return "TypeInfo";
    case Type::node:
      break;
  }
  return model_type_name(node_type(value));
}

void append_text(std::string& out, const Value& value) {
  switch (value.type()) {
    case Type::boolean:
      out += ValueAccess::boolean(value) ? "true" : "false";
      break;
    case Type::integer:
    case Type::long_integer:
      out += std::to_string(ValueAccess::integer(value));
      break;
    case Type::decimal:
      out += ValueAccess::decimal(value).to_text();
      break;
    case Type::string:
      out += ValueAccess::string(value);
      break;
    case Type::date:
    case Type::date_time:
    case Type::time:
      out += ValueAccess::temporal(value).to_text();
      break;
    case Type::quantity:
      append_quantity(out, ValueAccess::quantity(value));
      break;
    case Type::type_info:
      out += ValueAccess::type_info(value).space;
      out += '.';
      out += ValueAccess::type_info(value).name;
      break;
    case Type::node: {
      const json::Node* node = ValueAccess::node(value);
      if (!node) break;
      if (node->kind == JsonKind::string) {
        out += node->text_view();
      } else {
        json::write(out, *node);
      }
      break;
    }
  }
}

std::string to_text(const Value& value) {
  std::string out;
  append_text(out, value);
  return out;
}

}  // namespace fbss::fhirpath
