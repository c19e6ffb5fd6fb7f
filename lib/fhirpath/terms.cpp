// SPDX-License-Identifier: Apache-2.0
// The steps that begin a chain: constants, $this, $index, $total and variables.
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {

void run_constant(Evaluator& evaluator, const Step& step, std::size_t, const Scope&) {
  for (const Value& value : step.values()) evaluator.push(value);
}

void run_this(Evaluator& evaluator, const Step&, std::size_t, const Scope& scope) {
  if (scope.has_self) evaluator.push(scope.self);
}

void run_index(Evaluator& evaluator, const Step&, std::size_t, const Scope& scope) {
  if (scope.index >= 0) evaluator.push(ValueAccess::of_integer(scope.index));
}

void run_total(Evaluator& evaluator, const Step&, std::size_t, const Scope& scope) {
  for (std::size_t i = 0; i < scope.total_count; ++i)
    evaluator.push(evaluator.stack[scope.total_begin + i]);
}

void run_variable(Evaluator& evaluator, const Step& step, std::size_t, const Scope&) {
  if (step.slot >= evaluator.environment.variables.size()) return;
  for (const Value& value : evaluator.environment.variables[step.slot]) evaluator.push(value);
}

void run_context(Evaluator& evaluator, const Step&, std::size_t, const Scope&) {
  if (evaluator.environment.input)
    evaluator.push(ValueAccess::of_node(evaluator.environment.input.get()));
}

}  // namespace fbss::fhirpath
