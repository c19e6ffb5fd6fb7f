// SPDX-License-Identifier: Apache-2.0
// What a question offers, for those who show it and those who take an answer. In: an item of the
// model. Out: its options and units, in the form's order.
#pragma once

#include <vector>

#include <fbss/questionnaire.hpp>

#include "fhir/form/model.hpp"

namespace fbss::form {

/// Those of answerOption, else the codes that its value set is known to list: what stands at a
/// place here stands at the same place there.
std::vector<fbss::Option> options_of(const Form::Model& model, const Item& item);

/// Those of unitOption, else the one unit.
std::vector<Unit> units_of(const Item& item);

}  // namespace fbss::form
