// SPDX-License-Identifier: Apache-2.0
// What one other answer would change. In: a response, a question and an answer. Out: the rules that
// would come out otherwise, and the answers that would no longer apply. The response stays as it
// is.
#include <utility>

#include "assessment/explain.hpp"

namespace fbss {
namespace {

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

}  // namespace

Result<WhatIf> what_if(const Response& response, std::string_view question,
                       std::string_view answer) {
  constexpr AssessOptions kStatusesOnly{.explain = false};
  auto before = assess(response, kStatusesOnly);
  if (!before) return std::move(before).problems();

  Response changed = response;
  if (auto done = changed.answer(question, answer); !done) return std::move(done).problems();
  for (Problem& problem : changed.check())
    if (problem.question == question) return std::move(problem);
  WhatIf result;
  result.dropped = drop_not_applicable(changed);
  auto after = assess(changed, kStatusesOnly);
  if (!after) return std::move(after).problems();
  for (std::size_t i = 0; i < before->findings.size(); ++i) {
    const Finding& was = before->findings[i];
    const Finding& is = after->findings[i];
    if (was.status != is.status) result.changes.push_back({was.rule, was.status, is.status});
  }
  return result;
}

}  // namespace fbss
