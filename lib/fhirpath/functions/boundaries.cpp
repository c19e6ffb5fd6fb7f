// SPDX-License-Identifier: Apache-2.0
// What a value's written digits and fields leave open: lowBoundary, highBoundary, precision. A
// precision counts digits: behind the point of a number, in all of a date or time (2026-11 has 6).
// Boundaries of a quantity, which the specification does not name, are those of its number.
// FHIRPath 3.0, section "Utility functions".
#include <algorithm>
#include <span>

#include "base/temporal_spans.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

enum class Boundary { low, high };

constexpr std::int64_t default_digits = 8, most_digits = 28;

// The digits of each field, and the first field that a value of the kind has.
constexpr std::int64_t date_digits[] = {4, 6, 8, 10, 12, 14, 17};
constexpr std::int64_t time_digits[] = {2, 4, 6, 9};

struct FieldDigits {
  std::span<const std::int64_t> digits;
  std::size_t first_field;
};

FieldDigits digits_of(TemporalKind kind) {
  if (kind == TemporalKind::time)
    return {time_digits, static_cast<std::size_t>(TemporalField::hour)};
  return {std::span(date_digits).first(kind == TemporalKind::date ? 3 : 7), 0};
}

Int128 power_of_ten(std::int64_t exponent) {
  Int128 power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// Half a step of the last digit below or above, then cut outward to the digits that are asked for.
std::optional<Decimal> boundary_of(const Decimal& number, Boundary boundary, std::int64_t digits) {
  if (digits < 0 || digits > most_digits) return std::nullopt;
  Int128 exact = number.coefficient() * 10 + (boundary == Boundary::low ? -5 : 5);
  const std::int64_t exact_digits = number.scale() + 1;
  const Int128 limit = power_of_ten(most_digits);
  if (digits >= exact_digits) {
    // The product is checked at each digit, so that it stays within what Int128 holds.
    for (std::int64_t i = exact_digits; i < digits && exact < limit && exact > -limit; ++i)
      exact *= 10;
  } else {
    const Int128 step = power_of_ten(exact_digits - digits);
    const Int128 rest = exact % step;
    exact /= step;
    if (rest < 0 && boundary == Boundary::low) --exact;
    if (rest > 0 && boundary == Boundary::high) ++exact;
  }
  if (exact >= limit || exact <= -limit) return std::nullopt;
  return Decimal(exact, static_cast<std::uint8_t>(digits));
}

std::optional<Temporal> boundary_of(const Temporal& value, Boundary boundary,
                                    std::optional<std::int64_t> digits) {
  const auto [all, first_field] = digits_of(value.kind);
  const auto found = std::ranges::find(all, digits.value_or(all.back()));
  if (found == all.end()) return std::nullopt;
  const auto field =
      static_cast<TemporalField>(first_field + static_cast<std::size_t>(found - all.begin()));
  return boundary == Boundary::low ? low_boundary(value, field) : high_boundary(value, field);
}

std::optional<Value> boundary_of(Evaluator& evaluator, const Step& step, const Value& value,
                                 Boundary boundary, std::optional<std::int64_t> digits) {
  if (is_temporal(value.type())) {
    const auto result = boundary_of(ValueAccess::temporal(value), boundary, digits);
    return result ? std::optional(ValueAccess::of_temporal(*result)) : std::nullopt;
  }
  auto quantity = to_quantity(value);
  if (!quantity) refuse_input(step, "a number, a quantity, a date or a time");
  const auto number = boundary_of(quantity->value, boundary, digits.value_or(default_digits));
  if (!number) return std::nullopt;
  if (is_number(value.type())) return ValueAccess::of_decimal(*number);
  quantity->value = *number;
  return ValueAccess::of_quantity(evaluator.keep(*quantity));
}

void call_boundary(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
                   Boundary boundary) {
  const auto value = measured_input(evaluator, step, begin);
  std::optional<std::int64_t> digits;
  if (step.part_count == 1) digits = integer_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(begin);
  if (!value || (step.part_count == 1 && !digits)) return;
  if (const auto result = boundary_of(evaluator, step, *value, boundary, digits))
    evaluator.push(*result);
}

}  // namespace

void call_low_boundary(Evaluator& evaluator, const Step& step, std::size_t begin,
                       const Scope& scope) {
  call_boundary(evaluator, step, begin, scope, Boundary::low);
}

void call_high_boundary(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope) {
  call_boundary(evaluator, step, begin, scope, Boundary::high);
}

void call_precision(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const auto value = measured_input(evaluator, step, begin);
  if (!value) return evaluator.stack.cut(begin);
  std::int64_t digits = 0;
  if (is_temporal(value->type())) {
    const Temporal temporal = ValueAccess::temporal(*value);
    const auto [all, first_field] = digits_of(temporal.kind);
    digits = all[static_cast<std::size_t>(temporal.precision) - first_field];
  } else if (const auto quantity = to_quantity(*value)) {
    digits = quantity->value.scale();
  } else {
    refuse_input(step, "a number, a quantity, a date or a time");
  }
  evaluator.answer(begin, ValueAccess::of_integer(static_cast<std::int32_t>(digits)));
}

}  // namespace fbss::fhirpath
