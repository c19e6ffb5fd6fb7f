// SPDX-License-Identifier: Apache-2.0
// Lines for a terminal. In: words and rows of an outline, the terminal's width, whether it shows
// colour. Out: lines that are no wider than that. Colour is bold and dim only, so that nothing
// looks better or worse than another; without it every word is the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/report.hpp>

#include "report/outline.hpp"

namespace fbss::report {

enum class Style { normal, bold, dim };

struct Word {
  std::string text;
  Style style = Style::normal;
};
using Words = std::vector<Word>;

void add_words(Words& words, std::string_view text, Style style);
Words words_of(std::string_view text, Style style = Style::normal);

/// The words in lines of at most so many columns; a longer word is broken.
std::vector<Words> lines_of(const Words& words, std::size_t room);

class TextPage {
 public:
  explicit TextPage(const TextOptions& options);

  std::size_t width() const { return width_; }

  void blank() { out_ += '\n'; }

  /// A line of strokes from one side to the other.
  void rule(std::string_view stroke);

  /// Sets the words from column `indent` on, in as many lines as they need. `begun` columns of the
  /// first line are taken already.
  void wrap(const Words& words, std::size_t indent, std::size_t begun = 0);

  void title(std::string_view text);
  void heading(std::string_view text);

  /// Labels in a column of their own where there is room for it, else above what they label.
  void rows(const std::vector<Row>& rows, std::size_t indent, std::size_t label_columns);

  void part(const Part& part);

  /// Columns side by side, each with its words from a column of its own on.
  struct Cell {
    Words words;
    std::size_t indent, width;
  };
  void cells(const std::vector<Cell>& cells);

  std::string take() { return std::move(out_); }

 private:
  void entry(const Sentence& sentence, std::size_t column, std::size_t begun);
  void styled(std::string_view text, Style style);
  std::size_t set(const Words& line);

  std::size_t width_;
  bool stacked_;
  bool colour_;
  std::string out_;
};

}  // namespace fbss::report
