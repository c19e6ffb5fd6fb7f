// SPDX-License-Identifier: Apache-2.0
// The report as one HTML file. In: an Assessment, and the template and style sheet of this folder.
// Out: a page without outside resources, in which mustache escapes every text. The only includer of
// kainjow/mustache.hpp.
#include <cstddef>
#include <utility>

#include <fbss/report.hpp>
#include <kainjow/mustache.hpp>

#include "base/utf8.hpp"
#include "report/embedded.hpp"
#include "report/outline.hpp"

namespace fbss {
namespace {

using kainjow::mustache::data;
using report::Ink;
using report::Row;

std::string embedded(std::string_view name) {
  for (std::size_t i = 0; i < report::embedded_text_count; ++i) {
    const report::EmbeddedText& text = report::embedded_texts[i];
    if (name == text.name) return {reinterpret_cast<const char*>(text.bytes), text.size};
  }
  return {};
}

/// For elements and attributes. A percent sign that somebody typed is written as an entity: it
/// reads as typed, and a search of the page for percent signs finds those of its style sheet only.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : report::visible(text)) {
    if (c == '%')
      out += "&#37;";
    else
      out += kainjow::mustache::html_escape(std::string(1, c));
  }
  return out;
}

/// A CSS string, every character but letters and digits escaped by its number (CSS Syntax 4.3.7),
/// so that no text can leave the string or the style element.
std::string css_string(std::string_view text) {
  const std::string shown = report::visible(text);
  std::string out = "\"";
  for (std::size_t position = 0; position < shown.size();) {
    const char32_t c = next_character(shown, &position);
    if ((c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) {
      out += static_cast<char>(c);
      continue;
    }
    out += '\\';
    for (int shift = 20; shift >= 0; shift -= 4) out += "0123456789abcdef"[(c >> shift) & 15];
  }
  return out + '"';
}

/// Empty text is nothing to a template's section.
data text_or_nothing(const std::string& text) {
  return text.empty() ? data(false) : data(text);
}

data piece_data(const report::Piece& piece) {
  data out;
  out.set("text", piece.text);
  out.set("plain", data(piece.ink == Ink::plain));
  out.set("strong", data(piece.ink == Ink::strong));
  out.set("quote", data(piece.ink == Ink::quote));
  out.set("origin", data(piece.ink == Ink::origin));
  return out;
}

void set_rows(data& out, const std::vector<Row>& rows, bool aligned) {
  data list(data::type::list);
  for (const Row& row : rows) {
    data entries(data::type::list);
    for (const report::Sentence& sentence : row.entries) {
      data pieces(data::type::list);
      for (const report::Piece& piece : sentence) pieces.push_back(piece_data(piece));
      data entry;
      entry.set("pieces", pieces);
      entries.push_back(entry);
    }
    data one;
    one.set("label", row.label);
    one.set("entries", entries);
    list.push_back(one);
  }
  out.set("rows", list);
  out.set("aligned", data(aligned));
}

data glance_data(const report::Part& glance) {
  if (glance.rows.empty()) return data(false);
  data states(data::type::list);
  for (const Row& row : glance.rows) {
    data links(data::type::list);
    for (const report::Sentence& sentence : row.entries) {
      data link;
      link.set("target", sentence.front().target);
      link.set("text", sentence.front().text);
      links.push_back(link);
    }
    data state;
    state.set("label", row.label);
    state.set("links", links);
    states.push_back(state);
  }
  data out;
  out.set("heading", glance.heading);
  out.set("states", states);
  return out;
}

data section_data(const report::Section& section) {
  data groups(data::type::list);
  for (const report::Group& group : section.groups) {
    data findings(data::type::list);
    for (const report::FindingText& finding : group.findings) {
      data one;
      one.set("id", finding.id);
      one.set("title", finding.title);
      one.set("status", section.id);
      one.set("state", finding.state);
      one.set("place", text_or_nothing(finding.place));
      set_rows(one, finding.rows, true);
      findings.push_back(one);
    }
    data one;
    one.set("heading", group.heading);
    one.set("remark", text_or_nothing(group.remark));
    one.set("findings", findings);
    groups.push_back(one);
  }
  data out;
  out.set("id", section.id);
  out.set("heading", section.heading);
  out.set("intro", section.intro);
  out.set("groups", groups);
  return out;
}

data part_data(const report::Part& part) {
  data paragraphs(data::type::list);
  for (const std::string& text : part.paragraphs) {
    data paragraph;
    paragraph.set("text", text);
    paragraphs.push_back(paragraph);
  }
  data out;
  out.set("id", part.id);
  out.set("heading", part.heading);
  out.set("paragraphs", paragraphs);
  out.set("has_rows", data(!part.rows.empty()));
  set_rows(out, part.rows, report::widest_label(part.rows) <= report::longest_label);
  return out;
}

}  // namespace

std::string report_html(const Assessment& assessment) {
  const report::Outline outline = report::make_outline(assessment);
  data page;
  page.set("title", outline.title);
  page.set("running", outline.running);
  page.set("style", embedded("report.css") +
                        "@page { @top-left { content: " + css_string(outline.running) + "; } }");
  page.set("sample", text_or_nothing(outline.sample));
  page.set("term", text_or_nothing(outline.term));
  data head;
  set_rows(head, outline.head, true);
  page.set("head", head);
  page.set("glance", glance_data(outline.glance));
  data sections(data::type::list);
  for (const report::Section& section : outline.sections) sections.push_back(section_data(section));
  page.set("sections", sections);
  data parts(data::type::list);
  for (const report::Part& part : outline.parts) parts.push_back(part_data(part));
  page.set("parts", parts);
  const std::string rows = embedded("rows.mustache.html");
  page.set("rows_list", data(kainjow::mustache::partial([&rows] { return rows; })));

  kainjow::mustache::mustache templ(embedded("report.mustache.html"));
  templ.set_custom_escape(escaped);
  return templ.render(page);
}

}  // namespace fbss
