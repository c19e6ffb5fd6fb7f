// SPDX-License-Identifier: Apache-2.0
// Conversion: iif, and toX and convertsToX for every System type. A value that does not convert is
// empty, never an error. FHIRPath 2.0.0, section "Conversion"; Long of 3.0.
#include <algorithm>
#include <limits>

#include "base/temporal_spans.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

using Converted = std::optional<Value>;
using Conversion = Converted (*)(Evaluator&, const Value&);

// A text is read to its end.
Converted counted_input(Evaluator& evaluator, const Step& step, std::size_t begin) {
  const Converted input = single_input(evaluator, step, begin);
  if (input && input->type() == Type::string)
    evaluator.spend(ValueAccess::string(*input).size() / 16);
  return input;
}

void convert(Evaluator& evaluator, const Step& step, std::size_t begin, Conversion conversion) {
  const Converted input = counted_input(evaluator, step, begin);
  const Converted result = input ? conversion(evaluator, *input) : std::nullopt;
  evaluator.stack.cut(begin);
  if (result) evaluator.push(*result);
}

void ask(Evaluator& evaluator, const Step& step, std::size_t begin, Conversion conversion) {
  const Converted input = counted_input(evaluator, step, begin);
  if (!input) return evaluator.stack.cut(begin);
  evaluator.answer(begin, truth(conversion(evaluator, *input).has_value()));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// (\+|-)?\d+(\.\d+)?
bool is_number_text(std::string_view text, bool with_fraction) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  const std::size_t dot = with_fraction ? text.find('.') : std::string_view::npos;
  const auto are_digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, is_digit);
  };
  if (dot == std::string_view::npos) return are_digits(text);
  return are_digits(text.substr(0, dot)) && are_digits(text.substr(dot + 1));
}

bool is_word(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
}

