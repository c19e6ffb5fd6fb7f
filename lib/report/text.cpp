// SPDX-License-Identifier: Apache-2.0
// The report for a terminal. In: an Assessment, the terminal's width, whether it shows colour. Out:
// lines that are no wider than that. Colour is bold and dim only, so that no finding looks better
// or worse than another; without it every word is the same.
#include <algorithm>
#include <cstddef>

#include <fbss/report.hpp>

#include "base/utf8.hpp"
#include "report/outline.hpp"

namespace fbss {
namespace {

using report::Ink;
using report::Part;
using report::Row;
using report::Sentence;

enum class Style { normal, bold, dim };

struct Word {
  std::string text;
  Style style = Style::normal;
};
using Words = std::vector<Word>;

constexpr int narrowest = 40;
constexpr int widest = 100;  // longer lines are hard to read
constexpr int narrow = 64;   // below it, labels stand on lines of their own

void add_words(Words& words, std::string_view text, Style style) {
  const std::string shown = report::visible(text);
  for (std::size_t start = 0; start < shown.size();) {
    const std::size_t end = std::min(shown.find(' ', start), shown.size());
    if (end > start) words.push_back({shown.substr(start, end - start), style});
    start = end + 1;
  }
}

/// The arrow never stands apart from the answer's first word.
void add_answer(Words& words, std::string_view text) {
  const std::size_t arrow = words.size();
  add_words(words, text, Style::bold);
  if (arrow < words.size()) words[arrow].text.insert(0, "→ ");
}

Words words_of(std::string_view text, Style style = Style::normal) {
  Words words;
  add_words(words, text, style);
  return words;
}

class Page {
 public:
  explicit Page(const TextOptions& options)
      : width_(static_cast<std::size_t>(std::clamp(options.width, narrowest, widest))),
        stacked_(options.width < narrow),
        colour_(options.colour) {}

  void blank() { out_ += '\n'; }

  void rule(std::string_view stroke) {
    std::string line;
    for (std::size_t i = 0; i < width_; ++i) line += stroke;
    styled(line, Style::dim);
    out_ += '\n';
  }

  /// Sets the words from column `indent` on, in as many lines as they need. `begun` columns of the
  /// first line are taken already.
  void wrap(const Words& words, std::size_t indent, std::size_t begun = 0) {
    if (words.empty()) return;
    const std::size_t room = width_ - indent;
    Words line;
    std::size_t used = 0;
    const auto flush = [&] {
      out_.append(indent - std::min(indent, begun), ' ');
      begun = 0;
      set_line(line);
      line.clear();
      used = 0;
    };
    for (const Word& word : words) {
      std::string_view rest = word.text;
      while (!rest.empty()) {
        const std::string_view part = front(rest, room);
        rest.remove_prefix(part.size());
        const std::size_t columns = count_columns(part);
        if (!line.empty() && used + 1 + columns > room) flush();
        used += columns + (line.empty() ? 0 : 1);
        line.push_back({std::string(part), word.style});
      }
    }
    flush();
  }

  void heading(std::string_view text) {
    blank();
    wrap(words_of(to_upper(text), Style::bold), 0);
    rule("─");
  }

  /// Labels in a column of their own where there is room for it, else above what they label.
  void rows(const std::vector<Row>& rows, std::size_t indent, std::size_t label_columns) {
    const bool above = stacked_ || label_columns > report::longest_label;
    const std::size_t column = above ? indent + 2 : indent + label_columns + 2;
    for (const Row& row : rows) {
      std::size_t begun = 0;
      if (above) {
        wrap(words_of(row.label, Style::dim), indent);
      } else {
        out_.append(indent, ' ');
        styled(report::visible(row.label), Style::dim);
        begun = indent + count_columns(report::visible(row.label));
      }
      for (const Sentence& entry : row.entries) {
        this->entry(entry, column, begun);
        begun = 0;
      }
    }
  }

