// SPDX-License-Identifier: Apache-2.0
// Boundaries of partial dates and times, and counting between two of them. Expected values from
// FHIRPath 3.0 (lowBoundary, highBoundary, duration, difference) and the calendar.
#include "base/temporal_spans.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using fbss::CountedUnit;
using fbss::Temporal;
using fbss::TemporalField;
using fbss::TemporalKind;

namespace {

// A time begins with T in these tables, a date-time has a T behind its date, the rest are dates.
Temporal value(std::string_view text) {
  const std::size_t t = text.find('T');
  const auto result =
      Temporal::parse(text, t == 0                        ? TemporalKind::time
                            : t == std::string_view::npos ? TemporalKind::date
                                                          : TemporalKind::date_time);
  REQUIRE_MESSAGE(result.has_value(), "the test's own value: " << text);
  return *result;
}

using enum TemporalField;

constexpr CountedUnit week{day, true};

}  // namespace

TEST_CASE("the boundaries of a partial value") {
  struct {
    std::string_view text;
    TemporalField precision;
    std::string_view low, high;
  } const cases[] = {
      {"2026", day, "2026-01-01", "2026-12-31"},
      {"2026", month, "2026-01", "2026-12"},
      {"2026", year, "2026", "2026"},
      {"2026-11-21", year, "2026", "2026"},
      {"2026-11-21", month, "2026-11", "2026-11"},
      {"2024-02", day, "2024-02-01", "2024-02-29"},
      {"1900-02", day, "1900-02-01", "1900-02-28"},
      {"9999", day, "9999-01-01", "9999-12-31"},
      {"T10", millisecond, "10:00:00.000", "10:59:59.999"},
      {"T10:30", second, "10:30:00", "10:30:59"},
      {"T10:30:15.250", hour, "10", "10"},
      {"T10:30:15", millisecond, "10:30:15.000", "10:30:15.999"},
      {"2026-11T", millisecond, "2026-11-01T00:00:00.000+14:00", "2026-11-30T23:59:59.999-12:00"},
      {"2026-11-21T10", minute, "2026-11-21T10:00+14:00", "2026-11-21T10:59-12:00"},
      {"2026-11-21T10Z", minute, "2026-11-21T10:00Z", "2026-11-21T10:59Z"},
      {"2026-11-21T10:30+02:00", day, "2026-11-21", "2026-11-21"},
      {"2026-11-21T10:30+02:00", hour, "2026-11-21T10+02:00", "2026-11-21T10+02:00"},
      {"2026-11-21T", day, "2026-11-21", "2026-11-21"},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(fbss::low_boundary(value(c.text), c.precision).to_text() == c.low);
    CHECK(fbss::high_boundary(value(c.text), c.precision).to_text() == c.high);
    CHECK(fbss::low_boundary(value(c.text), c.precision).precision == c.precision);
  }
}

TEST_CASE("the parts of a date-time") {
  CHECK(fbss::date_of(value("2026-11-21T10:30:00Z")).to_text() == "2026-11-21");
  CHECK(fbss::date_of(value("2026-11-21T10:30:00Z")).kind == TemporalKind::date);
  CHECK(fbss::date_of(value("2026T")).to_text() == "2026");
  CHECK(fbss::time_of(value("2026-11-21T10:30:00.125+02:00")).to_text() == "10:30:00.125");
  CHECK(fbss::time_of(value("2026-11-21T10")).to_text() == "10");
}

TEST_CASE("whole units and crossed boundaries between two values") {
  constexpr std::optional<std::int64_t> none;
  struct {
    std::string_view from, to;
    CountedUnit unit;
    std::optional<std::int64_t> duration, difference;
  } const cases[] = {
      {"2000-02-29", "2001-02-28", {year}, 0, 1},
      {"2000-02-29", "2001-03-01", {year}, 1, 1},
      {"2000-02-29", "2004-02-29", {year}, 4, 4},
      {"2001-03-01", "2000-02-29", {year}, -1, -1},
      {"2001-02-28", "2000-02-29", {year}, 0, -1},
      {"2026-01-31", "2026-02-28", {month}, 0, 1},
      {"2026-02-28", "2026-01-31", {month}, 0, -1},
      {"2026-01-15", "2027-01-14", {month}, 11, 12},
      {"2026-01-15T10:00:00", "2026-02-15T09:59:59", {month}, 0, 1},
      {"2026-01-15T10:00:00", "2026-02-15T10:00:00", {month}, 1, 1},
      {"2026-11-21", "2026-11-22", week, 0, 1},
      {"2026-11-22", "2026-11-29", week, 1, 1},
      {"2026-11-22", "2026-11-15", week, -1, -1},
      {"0001-01-06", "0001-01-07", week, 0, 1},  // a Saturday and a Sunday
      {"1900-02-28", "1900-03-01", {day}, 1, 1},
      {"2000-02-28", "2000-03-01", {day}, 2, 2},
      {"2026-01-01T23:00:00", "2026-01-02T01:00:00", {day}, 0, 1},
      {"2026-01-01T23:00:00", "2026-01-02T01:00:00", {hour}, 2, 2},
      {"2026-01-01T10:59:30", "2026-01-01T11:00:29", {minute}, 0, 1},
      {"T10:59:30", "T11:00:29", {hour}, 0, 1},
      {"T10:00:00", "T10:00:00.999", {second}, 0, 0},
      {"T10:00:00", "T10:00:00.999", {millisecond}, 999, 999},
      // What is missing.
      {"2026", "2027", {year}, 1, 1},
      {"2026", "2027", {month}, none, none},
      {"2026-05", "2026-06-01", {month}, none, 1},
      {"2026-05", "2027-05-31", {year}, 1, 1},
      {"2026-05", "2027-05-30", {year}, none, 1},
      {"2026-05-30", "2027-05", {year}, none, 1},
      {"T10", "T11:30", {hour}, none, 1},
      {"T10", "T11", {day}, none, none},
      {"T10", "2026-01-01T11", {hour}, none, none},
      // Zones.
      {"2026-01-01T00:30:00+01:00", "2026-01-01T00:30:00Z", {hour}, 1, 1},
      {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z", {hour}, 0, 0},
      {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z", {year}, 0, 0},
      {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00", {year}, none, none},
      {"2026-01-01", "2027-01-01T00:00:00Z", {year}, none, 1},
      {"2026-01-01", "2027-01-02T00:00:00Z", {year}, 1, 1},
      {"9999-12-31T23:30:00Z", "9999-12-31T23:30:00-01:00", {hour}, none, none},
  };
  for (const auto& c : cases) {
    INFO(c.from, " ", c.to);
    CHECK(fbss::duration(value(c.from), value(c.to), c.unit) == c.duration);
    CHECK(fbss::difference(value(c.from), value(c.to), c.unit) == c.difference);
  }
}
