// SPDX-License-Identifier: Apache-2.0
// Where a path of an expression starts. In: its syntax. Out: whether that is the Questionnaire
// (%questionnaire, %qitem), which no answer changes and whose linkIds are no answers.
#pragma once

#include "fhirpath/syntax.hpp"

namespace fbss::form {

inline bool begins_in_form(const fhirpath::Syntax& syntax) {
  using Kind = fhirpath::SyntaxKind;
  const fhirpath::Syntax* at = &syntax;
  while (!at->parts.empty() && (at->kind == Kind::member || at->kind == Kind::indexer ||
                                (at->kind == Kind::function && at->has_input)))
    at = at->parts.front().get();
  return at->kind == Kind::variable && (at->name == "questionnaire" || at->name == "qitem");
}

}  // namespace fbss::form
