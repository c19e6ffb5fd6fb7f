// SPDX-License-Identifier: Apache-2.0
// The operators + - * / div mod & and the signs. What leaves the range of its type, and division by
// zero, is empty. FHIRPath 2.0.0, sections "Math", "Date/Time Arithmetic".
#include <limits>
#include <optional>

#include "fhirpath/operators.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

struct Pair {
  Value a, b;
};

[[noreturn]] void refuse(const Step& step, std::string_view takes) {
  fail(ErrorCode::wrong_operand, step.position,
       "\"" + std::string(step.name) + "\" takes " + std::string(takes) + ".");
}

// Both sides as single System values; nothing where one of them is empty.
std::optional<Pair> pair_of(Evaluator& evaluator, const Step& step, std::size_t begin,
                            const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  const Value* left = single(sides.left, step, "its left side");
  const Value* right = single(sides.right, step, "its right side");
  if (!left || !right) return std::nullopt;
  const auto a = system_value(*left), b = system_value(*right);
  return a && b ? std::optional(Pair{*a, *b}) : std::nullopt;
}

bool is_whole(Type type) {
  return type == Type::integer || type == Type::long_integer;
}

bool are_numbers(const Pair& pair) {
  return is_number(pair.a.type()) && is_number(pair.b.type());
}

// Two integers make an integer, an integer and a long make a long.
Type whole_type(const Pair& pair) {
  const bool any_long = pair.a.type() == Type::long_integer || pair.b.type() == Type::long_integer;
  return any_long ? Type::long_integer : Type::integer;
}

std::optional<Value> whole(Type type, std::int64_t value) {
  if (type == Type::long_integer) return ValueAccess::of_long(value);
  if (value < std::numeric_limits<std::int32_t>::min() ||
      value > std::numeric_limits<std::int32_t>::max())
    return std::nullopt;
  return ValueAccess::of_integer(static_cast<std::int32_t>(value));
}

std::optional<Value> of(std::optional<Decimal> value) {
  return value ? std::optional(ValueAccess::of_decimal(*value)) : std::nullopt;
}

std::optional<Value> of(Evaluator& evaluator, const std::optional<Quantity>& value) {
  return value ? std::optional(ValueAccess::of_quantity(evaluator.keep(*value))) : std::nullopt;
}

std::optional<Value> of(const std::optional<Temporal>& value) {
  return value ? std::optional(ValueAccess::of_temporal(*value)) : std::nullopt;
}

void answer(Evaluator& evaluator, std::size_t begin, const std::optional<Value>& value) {
  evaluator.stack.cut(begin);
  if (value) evaluator.push(*value);
}

// +, - and * on two numbers: as integers where both are, else as decimals.
template <class Whole, class Fraction>
std::optional<Value> calculate(const Pair& pair, Whole on_whole, Fraction on_decimals) {
  if (!is_whole(pair.a.type()) || !is_whole(pair.b.type()))
    return of(on_decimals(to_decimal(pair.a), to_decimal(pair.b)));
  std::int64_t result = 0;
  if (on_whole(ValueAccess::integer(pair.a), ValueAccess::integer(pair.b), &result))
    return std::nullopt;
  return whole(whole_type(pair), result);
}

// Both sides as quantities, where at least one is a quantity (a number counts as unit '1').
struct Quantities {
  Quantity a, b;
};

std::optional<Quantities> quantities_of(const Pair& pair) {
  const auto a = to_quantity(pair.a), b = to_quantity(pair.b);
  return a && b ? std::optional(Quantities{*a, *b}) : std::nullopt;
}

// A date or time and a quantity of time. 'a' and 'mo' are no calendar units: their length is a
// mean.
std::optional<Value> shifted(const Pair& pair, const Step& step, bool back) {
  const auto amount = to_quantity(pair.b);
  const std::string_view word = amount ? singular_calendar_word(amount->unit) : std::string_view{};
  constexpr std::string_view fixed_units[] = {"wk", "d", "h", "min", "s", "ms"};
  bool fits = !word.empty();
  for (std::string_view code : fixed_units) fits = fits || (amount && amount->unit == code);
  if (!fits)
    refuse(
        step,
        "behind a date or time a quantity of calendar units (years, months, days …), or of 'wk', "
        "'d', 'h', 'min', 's' or 'ms'");
  const std::string_view unit = word.empty() ? amount->unit : word;
  if (pair.a.type() == Type::time)
    for (std::string_view longer : {"year", "month", "week", "day", "wk", "d"})
      if (unit == longer) refuse(step, "behind a time a quantity of hours or less");
  return of(add(ValueAccess::temporal(pair.a), back ? negate(amount->value) : amount->value, unit));
}

Value joined(Evaluator& evaluator, std::string_view a, std::string_view b) {
  evaluator.expect(a.size() + b.size());
  evaluator.scratch = a;
  evaluator.scratch += b;
  return ValueAccess::of_string(evaluator.keep(evaluator.scratch));
}

std::optional<Value> sum(Evaluator& evaluator, const Pair& pair, const Step& step) {
  if (are_numbers(pair))
    return calculate(
        pair, [](auto a, auto b, auto* out) { return __builtin_add_overflow(a, b, out); },
        [](Decimal a, Decimal b) { return add(a, b); });
  if (pair.a.type() == Type::string && pair.b.type() == Type::string) {
    return joined(evaluator, ValueAccess::string(pair.a), ValueAccess::string(pair.b));
  }
  if (is_temporal(pair.a.type())) return shifted(pair, step, false);
  const auto both = quantities_of(pair);
  if (!both) refuse(step, "two numbers, two quantities, two texts, or a date and a quantity");
  return of(evaluator, add(both->a, both->b));
}

