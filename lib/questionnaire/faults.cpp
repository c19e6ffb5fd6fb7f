// SPDX-License-Identifier: Apache-2.0
// Collects the faults of one questionnaire file. Entered through Faults.
#include "questionnaire/faults.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/utf8.hpp"

namespace fbss {
namespace {
constexpr std::size_t most_reported = 100;
}

void Faults::at_value(ErrorCode code, const FileValue& value, std::string message) {
  add(code, value, value.line, value.column, std::move(message));
}

void Faults::at_key(ErrorCode code, const FileValue& value, std::string message) {
  const bool has_key = value.key_line > 0;
  add(code, value, has_key ? value.key_line : value.line, has_key ? value.key_column : value.column,
      std::move(message));
}

void Faults::in_text(ErrorCode code, const FileValue& string, std::size_t byte,
                     std::string message) {
  add(code, string, string.line, column_within(tree_, string, byte), std::move(message));
}

void Faults::add(ErrorCode code, const FileValue& value, std::uint32_t line, std::uint32_t column,
                 std::string message) {
  // Beyond the bound only their number matters, and a pointer may be long.
  Problem& problem = problems_.emplace_back();
  problem.code = code;
  problem.line = line;
  problem.column = column;
  if (problems_.size() > 10 * most_reported) return;
  problem.message = std::move(message);
  problem.file = file_;
  problem.pointer = pointer_to(value);
}

Problems Faults::take() {
  const std::size_t found = problems_.size();
  problems_.resize(std::min(found, 10 * most_reported));
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  if (found > most_reported) {
    problems_.resize(most_reported);
    Problem& last = problems_.emplace_back();
    last.code = ErrorCode::limit_exceeded;
    last.file = file_;
    last.message = std::to_string(found - most_reported) +
                   " further problems are not listed; mend these first.";
  }
  return std::move(problems_);
}

std::string Faults::did_you_mean(std::string_view word,
                                 std::span<const std::string_view> candidates) const {
  // Comparing costs the product of the lengths; a hostile file must not make it a burden.
  if (word.size() > 100 || candidates.size() > 300 || count() > most_reported) return "";
  const auto near = nearest(word, candidates);
  return near ? " Did you mean \"" + std::string(*near) + "\"?" : "";
}

std::string one_of(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += '"';
    text += words[i];
    text += '"';
  }
  return text;
}

}  // namespace fbss
