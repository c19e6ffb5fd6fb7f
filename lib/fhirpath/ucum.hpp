// SPDX-License-Identifier: Apache-2.0
// UCUM unit expressions ("mL/min/{1.73_m2}", "10*9/L", "mm[Hg]"), case-sensitive codes; the codes
// stand in ucum.def. In: a text. Out: its terms, or what it measures and how much of the base units
// it is, exactly; nothing for a text that is no unit. Nothing is allocated.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fhirpath/ratio.hpp"

namespace fbss::fhirpath::ucum {

constexpr std::size_t dimension_count = 80;
/// The last dimension is no unit of UCUM: the calendar's month, which has no fixed length.
constexpr std::size_t calendar_month = dimension_count - 1;

/// The exponent of each base unit. An arbitrary unit is a base unit of its own.
using Dimensions = std::array<std::int8_t, dimension_count>;

/// A unit of the table.
struct Atom;

/// "cm2", "100" or "{score}" within an expression; the factor is that of "cm" or "100".
struct Term {
  std::string_view symbol;      // "cm"; empty where there is an annotation only
  std::string_view annotation;  // with its braces; empty where there is none
  const Atom* atom = nullptr;   // null: a number or an annotation
  Factor factor = {};
  int exponent = 1;  // negative behind a "/"
};

struct Terms {
  static constexpr std::size_t most = 12;
  std::array<Term, most> items;
  std::size_t count = 0;
};

/// Nothing where the text is no unit expression, or has more than Terms::most terms.
std::optional<Terms> read(std::string_view text);

struct Unit {
  Dimensions dimensions = {};
  Factor factor = {};
  Factor offset = {0, 1, 0};  // behind scaling: 0 'Cel' is 273.15 'K'

  bool has_offset() const { return offset.over != 0; }
};

/// Nothing for what read() does not take, for a special unit that does not stand alone, and where
/// the factor does not fit.
std::optional<Unit> unit_of(std::string_view text);

/// Whether the term's unit may stand alone only: temperatures with an offset, logarithms.
bool stands_alone(const Term& term);

/// What the term measures, its exponent not counted.
Dimensions dimensions_of(const Term& term);

/// Whether the term is a plain number other than a power of ten ("%", "100").
bool is_number(const Term& term);

}  // namespace fbss::fhirpath::ucum
