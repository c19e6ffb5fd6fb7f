// SPDX-License-Identifier: Apache-2.0
// How an answer compares with another value, as conditions, bounds and options ask it. In: two
// values with their FHIR types. Out: their order or equality, as far as it can be told.
#pragma once

#include <compare>
#include <optional>

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"

namespace fbss::form {

/// Whether both are the same value: numbers and quantities by what they amount to, codings by
/// system and code, references by their target, everything else as written. Dates of different
/// precision are not the same.
bool is_same_value(const fhirpath::Value& a, const fhirpath::Value& b);

/// Nothing where the two have no order (codings), where their units do not convert, or where a
/// partial date leaves it open.
std::optional<std::strong_ordering> order_of_values(const fhirpath::Value& a,
                                                    const fhirpath::Value& b);

/// Whether an answer fulfils a condition with that operator (not `exists`). What cannot be told is
/// not fulfilled; of != it is, since only an equal answer speaks against it.
bool fulfils(const fhirpath::Value& answer, Operator op, const fhirpath::Value& wanted);

}  // namespace fbss::form
