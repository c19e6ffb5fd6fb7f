// SPDX-License-Identifier: Apache-2.0
// Elements and codes that FHIR R4 does not have. In: the Questionnaire's JSON. Out: issues.
#include "fhir/form/loading.hpp"

namespace fbss::form {

void check_structure(Loading&) {}

}  // namespace fbss::form
