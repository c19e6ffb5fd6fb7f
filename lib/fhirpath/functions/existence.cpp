// SPDX-License-Identifier: Apache-2.0
// Existence: empty, exists, all, allTrue …, subsetOf, supersetOf, count, distinct, isDistinct.
// FHIRPath 2.0.0, section "Existence".
#include <algorithm>

#include "fhirpath/equality.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

// Whether any item meets the step's criterion with the given result.
bool any_item(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
              bool (*wanted)(Truth)) {
  const std::size_t end = evaluator.stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, evaluator.stack[i], i - begin);
    if (wanted(evaluator.condition(step.parts[0], inner, step))) return true;
  }
  return false;
}

// Whether any item of a collection of Booleans is `wanted`. Items without a value count as neither.
bool any_boolean(Evaluator& evaluator, const Step& step, std::size_t begin, bool wanted) {
  bool found = false;
  for (const Value& item : evaluator.stack.from(begin)) {
    const auto value = system_value(item);
    if (!value) continue;
    if (value->type() != Type::boolean) refuse_input(step, "Booleans");
    found = found || ValueAccess::boolean(*value) == wanted;
  }
  return found;
}

bool is_subset(Evaluator& evaluator, Collection part, Collection whole) {
  return std::ranges::all_of(part,
                             [&](const Value& value) { return holds(evaluator, whole, value); });
}

}  // namespace

void call_empty(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(evaluator.stack.size() == begin));
}

void call_exists(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const bool found = step.part_count == 0 ? evaluator.stack.size() > begin
                                          : any_item(evaluator, step, begin, scope,
                                                     [](Truth t) { return t == Truth::yes; });
  evaluator.answer(begin, truth(found));
}

void call_all(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const bool missed =
      any_item(evaluator, step, begin, scope, [](Truth t) { return t != Truth::yes; });
  evaluator.answer(begin, truth(!missed));
}

void call_all_true(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(!any_boolean(evaluator, step, begin, false)));
}

void call_any_true(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(any_boolean(evaluator, step, begin, true)));
}

void call_all_false(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(!any_boolean(evaluator, step, begin, true)));
}

void call_any_false(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(any_boolean(evaluator, step, begin, false)));
}

void call_subset_of(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const Collection other = evaluator.operand(step.parts[0], scope);
  evaluator.answer(begin, truth(is_subset(evaluator, evaluator.stack.range(begin, end), other)));
}

void call_superset_of(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const Collection other = evaluator.operand(step.parts[0], scope);
  evaluator.answer(begin, truth(is_subset(evaluator, other, evaluator.stack.range(begin, end))));
}

void call_count(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const std::size_t count = evaluator.stack.size() - begin;
  evaluator.answer(begin, ValueAccess::of_integer(static_cast<std::int32_t>(count)));
}

void call_distinct(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  keep_distinct(evaluator, begin);
}

void call_is_distinct(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const std::size_t count = evaluator.stack.size();
  keep_distinct(evaluator, begin);
  evaluator.answer(begin, truth(evaluator.stack.size() == count));
}

}  // namespace fbss::fhirpath
