// SPDX-License-Identifier: Apache-2.0
// Dates, date-times and times that may be partial (2026, 2026-11, T14:30), with or without a zone.
// In: ISO 8601 text as FHIR and FHIRPath write it. Out: text, comparison that may be undecided, and
// calendar arithmetic. FHIRPath 2.0.0, sections "Date", "DateTime", "Time", "Date/Time Arithmetic".
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace fbss {

enum class TemporalKind : std::uint8_t { date, date_time, time };
enum class TemporalField : std::uint8_t { year, month, day, hour, minute, second, millisecond };

/// 16 bytes, trivially copyable. Fields finer than `precision` are 0 (month and day: 1).
struct Temporal {
  std::int16_t year = 1;
  std::uint8_t month = 1, day = 1, hour = 0, minute = 0, second = 0;
  TemporalField precision = TemporalField::year;
  std::uint16_t millisecond = 0;
  std::int16_t offset_minutes = 0;  ///< of the zone, where has_zone
  TemporalKind kind = TemporalKind::date;
  bool has_zone = false;
  bool zone_is_z = false;  ///< the zone was written "Z", not "+00:00"

  /// "2026-11-21", "2026", "2026-11-21T14:30:00.000+02:00", "14:30", "T14:30" (time). Nothing where
  /// the text is not of that kind or names no calendar date: a real check (2026-02-30 is nothing).
  /// date_time also takes "2026-11-21T" and plain dates. Digits behind the milliseconds are cut
  /// off. Zones reach from -14:00 to +14:00.
  static std::optional<Temporal> parse(std::string_view text, TemporalKind kind);

  /// As it was written; a fraction of a second with three digits, a time without "T", a date-time
  /// without time as a date.
  std::string to_text() const;
};

/// Field by field from the year; nothing where one side lacks a field before they differ. A date
/// against a date-time is compared as a date-time without zone; a time against either is nothing.
/// Seconds and milliseconds are one field. With two zones the instants are compared. With one, the
/// answer is nothing where the other side's zone, whichever it is (-12:00 to +14:00), could change
/// it.
std::optional<std::strong_ordering> compare(const Temporal& a, const Temporal& b);

/// a + amount of a calendar unit. `unit` is the singular calendar word ("year" … "millisecond") or
/// a UCUM code that stands for a fixed length (wk d h min s ms); nothing where the unit does not
/// fit or the result leaves the years 1 to 9999. A fraction of the amount is dropped, except of
/// seconds; a day that the month does not have becomes its last; a time wraps at midnight. A value
/// that lacks the unit's field takes whole steps of its finest one (12 months or 365 days are a
/// year, 30 days a month).
std::optional<Temporal> add(const Temporal& a, const Decimal& amount, std::string_view unit);

}  // namespace fbss
