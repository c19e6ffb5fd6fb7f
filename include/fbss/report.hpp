// SPDX-License-Identifier: Apache-2.0
// An assessment as text for the terminal, Markdown for a note, HTML for the screen and for paper,
// or JSON for programs.
//
//     std::cout << fbss::report_text(*assessment);
//
// Same input, same bytes: no clock, no locale, no width or colour but what the options say.
// Thread-safe; nothing fails.
#pragma once

#include <string>

#include <fbss/assessment.hpp>

namespace fbss {

struct TextOptions {
  int width = 80;       ///< columns, at least 40
  bool colour = false;  ///< ANSI colours, never the only sign of anything
};

std::string report_text(const Assessment& assessment, const TextOptions& options = {});

/// GitHub-flavoured Markdown; text of patients and clinicians is escaped.
std::string report_markdown(const Assessment& assessment);

/// One HTML file without any outside resource; prints on A4 and Letter; text is escaped.
std::string report_html(const Assessment& assessment);

/// The JSON of the command-line contract (`fbss screen --format json`), indented, with a newline at
/// the end.
std::string report_json(const Assessment& assessment);

/// The same on one line without a newline, for `fbss batch --full`.
std::string report_json_line(const Assessment& assessment);

}  // namespace fbss
