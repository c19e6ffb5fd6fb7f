// SPDX-License-Identifier: Apache-2.0
// Quantities by their units. Units of time convert by the table below; any other unit converts into
// itself only.
#include "fhirpath/quantity.hpp"

#include <algorithm>
#include <array>

namespace fbss::fhirpath {
namespace {

// A unit with its amount of a base unit: two units convert where their base is the same.
struct Unit {
  std::string_view name;
  std::string_view base;
  std::int64_t amount;
};

// A calendar year or month has no fixed length and is another thing than UCUM's 'a' and 'mo'; from
// the week down calendar words and UCUM codes mean the same.
constexpr Unit kCalendar[] = {{"year", "month", 12},       {"month", "month", 1},
                              {"week", "ms", 604'800'000}, {"day", "ms", 86'400'000},
                              {"hour", "ms", 3'600'000},   {"minute", "ms", 60'000},
                              {"second", "ms", 1'000},     {"millisecond", "ms", 1}};
constexpr Unit kUcum[] = {{"a", "mo", 12},           {"mo", "mo", 1},
                          {"wk", "ms", 604'800'000}, {"d", "ms", 86'400'000},
                          {"h", "ms", 3'600'000},    {"min", "ms", 60'000},
                          {"s", "ms", 1'000},        {"ms", "ms", 1}};

Unit unit_of(std::string_view name, bool calendar) {
  if (calendar) {
    const std::string_view word = singular_calendar_word(name);
    const auto* known = std::ranges::find(kCalendar, word, &Unit::name);
    return known == std::end(kCalendar) ? Unit{name, name, 1} : *known;
  }
  const auto* known = std::ranges::find(kUcum, name, &Unit::name);
  return known == std::end(kUcum) ? Unit{name, name, 1} : *known;
}

Unit unit_of(const Quantity& quantity) {
  return unit_of(quantity.unit, quantity.calendar);
}

// Both amounts in the finer of the two units.
struct Pair {
  Decimal a, b;
  const Quantity* finer;
};

std::optional<Pair> in_one_unit(const Quantity& a, const Quantity& b) {
  const Unit x = unit_of(a), y = unit_of(b);
  if (x.base != y.base) return std::nullopt;
  if (x.amount == y.amount) return Pair{a.value, b.value, &a};
  const bool b_is_finer = y.amount < x.amount;
  const std::int64_t coarse = std::max(x.amount, y.amount), fine = std::min(x.amount, y.amount);
  const auto scaled = multiply(b_is_finer ? a.value : b.value, Decimal(coarse / fine));
  if (!scaled) return std::nullopt;
  return b_is_finer ? Pair{*scaled, b.value, &b} : Pair{a.value, *scaled, &a};
}

std::optional<Quantity> with_unit(std::optional<Decimal> value, const Quantity& like) {
  if (!value) return std::nullopt;
  return Quantity{*value, like.unit, like.calendar};
}

bool has_no_unit(const Quantity& quantity) {
  return !quantity.calendar && quantity.unit == "1";
}

}  // namespace

std::string_view singular_calendar_word(std::string_view word) {
  for (const Unit& unit : kCalendar) {
    if (word == unit.name) return unit.name;
    if (word.size() == unit.name.size() + 1 && word.back() == 's' && word.starts_with(unit.name))
      return unit.name;
  }
  return {};
}

std::optional<std::strong_ordering> compare(const Quantity& a, const Quantity& b) {
  const auto pair = in_one_unit(a, b);
  if (!pair) return std::nullopt;
  return compare(pair->a, pair->b);
}

bool equivalent(Decimal a, Decimal b) {
  const std::uint8_t digits = std::min(a.trimmed().scale(), b.trimmed().scale());
  return compare(a.rounded(digits), b.rounded(digits)) == 0;
}

bool equivalent(const Quantity& a, const Quantity& b) {
  const auto as_ucum = [](Quantity quantity) {
    const std::string_view word =
        quantity.calendar ? singular_calendar_word(quantity.unit) : std::string_view{};
    if (word == "year") return Quantity{quantity.value, "a", false};
    if (word == "month") return Quantity{quantity.value, "mo", false};
    return quantity;
  };
  const Quantity x = as_ucum(a), y = as_ucum(b);
  const auto pair = in_one_unit(x, y);
  return pair && equivalent(pair->a, pair->b);
}

std::optional<Quantity> add(const Quantity& a, const Quantity& b) {
  const auto pair = in_one_unit(a, b);
  return pair ? with_unit(add(pair->a, pair->b), *pair->finer) : std::nullopt;
}

std::optional<Quantity> subtract(const Quantity& a, const Quantity& b) {
  const auto pair = in_one_unit(a, b);
  return pair ? with_unit(subtract(pair->a, pair->b), *pair->finer) : std::nullopt;
}

std::optional<Quantity> multiply(const Quantity& a, const Quantity& b) {
  if (has_no_unit(b)) return with_unit(multiply(a.value, b.value), a);
  if (has_no_unit(a)) return with_unit(multiply(a.value, b.value), b);
  return std::nullopt;
}

std::optional<Quantity> divide(const Quantity& a, const Quantity& b) {
  if (has_no_unit(b)) return with_unit(divide(a.value, b.value), a);
  const auto pair = in_one_unit(a, b);
  return pair ? with_unit(divide(pair->a, pair->b), Quantity{}) : std::nullopt;
}

std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit, bool calendar) {
  const Unit from = unit_of(quantity), to = unit_of(unit, calendar);
  if (from.base != to.base) return std::nullopt;
  if (from.amount == to.amount) return Quantity{quantity.value, unit, calendar};
  const auto in_base = multiply(quantity.value, Decimal(from.amount));
  const auto value = in_base ? divide(*in_base, Decimal(to.amount)) : std::nullopt;
  return value ? std::optional(Quantity{*value, unit, calendar}) : std::nullopt;
}

}  // namespace fbss::fhirpath
