// SPDX-License-Identifier: Apache-2.0
// The words for what a chart's facts come to, and whether its patient can be referred to.
#include <fbss/suggestion.hpp>

#include "fhirpath/reference_target.hpp"

namespace fbss {

std::string_view suggestion_word(SuggestionKind kind) {
  switch (kind) {
    case SuggestionKind::suggested:
      return "suggested";
    case SuggestionKind::disagree:
      return "disagree";
    case SuggestionKind::shown:
      break;
  }
  return "shown";
}

std::string_view patient_reference(std::string_view patient) {
  const fhirpath::ReferenceTarget target = fhirpath::parse_reference(patient);
  const bool has_id = !target.type.empty() && !target.id.empty();
  return target.is_absolute || has_id ? patient : std::string_view{};
}

}  // namespace fbss
