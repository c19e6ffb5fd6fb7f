// SPDX-License-Identifier: Apache-2.0
// What lies within a partial date or time, and what lies between two of them. In: Temporals and a
// field. Out: the first and the last value that a partial one may stand for, whole periods and
// crossed boundaries as numbers. FHIRPath 3.0, lowBoundary, highBoundary, duration, difference.
#pragma once

#include <cstdint>
#include <optional>

#include "base/temporal.hpp"

namespace fbss {

/// The earliest and the latest value of that precision that `t` may stand for: @2026 may be
/// 2026-01-01 to 2026-12-31. A coarser precision cuts. A time of day of a date-time without a zone
/// gets the zone in which it comes first (+14:00) or last (-12:00).
Temporal low_boundary(Temporal t, TemporalField precision);
Temporal high_boundary(Temporal t, TemporalField precision);

/// The date of a date-time, and its time of day, which has to be there.
Temporal date_of(const Temporal& t);
Temporal time_of(const Temporal& t);

/// A unit that time is counted in: a field, or the week.
struct CountedUnit {
  TemporalField field = TemporalField::day;
  bool is_week = false;
};

/// How many whole units lie between the two, negative where `to` comes first: 31 January to 28
/// February is no whole month. Nothing where one of them lacks the unit's field, where they lie on
/// clocks that cannot be compared, and where a field that only one of them lacks decides. Two zones
/// count in the zone of `from`.
std::optional<std::int64_t> duration(const Temporal& from, const Temporal& to, CountedUnit unit);

/// How many boundaries of the unit lie between the two: New Year's Eve to New Year is a year. Weeks
/// begin on Sunday. Nothing as for duration().
std::optional<std::int64_t> difference(const Temporal& from, const Temporal& to, CountedUnit unit);

}  // namespace fbss
