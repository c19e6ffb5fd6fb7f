// SPDX-License-Identifier: Apache-2.0
// Aggregates: aggregate, sum, min, max, avg. An item without a value, and a result that does not
// fit or is not decided, make them empty. FHIRPath 2.0.0, section "Aggregates" (trial use); sum,
// min, max and avg of 3.0.
#include "fhirpath/functions.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

// Whether all items are numbers, or all are quantities, and none lacks its value.
bool can_be_added(const Step& step, Collection items) {
  bool any_number = false, any_quantity = false, all_known = true;
  for (const Value& item : items) {
    const auto value = system_value(item);
    const bool number = value && is_number(value->type());
    if (value && !number && !to_quantity(*value)) refuse_input(step, "numbers or quantities");
    any_number = any_number || number;
    any_quantity = any_quantity || (value && !number);
    all_known = all_known && value;
  }
  if (any_number && any_quantity) refuse_input(step, "numbers or quantities, not both");
  return all_known;
}

// The sum of the items from `begin` on; nothing where there are none. As decimals numbers have a
// sum where integers would overflow.
std::optional<Value> sum_of_items(Evaluator& evaluator, const Step& step, std::size_t begin,
                                  bool as_decimals) {
  const Collection items = evaluator.stack.from(begin);
  evaluator.spend(items.size());
  if (!can_be_added(step, items) || items.empty()) return std::nullopt;
  const auto summand = [=](const Value& item) {
    const Value value = *system_value(item);
    const bool widens = as_decimals && is_number(value.type());
    return widens ? ValueAccess::of_decimal(to_decimal(value)) : value;
  };
  std::optional<Value> total = summand(items[0]);
  for (std::size_t i = 1; i < items.size() && total; ++i)
    total = sum_of(evaluator, *total, summand(items[i]), step);
  return total;
}

void answer(Evaluator& evaluator, std::size_t begin, const std::optional<Value>& value) {
  evaluator.stack.cut(begin);
  if (value) evaluator.push(*value);
}

// The item that comes before all others in the order that `is_better` asks for; nothing where there
// is none, or it cannot be told.
std::optional<Value> best_item(Evaluator& evaluator, const Step& step, std::size_t begin,
                               bool (*is_better)(std::strong_ordering)) {
  const Collection items = evaluator.stack.from(begin);
  evaluator.spend(items.size() * 2);
  if (items.empty()) return std::nullopt;
  const Value* best = items.data();
  for (const Value& item : items) {
    const auto order = order_of(evaluator, item, *best, step);
    if (order && is_better(*order)) best = &item;
  }
  for (const Value& item : items) {
    const auto order = order_of(evaluator, *best, item, step);
    if (!order || (*order != 0 && !is_better(*order))) return std::nullopt;
  }
  return *best;
}

}  // namespace

void call_aggregate(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  if (step.part_count == 2) evaluator.run(step.parts[1], scope);
  Scope inner = scope_of_items(scope);
  inner.total_begin = end;  // the total so far stands behind the items
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, stack[i], i - begin);
    inner.total_count = stack.size() - end;
    const std::size_t next = stack.size();
    evaluator.run(step.parts[0], inner);
    stack.keep(end, next);
  }
  stack.keep(begin, end);
}

void call_sum(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  answer(evaluator, begin, sum_of_items(evaluator, step, begin, false));
}

void call_avg(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const auto count = static_cast<std::int64_t>(evaluator.stack.size() - begin);
  const auto sum = sum_of_items(evaluator, step, begin, true);
  answer(evaluator, begin,
         sum ? quotient_of(evaluator, *sum, ValueAccess::of_long(count), step) : std::nullopt);
}

void call_min(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  answer(evaluator, begin,
         best_item(evaluator, step, begin, [](std::strong_ordering order) { return order < 0; }));
}

void call_max(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  answer(evaluator, begin,
         best_item(evaluator, step, begin, [](std::strong_ordering order) { return order > 0; }));
}

}  // namespace fbss::fhirpath
