// SPDX-License-Identifier: Apache-2.0
// Values as elements of resources. In: a value of a response or of an expression, and the type of
// FHIR R4 that its place has. Out: JSON of that type, or why it does not fit. Converted is what
// loses nothing that the place could hold: a Coding to a CodeableConcept, or to its code; a number
// to a Quantity.
#pragma once

#include <optional>
#include <string>

#include <fbss/fhirpath.hpp>

#include "fhir/extract/tree.hpp"
#include "fhirpath/types.hpp"

namespace fbss::extraction {

/// Nothing where the value does not fit, or where there is none; `why` then is a sentence of the
/// first, and empty in the second case. `type` 0: the place takes what comes.
std::optional<Tree> element_of(const fhirpath::Value& value, fhirpath::ModelType type,
                               std::string& why);

}  // namespace fbss::extraction
