// SPDX-License-Identifier: Apache-2.0
// Dates and times: text, comparison and calendar arithmetic. Expected values from FHIRPath 2.0.0
// ("Date/Time Arithmetic", "Equals", "Comparison") and the calendar.
#include "base/temporal.hpp"

#include <doctest/doctest.h>

#include <string>

using fbss::Decimal;
using fbss::Temporal;
using fbss::TemporalField;
using fbss::TemporalKind;

namespace {

constexpr std::string_view none_place = "none";

// A time begins with T in these tables, a date-time has a T behind its date, the rest are dates.
std::optional<Temporal> parse_any(std::string_view text) {
  const std::size_t t = text.find('T');
  return Temporal::parse(text, t == 0                        ? TemporalKind::time
                               : t == std::string_view::npos ? TemporalKind::date
                                                             : TemporalKind::date_time);
}

Temporal value(std::string_view text) {
  const std::optional<Temporal> result = parse_any(text);
  REQUIRE_MESSAGE(result.has_value(), "the test's own value: " << text);
  return *result;
}

std::string text_of(const std::optional<Temporal>& result) {
  return result ? result->to_text() : std::string(none_place);
}

}  // namespace

TEST_CASE("text in and out") {
  using enum TemporalField;
  struct {
    TemporalKind kind;
    std::string_view text, printed;
    TemporalField precision = year;
  } const cases[] = {
      {TemporalKind::date, "2026", "2026", year},
      {TemporalKind::date, "2026-11", "2026-11", month},
      {TemporalKind::date, "2026-11-21", "2026-11-21", day},
      {TemporalKind::date, "0001-01-01", "0001-01-01", day},
      {TemporalKind::date, "9999-12-31", "9999-12-31", day},
      {TemporalKind::date, "2024-02-29", "2024-02-29", day},
      {TemporalKind::date, "2000-02-29", "2000-02-29", day},
      {TemporalKind::date, "2023-02-29", none_place},
      {TemporalKind::date, "1900-02-29", none_place},
      {TemporalKind::date, "2026-02-30", none_place},
      {TemporalKind::date, "2026-04-31", none_place},
      {TemporalKind::date, "2026-13-01", none_place},
      {TemporalKind::date, "2026-13", none_place},
      {TemporalKind::date, "2026-00-10", none_place},
      {TemporalKind::date, "2026-10-00", none_place},
      {TemporalKind::date, "2026-10-32", none_place},
      {TemporalKind::date, "0000", none_place},
      {TemporalKind::date, "0000-01-01", none_place},
      {TemporalKind::date, "", none_place},
      {TemporalKind::date, "202", none_place},
      {TemporalKind::date, "20261", none_place},
      {TemporalKind::date, "10000-01-01", none_place},
      {TemporalKind::date, "-2026-01-01", none_place},
      {TemporalKind::date, "2026-", none_place},
      {TemporalKind::date, "2026-1", none_place},
      {TemporalKind::date, "2026-1-1", none_place},
      {TemporalKind::date, "2026-11-", none_place},
      {TemporalKind::date, "2026-11-2", none_place},
      {TemporalKind::date, "2026-11-211", none_place},
      {TemporalKind::date, "2026/11/21", none_place},
      {TemporalKind::date, "20261121", none_place},
      {TemporalKind::date, "21.11.2026", none_place},
      {TemporalKind::date, " 2026-11-21", none_place},
      {TemporalKind::date, "2026-11-21 ", none_place},
      {TemporalKind::date, "2026-11-21T", none_place},
      {TemporalKind::date, "2026-11-21T10:00", none_place},
      {TemporalKind::date, "2O26-11-21", none_place},

      {TemporalKind::date_time, "2026", "2026", year},
      {TemporalKind::date_time, "2026-11", "2026-11", month},
      {TemporalKind::date_time, "2026T", "2026", year},
      {TemporalKind::date_time, "2026-11T", "2026-11", month},
      {TemporalKind::date_time, "2026-11-21", "2026-11-21", day},
      {TemporalKind::date_time, "2026-11-21T", "2026-11-21", day},
      {TemporalKind::date_time, "2026-11-21T14", "2026-11-21T14", hour},
      {TemporalKind::date_time, "2026-11-21T14:30", "2026-11-21T14:30", minute},
      {TemporalKind::date_time, "2026-11-21T14:30:05", "2026-11-21T14:30:05", second},
      {TemporalKind::date_time, "2026-11-21T14:30:05.1", "2026-11-21T14:30:05.100", millisecond},
      {TemporalKind::date_time, "2026-11-21T14:30:05.012", "2026-11-21T14:30:05.012", millisecond},
      {TemporalKind::date_time, "2026-11-21T14:30:05.123456789", "2026-11-21T14:30:05.123",
       millisecond},
      {TemporalKind::date_time, "2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", second},
      {TemporalKind::date_time, "2026-11-21T00:00:00+00:00", "2026-11-21T00:00:00+00:00", second},
      {TemporalKind::date_time, "2026-11-21T14:30:05.000+02:00", "2026-11-21T14:30:05.000+02:00",
       millisecond},
      {TemporalKind::date_time, "2026-11-21T14:30-05:30", "2026-11-21T14:30-05:30", minute},
      {TemporalKind::date_time, "2026-11-21T14-05:00", "2026-11-21T14-05:00", hour},
      {TemporalKind::date_time, "2026-11-21T14:30+14:00", "2026-11-21T14:30+14:00", minute},
      {TemporalKind::date_time, "2026-11-21T14:30-00:30", "2026-11-21T14:30-00:30", minute},
      {TemporalKind::date_time, "2026-11-21T23:59:59.999", "2026-11-21T23:59:59.999", millisecond},
      {TemporalKind::date_time, "2026-11-21T24:00", none_place},
      {TemporalKind::date_time, "2026-11-21T24:00:00", none_place},
      {TemporalKind::date_time, "2026-11-21T14:60", none_place},
      {TemporalKind::date_time, "2016-12-31T23:59:60Z", none_place},  // a leap second
      {TemporalKind::date_time, "2026-11-21T14:30:05.", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30:", none_place},
      {TemporalKind::date_time, "2026-11-21T14:", none_place},
      {TemporalKind::date_time, "2026-11-21T1", none_place},
      {TemporalKind::date_time, "2026-11-21TZ", none_place},
      {TemporalKind::date_time, "2026-11-21Z", none_place},
      {TemporalKind::date_time, "2026-11T14:30", none_place},
      {TemporalKind::date_time, "2026T14:30", none_place},
      {TemporalKind::date_time, "2026-11-21 14:30", none_place},
      {TemporalKind::date_time, "2026-11-21t14:30", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30z", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30+2:00", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30+0200", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30+02", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30+14:01", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30+02:60", none_place},
      {TemporalKind::date_time, "2026-11-21T14:30ZZ", none_place},
      {TemporalKind::date_time, "2026-02-30T14:30", none_place},
      {TemporalKind::date_time, "T14:30", none_place},

      {TemporalKind::time, "14", "14", hour},
      {TemporalKind::time, "T14", "14", hour},
      {TemporalKind::time, "14:30", "14:30", minute},
      {TemporalKind::time, "T14:30", "14:30", minute},
      {TemporalKind::time, "14:30:05", "14:30:05", second},
      {TemporalKind::time, "00:00:00.001", "00:00:00.001", millisecond},
      {TemporalKind::time, "23:59:59.999", "23:59:59.999", millisecond},
      {TemporalKind::time, "24:00", none_place},
      {TemporalKind::time, "14:60", none_place},
      {TemporalKind::time, "14:30:60", none_place},
      {TemporalKind::time, "1:30", none_place},
      {TemporalKind::time, "14:3", none_place},
      {TemporalKind::time, "1430", none_place},
      {TemporalKind::time, "14:30Z", none_place},
      {TemporalKind::time, "14:30+02:00", none_place},
      {TemporalKind::time, "", none_place},
      {TemporalKind::time, "T", none_place},
      {TemporalKind::time, "2026-11-21", none_place},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const std::optional<Temporal> result = Temporal::parse(c.text, c.kind);
    CHECK(text_of(result) == c.printed);
    if (!result) continue;
    CHECK(result->kind == c.kind);
    CHECK(result->precision == c.precision);
    // What was printed reads as the same value.
    CHECK(text_of(Temporal::parse(result->to_text(), c.kind)) == c.printed);
  }
  CHECK(sizeof(Temporal) <= 16);
}

TEST_CASE("fields that are not given are the first of their kind") {
  const Temporal year = value("2026");
  CHECK(year.month == 1);
  CHECK(year.day == 1);
  CHECK(year.hour == 0);
  const Temporal zoned = value("2026-11-21T14:30-05:30");
  CHECK(zoned.has_zone);
  CHECK(zoned.offset_minutes == -330);
}

TEST_CASE("comparison, which may be undecided") {
  struct {
    std::string_view a, order, b;  // "?" is undecided
  } const cases[] = {
      {"2026-11-21", "=", "2026-11-21"},
      {"2026-11-21", "<", "2026-11-22"},
      {"2026-11-21", "<", "2027-01-01"},
      {"2026", "=", "2026"},
      {"2026", "<", "2027"},
      {"2026-03", "=", "2026-03"},
      {"2018-03", "?", "2018-03-01"},
      {"2018-03", "<", "2018-04-01"},
      {"2018-03", ">", "2018-02-28"},
      {"2018", "?", "2018-12"},
      {"2018", "<", "2019-01"},
      {"2012-04-15", "?", "2012-04-15T10:00:00"},
      {"2012-04-15", "<", "2012-04-16T00:00:00"},
      {"2012-04-15", ">", "2012-04-14T23:59:59"},
      {"2012-04-15", "=", "2012-04-15T"},
      {"2012-04-15T15:00:00", ">", "2012-04-15T10:00:00"},
      {"2018-03-01T10:30", "?", "2018-03-01T10:30:00"},
      {"2018-03-01T10", "?", "2018-03-01T10:30"},
      {"2018-03-01T10", "<", "2018-03-01T11:30"},
      // Seconds and milliseconds are one field.
      {"2018-03-01T10:30:00", "=", "2018-03-01T10:30:00.0"},
      {"2018-03-01T10:30:00", "<", "2018-03-01T10:30:00.1"},
      {"2018-03-01T10:30:01", ">", "2018-03-01T10:30:00.999"},
      // Two zones: instants.
      {"2012-04-15T15:00:00+02:00", "=", "2012-04-15T16:00:00+03:00"},
      {"2012-04-15T15:00:00+02:00", ">", "2012-04-15T15:00:00+03:00"},
      {"2017-11-05T01:30:00.0-04:00", "=", "2017-11-05T00:30:00.0-05:00"},
      {"2012-04-15T23:30:00-05:00", "=", "2012-04-16T04:30:00Z"},
      {"2012-12-31T23:30:00-01:00", "=", "2013-01-01T00:30:00Z"},
      {"2012-04-15T15:00+02:00", "=", "2012-04-15T13:00Z"},
      {"2012-04-15T15:00+02:00", "?", "2012-04-15T13:00:30Z"},
      {"2012-04-15T15:00+02:00", "<", "2012-04-15T13:01:00Z"},
      {"2012-04-15T15+05:30", "?", "2012-04-15T10Z"},  // half an hour overlaps
      // One zone: undecided where the other's zone could change the answer.
      {"2012-04-15T15:00:00Z", "?", "2012-04-15T10:00:00"},
      {"2012-04-15T15:00:00Z", "?", "2012-04-15T15:00:00"},
      {"1974-12-25", "?", "1974-12-25T12:34:00-10:00"},
      {"1974-12-25", "<", "2026-11-21T10:00:00.000+01:00"},
      {"2012-04-15T10:00:00", "<", "2012-04-16T12:00:00Z"},
      {"2012-04-15T10:00:00", "<", "2012-04-15T22:00:00.001Z"},  // even at -12:00
      {"2012-04-15T10:00:00", "?", "2012-04-15T22:00:00Z"},
      {"2012-04-15T10:00:00", "?", "2012-04-14T20:00:00Z"},
      {"2012-04-15T10:00:00", ">", "2012-04-14T19:59:59.999Z"},  // even at +14:00
      {"2025-12-31T23:00:00Z", "?", "2026-01-01"},
      // Times.
      {"T10:30", "=", "T10:30"},
      {"T10:30", "<", "T10:31"},
      {"T10:30", "?", "T10:30:00"},
      {"T10", "?", "T10:30"},
      {"T10:30:00", "=", "T10:30:00.000"},
      {"T12:00:00", "<", "T14:00:00"},
      {"T10:30", "?", "2026-11-21"},
      {"T10:30", "?", "2026-11-21T10:30"},
      // The ends of the calendar.
      {"9999", "=", "9999"},
      {"9999", "?", "9999-12-31"},
      {"0001", "<", "9999-12-31T23:59:59.999Z"},
      {"9999-12-31T23:59:59.999-14:00", ">", "9999-12-31T23:59:59.999Z"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.a);
    CAPTURE(c.b);
    const auto forth = compare(value(c.a), value(c.b)), back = compare(value(c.b), value(c.a));
    if (c.order == "?") {
      CHECK_FALSE(forth.has_value());
      CHECK_FALSE(back.has_value());
      continue;
    }
    const std::strong_ordering wanted = c.order == "<"   ? std::strong_ordering::less
                                        : c.order == ">" ? std::strong_ordering::greater
                                                         : std::strong_ordering::equal;
    REQUIRE(forth.has_value());
    REQUIRE(back.has_value());
    CHECK((*forth == wanted));
    CHECK((*back == (0 <=> wanted)));
  }
}

TEST_CASE("calendar arithmetic") {
  struct {
    std::string_view start, amount, unit, result;
  } const cases[] = {
      {"1973-12-25", "7", "day", "1974-01-01"},
      {"1973-12-25", "7.7", "day", "1974-01-01"},
      {"1973-12-25", "-7.7", "day", "1973-12-18"},
      {"1973-12-25", "1", "wk", "1974-01-01"},
      {"1973-12-25", "1", "week", "1974-01-01"},
      {"1973-12-25", "1", "year", "1974-12-25"},
      {"1973-12-25", "1.9", "year", "1974-12-25"},
      {"1974-12-25", "-1", "month", "1974-11-25"},
      {"2026-11-21", "0", "day", "2026-11-21"},
      // The last day of the month.
      {"2024-01-31", "1", "month", "2024-02-29"},
      {"2023-01-31", "1", "month", "2023-02-28"},
      {"2023-03-31", "-1", "month", "2023-02-28"},
      {"2024-02-29", "1", "year", "2025-02-28"},
      {"2024-02-29", "4", "year", "2028-02-29"},
      {"2024-02-29", "-1", "year", "2023-02-28"},
      {"2026-05-31", "1", "month", "2026-06-30"},
      {"2026-05-31", "13", "month", "2027-06-30"},
      {"2024-02-28", "1", "day", "2024-02-29"},
      {"2023-02-28", "1", "day", "2023-03-01"},
      {"2024-12-31", "366", "day", "2026-01-01"},
      // A date takes whole days.
      {"2026-11-21", "25", "hour", "2026-11-22"},
      {"2026-11-21", "23", "hour", "2026-11-21"},
      {"2026-11-21", "-25", "hour", "2026-11-20"},
      {"2026-11-21", "86400", "s", "2026-11-22"},
      {"2026-11-21", "86399.999", "s", "2026-11-21"},
      // Partial values take whole steps of their finest field.
      {"2014", "24", "month", "2016"},
      {"2014", "23", "month", "2015"},
      {"2014", "-11", "month", "2014"},
      {"2014", "365", "day", "2015"},
      {"2014", "364", "day", "2014"},
      {"2014", "730", "day", "2016"},
      {"2014", "53", "week", "2015"},
      {"2014", "1", "year", "2015"},
      {"2019-03", "24", "month", "2021-03"},
      {"2019-03", "30", "day", "2019-04"},
      {"2019-03", "29", "day", "2019-03"},
      {"2019-03", "-60", "day", "2019-01"},
      {"2019-03", "1", "year", "2020-03"},
      {"2026-11-21T10", "90", "minute", "2026-11-21T11"},
      {"2026-11-21T10:30", "90", "second", "2026-11-21T10:31"},
      {"2026-11-21T10:30", "1.9", "hour", "2026-11-21T11:30"},
      // Date-times keep their zone.
      {"1973-12-25T00:00:00.000+10:00", "7", "day", "1974-01-01T00:00:00.000+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "1", "second", "1973-12-25T00:00:01.000+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "0.1", "s", "1973-12-25T00:00:00.100+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "10", "ms", "1973-12-25T00:00:00.010+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "10.2", "ms", "1973-12-25T00:00:00.010+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "1", "min", "1973-12-25T00:01:00.000+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "1", "h", "1973-12-25T01:00:00.000+10:00"},
      {"1973-12-25T00:00:00.000+10:00", "-1", "ms", "1973-12-24T23:59:59.999+10:00"},
      {"1973-12-25T00:00:00Z", "1.5", "second", "1973-12-25T00:00:01.500Z"},
      {"1973-12-25T00:00:00", "-0.5", "second", "1973-12-24T23:59:59.500"},
      {"2024-02-29T12:00", "1", "year", "2025-02-28T12:00"},
      {"1969-12-31T23:59:59.999", "1", "ms", "1970-01-01T00:00:00.000"},
      {"1970-01-01T00:00:00.000", "-1", "ms", "1969-12-31T23:59:59.999"},
      // A time wraps at midnight.
      {"T23:30", "60", "minute", "00:30"},
      {"T00:30", "-1", "hour", "23:30"},
      {"T00:00:00", "86400", "second", "00:00:00"},
      {"T01:00:00", "-50", "hour", "23:00:00"},
      {"T10", "90", "minute", "11"},
      {"T10:30:00", "0.25", "second", "10:30:00.250"},
      {"T10:30", "1", "day", none_place},
      {"T10:30", "1", "month", none_place},
      {"T10:30", "1", "wk", none_place},
      // The years 1 to 9999.
      {"9999-12-31", "1", "day", none_place},
      {"9999-12", "1", "month", none_place},
      {"9999", "1", "year", none_place},
      {"9999", "364", "day", "9999"},
      {"0001-01-01", "-1", "day", none_place},
      {"0001-01", "-1", "month", none_place},
      {"0001", "-1", "year", none_place},
      {"0001-01-01", "3652058", "day", "9999-12-31"},
      {"0001-01-01", "3652059", "day", none_place},
      {"9999-12-31T23:59:59.999", "1", "ms", none_place},
      {"2026-11-21", "9999999999999999999999999999", "year", none_place},
      {"2026-11-21", "-9999999999999999999999999999", "week", none_place},
      {"2026-11-21T10:30:00", "99999999999999999999.99999999", "second", none_place},
      // Units that do not fit.
      {"2026-11-21", "1", "a", none_place},
      {"2026-11-21", "1", "mo", none_place},
      {"2026-11-21", "1", "days", none_place},
      {"2026-11-21", "1", "kg", none_place},
      {"2026-11-21", "1", "", none_place},
      {"2026-11-21", "1", "1", none_place},
  };
  for (const auto& c : cases) {
    CAPTURE(c.start);
    CAPTURE(c.amount);
    CAPTURE(c.unit);
    CHECK(text_of(add(value(c.start), *Decimal::parse(c.amount), c.unit)) == c.result);
  }
}

TEST_CASE("one day after another, the calendar has no gap") {
  Temporal day = value("1999-12-31");
  const Decimal one(1);
  for (int i = 0; i < 1500; ++i) {
    const std::optional<Temporal> next = add(day, one, "day");
    REQUIRE(next.has_value());
    CHECK((*compare(day, *next) == std::strong_ordering::less));
    CHECK(text_of(Temporal::parse(next->to_text(), TemporalKind::date)) == next->to_text());
    day = *next;
  }
  // 2000 and 2004 are leap years: 1500 = 366 + 365 + 365 + 365 + 39 days
  CHECK(day.to_text() == "2004-02-08");
}
