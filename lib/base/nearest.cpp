// SPDX-License-Identifier: Apache-2.0
// "Did you mean?": in, a word that does not exist and those that do; out, the one that was probably
// meant, or none. Words are compared whole and part by part, as the ids here are made of parts.
#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.hpp"

namespace fbss {
namespace {

// A word longer than this was not mistyped; comparing it would only cost time.
constexpr std::size_t longest_word = 80;

// How alike two texts must be: 1 is equal, 0 has nothing in common.
constexpr double near_words = 0.6;

bool is_separator(char c) {
  return c == '_' || c == '-' || c == ' ' || c == '.';
}

// Insertions, deletions, substitutions and swaps of neighbours that lead from a to b.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

double likeness(std::string_view a, std::string_view b) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer == 0) return 0;
  return 1 - static_cast<double>(edit_distance(a, b)) / static_cast<double>(longer);
}

// Two parts of ids: "smoker" and "smoking" share their stem, though many letters differ.
double part_likeness(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const auto split =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin());
  const auto stem = static_cast<std::size_t>(split.first - a.begin());
  const double shared =
      stem < 4 ? 0 : static_cast<double>(stem) / static_cast<double>(shorter) * 0.95;
  return std::max(likeness(a, b), shared);
}

std::vector<std::string_view> parts_of(std::string_view word) {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t start = i;
    while (i < word.size() && !is_separator(word[i])) ++i;
    if (i > start) parts.push_back(word.substr(start, i - start));
    if (i < word.size()) ++i;
  }
  return parts;
}

// Each part of the word beside the candidate's part that is most like it, weighted by length; what
// the candidate has more than the word counts little against it.
double shared_parts(std::string_view word, std::string_view candidate) {
  const std::vector<std::string_view> theirs = parts_of(candidate);
  double sum = 0;
  std::size_t letters = 0;
  for (const std::string_view part : parts_of(word)) {
    double best = 0;
    for (const std::string_view other : theirs) best = std::max(best, part_likeness(part, other));
    sum += best * static_cast<double>(part.size());
    letters += part.size();
  }
  if (letters < 3) return 0;  // "on" or "id" alone names nothing
  const double surplus = static_cast<double>(candidate.size()) -
                         static_cast<double>(std::min(word.size(), candidate.size()));
  return sum / static_cast<double>(letters) - 0.001 * surplus;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  if (word.size() > longest_word) return std::nullopt;
  const std::string wanted = to_lower(word);
  std::optional<std::string_view> best;
  double best_score = near_words;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const std::string name = to_lower(candidate);
    const double score = std::max(likeness(wanted, name), shared_parts(wanted, name));
    if (best ? score > best_score : score >= best_score) {
      best = candidate;
      best_score = score;
    }
  }
  return best;
}

}  // namespace fbss
