// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names: a built-in id, or a file.
#pragma once

#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

#include "options.hpp"

namespace fbss::app {

/// The built-in of that id, else the file of that name. Problems: usage (neither exists, with the
/// nearest id), cannot_read, and those of load_questionnaire().
Result<Questionnaire> open_questionnaire(std::string_view id_or_file);

/// The one that -q names, or the default.
Result<Questionnaire> open_questionnaire(const Options& options);

/// An empty Response to it, with the date that --on gives. Problem: also usage for a wrong date.
Result<Response> open_response(const Options& options);

}  // namespace fbss::app
