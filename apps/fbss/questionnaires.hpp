// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names: a built-in id, or a file with one of ours or an FHIR
// Questionnaire.
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

/// What -q names: a questionnaire of ours, or an FHIR Questionnaire.
struct Chosen {
  std::string name;  ///< the id or file, as given
  std::string text{};
  bool is_fhir = false;
};

/// Whether the text is an FHIR Questionnaire.
bool is_fhir_questionnaire(std::string_view json);

/// What -q names, or the default. Problems: those of questionnaire_text(), and usage where "-" is
/// to be both the questionnaire and another file.
Result<Chosen> choose(const Options& options);

/// The questionnaire of ours. Problems: those of load_questionnaire(), and usage for an FHIR
/// Questionnaire, with the commands that take one.
Result<Questionnaire> open_questionnaire(const Chosen& chosen);
Result<Questionnaire> open_questionnaire(const Options& options);

/// "This is an export of preop_screen: …", where the FHIR Questionnaire is one of a built-in whose
/// content is the same; else empty.
std::string builtin_hint(std::string_view json);

/// Whether the name is of the file that -q names, also by way of links: an output must not replace
/// it.
bool is_questionnaire_file(const Options& options, std::string_view name);

/// The problem where the option's value is such a name.
std::optional<Problem> replaces_questionnaire(const Options& options, std::string_view option);

/// An empty Response to it, with the date that --on gives. Problem: also usage for a wrong date.
Result<Response> open_response(const Options& options);
Result<Response> open_response(const Chosen& chosen, const Options& options);

}  // namespace fbss::app
