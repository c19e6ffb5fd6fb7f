// SPDX-License-Identifier: Apache-2.0
// `fbss show` of an FHIR Questionnaire: its items as a person reads them, conditions as written;
// or the same as JSON.
#pragma once

#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"
#include "questionnaires.hpp"

namespace fbss::app {

Exit show_form(const Chosen& chosen, const Options& options, Console& console);

}  // namespace fbss::app