  void part(const Part& part) {
    heading(part.heading);
    for (const std::string& paragraph : part.paragraphs) wrap(words_of(paragraph), 0);
    if (!part.paragraphs.empty() && !part.rows.empty()) blank();
    rows(part.rows, 0, report::widest_label(part.rows));
  }

  std::string take() { return std::move(out_); }

 private:
  /// As many characters from the front as fit into the room, at least one.
  static std::string_view front(std::string_view text, std::size_t room) {
    if (count_columns(text) <= room) return text;
    std::size_t end = 0;
    std::size_t columns = 0;
    while (end < text.size()) {
      std::size_t next = end;
      next_character(text, &next);
      columns += count_columns(text.substr(end, next - end));
      if (columns > room && end > 0) break;
      end = next;
    }
    return text.substr(0, end);
  }

  void entry(const Sentence& sentence, std::size_t column, std::size_t begun) {
    Words words;
    for (const report::Piece& piece : sentence) {
      switch (piece.ink) {
        case Ink::plain:
          add_words(words, piece.text, Style::normal);
          break;
        case Ink::strong:
          add_answer(words, piece.text);
          break;
        case Ink::quote:
          add_words(words, "“" + piece.text + "”", Style::normal);
          break;
        case Ink::origin:
          wrap(words, column, begun);
          begun = 0;
          words.clear();
          add_words(words, piece.text, Style::dim);
          break;
      }
    }
    wrap(words, column, begun);
  }

  void styled(std::string_view text, Style style) {
    if (colour_ && style != Style::normal) {
      out_ += style == Style::bold ? "\x1b[1m" : "\x1b[2m";
      out_ += text;
      out_ += "\x1b[0m";
    } else {
      out_ += text;
    }
  }

  /// Words of one style that follow each other are styled together.
  void set_line(const Words& line) {
    for (std::size_t i = 0; i < line.size();) {
      std::string run;
      const Style style = line[i].style;
      if (i > 0) out_ += ' ';
      for (bool first = true; i < line.size() && line[i].style == style; ++i, first = false)
        run += (first ? "" : " ") + line[i].text;
      styled(run, style);
    }
    out_ += '\n';
  }

  std::size_t width_;
  bool stacked_;
  bool colour_;
  std::string out_;
};

void set_finding(Page& page, const report::FindingText& finding, std::size_t label_columns) {
  page.blank();
  page.wrap(words_of(finding.title, Style::bold), 2);
  Words line = words_of(finding.state);
  add_words(line, "· " + finding.id, Style::dim);
  if (!finding.place.empty()) add_words(line, "· " + finding.place, Style::dim);
  page.wrap(line, 2);
  page.rows(finding.rows, 4, label_columns);
}

}  // namespace

std::string report_text(const Assessment& assessment, const TextOptions& options) {
  const report::Outline outline = report::make_outline(assessment);
  Page page(options);

  page.wrap(words_of(outline.title, Style::bold), 0);
  page.rule("═");
  if (!outline.sample.empty()) {
    page.wrap(words_of(outline.sample, Style::bold), 0);
    page.blank();
  }
  page.rows(outline.head, 0, report::widest_label(outline.head));
  page.blank();
  page.wrap(words_of(outline.term), 0);
  if (!outline.glance.rows.empty()) page.part(outline.glance);

  std::size_t label_columns = 0;
  for (const report::Section& section : outline.sections)
    for (const report::Group& group : section.groups)
      for (const report::FindingText& finding : group.findings)
        label_columns = std::max(label_columns, report::widest_label(finding.rows));

  for (const report::Section& section : outline.sections) {
    page.heading(section.heading);
    page.wrap(words_of(section.intro), 0);
    for (const report::Group& group : section.groups) {
      page.blank();
      page.wrap(words_of(group.heading, Style::bold), 0);
      page.wrap(words_of(group.remark, Style::dim), 0);
      for (const report::FindingText& finding : group.findings)
        set_finding(page, finding, label_columns);
    }
  }
  for (const Part& part : outline.parts) page.part(part);
  return page.take();
}

}  // namespace fbss
