// SPDX-License-Identifier: Apache-2.0
// Functions on types and Booleans: is, as, not. FHIRPath 2.0.0, sections "Types", "Boolean logic".
#include "fhirpath/functions.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {

void call_is(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  run_is(evaluator, step, begin, scope);
}

void call_as(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  run_as(evaluator, step, begin, scope);
}

void call_not(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Truth value = evaluator.truth_of(evaluator.stack.from(begin), step);
  evaluator.answer(begin, value == Truth::empty ? value : truth(value == Truth::no));
}

}  // namespace fbss::fhirpath
