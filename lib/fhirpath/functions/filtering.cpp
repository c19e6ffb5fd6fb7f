// SPDX-License-Identifier: Apache-2.0
// Filtering and projection: where, select, repeat, repeatAll, ofType, coalesce. FHIRPath 2.0.0,
// section "Filtering and projection"; repeatAll and coalesce of 3.0.
#include "fhirpath/equality.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {

void call_where(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  Scope inner = scope_of_items(scope);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, stack[i], i - begin);
    if (evaluator.condition(step.parts[0], inner, step) == Truth::yes) stack[kept++] = inner.self;
  }
  stack.cut(kept);
}

void call_select(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, evaluator.stack[i], i - begin);
    evaluator.run(step.parts[0], inner);
  }
  evaluator.stack.keep(begin, end);
}

// The projection of every item, then of every new item, until nothing new comes. The results grow
// behind the input and are the next input at the same time.
void call_repeat(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t results = stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < stack.size(); ++i) {
    enter_item(inner, stack[i], i < results ? i - begin : i - results);
    const std::size_t fresh = stack.size();
    evaluator.run(step.parts[0], inner);
    std::size_t kept = fresh;
    for (std::size_t j = fresh; j < stack.size(); ++j)
      if (!holds(evaluator, stack.range(results, kept), stack[j])) stack[kept++] = stack[j];
    stack.cut(kept);
  }
  stack.keep(begin, results);
}

// As repeat, with all that comes: the limits end what goes round in circles.
void call_repeat_all(Evaluator& evaluator, const Step& step, std::size_t begin,
                     const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t results = stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < stack.size(); ++i) {
    enter_item(inner, stack[i], i < results ? i - begin : i - results);
    evaluator.run(step.parts[0], inner);
  }
  stack.keep(begin, results);
}

// The first argument that has values; those behind it are not evaluated.
void call_coalesce(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Scope inner = scope_of_input(scope, evaluator.stack, begin);
  const std::size_t end = evaluator.stack.size();
  for (std::uint32_t i = 0; i < step.part_count && evaluator.stack.size() == end; ++i)
    evaluator.run(step.parts[i], inner);
  evaluator.stack.keep(begin, end);
}

void call_of_type(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  ValueStack& stack = evaluator.stack;
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack.size(); ++i)
    if (is_of_type(stack[i], step.type)) stack[kept++] = stack[i];
  stack.cut(kept);
}

}  // namespace fbss::fhirpath
