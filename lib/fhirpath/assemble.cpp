// SPDX-License-Identifier: Apache-2.0
// See assemble.hpp. Steps are laid one behind the other into the arena.
#include "fhirpath/assemble.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fhirpath/chain_tests.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

// Folding gives up beyond this, and leaves the work to evaluate().
constexpr std::uint64_t folding_steps = 100'000;
// More values are not worth keeping.
constexpr std::size_t most_folded = 1'000;

bool is_member(const Step& step) {
  return step.run == run_member || step.run == run_member_of_this;
}

// Whether a left side is asked like a right one. Of a long row of operators each is the left side
// of the next: only so many lie in each other.
bool is_asked(const Chain& left) {
  return is_test(left) || (left.is_logic && is_test(left.steps->parts[1]));
}

}  // namespace

Chain Assembler::put_together(std::vector<Draft> drafts, bool in_loop) {
  if (in_loop && !shows_steps_) keep_beginning(drafts);
  return chain_of(drafts);
}

// Within a loop, what begins the chain and does not depend on the item at hand is worked out once
// an evaluation, when it is first asked for.
void Assembler::keep_beginning(std::vector<Draft>& drafts) {
  const auto end = std::ranges::find_if(
      drafts, [](const Draft& made) { return made.reads.focus || made.reads.other; });
  const bool is_fixed =
      std::none_of(drafts.begin(), end, [](const Draft& made) { return made.reads.environment; });
  const bool is_short =
      end - drafts.begin() < 2 && (end == drafts.begin() || end[-1].parts.empty());
  if (is_fixed || is_short) return;
  std::vector<Draft> beginning(std::make_move_iterator(drafts.begin()),
                               std::make_move_iterator(end));
  Draft once;
  once.step.run = run_once;
  once.step.position = beginning.front().step.position;
  once.step.slot = locals_.reserve();
  once.add_part(chain_of(beginning));
  drafts.erase(drafts.begin(), end - 1);
  drafts.front() = std::move(once);
}

Chain Assembler::chain_of(std::vector<Draft>& drafts) {
  Step* steps = arena_.make_array<Step>(drafts.size());
  std::uint32_t count = 0;
  std::uint32_t constant = 0;  // so many steps from the left depend on nothing
  Reads reads;
  for (Draft& made : drafts) {
    Chain* parts = arena_.make_array<Chain>(made.parts.size());
    std::ranges::copy(made.parts, parts);
    made.step.parts = parts;
    made.step.part_count = static_cast<std::uint32_t>(made.parts.size());
    reads.add(made.reads);
    place(made.step, steps, count);
    if (reads.nothing()) constant = count;
  }
  if (!shows_steps_ && constant > 1 && fold({.steps = steps, .count = constant}, steps[0])) {
    std::copy(steps + constant, steps + count, steps + 1);
    count -= constant - 1;
  }
  Chain made{.steps = steps, .count = count, .reads = reads};
  // What is traced is run step by step.
  const bool is_shown = shows_steps_ && count > 0 && steps[0].origin;
  made.is_constant = !is_shown && count == 1 && steps[0].run == run_constant;
  if (!is_shown) find_tests(made, arena_);
  return made;
}

// The step behind the others, or in one with what stands there.
void Assembler::place(Step step, Step* steps, std::uint32_t& count) {
  if (step.run == call_where && step.parts->test && step.parts->test->texts.size() == 1 &&
      is_member(steps[count - 1])) {
    Step member = steps[--count];
    if (member.run == run_member_of_this) steps[count++].run = run_this;
    member.run = run_member_where;
    member.parts = step.parts;
    member.part_count = 1;
    step = member;
  } else if (count > 0 && is_logic(step) && !shows_steps_) {
    Chain left{.steps = steps, .count = count};
    find_tests(left, arena_);
    if (is_asked(left)) {
      Step* own = arena_.make_array<Step>(count);
      std::copy_n(steps, count, own);
      left.steps = own;
      Chain* sides = arena_.make_array<Chain>(2);
      sides[0] = *step.parts;
      sides[1] = left;
      step.parts = sides;
      step.part_count = 2;
      count = 0;
    }
  } else if (count == 1 && steps[0].run == run_variable && !shows_steps_ &&
             (step.run == call_where || step.run == call_of_type)) {
    step.slot = steps[0].slot;
    step.run = step.run == call_where ? run_variable_where : run_variable_of_type;
    count = 0;
  } else if ((step.run == call_empty || (step.run == call_exists && step.part_count == 0)) &&
             count == 1 && steps[0].run == run_member_of_this && !shows_steps_) {
    steps[0].run = run_member_exists;
    steps[0].exists = step.run == call_exists;
    return;
  }
  steps[count++] = step;
}

// Evaluates a chain without a record into one constant step. False where it raises: whether it
// does is for evaluate() to say, for it may stand where it is never run.
bool Assembler::fold(const Chain& chain, Step& result) {
  if (!folding_) {
    Limits limits = options_.limits;
    limits.evaluation_steps = std::min(limits.evaluation_steps, folding_steps);
    folding_ = std::make_unique<Memory>(limits);
  }
  folding_->stack.cut(0);
  folding_->arena.reset();
  const Environment nothing;
  Evaluator evaluator(nothing, *folding_);
  try {
    evaluator.run(chain, Scope{});
  } catch (const Failure&) {
    return false;
  }
  const Collection values = folding_->stack.from(0);
  if (values.size() > most_folded) return false;
  Value* place = arena_.make_array<Value>(values.size());
  std::ranges::transform(values, place,
                         [this](const Value& value) { return kept_in(arena_, value); });
  const std::uint32_t position = result.position;
  result = Step{};
  result.run = run_constant;
  result.position = position;
  result.constants = place;
  result.constant_count = static_cast<std::uint32_t>(values.size());
  return true;
}

}  // namespace fbss::fhirpath
