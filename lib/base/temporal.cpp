// SPDX-License-Identifier: Apache-2.0
// Dates and times: text in and out, comparison, calendar arithmetic. A value is a span of time as
// long as its finest field (2026-11 is a month); comparing compares spans, and is decided where
// they are equal or do not overlap.
#include "base/temporal.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "base/calendar.hpp"

namespace fbss {
namespace {

bool names_a_day(const Temporal& t) {
  return t.year >= 1 && t.year <= 9999 && t.month >= 1 && t.month <= 12 && t.day >= 1 &&
         t.day <= days_in_month(t.year, t.month);
}

// ---- text in

struct Cursor {
  const char* at;
  const char* end;

  bool done() const { return at == end; }
  bool take(char c) {
    if (at == end || *at != c) return false;
    ++at;
    return true;
  }
  bool digits(int count, int* value) {
    if (end - at < count) return false;
    *value = 0;
    for (int i = 0; i < count; ++i) {
      const auto digit = static_cast<unsigned>(at[i]) - '0';
      if (digit > 9) return false;
      *value = *value * 10 + static_cast<int>(digit);
    }
    at += count;
    return true;
  }
};

// Exactly two digits up to `most`, into a field of the value.
bool read_field(Cursor& text, int most, std::uint8_t* field) {
  int value = 0;
  if (!text.digits(2, &value) || value > most) return false;
  *field = static_cast<std::uint8_t>(value);
  return true;
}

// YYYY, YYYY-MM or YYYY-MM-DD; what follows is left.
bool read_date(Cursor& text, Temporal& out) {
  int year = 0;
  if (!text.digits(4, &year)) return false;
  out.year = static_cast<std::int16_t>(year);
  out.precision = TemporalField::year;
  if (text.take('-')) {
    if (!read_field(text, 12, &out.month)) return false;
    out.precision = TemporalField::month;
    if (text.take('-')) {
      if (!read_field(text, 31, &out.day)) return false;
      out.precision = TemporalField::day;
    }
  }
  return names_a_day(out);
}

// hh, hh:mm, hh:mm:ss or hh:mm:ss.f…; what follows is left.
bool read_time(Cursor& text, Temporal& out) {
  if (!read_field(text, 23, &out.hour)) return false;
  out.precision = TemporalField::hour;
  if (!text.take(':')) return true;
  if (!read_field(text, 59, &out.minute)) return false;
  out.precision = TemporalField::minute;
  if (!text.take(':')) return true;
  if (!read_field(text, 59, &out.second)) return false;
  out.precision = TemporalField::second;
  if (!text.take('.')) return true;
  out.precision = TemporalField::millisecond;
  int digit = 0, weight = 100;
  if (!text.digits(1, &digit)) return false;
  do {
    out.millisecond = static_cast<std::uint16_t>(out.millisecond + digit * weight);
    weight /= 10;
  } while (text.digits(1, &digit));
  return true;
}

bool read_zone(Cursor& text, Temporal& out) {
  if (text.take('Z')) {
    out.has_zone = out.zone_is_z = true;
    return true;
  }
  const bool west = text.take('-');
  if (!west && !text.take('+')) return false;
  std::uint8_t hours = 0, minutes = 0;
  if (!read_field(text, 14, &hours) || !text.take(':') || !read_field(text, 59, &minutes))
    return false;
  const int offset = hours * 60 + minutes;
  if (offset > largest_offset) return false;
  out.offset_minutes = static_cast<std::int16_t>(west ? -offset : offset);
  out.has_zone = true;
  return true;
}

// ---- comparison

// Where a value of that kind begins, and where it has ended, in milliseconds of its own clock.
struct Span {
  Milliseconds begin, end;
};

Span span_of(const Temporal& t) {
  const Milliseconds day =
      t.kind == TemporalKind::time ? 0 : days_since_epoch(t.year, t.month, t.day) * ms_of_day;
  const Milliseconds begin = day + time_of_day(t);
  switch (t.precision) {
    case TemporalField::year:
      return {begin, days_since_epoch(t.year + 1, 1, 1) * ms_of_day};
    case TemporalField::month:
      return {begin, begin + days_in_month(t.year, t.month) * ms_of_day};
    case TemporalField::day:
      return {begin, begin + ms_of_day};
    case TemporalField::hour:
      return {begin, begin + ms_of_hour};
    case TemporalField::minute:
      return {begin, begin + ms_of_minute};
    case TemporalField::second:
    case TemporalField::millisecond:
      break;
  }
  return {begin, begin + 1};
}

void shift(Span& span, int late_minutes, int early_minutes) {
  span.begin -= late_minutes * ms_of_minute;
  span.end -= early_minutes * ms_of_minute;
}

auto fields(const Temporal& t) {
  return std::make_tuple(t.year, t.month, t.day, t.hour, t.minute, t.second, t.millisecond);
}

// ---- arithmetic

struct Unit {
  std::string_view name;
  std::int64_t months;  // 0: the unit has a fixed length
  Milliseconds length;
};

constexpr Unit units_reason[] = {
    {"year", 12, 0},
    {"month", 1, 0},
    {"week", 0, 7 * ms_of_day},
    {"day", 0, ms_of_day},
    {"hour", 0, ms_of_hour},
    {"minute", 0, ms_of_minute},
    {"second", 0, ms_of_second},
    {"millisecond", 0, 1},
    {"wk", 0, 7 * ms_of_day},
    {"d", 0, ms_of_day},
    {"h", 0, ms_of_hour},
    {"min", 0, ms_of_minute},
    {"s", 0, ms_of_second},
    {"ms", 0, 1},
};

const Unit* find_unit(std::string_view name) {
  const auto* unit = std::ranges::find(units_reason, name, &Unit::name);
  return unit == std::end(units_reason) ? nullptr : unit;
}

Int128 whole_part(const Decimal& value) {
  Int128 c = value.coefficient();
  for (int i = 0; i < value.scale(); ++i) c /= 10;
  return c;
}

// Amounts beyond this reach past the years 1 to 9999 from any date, even in milliseconds.
constexpr Int128 longest_span = static_cast<Int128>(10'000) * 366 * ms_of_day;

bool is_beyond(Int128 amount) {
  return amount > longest_span || amount < -longest_span;
}

std::optional<Temporal> add_months(Temporal t, Int128 months) {
  if (is_beyond(months)) return std::nullopt;
  const std::int64_t index = t.year * 12 + (t.month - 1) + static_cast<std::int64_t>(months);
  if (index < 12 || index >= 10'000 * 12) return std::nullopt;
  t.year = static_cast<std::int16_t>(index / 12);
  t.month = static_cast<std::uint8_t>(index % 12 + 1);
  t.day = static_cast<std::uint8_t>(std::min<unsigned>(t.day, days_in_month(t.year, t.month)));
  return t;
}

void set_time_of_day(Temporal& t, Milliseconds time) {
  t.hour = static_cast<std::uint8_t>(time / ms_of_hour);
  t.minute = static_cast<std::uint8_t>(time / ms_of_minute % 60);
  t.second = static_cast<std::uint8_t>(time / ms_of_second % 60);
  t.millisecond = static_cast<std::uint16_t>(time % ms_of_second);
  // Seconds and their fraction are one field: 10:00:00 + 0.5 s has a fraction from then on.
  if (t.millisecond != 0) t.precision = TemporalField::millisecond;
}

std::optional<Temporal> add_milliseconds(Temporal t, Int128 amount) {
  if (t.kind == TemporalKind::time) {
    const Int128 wrapped = ((time_of_day(t) + amount) % ms_of_day + ms_of_day) % ms_of_day;
    set_time_of_day(t, static_cast<Milliseconds>(wrapped));
    return t;
  }
  if (is_beyond(amount)) return std::nullopt;
  const Milliseconds total = days_since_epoch(t.year, t.month, t.day) * ms_of_day + time_of_day(t) +
                             static_cast<Milliseconds>(amount);
  const Milliseconds first = days_since_epoch(1, 1, 1) * ms_of_day;
  const Milliseconds behind = days_since_epoch(10'000, 1, 1) * ms_of_day;
  if (total < first || total >= behind) return std::nullopt;
  const Milliseconds since_first = total - first;  // not negative: division cuts downward
  const std::chrono::year_month_day date{std::chrono::sys_days(
      std::chrono::days((since_first / ms_of_day) + days_since_epoch(1, 1, 1)))};
  t.year = static_cast<std::int16_t>(static_cast<int>(date.year()));
  t.month = static_cast<std::uint8_t>(static_cast<unsigned>(date.month()));
  t.day = static_cast<std::uint8_t>(static_cast<unsigned>(date.day()));
  set_time_of_day(t, since_first % ms_of_day);
  return t;
}

// A span of fixed length, cut to whole steps of the value's finest field.
std::optional<Temporal> add_span(const Temporal& t, Int128 span) {
  switch (t.precision) {
    case TemporalField::year:
      return add_months(t, span / ms_of_day / 365 * 12);
    case TemporalField::month:
      return add_months(t, span / ms_of_day / 30);
    case TemporalField::day:
      return add_milliseconds(t, span / ms_of_day * ms_of_day);
    case TemporalField::hour:
      return add_milliseconds(t, span / ms_of_hour * ms_of_hour);
    case TemporalField::minute:
      return add_milliseconds(t, span / ms_of_minute * ms_of_minute);
    case TemporalField::second:
    case TemporalField::millisecond:
      break;
  }
  return add_milliseconds(t, span);
}

void append_number(std::string& out, int value, int digits) {
  for (int weight = digits == 4 ? 1000 : digits == 3 ? 100 : 10; weight > 0; weight /= 10)
    out += static_cast<char>('0' + value / weight % 10);
}

}  // namespace

std::optional<Temporal> Temporal::parse(std::string_view text, TemporalKind kind) {
  Cursor cursor{text.data(), text.data() + text.size()};
  Temporal out;
  out.kind = kind;
  if (kind == TemporalKind::time) {
    cursor.take('T');
    if (!read_time(cursor, out)) return std::nullopt;
  } else {
    if (!read_date(cursor, out)) return std::nullopt;
    if (kind == TemporalKind::date_time && cursor.take('T') && !cursor.done() &&
        (out.precision != TemporalField::day || !read_time(cursor, out) ||
         (!cursor.done() && !read_zone(cursor, out))))
      return std::nullopt;
  }
  return cursor.done() ? std::optional(out) : std::nullopt;
}

std::string Temporal::to_text() const {
  std::string out;
  if (kind != TemporalKind::time) {
    append_number(out, year, 4);
    if (precision >= TemporalField::month) append_number(out += '-', month, 2);
    if (precision >= TemporalField::day) append_number(out += '-', day, 2);
    if (precision >= TemporalField::hour) out += 'T';
  }
  if (precision >= TemporalField::hour) append_number(out, hour, 2);
  if (precision >= TemporalField::minute) append_number(out += ':', minute, 2);
  if (precision >= TemporalField::second) append_number(out += ':', second, 2);
  if (precision >= TemporalField::millisecond) append_number(out += '.', millisecond, 3);
  if (!has_zone) return out;
  if (zone_is_z && offset_minutes == 0) return out += 'Z';
  const int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  append_number(out += offset_minutes < 0 ? '-' : '+', offset / 60, 2);
  append_number(out += ':', offset % 60, 2);
  return out;
}

std::optional<std::strong_ordering> compare(const Temporal& a, const Temporal& b) {
  if ((a.kind == TemporalKind::time) != (b.kind == TemporalKind::time)) return std::nullopt;
  if (a.precision == b.precision && !a.has_zone && !b.has_zone) return fields(a) <=> fields(b);
  Span x = span_of(a), y = span_of(b);
  if (a.has_zone) shift(x, a.offset_minutes, a.offset_minutes);
  if (b.has_zone) shift(y, b.offset_minutes, b.offset_minutes);
  // Against a zone, a value without one may lie anywhere that a zone could put it.
  if (a.has_zone && !b.has_zone) shift(y, largest_offset, smallest_offset);
  if (b.has_zone && !a.has_zone) shift(x, largest_offset, smallest_offset);
  if (x.end <= y.begin) return std::strong_ordering::less;
  if (y.end <= x.begin) return std::strong_ordering::greater;
  if (x.begin == y.begin && x.end == y.end && a.has_zone == b.has_zone)
    return std::strong_ordering::equal;
  return std::nullopt;
}

std::optional<Temporal> add(const Temporal& a, const Decimal& amount, std::string_view unit) {
  const Unit* found = find_unit(unit);
  if (found == nullptr || is_beyond(whole_part(amount))) return std::nullopt;
  if (a.kind == TemporalKind::time && (found->months != 0 || found->length >= ms_of_day))
    return std::nullopt;
  if (found->months != 0) {
    const Int128 months = whole_part(amount) * found->months;
    return add_months(a, a.precision == TemporalField::year ? months / 12 * 12 : months);
  }
  if (found->length != ms_of_second) return add_span(a, whole_part(amount) * found->length);
  const std::optional<Decimal> span = multiply(amount, Decimal(ms_of_second));
  return span ? add_span(a, whole_part(*span)) : std::nullopt;
}

}  // namespace fbss
