// SPDX-License-Identifier: Apache-2.0
// What a quantity is measured in. In: an answer that is a Quantity. unitOption: one of those;
// unitValueSet: a code of it; unit: that one, or one that converts to it
// (hl7.org/fhir/R4/extension-questionnaire-unit.html).
#include <algorithm>

#include "fhir/form/options.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/quantity.hpp"
#include "fhirpath/ucum.hpp"

namespace fbss::form {
namespace {

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

Unit unit_of(JsonNode quantity) {
  return {quantity.find("system").text(), quantity.find("code").text(),
          quantity.find("unit").text()};
}

// By code, where there are codes; else by what a person reads.
bool is_same_unit(const Unit& given, const Unit& allowed) {
  if (!given.code.empty() && !allowed.code.empty())
    return given.code == allowed.code && given.system == allowed.system;
  const std::string_view shown = given.display.empty() ? given.code : given.display;
  return !shown.empty() && (shown == allowed.display || shown == allowed.code);
}

bool converts(const Unit& given, const Unit& allowed) {
  if (given.system != ucum_system || allowed.system != ucum_system) return false;
  return comparable(fhirpath::Quantity{Decimal(1), given.code},
                    fhirpath::Quantity{Decimal(1), allowed.code});
}

std::string names_of(const std::vector<Unit>& units) {
  std::string names;
  for (const Unit& unit : units) {
    if (!names.empty()) names += ", ";
    names += unit.code.empty() ? unit.display : unit.code;
  }
  return names;
}

}  // namespace

void check_unit(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  const JsonNode quantity = answer.json();
  if (quantity.kind() != JsonKind::object) return;
  const Unit given = unit_of(quantity);
  const auto tell = [&](FormRule rule, std::string message) {
    validation.tell(rule, instance, answer.place, std::move(message));
  };
  if (!given.code.empty() && given.system == ucum_system && !fhirpath::ucum::read(given.code))
    return tell(FormRule::invalidUnit, "The unit's code is none of UCUM.");
  if (std::ranges::any_of(item.unit_options,
                          [&](const Unit& unit) { return is_same_unit(given, unit); }))
    return;
  if (!item.unit_options.empty() && item.unit_value_set.empty())
    return tell(FormRule::invalidUnit,
                "The quantity's unit is none of " + names_of(item.unit_options) + '.');
  if (!item.unit_value_set.empty()) {
    const auto is_member = is_in_value_set(validation.model, item.unit_value_set, quantity);
    if (is_member == false)
      tell(FormRule::invalidUnit,
           "The quantity's unit is not in the value set " + std::string(item.unit_value_set) + '.');
    else if (!is_member)
      tell(FormRule::valueSetNotFound, "Whether the unit is in the value set " +
                                           std::string(item.unit_value_set) + " is not known.");
    return;
  }
  if (item.unit && !is_same_unit(given, *item.unit) && !converts(given, *item.unit))
    tell(FormRule::invalidUnit, "The quantity is not in " + names_of({*item.unit}) +
                                    ", nor in a unit that converts to it.");
}

}  // namespace fbss::form
