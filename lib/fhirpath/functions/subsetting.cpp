// SPDX-License-Identifier: Apache-2.0
// Subsetting: single, first, last, tail, skip, take, intersect, exclude. FHIRPath 2.0.0, section
// "Subsetting".
#include <algorithm>

#include "fhirpath/equality.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

// A number of items, at most as many as there are; nothing where the argument is empty.
std::optional<std::size_t> amount(Evaluator& evaluator, const Step& step, std::size_t begin,
                                  const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const auto wanted = integer_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(end);
  if (!wanted) return std::nullopt;
  const auto there = static_cast<std::int64_t>(end - begin);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(*wanted, 0, there));
}

}  // namespace

void call_single(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  single(evaluator.stack.from(begin), step, "its input");
}

void call_first(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.stack.cut(std::min(evaluator.stack.size(), begin + 1));
}

void call_last(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  if (evaluator.stack.size() > begin) evaluator.stack.keep(begin, evaluator.stack.size() - 1);
}

void call_tail(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  if (evaluator.stack.size() > begin) evaluator.stack.keep(begin, begin + 1);
}

void call_skip(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const auto count = amount(evaluator, step, begin, scope);
  if (!count) return evaluator.stack.cut(begin);
  evaluator.stack.keep(begin, begin + *count);
}

void call_take(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  evaluator.stack.cut(begin + amount(evaluator, step, begin, scope).value_or(0));
}

void call_intersect(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  const Collection other = evaluator.operand(step.parts[0], scope);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < end; ++i)
    if (holds(evaluator, other, stack[i]) && !holds(evaluator, stack.range(begin, kept), stack[i]))
      stack[kept++] = stack[i];
  stack.cut(kept);
}

void call_exclude(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  const Collection other = evaluator.operand(step.parts[0], scope);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < end; ++i)
    if (!holds(evaluator, other, stack[i])) stack[kept++] = stack[i];
  stack.cut(kept);
}

}  // namespace fbss::fhirpath
