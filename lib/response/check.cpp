// SPDX-License-Identifier: Apache-2.0
// Whether the answers of one record fit each other. In: a State. Out: answer_not_applicable for
// every value of a question that another answer says is not asked, with both answers named, and
// bad_date where the date of the assessment was set after a later date was recorded.
#include <algorithm>
#include <string>
#include <vector>

#include "response/state.hpp"

namespace fbss {
namespace {

// Works out why a question is not asked. Answers are hidden on trial, so the evaluation is to be
// settled anew afterwards.
class Conflict {
 public:
  Conflict(const Response::State& state, std::uint32_t slot)
      : state_(state), slot_(slot), truth_(state.enabled(slot)), deciding_(find_deciding()) {}

  Problem problem() const {
    Problem problem;
    problem.code = ErrorCode::answer_not_applicable;
    problem.question = state_.question(slot_).id;
    problem.pointer = pointer_of(problem.question);
    problem.other_question = state_.question(deciding_.front()).id;
    problem.message = quoted(problem.question) + " is only asked when " + condition() + ", but " +
                      facts() + ". " + way_out() + " Nothing was evaluated.";
    return problem;
  }

 private:
  bool is_visible(std::uint32_t slot) const {
    return state_.slots[slot].recorded == Recorded::values && state_.enabled(slot) == Truth::yes;
  }

  // The questions of its condition whose answers decide it: where it is not decided, those without
  // an answer; where it is false, those without whose answer it would not be.
  std::vector<std::uint32_t> find_deciding() const {
    const std::vector<std::uint32_t>& reads = state_.model().asked_when[slot_].reads;
    std::vector<std::uint32_t> visible, missing, deciding;
    for (const std::uint32_t read : reads) (is_visible(read) ? visible : missing).push_back(read);
    if (truth_ == Truth::empty && !missing.empty()) return missing;
    for (const std::uint32_t read : visible)
      if (truth_ == Truth::no && enabled_without(read) != Truth::no) deciding.push_back(read);
    return deciding.empty() ? reads : deciding;
  }

  Truth enabled_without(std::uint32_t hidden) const {
    state_.evaluation.set(hidden, {});
    state_.settled = false;
    const Truth truth = state_.enabled(slot_);
    state_.evaluation.set(hidden, state_.slots[hidden].values);
    state_.settled = false;
    return truth;
  }

  // "Asked only when the answer to … is Yes." -> "the answer to … is Yes"
  std::string condition() const {
    constexpr std::string_view before_words = "Asked only when ";
    std::string words = state_.questionnaire.plain_words_asked(state_.question(slot_));
    if (words.starts_with(before_words)) words.erase(0, before_words.size());
    if (words.ends_with('.')) words.pop_back();
    return words;
  }

  std::string facts() const {
    std::string out;
    for (const std::uint32_t slot : deciding_) {
      if (!out.empty()) out += " and ";
      out += quoted(state_.question(slot).id) + fact(slot);
    }
    return out;
  }

  std::string fact(std::uint32_t slot) const {
    const Answer& answer = state_.slots[slot];
    const bool is_asked = state_.enabled(slot) == Truth::yes;
    if (answer.recorded == Recorded::nothing)
      return is_asked ? " is not answered" : " is not asked";
    if (answer.recorded == Recorded::values && !is_asked) return " is not asked either";
    if (answer.recorded == Recorded::values && !is_repeatable(state_.question(slot)))
      return " has another answer";
    return " is " + label_of(state_.question(slot), answer);
  }

  std::string way_out() const {
    const bool unanswered = std::ranges::all_of(deciding_, [&](std::uint32_t slot) {
      return state_.slots[slot].recorded == Recorded::nothing;
    });
    if (unanswered)
      return "Please answer " + std::string(deciding_.size() == 1 ? "it" : "them") +
             " too, or leave " + quoted(state_.question(slot_).id) + " out.";
    return deciding_.size() == 1 ? "One of the two is wrong; please check."
                                 : "These answers cannot all be right; please check.";
  }

  const Response::State& state_;
  std::uint32_t slot_;
  Truth truth_;
  std::vector<std::uint32_t> deciding_;
};

// Whether a refused answer stands somewhere on the way to the question's condition.
bool rests_on_refused(const Questionnaire::Model& model, std::uint32_t slot,
                      const std::vector<bool>& refused) {
  std::vector<bool> seen(refused.size());
  std::vector<std::uint32_t> open{slot};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (refused[at]) return true;
    if (seen[at]) continue;
    seen[at] = true;
    const std::vector<std::uint32_t>& reads = model.asked_when[at].reads;
    open.insert(open.end(), reads.begin(), reads.end());
  }
  return false;
}

bool is_late(const Item& question, const Answer& answer, const std::optional<Temporal>& day) {
  if (question.type != ItemType::date || !day) return false;
  const auto date = Temporal::parse(answer.text, TemporalKind::date);
  return date && compare(*date, *day) == std::strong_ordering::greater;
}

}  // namespace

void Response::State::check(const std::vector<bool>& refused, Refusals& refusals) const {
  for (const Problem& problem : settle()) refusals.add(problem);
  if (!faults.empty()) return;
  std::vector<std::uint32_t> conflicts;
  for (std::uint32_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot].recorded != Recorded::values) continue;
    const Truth truth = enabled(slot);
    const bool is_excused =
        truth == Truth::empty && !refused.empty() && rests_on_refused(model(), slot, refused);
    if (truth != Truth::yes && !is_excused) conflicts.push_back(slot);
    if (is_late(question(slot), slots[slot], day))
      refusals.add(too_late(question(slot), slots[slot].text));
  }
  for (const std::uint32_t slot : conflicts) refusals.add(Conflict(*this, slot).problem());
}

Problems Response::check() const {
  Refusals refusals;
  state_->check({}, refusals);
  return refusals.take();
}

}  // namespace fbss
