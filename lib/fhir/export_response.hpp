// SPDX-License-Identifier: Apache-2.0
// A QuestionnaireResponse as part of something else. In: a writer that stands where the resource is
// due, and whose response it is.
#pragma once

#include <string_view>

#include <fbss/fhir.hpp>

#include "json/write.hpp"

namespace fbss::fhir {

/// `subject` is a reference ("Patient/p1"); empty where nobody is known.
void write_response(json::Writer& out, const Response& response, const FhirOptions& options,
                    std::string_view subject = {});

}  // namespace fbss::fhir
