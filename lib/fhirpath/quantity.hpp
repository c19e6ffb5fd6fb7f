// SPDX-License-Identifier: Apache-2.0
// Quantities: comparing and calculating with units, those of UCUM (ucum.hpp) and calendar words.
// In: two quantities. Out: their order, their sum, or nothing where their units do not fit.
// FHIRPath 2.0.0, sections "Quantity" and "Time-valued quantities".
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "fhirpath/ucum.hpp"
#include "fhirpath/value.hpp"

namespace fbss::fhirpath {

/// The singular of a calendar word ("days" is "day"); empty where it is none.
std::string_view singular_calendar_word(std::string_view word);

/// The unit of UCUM that a calendar word means: "wk" for "weeks". Empty for years and months, which
/// have no fixed length and are another thing than UCUM's 'a' and 'mo', and for any other word.
std::string_view ucum_code_of(std::string_view calendar_word);

/// What the quantity is measured in; nothing where that is no unit.
std::optional<ucum::Unit> unit_of(const Quantity& quantity);

/// Nothing where the units do not convert into each other.
std::optional<std::strong_ordering> compare(const Quantity& a, const Quantity& b);

/// Whether compare() has an answer.
bool comparable(const Quantity& a, const Quantity& b);

/// Equivalence: as equality, but a calendar word means the unit of UCUM, and the numbers are
/// compared in the coarser of the two units with the digits of the less precise one.
bool equivalent(const Quantity& a, const Quantity& b);

/// Nothing where the units do not convert, or the number does not fit. The result has the finer of
/// the two units.
std::optional<Quantity> add(const Quantity& a, const Quantity& b);
std::optional<Quantity> subtract(const Quantity& a, const Quantity& b);

/// Nothing where the result's unit is not known, or the number does not fit. `text` takes the text
/// of a unit that is made here, and has to outlive the result's `unit`.
std::optional<Quantity> multiply(const Quantity& a, const Quantity& b, std::string& text);
std::optional<Quantity> divide(const Quantity& a, const Quantity& b, std::string& text);

/// The same amount in another unit; nothing where the units do not convert.
std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit, bool calendar);

/// Whether the two have one unit, written alike.
bool have_same_unit(const Quantity& a, const Quantity& b);

/// Whether two numbers are equal when both are rounded to the digits of the less precise one,
/// trailing zeros not counted.
bool equivalent(Decimal a, Decimal b);

}  // namespace fbss::fhirpath
