// SPDX-License-Identifier: Apache-2.0
// Comparing answers. hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html.
#include "fhir/form/same_value.hpp"

#include "fhirpath/quantity.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::is_number;
using fhirpath::is_temporal;
using fhirpath::Type;
using fhirpath::Value;
using fhirpath::ValueAccess;

JsonNode object_of(const Value& value) {
  if (!fhirpath::is_node(value)) return {};
  const JsonNode node(ValueAccess::node(value));
  return node && node.kind() == JsonKind::object ? node : JsonNode();
}

bool is_of(const Value& value, std::string_view type) {
  return fhirpath::model_type_name(fhirpath::node_type(value)) == type;
}

bool is_same_coding(JsonNode a, JsonNode b) {
  const std::string_view code = a.find("code").text();
  if (code != b.find("code").text() || a.find("system").text() != b.find("system").text())
    return false;
  // Without any code the display is all there is.
  return !code.empty() || a.find("display").text() == b.find("display").text();
}

// What a quantity counts, as text: its code, else its unit.
std::string_view unit_text(JsonNode quantity) {
  const std::string_view code = quantity.find("code").text();
  return code.empty() ? quantity.find("unit").text() : code;
}

std::optional<std::strong_ordering> order_of_quantities(const Value& a, const Value& b) {
  const auto x = fhirpath::ucum_quantity(a), y = fhirpath::ucum_quantity(b);
  if (x && y) return compare(*x, *y);
  const JsonNode left = object_of(a), right = object_of(b);
  if (!left || !right || left.find("comparator") || right.find("comparator")) return std::nullopt;
  const bool same_system = left.find("system").text() == right.find("system").text();
  if (!same_system || unit_text(left) != unit_text(right)) return std::nullopt;
  const auto first = Decimal::parse(left.find("value").text());
  const auto second = Decimal::parse(right.find("value").text());
  if (!first || !second) return std::nullopt;
  return compare(*first, *second);
}

}  // namespace

std::optional<std::strong_ordering> order_of_values(const Value& a, const Value& b) {
  if (object_of(a) || object_of(b))
    return is_of(a, "Quantity") && is_of(b, "Quantity") ? order_of_quantities(a, b) : std::nullopt;
  const auto x = fhirpath::system_value(a), y = fhirpath::system_value(b);
  if (!x || !y) return std::nullopt;
  if (is_number(x->type()) && is_number(y->type()))
    return compare(fhirpath::to_decimal(*x), fhirpath::to_decimal(*y));
  if (is_temporal(x->type()) && is_temporal(y->type()) &&
      (x->type() == Type::time) == (y->type() == Type::time))
    return compare(ValueAccess::temporal(*x), ValueAccess::temporal(*y));
  if (x->type() == Type::string && y->type() == Type::string)
    return ValueAccess::string(*x) <=> ValueAccess::string(*y);
  if (x->type() == Type::boolean && y->type() == Type::boolean &&
      ValueAccess::boolean(*x) == ValueAccess::boolean(*y))
    return std::strong_ordering::equal;
  return std::nullopt;
}

bool is_same_value(const Value& a, const Value& b) {
  const JsonNode left = object_of(a), right = object_of(b);
  if (left && right && is_of(a, "Coding") && is_of(b, "Coding")) return is_same_coding(left, right);
  if (left && right && is_of(a, "Reference") && is_of(b, "Reference"))
    return left.find("reference") &&
           left.find("reference").text() == right.find("reference").text();
  return order_of_values(a, b) == std::strong_ordering::equal;
}

bool fulfils(const Value& answer, Operator op, const Value& wanted) {
  switch (op) {
    case Operator::equal:
      return is_same_value(answer, wanted);
    case Operator::not_equal:
      return !is_same_value(answer, wanted);
    default:
      break;
  }
  const auto order = order_of_values(answer, wanted);
  if (!order) return false;
  switch (op) {
    case Operator::greater:
      return *order > 0;
    case Operator::less:
      return *order < 0;
    case Operator::greater_or_equal:
      return *order >= 0;
    case Operator::less_or_equal:
      return *order <= 0;
    default:
      return false;
  }
}

}  // namespace fbss::form
