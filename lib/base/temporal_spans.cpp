// SPDX-License-Identifier: Apache-2.0
// Boundaries of partial values, and counting between two values.
#include "base/temporal_spans.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/calendar.hpp"

namespace fbss {
namespace {

using enum TemporalField;

// The value with its finer fields at their least, and without a zone where it has no time of day.
Temporal cut(Temporal t, TemporalField precision) {
  if (precision < month) t.month = 1;
  if (precision < day) t.day = 1;
  if (precision < hour) t.hour = 0;
  if (precision < minute) t.minute = 0;
  if (precision < second) t.second = 0;
  if (precision < millisecond) t.millisecond = 0;
  if (precision < hour) {
    t.has_zone = t.zone_is_z = false;
    t.offset_minutes = 0;
  }
  t.precision = precision;
  return t;
}

void set_missing_zone(Temporal& t, int offset) {
  if (t.kind != TemporalKind::date_time || t.precision < hour || t.has_zone) return;
  t.has_zone = true;
  t.offset_minutes = static_cast<std::int16_t>(offset);
}

// Both on one clock.
struct Ends {
  Temporal from, to;
};

std::optional<Ends> on_one_clock(const Temporal& from, const Temporal& to) {
  if ((from.kind == TemporalKind::time) != (to.kind == TemporalKind::time)) return std::nullopt;
  if (from.precision < hour || to.precision < hour) return Ends{from, to};
  if (from.has_zone != to.has_zone) return std::nullopt;
  const int ahead = from.offset_minutes - to.offset_minutes;
  if (ahead == 0) return Ends{from, to};
  Temporal moved = to;
  moved.precision = millisecond;  // to move it by minutes whatever its own precision is
  const auto result = add(moved, Decimal(ahead), "minute");
  if (!result) return std::nullopt;
  moved = *result;
  moved.precision = to.precision;
  moved.offset_minutes = from.offset_minutes;
  return Ends{from, moved};
}

std::int64_t day_number(const Temporal& t) {
  return t.kind == TemporalKind::time ? 0 : days_since_epoch(t.year, t.month, t.day);
}

Milliseconds length_of(CountedUnit unit) {
  if (unit.is_week) return 7 * ms_of_day;
  constexpr Milliseconds lengths[] = {0, 0, ms_of_day, ms_of_hour, ms_of_minute, ms_of_second, 1};
  return lengths[static_cast<std::size_t>(unit.field)];
}

std::int64_t whole_months(const Temporal& from, const Temporal& to) {
  const auto rest = [](const Temporal& t) { return std::make_tuple(t.day, time_of_day(t)); };
  const std::int64_t months = (to.year - from.year) * 12 + (to.month - from.month);
  if (months > 0 && rest(to) < rest(from)) return months - 1;
  if (months < 0 && rest(to) > rest(from)) return months + 1;
  return months;
}

std::int64_t whole_units(const Ends& ends, CountedUnit unit) {
  if (unit.field == year) return whole_months(ends.from, ends.to) / 12;
  if (unit.field == month) return whole_months(ends.from, ends.to);
  const Milliseconds span = (day_number(ends.to) - day_number(ends.from)) * ms_of_day +
                            time_of_day(ends.to) - time_of_day(ends.from);
  return span / length_of(unit);
}

// Seconds and their fraction are one field: a value with seconds has milliseconds too.
bool lacks(const Temporal& t, CountedUnit unit) {
  const TemporalField needed = std::min(unit.field, second);
  return t.precision < needed || (t.kind == TemporalKind::time && unit.field < hour);
}

}  // namespace

Temporal low_boundary(Temporal t, TemporalField precision) {
  t = cut(t, precision);  // what a partial value lacks is at its least already
  set_missing_zone(t, largest_offset);
  return t;
}

Temporal high_boundary(Temporal t, TemporalField precision) {
  const TemporalField had = t.precision;
  if (had < month) t.month = 12;
  if (had < day) t.day = static_cast<std::uint8_t>(days_in_month(t.year, t.month));
  if (had < hour) t.hour = 23;
  if (had < minute) t.minute = 59;
  if (had < second) t.second = 59;
  if (had < millisecond) t.millisecond = 999;
  t = cut(t, precision);
  set_missing_zone(t, smallest_offset);
  return t;
}

Temporal date_of(const Temporal& t) {
  Temporal date = cut(t, std::min(t.precision, day));
  date.kind = TemporalKind::date;
  return date;
}

Temporal time_of(const Temporal& t) {
  Temporal time;
  time.kind = TemporalKind::time;
  time.hour = t.hour;
  time.minute = t.minute;
  time.second = t.second;
  time.millisecond = t.millisecond;
  time.precision = t.precision;
  return time;
}

std::optional<std::int64_t> duration(const Temporal& from, const Temporal& to, CountedUnit unit) {
  if (lacks(from, unit) || lacks(to, unit)) return std::nullopt;
  const auto ends = on_one_clock(from, to);
  if (!ends) return std::nullopt;
  const auto precision_of = [](const Temporal& t) { return std::min(t.precision, second); };
  if (precision_of(ends->from) == precision_of(ends->to)) return whole_units(*ends, unit);
  // What the coarser one lacks may be anything.
  Ends first = *ends, last = *ends;
  const bool from_is_coarser = ends->from.precision < ends->to.precision;
  const TemporalField finer = std::max(ends->from.precision, ends->to.precision);
  Temporal& low = from_is_coarser ? first.from : first.to;
  Temporal& high = from_is_coarser ? last.from : last.to;
  low = low_boundary(low, finer);
  high = high_boundary(high, finer);
  const std::int64_t count = whole_units(first, unit);
  return whole_units(last, unit) == count ? std::optional(count) : std::nullopt;
}

std::optional<std::int64_t> difference(const Temporal& from, const Temporal& to, CountedUnit unit) {
  if (lacks(from, unit) || lacks(to, unit)) return std::nullopt;
  const auto ends = on_one_clock(from, to);
  if (!ends) return std::nullopt;
  if (unit.is_week) {
    // Day 0, 1 January 1970, was a Thursday: 4 days behind a Sunday.
    const auto week_number = [](const Temporal& t) {
      const std::int64_t days = day_number(t) + 4;
      return (days - ((days % 7) + 7) % 7) / 7;
    };
    return week_number(ends->to) - week_number(ends->from);
  }
  return whole_units({cut(ends->from, unit.field), cut(ends->to, unit.field)}, unit);
}

}  // namespace fbss
