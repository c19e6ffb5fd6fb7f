// SPDX-License-Identifier: Apache-2.0
// Combining: union, combine. FHIRPath 2.0.0, section "Combining".
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {

void call_union(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  evaluator.run(step.parts[0], scope);
  keep_distinct(evaluator, begin);
}

void call_combine(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  evaluator.run(step.parts[0], scope);
}

}  // namespace fbss::fhirpath