std::optional<Value> difference(Evaluator& evaluator, const Pair& pair, const Step& step) {
  if (are_numbers(pair))
    return calculate(
        pair, [](auto a, auto b, auto* out) { return __builtin_sub_overflow(a, b, out); },
        [](Decimal a, Decimal b) { return subtract(a, b); });
  if (is_temporal(pair.a.type())) return shifted(pair, step, true);
  const auto both = quantities_of(pair);
  if (!both) refuse(step, "two numbers, two quantities, or a date and a quantity");
  return of(evaluator, subtract(both->a, both->b));
}

// A product may have a unit that was put together in the scratch text.
std::optional<Quantity> with_kept_unit(Evaluator& evaluator, std::optional<Quantity> quantity) {
  if (quantity && quantity->unit.data() == evaluator.scratch.data())
    quantity->unit = evaluator.keep(quantity->unit);
  return quantity;
}

std::optional<Value> product(Evaluator& evaluator, const Pair& pair, const Step& step) {
  if (are_numbers(pair))
    return calculate(
        pair, [](auto a, auto b, auto* out) { return __builtin_mul_overflow(a, b, out); },
        [](Decimal a, Decimal b) { return multiply(a, b); });
  const auto both = quantities_of(pair);
  if (!both) refuse(step, "numbers and quantities");
  return of(evaluator, with_kept_unit(evaluator, multiply(both->a, both->b, evaluator.scratch)));
}

std::optional<Value> quotient(Evaluator& evaluator, const Pair& pair, const Step& step) {
  if (are_numbers(pair)) return of(divide(to_decimal(pair.a), to_decimal(pair.b)));
  const auto both = quantities_of(pair);
  if (!both) refuse(step, "numbers and quantities");
  return of(evaluator, with_kept_unit(evaluator, divide(both->a, both->b, evaluator.scratch)));
}

// A whole number out of a division, as an integer where both sides are and else as a decimal.
std::optional<Value> whole_division(const Pair& pair, const Step& step, bool remainder_wanted) {
  if (!are_numbers(pair)) refuse(step, "two numbers");
  const Decimal a = to_decimal(pair.a), b = to_decimal(pair.b);
  const auto result = remainder_wanted ? remainder(a, b) : truncated_divide(a, b);
  if (!result) return std::nullopt;
  const bool both_whole = is_whole(pair.a.type()) && is_whole(pair.b.type());
  if (!both_whole && remainder_wanted) return of(result);
  const auto number = result->to_int64();
  if (both_whole) return number ? whole(whole_type(pair), *number) : std::nullopt;
  // div gives an Integer whatever it divides.
  return number ? whole(Type::integer, *number) : std::nullopt;
}

// The operand of a sign, or nothing.
const Value* signed_operand(Evaluator& evaluator, const Step& step, std::size_t begin) {
  return single(evaluator.stack.from(begin), step, "its operand");
}

std::string_view text_of(Collection values, const Step& step, std::string_view role) {
  const Value* value = single(values, step, role);
  if (!value || !system_value(*value)) return {};
  const auto text = text_value(*value);
  if (!text) refuse(step, "two texts: convert others with toString()");
  return *text;
}

}  // namespace

std::optional<Value> sum_of(Evaluator& evaluator, const Value& a, const Value& b,
                            const Step& step) {
  return sum(evaluator, {a, b}, step);
}

std::optional<Value> quotient_of(Evaluator& evaluator, const Value& a, const Value& b,
                                 const Step& step) {
  return quotient(evaluator, {a, b}, step);
}

void run_plus(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Value* operand = signed_operand(evaluator, step, begin);
  const auto value = operand ? system_value(*operand) : std::nullopt;
  if (value && !is_number(value->type()) && !to_quantity(*value))
    refuse(step, "a number or a quantity");
  answer(evaluator, begin, value);
}

void run_minus(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Value* operand = signed_operand(evaluator, step, begin);
  const auto value = operand ? system_value(*operand) : std::nullopt;
  if (!value) return evaluator.stack.cut(begin);
  if (is_whole(value->type())) {
    std::int64_t result = 0;
    const bool overflows =
        __builtin_sub_overflow(std::int64_t{0}, ValueAccess::integer(*value), &result);
    return answer(evaluator, begin, overflows ? std::nullopt : whole(value->type(), result));
  }
  if (value->type() == Type::decimal)
    return answer(evaluator, begin, of(negate(ValueAccess::decimal(*value))));
  auto quantity = to_quantity(*value);
  if (!quantity) refuse(step, "a number or a quantity");
  quantity->value = negate(quantity->value);
  answer(evaluator, begin, of(evaluator, quantity));
}

void run_add(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? sum(evaluator, *pair, step) : std::nullopt);
}

void run_subtract(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? difference(evaluator, *pair, step) : std::nullopt);
}

void run_multiply(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? product(evaluator, *pair, step) : std::nullopt);
}

void run_divide(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? quotient(evaluator, *pair, step) : std::nullopt);
}

void run_div(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? whole_division(*pair, step, false) : std::nullopt);
}

void run_mod(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto pair = pair_of(evaluator, step, begin, scope);
  answer(evaluator, begin, pair ? whole_division(*pair, step, true) : std::nullopt);
}

void run_concatenate(Evaluator& evaluator, const Step& step, std::size_t begin,
                     const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  const std::string_view left = text_of(sides.left, step, "its left side");
  evaluator.answer(begin, joined(evaluator, left, text_of(sides.right, step, "its right side")));
}

}  // namespace fbss::fhirpath
