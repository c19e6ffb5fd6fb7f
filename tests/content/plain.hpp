// SPDX-License-Identifier: Apache-2.0
// Reports as a reader meets them: without markup, every stretch of white space as one space, so
// that a sentence is found wherever a line breaks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

namespace content {

struct PlainReport {
  std::string format;
  std::string text;
};

/// Text, Markdown, HTML and JSON of one assessment.
std::vector<PlainReport> plain_reports(const fbss::Assessment& assessment);

/// Text and JSON of what other answers would change.
std::vector<PlainReport> plain_reports(const fbss::WhatIf& what_if);

/// A page without its style sheet and markup.
std::string plain_html(std::string_view html);

/// HTML without its style sheet.
std::string without_style(std::string_view html);

/// ASCII letters in lower case.
std::string lower(std::string_view text);

/// Every occurrence of `part` taken out; nothing where `part` is empty.
void remove_all(std::string& text, std::string_view part);

/// Assessments of all clinical cases and of the accepted malformed ones, each with its case id and
/// its reports.
struct AssessedCase {
  std::string id;
  fbss::Response response;
  fbss::Assessment assessment;
  std::vector<PlainReport> reports;
};
const std::vector<AssessedCase>& assessed_cases();

}  // namespace content
