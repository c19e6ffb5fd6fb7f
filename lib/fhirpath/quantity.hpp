// SPDX-License-Identifier: Apache-2.0
// Quantities: comparing and calculating with units. Which units convert into each other is known
// here and nowhere else. In: two quantities. Out: their order, their sum, or nothing where their
// units do not fit. FHIRPath 2.0.0, sections "Quantity" and "Time-valued quantities".
#pragma once

#include <compare>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "fhirpath/value.hpp"

namespace fbss::fhirpath {

/// The singular of a calendar word ("days" is "day"); empty where it is none.
std::string_view singular_calendar_word(std::string_view word);

/// Nothing where the units do not convert into each other.
std::optional<std::strong_ordering> compare(const Quantity& a, const Quantity& b);

/// Equivalence: as equality, but years and months are the same whether calendar or UCUM, and the
/// numbers are compared with the digits of the less precise one.
bool equivalent(const Quantity& a, const Quantity& b);

/// Nothing where the units do not convert, or the number does not fit. The result has the finer of
/// the two units.
std::optional<Quantity> add(const Quantity& a, const Quantity& b);
std::optional<Quantity> subtract(const Quantity& a, const Quantity& b);

/// Nothing where the result's unit is not known, or the number does not fit.
std::optional<Quantity> multiply(const Quantity& a, const Quantity& b);
std::optional<Quantity> divide(const Quantity& a, const Quantity& b);

/// The same amount in another unit; nothing where the units do not convert.
std::optional<Quantity> convert(const Quantity& quantity, std::string_view unit, bool calendar);

/// Whether two numbers are equal when both are rounded to the digits of the less precise one,
/// trailing zeros not counted.
bool equivalent(Decimal a, Decimal b);

}  // namespace fbss::fhirpath
