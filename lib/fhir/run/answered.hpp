// SPDX-License-Identifier: Apache-2.0
// Whether a question is answered. In: an instance. Out: yes or no. Unknown is not an answer: one
// that is marked with a data-absent-reason, as an extension of the value or as a code of its
// CodeSystem, counts as none.
#pragma once

#include "fhir/form/values.hpp"
#include "fhir/names.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

/// Whether an element of `answer` has a value that is known.
inline bool is_known(const json::Node& answer) {
  const Choice choice = find_choice(answer, "value");
  return choice.node && (choice.node->kind != JsonKind::object ||
                         JsonNode(choice.node).find("system").text() != fhir::absent_reason_system);
}

inline bool is_answered(const Instance& instance) {
  for (const json::Node* answer = instance.answers; answer; answer = answer->next())
    if (is_known(*answer)) return true;
  return false;
}

}  // namespace fbss::form
