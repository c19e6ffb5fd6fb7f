// SPDX-License-Identifier: Apache-2.0
// Least and greatest values, and digits behind the point. In: an answer of a type with an order.
// Extensions minValue, maxValue, maxDecimalPlaces; SDC minQuantity, maxQuantity. A bound that is a
// partial date means all of that year, month or day; whether a partial answer lies within a finer
// bound cannot be told, and neither where the units do not convert.
#include "base/temporal.hpp"
#include "fhir/form/same_value.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Value;

// Whether the answer is so coarse that the bound, which is finer, cannot be held against it. Only
// where they do not compare: else they differ before the finer field.
bool is_too_coarse(const Value& answer, const Value& bound) {
  const auto a = fhirpath::system_value(answer), b = fhirpath::system_value(bound);
  if (!a || !b || !is_temporal(a->type()) || !is_temporal(b->type())) return false;
  return fhirpath::ValueAccess::temporal(*a).precision <
         fhirpath::ValueAccess::temporal(*b).precision;
}

bool is_finer(const Value& answer, const Value& bound) {
  return is_too_coarse(bound, answer);
}

// What the answer is compared with: a bound that is a number counts what the quantity counts.
Value compared(const Value& answer, const Value& bound) {
  const json::Node* node =
      fhirpath::is_node(answer) ? fhirpath::ValueAccess::node(answer) : nullptr;
  const auto number = fhirpath::system_value(bound);
  if (!node || node->kind != JsonKind::object || !number || !is_number(number->type()))
    return answer;
  static const fhirpath::ModelType type = fhirpath::find_model_type("decimal");
  const json::Node* value = node->find(json::Key("value"));
  return value ? fhirpath::ValueAccess::of_node(value, nullptr, type) : answer;
}

class Bounding {
 public:
  Bounding(Validation& validation, std::uint32_t instance, const Answer& answer)
      : validation_(validation), instance_(instance), answer_(answer) {}

  void check(const std::optional<Bound>& bound, bool is_least, std::string_view name) {
    if (!bound) return;
    Value limit = bound->value;
    if (bound->expression != none) {
      const auto values = validation_.state.evaluate(bound->expression, instance_);
      if (values.size() != 1) return;  // nothing to hold it against
      limit = values.front();
    }
    const auto named = [&] {
      return bound->expression == none ? ", " + shown(limit) : std::string();
    };
    const Value value = compared(answer_.value(), limit);
    const auto order = order_of_values(value, limit);
    if (!order) return undecided(value, limit, std::string(name) + named());
    if (is_least ? *order >= 0 : *order <= 0) return;
    validation_.tell(is_least ? FormRule::minValue : FormRule::maxValue, instance_, answer_.place,
                     std::string("The value is ") + (is_least ? "below" : "above") +
                         " the allowed " + (is_least ? "least" : "greatest") + named() + '.');
  }

 private:
  void undecided(const Value& value, const Value& limit, const std::string& name) {
    if (is_finer(value, limit)) return;  // it lies within the bound's own year, month or day
    const bool is_coarse = is_too_coarse(value, limit);
    validation_.tell(FormRule::valueNotComparable, instance_, answer_.place,
                     "Whether the value keeps to " + name + ", cannot be told: " +
                         (is_coarse ? "it is less precise." : "the two do not compare."));
  }

  // What the questionnaire says may be shown, what it works out of answers not: "20", "5 kg".
  static std::string shown(const Value& limit) {
    const json::Node* node =
        fhirpath::is_node(limit) ? fhirpath::ValueAccess::node(limit) : nullptr;
    if (!node || node->kind != JsonKind::object) return fhirpath::to_text(limit);
    const JsonNode quantity(node);
    const std::string_view unit = quantity.find("unit").text();
    return std::string(quantity.find("value").text()) + ' ' +
           std::string(unit.empty() ? quantity.find("code").text() : unit);
  }

  Validation& validation_;
  std::uint32_t instance_;
  const Answer& answer_;
};

void check_decimal_places(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  if (!item.max_decimal_places) return;
  const JsonNode value = answer.json();
  const std::string_view digits =
      value.kind() == JsonKind::object ? value.find("value").text() : value.text();
  const auto number = Decimal::parse(digits);
  if (!number || number->scale() <= *item.max_decimal_places) return;
  validation.tell(FormRule::maxDecimalPlaces, instance, answer.place,
                  "The number has " + std::to_string(number->scale()) +
                      " digits behind the point; at most " +
                      std::to_string(*item.max_decimal_places) + " are allowed.");
}

}  // namespace

void check_bounds(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  Bounding bounding(validation, instance, answer);
  bounding.check(item.min_value, true, "minValue");
  bounding.check(item.min_quantity, true, "minQuantity");
  bounding.check(item.max_value, false, "maxValue");
  bounding.check(item.max_quantity, false, "maxQuantity");
  check_decimal_places(validation, instance, answer);
}

}  // namespace fbss::form
