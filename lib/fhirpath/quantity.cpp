// SPDX-License-Identifier: Apache-2.0
// Quantities in one unit: order, equivalence, sums and conversion. Equal texts are equal units
// before anything is looked up, so that an unknown unit still compares with itself.
#include "fhirpath/quantity.hpp"

#include <algorithm>
#include <numeric>

#include "base/same_bytes.hpp"

namespace fbss::fhirpath {
namespace {

struct CalendarWord {
  std::string_view singular, ucum;
};

// From the week down calendar words and UCUM codes mean the same.
constexpr CalendarWord calendar_words[] = {{"year", "a"},   {"month", "mo"},      {"week", "wk"},
                                           {"day", "d"},    {"hour", "h"},        {"minute", "min"},
                                           {"second", "s"}, {"millisecond", "ms"}};

const CalendarWord* find_word(std::string_view word) {
  for (const CalendarWord& known : calendar_words)
    if (word.starts_with(known.singular)) {
      const std::string_view ending = word.substr(known.singular.size());
      if (ending.empty() || ending == "s") return &known;
    }
  return nullptr;
}

bool has_fixed_length(const CalendarWord& word) {
  return word.singular != "year" && word.singular != "month";
}

ucum::Unit calendar_months(std::uint64_t count) {
  ucum::Unit unit;
  unit.dimensions[ucum::calendar_month] = 1;
  unit.factor.over = count;
  return unit;
}

std::optional<ucum::Unit> unit_of(std::string_view text, bool calendar) {
  if (!calendar) return ucum::unit_of(text);
  const CalendarWord* word = find_word(text);
  if (!word) return std::nullopt;
  if (has_fixed_length(*word)) return ucum::unit_of(word->ucum);
  return calendar_months(word->singular == "year" ? 12 : 1);
}

// Two units of one dimension.
struct Units {
  ucum::Unit a, b;

