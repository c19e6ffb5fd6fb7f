// SPDX-License-Identifier: Apache-2.0
// What the chart says of a question; see ask_chart.hpp.
#include "ask_chart.hpp"

#include <algorithm>

#include <fbss/report.hpp>

namespace fbss::app {

namespace {

// "From chart, confirm"
std::string label() {
  std::string label(chart_label);
  label.front() = 'F';
  return label;
}

std::string heading(const Suggestion& suggestion, const Response& response) {
  if (suggestion.kind == SuggestionKind::disagree) {
    return "In the chart are facts that disagree; nothing is suggested:";
  }
  if (suggestion.kind == SuggestionKind::shown) return "In the chart, nothing is suggested by it:";
  std::string out = label() + ": " + suggestion.label + " (:chart confirms it";
  const bool has_value = response.state(*suggestion.question) == AnswerState::answered;
  const bool differs = response.answer_text(*suggestion.question) != suggestion.answer;
  return out + (has_value && differs ? "; it differs from the answer so far)" : ")");
}

}  // namespace

const Suggestion* suggestion_for(const Chart& chart, const Item& question) {
  const auto at = std::find_if(
      chart.suggestions.begin(), chart.suggestions.end(),
      [&](const Suggestion& suggestion) { return suggestion.question->id == question.id; });
  return at == chart.suggestions.end() ? nullptr : &*at;
}

std::vector<std::string> chart_lines(const Suggestion& suggestion, const Response& response) {
  std::vector<std::string> lines = {heading(suggestion, response)};
  for (const ChartFact& fact : suggestion.facts)
    lines.push_back(fact_line(*suggestion.question, fact));
  return lines;
}

Result<void> confirm(Response& response, const Item& question, const Suggestion* suggestion) {
  if (suggestion != nullptr && suggestion->kind == SuggestionKind::suggested) {
    return response.answer(question.id, suggestion->answer);
  }
  Problem problem;
  problem.code = ErrorCode::not_an_option;
  problem.question = question.id;
  problem.message = "No chart suggests an answer here: there is nothing to confirm.";
  return problem;
}

}  // namespace fbss::app
