// SPDX-License-Identifier: Apache-2.0
// and, or, xor and implies over three truth values. The right side is left out where the left side
// decides alone. FHIRPath 2.0.0, section "Boolean logic".
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

Truth and_of(Evaluator& evaluator, const Step& step, Truth left, const Scope& scope) {
  if (left == Truth::no) return Truth::no;
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  return right == Truth::no || left == Truth::yes ? right : Truth::empty;
}

Truth or_of(Evaluator& evaluator, const Step& step, Truth left, const Scope& scope) {
  if (left == Truth::yes) return Truth::yes;
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  return right == Truth::yes || left == Truth::no ? right : Truth::empty;
}

Truth implies_of(Evaluator& evaluator, const Step& step, Truth left, const Scope& scope) {
  if (left == Truth::no) return Truth::yes;
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  return right == Truth::yes || left == Truth::yes ? right : Truth::empty;
}

// The left side: taken off the stack, or asked here where it is the step's second part.
Truth take_left(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  if (step.part_count == 2) return evaluator.condition(step.parts[1], scope, step);
  const Truth left = evaluator.truth_of(evaluator.stack.from(begin), step);
  evaluator.stack.cut(begin);
  return left;
}

}  // namespace

bool is_logic(const Step& step) {
  return step.run == run_and || step.run == run_or || step.run == run_implies;
}

Truth decide_logic(Evaluator& evaluator, const Step& step, const Scope& scope) {
  const Truth left = evaluator.condition(step.parts[1], scope, step);
  return step.run == run_and  ? and_of(evaluator, step, left, scope)
         : step.run == run_or ? or_of(evaluator, step, left, scope)
                              : implies_of(evaluator, step, left, scope);
}

void run_and(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  evaluator.answer(begin, and_of(evaluator, step, left, scope));
}

void run_or(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  evaluator.answer(begin, or_of(evaluator, step, left, scope));
}

void run_xor(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  if (left == Truth::empty) return;
  const Truth right = evaluator.condition(step.parts[0], scope, step);
  evaluator.answer(begin, right == Truth::empty ? right : truth(left != right));
}

void run_implies(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Truth left = take_left(evaluator, step, begin, scope);
  evaluator.answer(begin, implies_of(evaluator, step, left, scope));
}

}  // namespace fbss::fhirpath
