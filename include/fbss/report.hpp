// SPDX-License-Identifier: Apache-2.0
// An assessment as text for the terminal, Markdown for a note, HTML for the screen and for paper,
// or JSON for programs; a questionnaire as a handout for paper.
//
//     std::cout << fbss::report_text(*assessment);
//
// Same input, same bytes: no clock, no locale, no width or colour but what the options say.
// Thread-safe; nothing fails.
#pragma once

#include <string>
#include <string_view>

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

/// What other answers would change, before and after side by side: the answers, findings and
/// counts that differ, the questions that would be asked or no longer asked. Behind them what the
/// chart suggests, where WhatIf::before has one.
std::string what_if_text(const WhatIf& what_if, const TextOptions& options = {});

/// The same for programs (`fbss screen --what-if … --format json`), with a newline at the end.
std::string what_if_json(const WhatIf& what_if);

/// What every suggestion is labelled with, in every output.
inline constexpr std::string_view chart_label = "from chart, confirm";

/// What a chart suggests, by itself (`fbss prefill`). Reports show the same beside the answers,
/// where Assessment::chart is set.
std::string chart_text(const Questionnaire& questionnaire, const Chart& chart,
                       const TextOptions& options = {});

/// The same for programs, with a newline at the end.
std::string chart_json(const Questionnaire& questionnaire, const Chart& chart);

/// A fact about the question in one line, with its origin: "Speaks for Yes (Condition/c1, ICD-10-CM
/// E11.9 “Type 2 diabetes mellitus”, 2026-03-01)". Text of the chart stands in it as it is: escape
/// it.
std::string fact_line(const Item& question, const ChartFact& fact);

/// The questionnaire on paper: one HTML file, black on white, without any outside resource, that
/// prints on A4 and Letter. The exercise cards where the questionnaire has exercises; else the
/// blank form: questions, boxes, room for notes, sources, and the hash of the content.
std::string handout(const Questionnaire& questionnaire);

/// The exercise cards of what is planned, the recorded numbers beside the source's, and the
/// findings that are present or could not be determined. A questionnaire without exercises gives
/// the blank form.
std::string handout(const Assessment& assessment);

}  // namespace fbss
