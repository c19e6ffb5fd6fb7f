// SPDX-License-Identifier: Apache-2.0
// A syntax tree as FHIRPath text again, with every parenthesis that its meaning needs.
#pragma once

#include <string>

#include "fhirpath/syntax.hpp"

namespace fbss {

std::string print_syntax(const fhirpath::Syntax& syntax);

/// "=", "and", "<=" …; empty for what is no operator between two parts.
std::string_view operator_sign(fhirpath::SyntaxKind kind);

}  // namespace fbss
