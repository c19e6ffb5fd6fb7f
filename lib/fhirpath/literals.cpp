// SPDX-License-Identifier: Apache-2.0
// Literals to values. Dates and times are known to be right: the lexer has tried them.
#include "fhirpath/literals.hpp"

#include <optional>

#include "fhirpath/failure.hpp"

namespace fbss::fhirpath {
namespace {

Value temporal(std::string_view text, TemporalKind kind) {
  const auto value = Temporal::parse(text, kind);
  return ValueAccess::of_temporal(value.value_or(Temporal{}));
}

Decimal number(const Syntax& syntax, std::string_view text) {
  if (const auto value = Decimal::parse(text)) return *value;
  fail(ErrorCode::syntax_error, syntax.position,
       "The number does not fit: it may have 28 digits in all.");
}

Value whole_number(const Syntax& syntax, std::string_view text) {
  const auto decimal = Decimal::parse(text);
  const auto whole = decimal ? decimal->to_int64() : std::nullopt;
  const bool is_long = syntax.kind == SyntaxKind::long_integer;
  const Value value = whole ? Value::of_integer(*whole) : Value();
  if (whole && is_long) return ValueAccess::of_long(*whole);
  if (whole && value.type() == Type::integer) return value;
  fail(ErrorCode::syntax_error, syntax.position,
       is_long ? "The number does not fit: a Long reaches from -9223372036854775808 to "
                 "9223372036854775807."
               : "The number does not fit: an Integer reaches from -2147483648 to 2147483647; "
                 "write a Long (10L) or a Decimal (10.0).");
}

}  // namespace

Value literal_value(const Syntax& syntax, std::string_view text, Arena& arena) {
  switch (syntax.kind) {
    case SyntaxKind::boolean:
      return ValueAccess::of_boolean(text == "true");
    case SyntaxKind::string:
      return ValueAccess::of_string(arena.copy(text));
    case SyntaxKind::date:
      return temporal(text, TemporalKind::date);
    case SyntaxKind::date_time:
      return temporal(text, TemporalKind::date_time);
    case SyntaxKind::time:
      return temporal(text, TemporalKind::time);
    case SyntaxKind::decimal:
      return ValueAccess::of_decimal(number(syntax, text));
    case SyntaxKind::quantity:
      return ValueAccess::of_quantity(arena.make(
          Quantity{number(syntax, text), arena.copy(syntax.name), syntax.calendar_unit}));
    default:
      return whole_number(syntax, text);
  }
}

}  // namespace fbss::fhirpath