Converted to_boolean(Evaluator&, const Value& value) {
  switch (value.type()) {
    case Type::boolean:
      return value;
    case Type::integer:
    case Type::long_integer:
    case Type::decimal: {
      const Decimal number = to_decimal(value);
      if (compare(number, Decimal(1)) == 0) return ValueAccess::of_boolean(true);
      if (compare(number, Decimal(0)) == 0) return ValueAccess::of_boolean(false);
      return std::nullopt;
    }
    case Type::string: {
      const std::string_view text = ValueAccess::string(value);
      for (std::string_view word : {"true", "t", "yes", "y", "1", "1.0"})
        if (is_word(text, word)) return ValueAccess::of_boolean(true);
      for (std::string_view word : {"false", "f", "no", "n", "0", "0.0"})
        if (is_word(text, word)) return ValueAccess::of_boolean(false);
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> to_whole(const Value& value) {
  switch (value.type()) {
    case Type::boolean:
      return ValueAccess::boolean(value) ? 1 : 0;
    case Type::integer:
    case Type::long_integer:
      return ValueAccess::integer(value);
    case Type::string: {
      const std::string_view text = ValueAccess::string(value);
      if (!is_number_text(text, false)) return std::nullopt;
      const auto number = Decimal::parse(text);
      return number ? number->to_int64() : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

Converted to_integer(Evaluator&, const Value& value) {
  const auto whole = to_whole(value);
  if (!whole || *whole < std::numeric_limits<std::int32_t>::min() ||
      *whole > std::numeric_limits<std::int32_t>::max())
    return std::nullopt;
  return ValueAccess::of_integer(static_cast<std::int32_t>(*whole));
}

Converted to_long(Evaluator&, const Value& value) {
  const auto whole = to_whole(value);
  return whole ? Converted(ValueAccess::of_long(*whole)) : std::nullopt;
}

Converted to_decimal_value(Evaluator&, const Value& value) {
  if (is_number(value.type())) return ValueAccess::of_decimal(to_decimal(value));
  if (value.type() == Type::boolean)
    return ValueAccess::of_decimal(Decimal(ValueAccess::boolean(value) ? 10 : 0, 1));
  if (value.type() != Type::string) return std::nullopt;
  const std::string_view text = ValueAccess::string(value);
  const auto number = is_number_text(text, true) ? Decimal::parse(text) : std::nullopt;
  return number ? Converted(ValueAccess::of_decimal(*number)) : std::nullopt;
}

Converted parse(const Value& text, TemporalKind kind) {
  if (text.type() != Type::string) return std::nullopt;
  const auto value = Temporal::parse(ValueAccess::string(text), kind);
  return value ? Converted(ValueAccess::of_temporal(*value)) : std::nullopt;
}

Converted to_date(Evaluator&, const Value& value) {
  if (value.type() == Type::date) return value;
  if (value.type() != Type::date_time) return parse(value, TemporalKind::date);
  return ValueAccess::of_temporal(date_of(ValueAccess::temporal(value)));
}

Converted to_date_time(Evaluator&, const Value& value) {
  if (value.type() == Type::date_time) return value;
  if (value.type() != Type::date) return parse(value, TemporalKind::date_time);
  Temporal date_time = ValueAccess::temporal(value);
  date_time.kind = TemporalKind::date_time;
  return ValueAccess::of_temporal(date_time);
}

Converted to_time(Evaluator&, const Value& value) {
  return value.type() == Type::time ? Converted(value) : parse(value, TemporalKind::time);
}

// "4", "4 'mg'", "4 days": a number, white space, then a quoted code or a calendar word.
std::optional<Quantity> parse_quantity(std::string_view text) {
  constexpr std::string_view blank_characters = " \t\r\n";
  const std::size_t end = std::min(text.find_first_not_of("+-.0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  const auto number = is_number_text(digits, true) ? Decimal::parse(digits) : std::nullopt;
  if (!number) return std::nullopt;
  const std::size_t unit_begin = text.find_first_not_of(blank_characters, end);
  if (unit_begin == std::string_view::npos) return Quantity{*number};
  const std::string_view unit = text.substr(unit_begin);
  if (unit[0] != '\'') {
    if (singular_calendar_word(unit).empty()) return std::nullopt;
    return Quantity{*number, unit, true};
  }
  const std::string_view code = unit.substr(1, unit.size() - 2);
  if (unit.size() < 3 || unit.back() != '\'' || code.find('\'') != std::string_view::npos)
    return std::nullopt;
  return Quantity{*number, code, false};
}

std::optional<Quantity> as_quantity(const Value& value) {
  if (value.type() == Type::boolean)
    return Quantity{Decimal(ValueAccess::boolean(value) ? 10 : 0, 1)};
  if (value.type() == Type::string) return parse_quantity(ValueAccess::string(value));
  return to_quantity(value);
}

// The input as a quantity, in the unit of the argument where there is one.
std::optional<Quantity> quantity_of_input(Evaluator& evaluator, const Step& step, std::size_t begin,
                                          const Scope& scope, const Value& input) {
  const auto quantity = as_quantity(input);
  if (!quantity || step.part_count == 0) return quantity;
  const auto unit = text_argument(evaluator, step, 0, scope);
  if (!unit) return quantity;
  evaluator.stack.cut(begin);
  return convert(*quantity, *unit, !singular_calendar_word(*unit).empty());
}

Converted to_string_value(Evaluator& evaluator, const Value& value) {
  if (value.type() == Type::string) return value;
  if (is_node(value) || value.type() == Type::type_info) {
    const auto quantity = to_quantity(value);
    if (!quantity) return std::nullopt;
    return to_string_value(evaluator, ValueAccess::of_quantity(&*quantity));
  }
  evaluator.scratch.clear();
  append_text(evaluator.scratch, value);
  return ValueAccess::of_string(evaluator.keep(evaluator.scratch));
}

}  // namespace

void call_iif(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Value* input = single(evaluator.stack.from(begin), step, "its input");
  Scope inner = scope;
  inner.has_self = input != nullptr;
  if (input) inner.self = *input;
  evaluator.stack.cut(begin);
  if (evaluator.condition(step.parts[0], inner, step) == Truth::yes) {
    evaluator.run(step.parts[1], inner);
  } else if (step.part_count == 3) {
    evaluator.run(step.parts[2], inner);
  }
}

void call_to_quantity(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const Converted input = counted_input(evaluator, step, begin);
  const auto quantity =
      input ? quantity_of_input(evaluator, step, begin, scope, *input) : std::nullopt;
  evaluator.stack.cut(begin);
  if (quantity) evaluator.push(ValueAccess::of_quantity(evaluator.keep(*quantity)));
}

void call_converts_to_quantity(Evaluator& evaluator, const Step& step, std::size_t begin,
                               const Scope& scope) {
  const Converted input = counted_input(evaluator, step, begin);
  if (!input) return evaluator.stack.cut(begin);
  const bool converts = quantity_of_input(evaluator, step, begin, scope, *input).has_value();
  evaluator.answer(begin, truth(converts));
}

#define FBSS_CONVERSION(call, asks, conversion)                                        \
  void call(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) { \
    convert(evaluator, step, begin, conversion);                                       \
  }                                                                                    \
  void asks(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) { \
    ask(evaluator, step, begin, conversion);                                           \
  }
FBSS_CONVERSION(call_to_boolean, call_converts_to_boolean, to_boolean)
FBSS_CONVERSION(call_to_integer, call_converts_to_integer, to_integer)
FBSS_CONVERSION(call_to_long, call_converts_to_long, to_long)
FBSS_CONVERSION(call_to_decimal, call_converts_to_decimal, to_decimal_value)
FBSS_CONVERSION(call_to_date, call_converts_to_date, to_date)
FBSS_CONVERSION(call_to_date_time, call_converts_to_date_time, to_date_time)
FBSS_CONVERSION(call_to_time, call_converts_to_time, to_time)
FBSS_CONVERSION(call_to_string, call_converts_to_string, to_string_value)
#undef FBSS_CONVERSION

}  // namespace fbss::fhirpath
