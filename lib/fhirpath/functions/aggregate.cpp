// SPDX-License-Identifier: Apache-2.0
// Aggregates: aggregate. FHIRPath 2.0.0, section "Aggregates" (trial use).
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {

void call_aggregate(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  if (step.part_count == 2) evaluator.run(step.parts[1], scope);
  Scope inner = scope_of_items(scope);
  inner.total_begin = end;  // the total so far stands behind the items
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, stack[i], i - begin);
    inner.total_count = stack.size() - end;
    const std::size_t next = stack.size();
    evaluator.run(step.parts[0], inner);
    stack.keep(end, next);
  }
  stack.keep(begin, end);
}

}  // namespace fbss::fhirpath
