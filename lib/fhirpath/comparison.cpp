// SPDX-License-Identifier: Apache-2.0
// The operators < <= > >=. FHIRPath 2.0.0, section "Comparison".
#include <algorithm>
#include <compare>
#include <optional>

#include "fhirpath/operators.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

using Order = std::optional<std::strong_ordering>;

[[noreturn]] void refuse(const Value& a, const Value& b, const Step& step) {
  const auto named = [](const Value& value) {
    const std::string_view name = type_name(value);
    return name.empty() ? std::string("a structure") : std::string(name);
  };
  fail(ErrorCode::wrong_operand, step.position,
       "\"" + std::string(step.name) + "\" cannot compare " + named(a) + " with " + named(b) +
           ": both sides are numbers, quantities, texts, dates or times.");
}

}  // namespace

Order order_of(Evaluator& evaluator, const Value& left, const Value& right, const Step& step) {
  const auto [a, b] = system_values(left, right);
  if (!a || !b) return std::nullopt;
  if (is_number(a->type()) && is_number(b->type())) return compare(to_decimal(*a), to_decimal(*b));
  if (is_temporal(a->type()) && is_temporal(b->type()) &&
      (a->type() == Type::time) == (b->type() == Type::time))
    return compare(ValueAccess::temporal(*a), ValueAccess::temporal(*b));
  if (a->type() == Type::string && b->type() == Type::string) {
    const std::string_view x = ValueAccess::string(*a), y = ValueAccess::string(*b);
    evaluator.spend(std::min(x.size(), y.size()) / 64);
    return x <=> y;
  }
  const auto x = to_quantity(*a), y = to_quantity(*b);
  if (!x || !y) refuse(left, right, step);
  return compare(*x, *y);
}

namespace {

template <class Decide>
void compare_sides(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
                   Decide decide) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  const Value* left = single(sides.left, step, "its left side");
  const Value* right = single(sides.right, step, "its right side");
  const Order order = left && right ? order_of(evaluator, *left, *right, step) : std::nullopt;
  evaluator.answer(begin, order ? truth(decide(*order)) : Truth::empty);
}

}  // namespace

void run_less(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  compare_sides(evaluator, step, begin, scope, [](auto order) { return order < 0; });
}

void run_less_or_equal(Evaluator& evaluator, const Step& step, std::size_t begin,
                       const Scope& scope) {
  compare_sides(evaluator, step, begin, scope, [](auto order) { return order <= 0; });
}

void run_greater(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  compare_sides(evaluator, step, begin, scope, [](auto order) { return order > 0; });
}

void run_greater_or_equal(Evaluator& evaluator, const Step& step, std::size_t begin,
                          const Scope& scope) {
  compare_sides(evaluator, step, begin, scope, [](auto order) { return order >= 0; });
}

}  // namespace fbss::fhirpath
