// SPDX-License-Identifier: Apache-2.0
// What the files on dates and times count with: days of the proleptic Gregorian calendar and
// milliseconds of a day. In: the fields of a date. Out: numbers.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/temporal.hpp"

namespace fbss {

using Milliseconds = std::int64_t;

constexpr Milliseconds ms_of_second = 1000, ms_of_minute = 60 * ms_of_second,
                       ms_of_hour = 60 * ms_of_minute, ms_of_day = 24 * ms_of_hour;

/// The zones in use, in minutes.
constexpr int largest_offset = 14 * 60, smallest_offset = -12 * 60;

inline unsigned days_in_month(int year, unsigned month) {
  return unsigned{(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last).day()};
}

inline std::int64_t days_since_epoch(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

inline Milliseconds time_of_day(const Temporal& t) {
  return t.hour * ms_of_hour + t.minute * ms_of_minute + t.second * ms_of_second + t.millisecond;
}

}  // namespace fbss
