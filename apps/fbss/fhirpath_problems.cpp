// SPDX-License-Identifier: Apache-2.0
// How a fault of an expression is told; see fhirpath_problems.hpp.
#include "fhirpath_problems.hpp"

#include <algorithm>

#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// How many bytes the word, the literal or the sign at the beginning of the text has.
std::size_t word_size(std::string_view text) {
  if (text.empty()) return 0;
  const char first = text[0];
  if (first == '\'' || first == '`') {
    const std::size_t close = text.find(first, 1);
    return close == std::string_view::npos ? text.size() : close + 1;
  }
  const bool leads = first == '%' || first == '$' || first == '@';
  if (!leads && !is_word(first)) {
    constexpr std::string_view pairs[] = {"<=", ">=", "!=", "!~"};
    const bool is_pair = std::ranges::find(pairs, text.substr(0, 2)) != std::end(pairs);
    return is_pair ? 2 : character_at(text, 0).bytes;
  }
  const auto goes_on = [&](char c) {
    return is_word(c) || (first == '@' && std::string_view(":.+-").find(c) != std::string::npos);
  };
  return static_cast<std::size_t>(std::find_if_not(text.begin() + 1, text.end(), goes_on) -
                                  text.begin());
}

std::string_view line_of(std::string_view text, std::uint32_t number) {
  while (number-- > 1) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::string underlined(std::string_view expression, const Problem& problem, std::size_t width) {
  if (problem.line == 0 || problem.column == 0 || expression.empty()) return {};
  const std::string_view line = line_of(expression, problem.line);
  const std::size_t at = std::min<std::size_t>(problem.column - 1, line.size());
  const std::string_view word = line.substr(at, word_size(line.substr(at)));
  std::string before = printable(line.substr(0, at));
  const std::string mark(std::clamp<std::size_t>(columns(word), 1, width / 2), '^');
  // The word itself and what stands before it are what a reader needs.
  const std::size_t most_before = width / 2;
  if (columns(before) > most_before) {
    std::size_t cut = 0;
    for (std::size_t over = columns(before) - most_before + 1; over > 0; --over)
      cut += character_at(before, cut).bytes;
    before = "…" + before.substr(cut);
  }
  const std::string shown = shortened(before + printable(line.substr(at)), width);
  return "  " + shown + "\n  " + std::string(columns(before), ' ') + mark + '\n';
}

Exit tell_expression(Console& console, std::string_view expression, const Problems& problems,
                     ProblemForm form, Exit otherwise) {
  const Exit result = tell(console, problems, form, otherwise);
  if (form == ProblemForm::text && !problems.empty())
    console.err.write(
        underlined(expression, problems.front(), width_of(console.err, Options()) - 2));
  return result;
}

}  // namespace fbss::app
