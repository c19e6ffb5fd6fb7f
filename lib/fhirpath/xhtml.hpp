// SPDX-License-Identifier: Apache-2.0
// The rules for the XHTML of a narrative. In: its text. Out: whether they are kept.
#pragma once

#include <optional>
#include <string_view>

namespace fbss::fhirpath {

/// Whether the text is one well-formed <div> of the elements and attributes that FHIR allows, with
/// something in it (invariants txt-1 and txt-2). Nothing where it is nested too deep to tell (more
/// than 200 elements). No allocation, linear.
std::optional<bool> is_narrative(std::string_view text);

}  // namespace fbss::fhirpath
