// SPDX-License-Identifier: Apache-2.0
// Parts of dates and times: yearOf … timezoneOffsetOf, dateOf, timeOf; and what lies between two of
// them: duration, difference. A part that the value lacks is empty. FHIRPath 3.0, section "Date and
// time component extraction".
#include <string_view>

#include "base/temporal_spans.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

[[noreturn]] void refuse_all_but_times(const Step& step) {
  refuse_input(step, "a date, a date-time or a time");
}

std::optional<Temporal> temporal_input(Evaluator& evaluator, const Step& step, std::size_t begin) {
  const auto value = measured_input(evaluator, step, begin);
  evaluator.stack.cut(begin);
  if (!value) return std::nullopt;
  if (!is_temporal(value->type())) refuse_all_but_times(step);
  return ValueAccess::temporal(*value);
}

bool has(const Temporal& value, TemporalField field) {
  return value.precision >= field &&
         (value.kind != TemporalKind::time || field >= TemporalField::hour);
}

void push_field(Evaluator& evaluator, const Step& step, std::size_t begin, TemporalField field,
                int (*read)(const Temporal&)) {
  const auto value = temporal_input(evaluator, step, begin);
  if (value && has(*value, field)) evaluator.push(ValueAccess::of_integer(read(*value)));
}

constexpr std::string_view unit_names[] = {"year",   "month",  "day",        "hour",
                                           "minute", "second", "millisecond"};

std::optional<CountedUnit> unit_named(std::string_view name) {
  const std::string_view word = singular_calendar_word(name);
  if (word == "week") return CountedUnit{TemporalField::day, true};
  for (std::size_t i = 0; i < std::size(unit_names); ++i)
    if (unit_names[i] == word) return CountedUnit{static_cast<TemporalField>(i)};
  return std::nullopt;
}

using Counting = std::optional<std::int64_t> (*)(const Temporal&, const Temporal&, CountedUnit);

void call_counting(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
                   Counting count) {
  const auto input = measured_input(evaluator, step, begin);
  const std::size_t end = evaluator.stack.size();
  evaluator.run(step.parts[0], scope);
  const auto argument = measured_input(evaluator, step, end, "an argument");
  const auto name = text_argument(evaluator, step, 1, scope);
  evaluator.stack.cut(begin);
  if ((input && !is_temporal(input->type())) || (argument && !is_temporal(argument->type())))
    refuse_all_but_times(step);
  if (!input || !argument || !name) return;
  const auto unit = unit_named(*name);
  if (!unit)
    fail(ErrorCode::wrong_operand, step.position,
         "\"" + std::string(step.name) +
             "\" counts in 'year', 'month', 'week', 'day', 'hour', 'minute', 'second' or "
             "'millisecond'.");
  const auto result = count(ValueAccess::temporal(*input), ValueAccess::temporal(*argument), *unit);
  if (!result) return;
  if (const Value number = Value::of_integer(*result); number.type() == Type::integer)
    evaluator.push(number);
}

}  // namespace

#define FBSS_FIELD(call, field, part)                                                  \
  void call(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) { \
    push_field(evaluator, step, begin, TemporalField::field,                           \
               [](const Temporal& t) { return int{t.part}; });                         \
  }
FBSS_FIELD(call_year_of, year, year)
FBSS_FIELD(call_month_of, month, month)
FBSS_FIELD(call_day_of, day, day)
FBSS_FIELD(call_hour_of, hour, hour)
FBSS_FIELD(call_minute_of, minute, minute)
FBSS_FIELD(call_second_of, second, second)
FBSS_FIELD(call_millisecond_of, millisecond, millisecond)
#undef FBSS_FIELD

// In hours, with a digit behind the point: -7.0, 5.75.
void call_timezone_offset_of(Evaluator& evaluator, const Step& step, std::size_t begin,
                             const Scope&) {
  const auto value = temporal_input(evaluator, step, begin);
  if (!value || !value->has_zone) return;
  const auto hours = divide(Decimal(value->offset_minutes), Decimal(60));
  const auto with_digit = hours ? add(*hours, Decimal(0, 1)) : std::nullopt;
  if (with_digit) evaluator.push(ValueAccess::of_decimal(*with_digit));
}

void call_date_of(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const auto value = temporal_input(evaluator, step, begin);
  if (!value || value->kind == TemporalKind::time) return;
  evaluator.push(ValueAccess::of_temporal(date_of(*value)));
}

void call_time_of(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const auto value = temporal_input(evaluator, step, begin);
  if (value && has(*value, TemporalField::hour))
    evaluator.push(ValueAccess::of_temporal(time_of(*value)));
}

void call_duration(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  call_counting(evaluator, step, begin, scope, duration);
}

void call_difference(Evaluator& evaluator, const Step& step, std::size_t begin,
                     const Scope& scope) {
  call_counting(evaluator, step, begin, scope, difference);
}

}  // namespace fbss::fhirpath
