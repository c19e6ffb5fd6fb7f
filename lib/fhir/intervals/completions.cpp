// SPDX-License-Identifier: Apache-2.0
// Completions are numbered: a number's digits, each to the base of its question's answers, say
// which answer each question has.
#include "fhir/intervals/completions.hpp"

#include <algorithm>

#include "fhir/form/values.hpp"

namespace fbss::form {

std::optional<Decimal> number_of_answer(const Instance& instance) {
  if (instance.answer_count == 0) return std::nullopt;
  JsonNode value(find_choice(*instance.answers, "value").node);
  if (value.kind() == JsonKind::object) value = value.find("value");  // a quantity
  return value.kind() == JsonKind::number ? Decimal::parse(value.text()) : std::nullopt;
}

Completions::Completions(FormSession::State& session)
    : session_(session),
      calculation_(session),
      answers_(session.model, NewAnswers::Origin::calculation),
      draft_(session) {
  calculation_.minds_missing_data = false;
}

std::optional<std::vector<std::optional<Decimal>>> Completions::values_of(
    std::uint32_t target, const Questions& questions, const std::vector<std::uint32_t>& read,
    std::size_t count) {
  // Every answer once, its place among the new answers by question and alternative.
  answers_.clear();
  struct Span {
    std::uint32_t first, end;
  };
  std::vector<std::vector<Span>> spans;
  for (const std::uint32_t question : read) {
    auto& own = spans.emplace_back();
    for (const auto& alternative : questions.domain_of(question).alternatives) {
      const auto first = static_cast<std::uint32_t>(answers_.count());
      for (const json::Node* value : alternative) answers_.add_copy(*value);
      own.push_back({first, static_cast<std::uint32_t>(answers_.count())});
    }
  }
  const std::uint32_t item = session_.instances[target].item;
  const auto all = session_.instances_of(item);
  const std::size_t place = static_cast<std::size_t>(std::ranges::find(all, target) - all.begin());
  const JsonNode base = session_.response;
  std::vector<std::optional<Decimal>> values;
  values.reserve(count);
  for (std::size_t n = 0; n < count; ++n) {
    if (!session_.adopt(base)) return std::nullopt;
    draft_.begin();
    std::size_t rest = n;
    for (std::size_t i = 0; i < read.size(); ++i) {
      const Span& span = spans[i][rest % spans[i].size()];
      rest /= spans[i].size();
      draft_.set_values(questions.instance_of(read[i]), span.first, span.end);
    }
    if (!draft_.adopt(document_, answers_) || !calculation_.run()) return std::nullopt;
    const auto now = session_.instances_of(item);
    if (now.size() != all.size()) return std::nullopt;
    values.push_back(number_of_answer(session_.instances[now[place]]));
  }
  return values;
}

std::optional<Outcome> Completions::run(std::uint32_t target, const Questions& questions,
                                        const std::vector<std::uint32_t>& read, std::size_t count) {
  const JsonNode base = session_.response;
  const FormIssues issues = session_.issues;
  const auto values = values_of(target, questions, read, count);
  const bool is_back = session_.adopt(base).ok();
  session_.issues = issues;
  if (!values || !is_back) return std::nullopt;
  Outcome outcome;
  for (const auto& value : *values) {
    if (!value) {
      outcome.may_be_empty = true;
      continue;
    }
    if (!outcome.low || compare(*value, *outcome.low) < 0) outcome.low = value;
    if (!outcome.high || compare(*value, *outcome.high) > 0) outcome.high = value;
  }
  const auto is_same = [](const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
    return a.has_value() == b.has_value() && (!a || compare(*a, *b) == 0);
  };
  std::size_t stride = 1;
  for (const std::uint32_t question : read) {
    const std::size_t ways = questions.domain_of(question).alternatives.size();
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t digit = n / stride % ways;
      if (digit == 0 || is_same((*values)[n], (*values)[n - digit * stride])) continue;
      outcome.matter.push_back(question);
      break;
    }
    stride *= ways;
  }
  return outcome;
}

}  // namespace fbss::form
