// SPDX-License-Identifier: Apache-2.0
// The steps that begin a chain: constants, the focus, $this, $index, $total and variables.
#include "fhirpath/operators.hpp"

#include <initializer_list>

namespace fbss::fhirpath {
namespace {

// The first that there is, else the input.
void push_resource(Evaluator& evaluator, std::initializer_list<JsonNode> given) {
  for (const JsonNode node : given)
    if (node) return evaluator.push(ValueAccess::of_node(node.get()));
  if (evaluator.has_input) evaluator.push(evaluator.input);
}

void push_all(Evaluator& evaluator, Collection values) {
  for (const Value& value : values) evaluator.push(value);
}

// Values that stand on the stack, once more on its top.
void push_again(Evaluator& evaluator, std::size_t begin, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const Value value = evaluator.stack[begin + i];  // pushing may move the stack
    evaluator.push(value);
  }
}

}  // namespace

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
  push_again(evaluator, scope.total_begin, scope.total_count);
}

void run_variable(Evaluator& evaluator, const Step& step, std::size_t, const Scope&) {
  if (step.slot >= evaluator.environment.variables.size()) return;
  push_all(evaluator, evaluator.environment.variables[step.slot]);
}

void run_local(Evaluator& evaluator, const Step& step, std::size_t, const Scope&) {
  push_all(evaluator, evaluator.local(step.slot));
}

// What depends on nothing that a loop goes through is worked out when the loop first asks for it.
void run_once(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  if (evaluator.has_local(step.slot)) return push_all(evaluator, evaluator.local(step.slot));
  evaluator.run(step.parts[0], scope);
  evaluator.define_local(step.slot, evaluator.stack.from(begin));
}

// The focus where it is a collection: what an argument of kind `whole` begins with.
void run_focus(Evaluator& evaluator, const Step&, std::size_t, const Scope& scope) {
  push_again(evaluator, scope.focus_begin, scope.focus_count);
}

void run_context(Evaluator& evaluator, const Step&, std::size_t, const Scope&) {
  push_resource(evaluator, {});
}

void run_resource(Evaluator& evaluator, const Step&, std::size_t, const Scope&) {
  push_resource(evaluator, {evaluator.environment.resource});
}

void run_root_resource(Evaluator& evaluator, const Step&, std::size_t, const Scope&) {
  push_resource(evaluator, {evaluator.environment.root_resource, evaluator.environment.resource});
}

}  // namespace fbss::fhirpath
