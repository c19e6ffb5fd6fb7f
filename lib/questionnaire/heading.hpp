// SPDX-License-Identifier: Apache-2.0
// What a section is headed with where a whole questionnaire goes out, on paper or as FHIR. In: a
// section. Out: its text, and whether a person may pass over it.
#pragma once

#include <string>

#include <fbss/questionnaire.hpp>

namespace fbss {

inline std::string heading_of(const Item& section) {
  return section.text + (section.optional ? " (may be left out)" : "");
}

}  // namespace fbss
