// SPDX-License-Identifier: Apache-2.0
// Math: abs, ceiling, exp, floor, ln, log, power, round, sqrt, truncate. What has no result, or
// none that its type holds, is empty. FHIRPath 2.0.0, section "Math"; abs of a quantity is of its
// text, ceiling, floor, round and truncate of one are of fhirpath.js.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/transcendental.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

using Answer = std::optional<Value>;

// What a logarithm costs, in steps.
constexpr std::uint64_t steps_of_logarithm = 500;

bool is_whole(Type type) {
  return type == Type::integer || type == Type::long_integer;
}

void answer(Evaluator& evaluator, std::size_t begin, const Answer& value) {
  evaluator.stack.cut(begin);
  if (value) evaluator.push(*value);
}

// A whole number in a type that is_whole(), where it fits.
Answer whole(Type type, std::int64_t value) {
  if (type == Type::long_integer) return ValueAccess::of_long(value);
  const Value made = Value::of_integer(value);
  return made.type() == Type::integer ? Answer(made) : std::nullopt;
}

Answer of(const std::optional<Decimal>& value) {
  return value ? Answer(ValueAccess::of_decimal(*value)) : std::nullopt;
}

// The function's input as a number; nothing where it is empty.
Answer number_input(const Evaluator& evaluator, const Step& step, std::size_t begin) {
  const auto value = single_input(evaluator, step, begin);
  if (value && !is_number(value->type())) refuse_input(step, "a number");
  return value;
}

// The input as a number, or as a quantity whose number is changed.
template <class OnNumber, class OnDecimal>
void change(Evaluator& evaluator, const Step& step, std::size_t begin, OnNumber on_number,
            OnDecimal on_decimal) {
  const auto value = single_input(evaluator, step, begin);
  if (!value) return evaluator.stack.cut(begin);
  if (is_number(value->type())) return answer(evaluator, begin, on_number(*value));
  auto quantity = to_quantity(*value);
  if (!quantity) refuse_input(step, "a number or a quantity");
  quantity->value = on_decimal(quantity->value);
  answer(evaluator, begin, ValueAccess::of_quantity(evaluator.keep(*quantity)));
}

// Functions that give a whole number, of the input's type or an Integer.
void make_whole(Evaluator& evaluator, const Step& step, std::size_t begin,
                Decimal (*on_decimal)(Decimal)) {
  const auto on_number = [&](const Value& value) -> Answer {
    if (is_whole(value.type())) return value;
    const auto result = on_decimal(ValueAccess::decimal(value)).to_int64();
    return result ? whole(Type::integer, *result) : std::nullopt;
  };
  change(evaluator, step, begin, on_number, on_decimal);
}

Decimal truncated(Decimal value) {
  return *truncated_divide(value, Decimal(1));
}

// The whole number below, or above for 1, where there is something behind the point.
Decimal stepped(Decimal value, int direction) {
  const Decimal whole = truncated(value);
  const auto order = compare(value, whole);
  if (direction > 0 ? order <= 0 : order >= 0) return whole;
  return Decimal(whole.coefficient() + direction, 0);
}

Decimal absolute(Decimal value) {
  return value.coefficient() < 0 ? negate(value) : value;
}

void calculate(Evaluator& evaluator, const Step& step, std::size_t begin,
               std::optional<Decimal> (*function)(Decimal)) {
  const auto value = number_input(evaluator, step, begin);
  evaluator.spend(steps_of_logarithm);
  answer(evaluator, begin, value ? of(function(to_decimal(*value))) : std::nullopt);
}

// Whole numbers to a power that is not negative, multiplied out; nothing where it does not fit.
std::optional<std::int64_t> whole_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  for (;;) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) return std::nullopt;
    exponent >>= 1;
    if (exponent == 0) return result;
    if (__builtin_mul_overflow(base, base, &base)) return std::nullopt;
  }
}

// Whole numbers give a whole number, except to a negative power: that is a division.
Answer raised(const Value& base, const Value& exponent) {
  if (!is_whole(base.type()) || !is_whole(exponent.type()) || ValueAccess::integer(exponent) < 0)
    return of(power(to_decimal(base), to_decimal(exponent)));
  const auto result = whole_power(ValueAccess::integer(base), ValueAccess::integer(exponent));
  const bool is_long = base.type() == Type::long_integer || exponent.type() == Type::long_integer;
  return result ? whole(is_long ? Type::long_integer : Type::integer, *result) : std::nullopt;
}

// Functions of two numbers: empty where either is.
void calculate(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
               Answer (*function)(const Value&, const Value&)) {
  const auto value = single_input(evaluator, step, begin);
  const auto argument = value ? number_argument(evaluator, step, 0, scope) : std::nullopt;
  if (!argument) return evaluator.stack.cut(begin);
  if (!is_number(value->type())) refuse_input(step, "a number");
  evaluator.spend(2 * steps_of_logarithm);
  answer(evaluator, begin, function(*value, *argument));
}

}  // namespace

void call_abs(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const auto on_number = [](const Value& value) -> Answer {
    if (!is_whole(value.type())) return of(absolute(ValueAccess::decimal(value)));
    const std::int64_t number = ValueAccess::integer(value);
    if (number == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return whole(value.type(), number < 0 ? -number : number);
  };
  change(evaluator, step, begin, on_number, absolute);
}

void call_ceiling(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  make_whole(evaluator, step, begin, [](Decimal value) { return stepped(value, 1); });
}

void call_floor(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  make_whole(evaluator, step, begin, [](Decimal value) { return stepped(value, -1); });
}

void call_truncate(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  make_whole(evaluator, step, begin, truncated);
}

void call_exp(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  calculate(evaluator, step, begin, exponential);
}

void call_ln(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  calculate(evaluator, step, begin, natural_logarithm);
}

void call_sqrt(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  calculate(evaluator, step, begin, square_root);
}

void call_log(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  calculate(evaluator, step, begin, scope, [](const Value& value, const Value& base) {
    return of(logarithm(to_decimal(value), to_decimal(base)));
  });
}

void call_power(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  calculate(evaluator, step, begin, scope, raised);
}

// Halves go away from zero: (-0.5).round() is -1.
void call_round(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  constexpr std::int64_t most_digits = 28;  // more leave every Decimal as it is
  const std::size_t end = evaluator.stack.size();
  if (begin == end) return;
  const auto given = step.part_count == 1 ? integer_argument(evaluator, step, 0, scope)
                                          : std::optional<std::int64_t>(0);
  evaluator.stack.cut(end);
  if (!given) return evaluator.stack.cut(begin);
  if (*given < 0)
    fail(ErrorCode::wrong_operand, step.position,
         "\"round()\" takes the number of digits behind the point: 0 or more.");
  const auto digits = static_cast<std::uint8_t>(std::min(*given, most_digits));
  const auto on_decimal = [digits](Decimal value) { return value.rounded(digits); };
  const auto on_number = [&](const Value& value) { return of(on_decimal(to_decimal(value))); };
  change(evaluator, step, begin, on_number, on_decimal);
}

}  // namespace fbss::fhirpath
