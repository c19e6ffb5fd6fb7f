// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names: a built-in id, or a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

#include "options.hpp"

namespace fbss::app {

/// The text of the built-in of that id, else of the file of that name. Problems: usage (neither
/// exists, with the nearest id), cannot_read.
Result<std::string> questionnaire_text(std::string_view id_or_file);

/// The questionnaire in it. Problems: also those of load_questionnaire().
Result<Questionnaire> open_questionnaire(std::string_view id_or_file);

/// The one that -q names, or the default. Problem: also usage where "-" is to be both the
/// questionnaire and another file.
Result<Questionnaire> open_questionnaire(const Options& options);

/// Whether the name is of the file that -q names, also by way of links: an output must not replace
/// it.
bool is_questionnaire_file(const Options& options, std::string_view name);

/// The problem where the option's value is such a name.
std::optional<Problem> replaces_questionnaire(const Options& options, std::string_view option);

/// An empty Response to it, with the date that --on gives. Problem: also usage for a wrong date.
Result<Response> open_response(const Options& options);

}  // namespace fbss::app
