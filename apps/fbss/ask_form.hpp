// SPDX-License-Identifier: Apache-2.0
// `fbss ask` of any FHIR Questionnaire: questions out, typed lines in, a QuestionnaireResponse at
// the end. In: the form's text and the command line. Out: the response, in the file or on standard
// output; the dialogue stands on standard error.
#pragma once

#include <string>

#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"
#include "questionnaires.hpp"

namespace fbss::app {

/// `file` is where the response goes after every answer; empty: to standard output at the end.
Exit ask_form(const Chosen& chosen, std::string file, const Options& options, Console& console);

}  // namespace fbss::app
