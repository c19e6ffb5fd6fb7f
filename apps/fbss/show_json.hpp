// SPDX-License-Identifier: Apache-2.0
// A questionnaire as the JSON of `fbss show --format json`: what a person sees and what is
// evaluated, indented, with a newline at the end.
#pragma once

#include <string>

#include <fbss/questionnaire.hpp>

namespace fbss::app {

std::string questionnaire_json(const Questionnaire& questionnaire);

/// Only who it is and its source attributes.
std::string attributes_json(const Questionnaire& questionnaire);

}  // namespace fbss::app
