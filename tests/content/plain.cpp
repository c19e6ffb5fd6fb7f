// SPDX-License-Identifier: Apache-2.0
// Takes the markup off the four formats, each in its own way.
#include "plain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include <fbss/report.hpp>

#include "builtins.hpp"
#include "cases.hpp"

namespace content {
namespace {

std::string one_space(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

std::string plain_markdown(std::string text) {
  for (const std::string_view mark : {"**", "`", "\\"}) replace_all(text, mark, "");
  return one_space(text);
}

}  // namespace

std::string plain_html(std::string_view html) {
  const std::string body = without_style(html);
  std::string text;
  bool within_tag = false;
  for (const char c : body) {
    if (c == '<') within_tag = true;
    if (!within_tag) text += c;
    if (c == '>') {
      within_tag = false;
      text += ' ';
    }
  }
  constexpr std::pair<std::string_view, std::string_view> entities[] = {
      {"&lt;", "<"},   {"&gt;", ">"},   {"&quot;", "\""}, {"&#39;", "'"},
      {"&#x27;", "'"}, {"&apos;", "'"}, {"&#37;", "%"},   {"&amp;", "&"}};
  for (const auto& [entity, character] : entities) replace_all(text, entity, character);
  return one_space(text);
}

std::string without_style(std::string_view html) {
  std::string text(html);
  const std::size_t begin = text.find("<style>");
  const std::size_t end = text.find("</style>");
  if (begin != std::string::npos && end != std::string::npos) text.erase(begin, end - begin);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

void remove_all(std::string& text, std::string_view part) {
  replace_all(text, part, {});
}

std::vector<PlainReport> plain_reports(const fbss::Assessment& assessment) {
  return {{"text", one_space(fbss::report_text(assessment))},
          {"markdown", plain_markdown(fbss::report_markdown(assessment))},
          {"html", plain_html(fbss::report_html(assessment))},
          {"json", one_space(texts_of_json(fbss::report_json(assessment)))}};
}

std::vector<PlainReport> plain_reports(const fbss::WhatIf& what_if) {
  return {{"text", one_space(fbss::what_if_text(what_if))},
          {"json", one_space(texts_of_json(fbss::what_if_json(what_if)))}};
}

const std::vector<AssessedCase>& assessed_cases() {
  static const std::vector<AssessedCase> all = [] {
    std::vector<AssessedCase> cases;
    const auto add = [&cases](const auto& one, const std::string& record) {
      INFO(one.id);
      fbss::Response response(builtin(one.questionnaire));
      REQUIRE(response.read(record).ok());
      auto assessment = fbss::assess(response);
      REQUIRE(assessment.ok());
      std::vector<PlainReport> reports = plain_reports(*assessment);
      cases.push_back({one.id, response, *std::move(assessment), std::move(reports)});
    };
    for (const ClinicalCase& one : all_clinical_cases()) add(one, one.record);
    for (const MalformedCase& one : all_malformed_cases())
      if (one.code == "accepted") add(one, one.input);
    return cases;
  }();
  return all;
}

}  // namespace content
