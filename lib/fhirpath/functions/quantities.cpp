// SPDX-License-Identifier: Apache-2.0
// Quantities: comparable. Trial use in FHIRPath 3.0.
#include "fhirpath/functions.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {

void call_comparable(Evaluator& evaluator, const Step& step, std::size_t begin,
                     const Scope& scope) {
  const auto input = single_input(evaluator, step, begin);
  const Value* other =
      single(evaluator.operand(step.parts[0], scope), step, "what it compares with");
  const auto argument = other ? system_value(*other) : std::nullopt;
  if (!input || !argument) return evaluator.stack.cut(begin);
  const auto a = to_quantity(*input), b = to_quantity(*argument);
  if (!a) refuse_input(step, "a quantity");
  evaluator.answer(begin, truth(b && comparable(*a, *b)));
}

}  // namespace fbss::fhirpath
