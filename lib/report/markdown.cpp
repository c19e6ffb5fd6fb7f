// SPDX-License-Identifier: Apache-2.0
// The report as GitHub-flavoured Markdown that pastes into a note: headings and lists only, so that
// it also reads well where nobody renders it. In: an Assessment. Out: text in which nothing that a
// person typed acts as markup.
#include <cstddef>

#include <fbss/report.hpp>

#include "report/outline.hpp"

namespace fbss {
namespace {

using report::Ink;
using report::Row;
using report::Sentence;

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether a character could be read as markup within a line, GitHub's automatic links included. An
/// underscore within a word is none, so that ids stay readable.
bool is_markup(std::string_view text, std::size_t i) {
  switch (text[i]) {
    case '_':
      return i == 0 || i + 1 == text.size() || !is_alphanumeric(text[i - 1]) ||
             !is_alphanumeric(text[i + 1]);
    case ':':
      return text.substr(i, 3) == "://";
    case '.':
      return i >= 3 && text.substr(i - 3, 3) == "www";
    default:
      return std::string_view("\\`*{}[]<>|#&=~$!").find(text[i]) != std::string_view::npos;
  }
}

std::string escaped(std::string_view text) {
  const std::string shown = report::visible(text);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (is_markup(shown, i)) out += '\\';
    out += shown[i];
  }
  return out;
}

std::string sentence_text(const Sentence& sentence) {
  std::string out;
  for (const report::Piece& piece : sentence) {
    if (!out.empty()) out += ' ';
    const std::string text = escaped(piece.text);
    switch (piece.ink) {
      case Ink::plain:
        out += text;
        break;
      case Ink::origin:
        out += '(' + text + ')';
        break;
      case Ink::strong:
        out += "→ **" + text + "**";
        break;
      case Ink::quote:
        out += "“" + text + "”";
        break;
    }
  }
  return out;
}

void set_rows(std::string& out, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    out += "- " + escaped(row.label);
    if (!row.label.ends_with('?')) out += ':';
    if (row.entries.size() == 1) {
      out += ' ' + sentence_text(row.entries.front()) + '\n';
      continue;
    }
    out += '\n';
    for (const Sentence& entry : row.entries) out += "  - " + sentence_text(entry) + '\n';
  }
}

void set_part(std::string& out, const report::Part& part) {
  out += "\n## " + escaped(part.heading) + '\n';
  for (const std::string& paragraph : part.paragraphs) out += '\n' + escaped(paragraph) + '\n';
  if (!part.rows.empty()) out += '\n';
  set_rows(out, part.rows);
  for (const report::Card& card : part.cards) {
    out += "\n### " + escaped(card.title) + "\n\n";
    set_rows(out, card.rows);
  }
}

void set_finding(std::string& out, const report::FindingText& finding) {
  out += "\n#### " + escaped(finding.title) + "\n\n";
  out += "- State: **" + finding.state + "** (`" + finding.id + '`';
  if (!finding.place.empty()) out += ", " + escaped(finding.place);
  out += ")\n";
  set_rows(out, finding.rows);
}

}  // namespace

std::string report_markdown(const Assessment& assessment) {
  const report::Outline outline = report::make_outline(assessment);
  std::string out = "# " + escaped(outline.title) + '\n';
  if (!outline.sample.empty()) out += "\n**" + escaped(outline.sample) + "**\n";
  out += '\n';
  set_rows(out, outline.head);
  if (!outline.term.empty()) out += '\n' + escaped(outline.term) + '\n';
  if (!outline.glance.rows.empty()) set_part(out, outline.glance);
  for (const report::Section& section : outline.sections) {
    out += "\n## " + escaped(section.heading) + "\n\n" + escaped(section.intro) + '\n';
    for (const report::Group& group : section.groups) {
      out += "\n### " + escaped(group.heading) + '\n';
      if (!group.remark.empty()) out += '\n' + escaped(group.remark) + '\n';
      for (const report::FindingText& finding : group.findings) set_finding(out, finding);
    }
  }
  for (const report::Part& part : outline.parts) set_part(out, part);
  return out;
}

}  // namespace fbss
