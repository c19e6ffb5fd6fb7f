// SPDX-License-Identifier: Apache-2.0
// Whether JSON is a primitive of FHIR R4 as the standard writes it. In: a node and the type's
// name. Out: yes or no. hl7.org/fhir/R4/datatypes.html#primitive.
#pragma once

#include <string_view>

#include <fbss/document.hpp>

#include "fhirpath/types.hpp"

namespace fbss::form {

/// True for every value of a type that is no primitive.
bool is_valid_primitive(JsonNode node, fhirpath::ModelType type);

/// "a date: YYYY, YYYY-MM or YYYY-MM-DD": what to write instead.
std::string_view primitive_form(fhirpath::ModelType type);

}  // namespace fbss::form
