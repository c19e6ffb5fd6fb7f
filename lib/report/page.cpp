// SPDX-License-Identifier: Apache-2.0
// The pieces that HTML pages share; see page.hpp. A text reaches the page only as data of a
// template, which escapes it.
#include "report/page.hpp"

#include "base/utf8.hpp"
#include "report/embedded.hpp"

namespace fbss::report {
namespace {

/// For elements and attributes. A percent sign that somebody typed is written as an entity: it
/// reads as typed, and a search of the page for percent signs finds those of its style sheet only.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : visible(text)) {
    if (c == '%')
      out += "&#37;";
    else
      out += kainjow::mustache::html_escape(std::string(1, c));
  }
  return out;
}

data piece_data(const Piece& piece) {
  data out;
  out.set("text", piece.text);
  out.set("plain", data(piece.ink == Ink::plain));
  out.set("strong", data(piece.ink == Ink::strong));
  out.set("quote", data(piece.ink == Ink::quote));
  out.set("origin", data(piece.ink == Ink::origin));
  return out;
}

}  // namespace

std::string embedded(std::string_view name) {
  for (std::size_t i = 0; i < embedded_text_count; ++i) {
    const EmbeddedText& text = embedded_texts[i];
    if (name == text.name) return {reinterpret_cast<const char*>(text.bytes), text.size};
  }
  return {};
}

std::string css_string(std::string_view text) {
  const std::string shown = visible(text);
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

data text_or_nothing(const std::string& text) {
  return text.empty() ? data(false) : data(text);
}

data row_data(const Row& row) {
  data entries(data::type::list);
  for (const Sentence& sentence : row.entries) {
    data pieces(data::type::list);
    for (const Piece& piece : sentence) pieces.push_back(piece_data(piece));
    data entry;
    entry.set("pieces", pieces);
    entries.push_back(entry);
  }
  data out;
  out.set("label", row.label);
  out.set("entries", entries);
  return out;
}

void set_rows(data& out, const std::vector<Row>& rows, bool aligned) {
  data list(data::type::list);
  for (const Row& row : rows) list.push_back(row_data(row));
  out.set("rows", list);
  out.set("aligned", data(aligned));
}

data section_data(const Section& section) {
  data groups(data::type::list);
  for (const Group& group : section.groups) {
    data findings(data::type::list);
    for (const FindingText& finding : group.findings) {
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

data part_data(const Part& part) {
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
  set_rows(out, part.rows, widest_label(part.rows) <= longest_label);
  data cards(data::type::list);
  for (const Card& card : part.cards) {
    data one;
    one.set("id", part.id + '-' + card.id);
    one.set("title", card.title);
    set_rows(one, card.rows, true);
    cards.push_back(one);
  }
  out.set("cards", cards);
  return out;
}

std::string render(const std::string& name, data page) {
  for (const std::string part : {"pieces", "rows", "findings", "parts"})
    page.set(
        part + "_list",
        data(kainjow::mustache::partial([part] { return embedded(part + ".mustache.html"); })));
  kainjow::mustache::mustache templ(embedded(name));
  templ.set_custom_escape(escaped);
  return templ.render(page);
}

}  // namespace fbss::report
