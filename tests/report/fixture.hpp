// SPDX-License-Identifier: Apache-2.0
// What the report tests share: records that between them show every state, and the three formats
// that people read as plain words, so that one requirement is checked once for all of them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/report.hpp>
#include <fbss/response.hpp>

namespace fixture {

inline fbss::Questionnaire must_load(fbss::Result<fbss::Questionnaire> loaded) {
  for (const fbss::Problem& problem : loaded.problems()) MESSAGE(problem.message);
  REQUIRE(loaded.ok());
  return *loaded;
}

inline const fbss::Questionnaire& preop() {
  static const fbss::Questionnaire questionnaire = must_load(fbss::load_builtin("preop_screen"));
  return questionnaire;
}

inline fbss::Assessment screen(std::string_view record, std::string_view date = "2026-11-21",
                               const fbss::Questionnaire& questionnaire = preop()) {
  fbss::Response response(questionnaire);
  if (!date.empty()) REQUIRE(response.set_date(date).ok());
  const fbss::Result<void> read = response.read(record);
  for (const fbss::Problem& problem : read.problems()) MESSAGE(problem.message);
  REQUIRE(read.ok());
  fbss::Result<fbss::Assessment> assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  return *assessment;
}

/// Every state, every kind, every reason for a missing answer, and free text.
inline constexpr std::string_view mixed = R"({
  "_id": "case-17", "_sample": true,
  "back_surgery_planned": "yes", "prior_back_surgeries": "none",
  "planned_procedure_extensive_or_complex": "unknown", "diabetes": "no", "osteoporosis": "unknown",
  "other_preexisting_condition": "yes", "other_preexisting_condition_text": "rheumatoid arthritis",
  "smoking_status": "declined", "sedentary_lifestyle": "yes", "depression": "yes",
  "depression_treated": "yes", "anxiety": "yes", "anxiety_treated": "no",
  "more_than_one_opinion": "no", "diagnosis_advanced_imaging": "not_appropriate"})";
inline constexpr std::string_view nothing = "{}";
inline constexpr std::string_view no_operation = R"({
  "_id": 4711, "back_surgery_planned": "no", "prior_back_surgeries": "two_or_more",
  "rehab_after_earlier_surgery": "no_program_given", "diabetes": "yes", "osteoporosis": "yes",
  "other_preexisting_condition": "no", "smoking_status": "former", "sedentary_lifestyle": "no",
  "depression": "no", "anxiety": "no", "weight_management_addressed": "yes"})";
inline constexpr std::string_view records[] = {mixed, nothing, no_operation};

/// Runs of white space as one space.
inline std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char shown = c == '\n' ? ' ' : c;
    if (shown != ' ' || (!out.empty() && out.back() != ' ')) out += shown;
  }
  return out;
}

inline void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

inline std::string without(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  while (true) {
    const std::size_t start = text.find(from);
    out += text.substr(0, start);
    if (start == std::string_view::npos) return out;
    const std::size_t end = text.find(to, start);
    REQUIRE(end != std::string_view::npos);
    text.remove_prefix(end + to.size());
  }
}

inline std::string words_of_html(std::string_view page) {
  std::string text = without(page, "<style>", "</style>");
  replace_all(text, "<", " <");
  text = without(text, "<", ">");
  for (const auto& [entity, character] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
    replace_all(text, entity, character);
  return squeezed(text);
}

inline std::string words_of_markdown(std::string_view note) {
  std::string out;
  for (std::size_t i = 0; i < note.size(); ++i) {
    if (note[i] == '\\' && i + 1 < note.size())
      out += note[++i];
    else if (note[i] == '`')
      out += ' ';
    else if (note[i] != '*')
      out += note[i];
  }
  return squeezed(out);
}

struct Format {
  std::string name;
  std::string words;  ///< the report without markup, white space as single spaces
  std::string raw;
  std::string heading_before, heading_behind;  ///< what stands around a heading of a section
  bool headings_upper = false;
};

inline std::vector<Format> formats(const fbss::Assessment& assessment) {
  const std::string text = fbss::report_text(assessment);
  const std::string markdown = fbss::report_markdown(assessment);
  const std::string html = fbss::report_html(assessment);
  return {{"text", squeezed(text), text, "\n", "\n─", true},
          {"markdown", words_of_markdown(markdown), markdown, "\n## ", "\n", false},
          {"html", words_of_html(html), html, "\">", "</h2>", false}};
}

}  // namespace fixture
