// SPDX-License-Identifier: Apache-2.0
// The invariants of R4, and what cannot be meant. In: a loaded form. Out: issues.
#include "fhir/form/loading.hpp"

namespace fbss::form {

void lint(Loading&) {}

}  // namespace fbss::form
