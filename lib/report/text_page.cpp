// SPDX-License-Identifier: Apache-2.0
// Lines for a terminal; see text_page.hpp.
#include "report/text_page.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace fbss::report {
namespace {

constexpr int narrowest = 40;
constexpr int widest = 100;  // longer lines are hard to read
constexpr int narrow = 64;   // below it, labels stand on lines of their own

/// The arrow never stands apart from the answer's first word.
void add_answer(Words& words, std::string_view text) {
  const std::size_t arrow = words.size();
  add_words(words, text, Style::bold);
  if (arrow < words.size()) words[arrow].text.insert(0, "→ ");
}

/// As many characters from the front as fit into the room, at least one.
std::string_view front(std::string_view text, std::size_t room) {
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

}  // namespace

void add_words(Words& words, std::string_view text, Style style) {
  const std::string shown = visible(text);
  for (std::size_t start = 0; start < shown.size();) {
    const std::size_t end = std::min(shown.find(' ', start), shown.size());
    if (end > start) words.push_back({shown.substr(start, end - start), style});
    start = end + 1;
  }
}

Words words_of(std::string_view text, Style style) {
  Words words;
  add_words(words, text, style);
  return words;
}

std::vector<Words> lines_of(const Words& words, std::size_t room) {
  std::vector<Words> lines;
  std::size_t used = 0;
  for (const Word& word : words) {
    std::string_view rest = word.text;
    while (!rest.empty()) {
      const std::string_view part = front(rest, room);
      rest.remove_prefix(part.size());
      const std::size_t columns = count_columns(part);
      if (lines.empty() || used + 1 + columns > room) {
        lines.emplace_back();
        used = columns;
      } else {
        used += 1 + columns;
      }
      lines.back().push_back({std::string(part), word.style});
    }
  }
  return lines;
}

TextPage::TextPage(const TextOptions& options)
    : width_(static_cast<std::size_t>(std::clamp(options.width, narrowest, widest))),
      stacked_(options.width < narrow),
      colour_(options.colour) {}

void TextPage::rule(std::string_view stroke) {
  std::string line;
  for (std::size_t i = 0; i < width_; ++i) line += stroke;
  styled(line, Style::dim);
  out_ += '\n';
}

void TextPage::wrap(const Words& words, std::size_t indent, std::size_t begun) {
  for (const Words& line : lines_of(words, width_ - indent)) {
    out_.append(indent - std::min(indent, begun), ' ');
    begun = 0;
    set(line);
    out_ += '\n';
  }
}

void TextPage::title(std::string_view text) {
  wrap(words_of(text, Style::bold), 0);
  rule("═");
}

void TextPage::heading(std::string_view text) {
  blank();
  wrap(words_of(to_upper(text), Style::bold), 0);
  rule("─");
}

void TextPage::rows(const std::vector<Row>& rows, std::size_t indent, std::size_t label_columns) {
  const bool above = stacked_ || label_columns > longest_label;
  const std::size_t column = above ? indent + 2 : indent + label_columns + 2;
  for (const Row& row : rows) {
    std::size_t begun = 0;
    if (above) {
      wrap(words_of(row.label, Style::dim), indent);
    } else {
      out_.append(indent, ' ');
      styled(visible(row.label), Style::dim);
      begun = indent + count_columns(visible(row.label));
    }
    for (const Sentence& entry : row.entries) {
      this->entry(entry, column, begun);
      begun = 0;
    }
  }
}

void TextPage::part(const Part& part) {
  heading(part.heading);
  for (const std::string& paragraph : part.paragraphs) wrap(words_of(paragraph), 0);
  if (!part.paragraphs.empty() && !part.rows.empty()) blank();
  rows(part.rows, 0, widest_label(part.rows));
  for (const Card& card : part.cards) {
    blank();
    wrap(words_of(card.title, Style::bold), 2);
    rows(card.rows, 4, widest_label(card.rows));
  }
}

void TextPage::cells(const std::vector<Cell>& cells) {
  std::vector<std::vector<Words>> columns;
  std::size_t height = 0;
  for (const Cell& cell : cells) {
    columns.push_back(lines_of(cell.words, cell.width));
    height = std::max(height, columns.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::size_t used = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (line >= columns[i].size()) continue;
      out_.append(cells[i].indent - used, ' ');
      used = cells[i].indent + set(columns[i][line]);
    }
    out_ += '\n';
  }
}

void TextPage::entry(const Sentence& sentence, std::size_t column, std::size_t begun) {
  Words words;
  for (const Piece& piece : sentence) {
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

void TextPage::styled(std::string_view text, Style style) {
  if (colour_ && style != Style::normal) {
    out_ += style == Style::bold ? "\x1b[1m" : "\x1b[2m";
    out_ += text;
    out_ += "\x1b[0m";
  } else {
    out_ += text;
  }
}

/// Words of one style that follow each other are styled together. Gives the columns taken.
std::size_t TextPage::set(const Words& line) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::string run;
    const Style style = line[i].style;
    if (i > 0) out_ += ' ';
    for (bool first = true; i < line.size() && line[i].style == style; ++i, first = false)
      run += (first ? "" : " ") + line[i].text;
    columns += count_columns(run) + (columns > 0 ? 1 : 0);
    styled(run, style);
  }
  return columns;
}

}  // namespace fbss::report
