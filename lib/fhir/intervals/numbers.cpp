// SPDX-License-Identifier: Apache-2.0
// Functions on numbers of which only bounds are known: sums, the least, the greatest and the mean,
// and functions that never fall.
#include <algorithm>
#include <array>

#include "fhir/intervals/follow.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {

using fhirpath::Collection;
using fhirpath::SyntaxKind;
using fhirpath::Value;
using fhirpath::ValueAccess;

Possibles Follower::sum(const Possibles& input) {
  if (auto exact = strictly("%a.sum()", {input}); exact && input.elements.size() <= 1)
    return *exact;
  if (input.is_open() || !std::ranges::all_of(input.elements, [](const Possible& one) {
        return numbers_of(one).has_value();
      }))
    return plain_or_unknown("%a.sum()", input);
  Possibles total;
  for (const Possible& one : input.elements) {
    Possible alone = one;
    alone.is_certain = true;
    std::vector<Possibles> cases;
    const Possibles summand = Possibles::of(alone);
    // The total may still be empty, may have become so, or is a number.
    const bool may_be_empty = total.elements.empty() || !total.elements[0].is_certain;
    if (may_be_empty) cases.push_back(summand);
    if (!total.elements.empty()) {
      Possibles so_far = total;
      so_far.elements[0].is_certain = true;
      cases.push_back(arithmetic(SyntaxKind::add, {so_far, summand}));
      cases.back().lost = {};
    }
    if (!one.is_certain) cases.push_back(total);
    QuestionSet depends = total.depends();
    depends.merge(one.depends);
    total = either_of(cases);
    for (Possible& each : total.elements)
      if (each.values.size() != 1 || !each.is_certain) each.depends.merge(depends);
  }
  total.lost = input.lost;
  return total;
}

// The bounds of the least, the greatest or the mean.
Possibles Follower::extreme(const std::string& name, const Possibles& input) {
  if (auto exact = strictly("%a." + name + "()", {input})) return *exact;
  if (input.is_open()) return unknown({input});
  std::optional<Range> all, certain;
  bool all_whole = name != "avg";
  for (const Possible& one : input.elements) {
    const auto range = numbers_of(one);
    if (!range) return unknown({input});
    all_whole &= is_whole(one);
    all ? all->widen(*range) : void(all = range);
    if (!one.is_certain) continue;
    if (!certain)
      certain = range;
    else
      certain = name == "min" ? smaller(*certain, *range) : greater(*certain, *range);
  }
  if (!all) return {};
  if (certain && name == "min") all->high = certain->high;
  if (certain && name == "max") all->low = certain->low;
  Possible made = Possible::of_range(*all, all_whole);
  made.is_certain = certain.has_value();
  made.depends = input.depends();
  Possibles result = Possibles::of(std::move(made));
  result.lost = input.lost;
  return result;
}

// Functions that never fall, on the bounds of a number; nothing for all others.
std::optional<Possibles> Follower::by_bounds(const std::string& name, const std::string& piece,
                                             const Values& operands) {
  static constexpr std::array rising_ones = {
      std::string_view("round"),    std::string_view("floor"), std::string_view("ceiling"),
      std::string_view("truncate"), std::string_view("exp"),   std::string_view("sqrt"),
      std::string_view("ln")};
  const Possibles& input = operands.front();
  if (input.is_open() || input.elements.size() != 1) return std::nullopt;
  const auto range = numbers_of(input.elements.front());
  const bool has_argument = operands.size() > 1;
  if (!range || (has_argument && !operands[1].is_known())) return std::nullopt;
  Decimal argument;
  if (has_argument) {
    if (operands[1].elements.size() != 1) return std::nullopt;
    const auto own = numbers_of(operands[1].elements.front());
    if (!own || !own->is_point()) return std::nullopt;
    argument = own->low.value;
  }
  Possible made = input.elements.front();
  made.kind = Possible::Kind::range;
  made.values.clear();
  const auto at = [&](Decimal value) {
    const Value number = ValueAccess::of_decimal(value);
    std::vector<Collection> values = {{&number, 1}};
    if (has_argument) values.push_back({operands[1].elements.front().values});
    const auto result = concrete_.apply(piece, values);
    const auto own =
        result && result->size() == 1 ? fhirpath::system_value(result->front()) : std::nullopt;
    return own && fhirpath::is_number(own->type()) ? std::optional(fhirpath::to_decimal(*own))
                                                   : std::nullopt;
  };
  const Extended zero;
  if (std::ranges::find(rising_ones, name) != rising_ones.end()) {
    made.range = rising(*range, at);
    // What the function does not take gives nothing: roots and logarithms of what is below zero.
    if ((name == "sqrt" || name == "ln") && !(zero < range->low)) made.is_certain = false;
    if (name == "exp" || name == "sqrt") made.range.low = std::max(made.range.low, zero);
    made.is_integer = name == "floor" || name == "ceiling" || name == "truncate" ||
                      (name == "round" && compare(argument, Decimal()) == 0);
  } else if (name == "abs") {
    made.range = absolute(*range);
  } else if (name == "power" && has_argument && !(range->low < zero) &&
             (zero < range->low || zero < Extended{argument})) {
    // Above zero it rises, or falls where the exponent is below zero.
    made.range = rising(*range, at);
    if (Extended{argument} < zero) {
      const Range falling = made.range;
      made.range = {range->high.is_finite() ? falling.high : zero,
                    range->low.is_finite() ? falling.low : Extended::above_all()};
    }
    made.is_integer = false;
  } else if (name == "toDecimal" || name == "toInteger" || name == "toLong") {
    if (name != "toDecimal" && !made.is_integer) made.is_certain = false;
    made.range = *range;
    made.is_integer = name != "toDecimal";
  } else {
    return std::nullopt;
  }
  Possibles result = Possibles::of(std::move(made));
  result.lost = input.lost;
  return result;
}

}  // namespace fbss::form
