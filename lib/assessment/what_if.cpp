// SPDX-License-Identifier: Apache-2.0
// What other answers would change. In: a response and answers. Out: the rules that would come out
// otherwise, and the answers that would no longer apply. The response stays as it is.
#include <algorithm>
#include <iterator>
#include <utility>

#include "assessment/explain.hpp"

namespace fbss {
namespace {

void append(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

Problem answered_twice(const std::string& question) {
  Problem problem;
  problem.code = ErrorCode::duplicate_answer;
  problem.question = question;
  problem.message = quoted(question) + " is given more than one other answer. Please keep one.";
  return problem;
}

Result<void> set(Response& response, const OtherAnswer& other) {
  if (other.values.size() == 1) return response.answer(other.question, other.values.front());
  const std::vector<std::string_view> values(other.values.begin(), other.values.end());
  return response.answer(other.question, std::span(values));
}

// Puts the other answers in, and gives everything that a record with them would be refused for.
Problems put_in(Response& response, std::span<const OtherAnswer> answers) {
  Problems problems;
  for (auto other = answers.begin(); other != answers.end(); ++other) {
    if (std::ranges::find(answers.begin(), other, other->question, &OtherAnswer::question) != other)
      problems.push_back(answered_twice(other->question));
    else if (auto done = set(response, *other); !done)
      append(problems, std::move(done).problems());
  }
  if (!problems.empty()) return problems;
  for (Problem& problem : response.check())
    if (std::ranges::find(answers, problem.question, &OtherAnswer::question) != answers.end())
      problems.push_back(std::move(problem));
  return problems;
}

// Takes back the answers of questions that are no longer asked. One pass is enough: an answer that
// does not apply counts for nothing already, so that taking it back changes nothing else.
std::vector<const Item*> drop_not_applicable(Response& response) {
  Response::State& state = response.internal();
  std::vector<const Item*> dropped;
  for (std::uint32_t slot = 0; slot < state.slots.size(); ++slot) {
    if (state.slots[slot].recorded != Recorded::values || state.enabled(slot) == Truth::yes)
      continue;
    dropped.push_back(&state.question(slot));
    state.forget(slot);
  }
  return dropped;
}

std::vector<AnswerChange> changed_answers(const Response::State& before,
                                          const Response::State& after,
                                          const std::vector<const Item*>& dropped) {
  std::vector<AnswerChange> changes;
  for (std::uint32_t slot = 0; slot < before.slots.size(); ++slot) {
    const Item& question = before.question(slot);
    AnswerChange change{given(question, before.slots[slot]), given(question, after.slots[slot])};
    if (change.before.json != change.after.json &&
        std::ranges::find(dropped, &question) == dropped.end())
      changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Result<WhatIf> what_if(const Response& response, std::span<const OtherAnswer> answers) {
  constexpr AssessOptions statuses_only{.explain = false};
  auto before = assess(response, statuses_only);
  if (!before) return std::move(before).problems();

  Response changed = response;
  if (Problems problems = put_in(changed, answers); !problems.empty()) return problems;
  std::vector<const Item*> dropped = drop_not_applicable(changed);
  auto after = assess(changed, statuses_only);
  if (!after) return std::move(after).problems();

  WhatIf result{.changes = {},
                .dropped = std::move(dropped),
                .answers = {},
                .before = std::move(*before),
                .after = std::move(*after)};
  list_values(result.before.answers, response.internal());
  list_values(result.after.answers, changed.internal());
  result.answers = changed_answers(response.internal(), changed.internal(), result.dropped);
  for (std::size_t i = 0; i < result.before.findings.size(); ++i) {
    const Finding& was = result.before.findings[i];
    const Finding& is = result.after.findings[i];
    if (was.status != is.status) result.changes.push_back({was.rule, was.status, is.status});
  }
  return result;
}

Result<WhatIf> what_if(const Response& response, std::string_view question,
                       std::string_view answer) {
  const OtherAnswer other[] = {{std::string(question), {std::string(answer)}}};
  return what_if(response, other);
}

}  // namespace fbss
