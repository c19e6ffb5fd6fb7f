// SPDX-License-Identifier: Apache-2.0
// The parts of linting, for lint.cpp. In: a loaded form and an item with its path. Out: issues.
#pragma once

#include <string>

#include "fhir/form/loading.hpp"

namespace fbss::form {

/// lint_logic.cpp: enableWhen; constraints and variables.
void lint_conditions(Loading& loading, const Item& item, const std::string& path);
void lint_names(Loading& loading);

/// lint_answers.cpp: options, initial values, bounds, extensions that the type does not take, value
/// sets and units.
void lint_answers(Loading& loading, const Item& item, const std::string& path);

}  // namespace fbss::form
