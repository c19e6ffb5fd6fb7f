// SPDX-License-Identifier: Apache-2.0
// and, or, xor and implies over three truth values. The right side is left out where the left side
// decides alone. FHIRPath 2.0.0, section "Boolean logic".
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

// The left side: taken off the stack, or asked here where it is the step's second part.
Truth take_left(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  if (step.part_count == 2) return evaluator.condition(step.parts[1], scope, step);
  const Truth left = evaluator.truth_of(evaluator.stack.from(begin), step);
  evaluator.stack.cut(begin);
  return left;
}

}  // namespace

void run_and(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  if (left == Truth::no) return evaluator.answer(begin, Truth::no);
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  evaluator.answer(begin, right == Truth::no || left == Truth::yes ? right : Truth::empty);
}

void run_or(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  if (left == Truth::yes) return evaluator.answer(begin, Truth::yes);
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  evaluator.answer(begin, right == Truth::yes || left == Truth::no ? right : Truth::empty);
}

void run_xor(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  if (left == Truth::empty) return;
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  evaluator.answer(begin, right == Truth::empty ? right : truth(left != right));
}

void run_implies(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  if (left == Truth::no) return evaluator.answer(begin, Truth::yes);
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  evaluator.answer(begin, right == Truth::yes || left == Truth::yes ? right : Truth::empty);
}

}  // namespace fbss::fhirpath
