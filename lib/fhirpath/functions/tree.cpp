// SPDX-License-Identifier: Apache-2.0
// Tree navigation: children, descendants. FHIRPath 2.0.0, section "Tree navigation".
#include "fhirpath/functions.hpp"
#include "fhirpath/navigate.hpp"

namespace fbss::fhirpath {

void call_children(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const std::size_t end = evaluator.stack.size();
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_children(evaluator, value);
  }
  evaluator.stack.keep(begin, end);
}

// Level by level. No value is below two others, so nothing needs to be compared.
void call_descendants(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const std::size_t end = evaluator.stack.size();
  for (std::size_t i = begin; i < evaluator.stack.size(); ++i) {
    const Value value = evaluator.stack[i];
    evaluator.spend(1);
    push_children(evaluator, value);
  }
  evaluator.stack.keep(begin, end);
}

}  // namespace fbss::fhirpath