  bool have_offset() const { return a.has_offset() || b.has_offset(); }
};

// A calendar unit as days: a year has 365 and a month 30 where no date says which one it is.
std::optional<ucum::Unit> in_days(const CalendarWord& word) {
  if (has_fixed_length(word)) return ucum::unit_of(word.ucum);
  auto unit = ucum::unit_of("d");
  if (unit) unit->factor.over *= word.singular == "year" ? 365 : 30;
  return unit;
}

std::optional<Units> common_units(const Quantity& a, const Quantity& b) {
  const CalendarWord* x = a.calendar ? find_word(a.unit) : nullptr;
  const CalendarWord* y = b.calendar ? find_word(b.unit) : nullptr;
  const bool by_days = x && y && has_fixed_length(*x) != has_fixed_length(*y);
  const auto unit = by_days ? in_days(*x) : unit_of(a), other = by_days ? in_days(*y) : unit_of(b);
  if (!unit || !other || unit->dimensions != other->dimensions) return std::nullopt;
  return Units{*unit, *other};
}

// ---- units with an offset: temperatures

// part / whole * 10^ten as a Decimal, where `whole` is a multiple of the factor's denominator.
std::optional<Decimal> multiple(const Factor& factor, std::uint64_t whole) {
  std::uint64_t digits = 0;
  if (__builtin_mul_overflow(factor.over, whole / factor.under, &digits)) return std::nullopt;
  return scaled(Decimal(1), Ratio{digits, 1, factor.ten});
}

// The value in the base unit, times `whole`.
std::optional<Decimal> in_base(Decimal value, const ucum::Unit& unit, std::uint64_t whole) {
  const auto factor = multiple(unit.factor, whole), offset = multiple(unit.offset, whole);
  const auto product = factor ? multiply(value, *factor) : std::nullopt;
  return product && offset ? add(*product, *offset) : std::nullopt;
}

// What makes both units whole.
std::uint64_t common_denominator(const Units& units) {
  return std::lcm(std::lcm(units.a.factor.under, units.a.offset.under),
                  std::lcm(units.b.factor.under, units.b.offset.under));
}

// So few digits that in_base() does not round.
bool is_short(Decimal value) {
  constexpr Int128 most = 1'000'000'000'000'000;
  return value.coefficient() < most && value.coefficient() > -most && value.scale() <= 15;
}

std::optional<std::strong_ordering> compare_with_offset(Decimal a, const Units& units, Decimal b) {
  if (!is_short(a) || !is_short(b)) return std::nullopt;
  const std::uint64_t whole = common_denominator(units);
  const auto x = in_base(a, units.a, whole), y = in_base(b, units.b, whole);
  return x && y ? std::optional(compare(*x, *y)) : std::nullopt;
}

std::optional<Decimal> convert_with_offset(Decimal value, const Units& units) {
  const std::uint64_t whole = common_denominator(units);
  const auto base = in_base(value, units.a, whole);
  const auto offset = multiple(units.b.offset, whole), factor = multiple(units.b.factor, whole);
  const auto above = base && offset ? subtract(*base, *offset) : std::nullopt;
  return above && factor ? divide(*above, *factor) : std::nullopt;
}

// ---- all units

std::optional<Decimal> convert(Decimal value, const Units& units) {
  if (units.have_offset()) return convert_with_offset(value, units);
  return scaled(value, divide(units.a.factor, units.b.factor));
}

bool is_finer(const ucum::Unit& a, const ucum::Unit& b) {
  return compare(Decimal(1), divide(a.factor, b.factor), Decimal(1)) < 0;
}

// Both amounts in the finer of the two units. Amounts on scales with different zeros have no sum.
struct Pair {
  Decimal a, b;
  const Quantity* finer;
};

std::optional<Pair> in_finer_unit(const Quantity& a, const Quantity& b) {
  if (have_same_unit(a, b)) return Pair{a.value, b.value, &a};
  const auto units = common_units(a, b);
  if (!units || units->have_offset()) return std::nullopt;
  if (is_finer(units->b, units->a)) {
    const auto value = convert(a.value, *units);
    return value ? std::optional(Pair{*value, b.value, &b}) : std::nullopt;
  }
  const auto value = convert(b.value, {units->b, units->a});
  return value ? std::optional(Pair{a.value, *value, &a}) : std::nullopt;
}

std::optional<Quantity> with_unit(std::optional<Decimal> value, const Quantity& like) {
  if (!value) return std::nullopt;
  return Quantity{*value, like.unit, like.calendar};
}

std::uint8_t precision(Decimal value) {
  return value.trimmed().scale();
}

bool equal_when_rounded(Decimal a, Decimal b, std::uint8_t digits) {
  return compare(a.rounded(digits), b.rounded(digits)) == 0;
}

// By how many digits a number gets longer where it is written in the coarser unit: 3 for 'mg' in
// 'g', 1 for 's' in 'min'.
std::uint8_t digits_gained(const ucum::Unit& fine, const ucum::Unit& coarse) {
  const Ratio ratio = divide(coarse.factor, fine.factor);
  std::uint8_t digits = 0;
  for (std::uint8_t next = 1; next <= 27; digits = next++) {
    const auto power = scaled(Decimal(1), Ratio{1, 1, next});
    if (!power || compare(Decimal(1), ratio, *power) < 0) break;
  }
  return digits;
}

bool equivalent_in_coarser_unit(Decimal fine, Decimal coarse, const Units& units) {
  const auto converted = convert(fine, units);
  if (!converted) return false;
  const int gained = precision(fine) + digits_gained(units.a, units.b);
  const int digits = std::min<int>(precision(coarse), gained);
  return equal_when_rounded(*converted, coarse, static_cast<std::uint8_t>(digits));
}

// A calendar word that meets a unit of UCUM, as that of UCUM.
Quantity as_ucum(const Quantity& quantity) {
  const CalendarWord* word = quantity.calendar ? find_word(quantity.unit) : nullptr;
  return word ? Quantity{quantity.value, word->ucum, false} : quantity;
}

}  // namespace

std::string_view singular_calendar_word(std::string_view word) {
  const CalendarWord* known = find_word(word);
  return known ? known->singular : std::string_view{};
}

std::string_view ucum_code_of(std::string_view calendar_word) {
  const CalendarWord* known = find_word(calendar_word);
  return known && has_fixed_length(*known) ? known->ucum : std::string_view{};
}

std::optional<ucum::Unit> unit_of(const Quantity& quantity) {
  return unit_of(quantity.unit, quantity.calendar);
}

bool have_same_unit(const Quantity& a, const Quantity& b) {
  return a.calendar == b.calendar && same_text(a.unit, b.unit);
}

std::optional<std::strong_ordering> compare(const Quantity& a, const Quantity& b) {
  if (have_same_unit(a, b)) return compare(a.value, b.value);
  const auto units = common_units(a, b);
  if (!units) return std::nullopt;
  if (units->have_offset()) return compare_with_offset(a.value, *units, b.value);
  return compare(a.value, divide(units->a.factor, units->b.factor), b.value);
}

bool comparable(const Quantity& a, const Quantity& b) {
  return compare(a, b).has_value();
}

bool equivalent(Decimal a, Decimal b) {
  return equal_when_rounded(a, b, std::min(precision(a), precision(b)));
}

bool equivalent(const Quantity& a, const Quantity& b) {
  const bool is_mixed = a.calendar != b.calendar;
  const Quantity x = is_mixed ? as_ucum(a) : a, y = is_mixed ? as_ucum(b) : b;
  if (have_same_unit(x, y)) return equivalent(x.value, y.value);
  const auto units = common_units(x, y);
  if (!units) return false;
  if (is_finer(units->b, units->a))
    return equivalent_in_coarser_unit(y.value, x.value, {units->b, units->a});
  return equivalent_in_coarser_unit(x.value, y.value, *units);
}

std::optional<Quantity> add(const Quantity& a, const Quantity& b) {
  const auto pair = in_finer_unit(a, b);
  return pair ? with_unit(add(pair->a, pair->b), *pair->finer) : std::nullopt;
}

std::optional<Quantity> subtract(const Quantity& a, const Quantity& b) {
  const auto pair = in_finer_unit(a, b);
  return pair ? with_unit(subtract(pair->a, pair->b), *pair->finer) : std::nullopt;
}

std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit, bool calendar) {
  const Quantity wanted{quantity.value, unit, calendar};
  if (have_same_unit(quantity, wanted)) return wanted;
  const auto units = common_units(quantity, wanted);
  return units ? with_unit(convert(quantity.value, *units), wanted) : std::nullopt;
}

}  // namespace fbss::fhirpath
