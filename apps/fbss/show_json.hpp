// SPDX-License-Identifier: Apache-2.0
// A questionnaire as the JSON of `fbss show --format json`: what a person sees and what is
// evaluated, indented, with a newline at the end. An FHIR Questionnaire has the same names where it
// has the same things.
#pragma once

#include <string>

#include <fbss/filling.hpp>
#include <fbss/questionnaire.hpp>

namespace fbss::app {

std::string questionnaire_json(const Questionnaire& questionnaire);

/// Only who it is and its source attributes.
std::string attributes_json(const Questionnaire& questionnaire);

/// {"url","version","title","items":[…],"issues":[…]}: an item's "id" is its linkId, its "type" the
/// word of FHIR, and the items within stand in its "items".
std::string form_json(const Form& form);

}  // namespace fbss::app
