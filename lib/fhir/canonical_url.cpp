// SPDX-License-Identifier: Apache-2.0
// A questionnaire and a base -> the url by which resources refer to this version of it.
#include <fbss/fhir.hpp>

#include "fhir/names.hpp"

namespace fbss {

std::string canonical_url(const Questionnaire& questionnaire, const FhirOptions& options) {
  return fhir::Names(options.base, questionnaire).questionnaire() + '|' +
         std::string(questionnaire.version());
}

}  // namespace fbss
