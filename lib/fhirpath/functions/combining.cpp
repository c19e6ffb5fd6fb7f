// SPDX-License-Identifier: Apache-2.0
// Combining: union, combine. FHIRPath 2.0.0, section "Combining";
// preserveOrder of 3.0.
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {

void call_union(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  evaluator.run(step.parts[0], scope);
  keep_distinct(evaluator, begin);
}

// preserveOrder, the second argument, asks for what is done anyway.
void call_combine(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  if (step.part_count == 2) evaluator.condition(step.parts[1], scope, step);
  evaluator.run(step.parts[0], scope);
}

}  // namespace fbss::fhirpath
