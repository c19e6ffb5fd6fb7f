// SPDX-License-Identifier: Apache-2.0
// The checks of Expression::Options::strict. In: a syntax tree whose names are all known, and the
// type of the record. Out: what the expression gives, or a Failure (unknown_element, no_order,
// wrong_operand, not_boolean, unknown_type) where the types of FHIR R4 rule out what it asks for.
#pragma once

#include <string_view>

#include <fbss/fhirpath.hpp>

#include "fhirpath/shape.hpp"
#include "fhirpath/syntax.hpp"

namespace fbss::fhirpath {

/// `text` is what the tree was made of. Of what has no known type (an input without input_type, a
/// variable of the caller of which he does not tell the value, a resource within another one)
/// nothing is refused.
Shape check_strictly(const Syntax& syntax, std::string_view text,
                     const Expression::Options& options);

}  // namespace fbss::fhirpath
