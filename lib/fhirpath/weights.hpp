// SPDX-License-Identifier: Apache-2.0
// Where FHIR writes the weight of an answer or of a concept: in an extension of it. In: an element.
// Out: the number.
#pragma once

#include <fbss/document.hpp>

namespace fbss::fhirpath {

/// The number in the element's extension itemWeight or ordinalValue (also under the names that FHIR
/// had for it before R4); nothing where it has none.
JsonNode find_weight(JsonNode element);

}  // namespace fbss::fhirpath
