// SPDX-License-Identifier: Apache-2.0
// The evaluator: what operators and functions share, its limits, and the public way in.
#include "fhirpath/evaluate.hpp"

#include <algorithm>

#include "fhirpath/navigate.hpp"

namespace fbss::fhirpath {

bool ValueStack::grow() {
  constexpr std::size_t kFirst = 256;
  const std::size_t capacity = std::min(most_, std::max(kFirst, capacity_ * 2));
  if (capacity <= size_) return false;
  auto larger = std::make_unique<Value[]>(capacity);
  std::copy_n(values_.get(), size_, larger.get());
  values_ = std::move(larger);
  capacity_ = capacity;
  return true;
}

Truth Evaluator::condition(const Chain& chain, const Scope& scope, const Step& step) {
  if (chain.compares_member && scope.has_self && is_node(scope.self)) {
    spend(1);
    if (const auto known = member_equals(chain, ValueAccess::node(scope.self)))
      return truth(*known);
  }
  const std::size_t begin = stack.size();
  const Truth result = truth_of(operand(chain, scope), step);
  stack.cut(begin);
  return result;
}

Truth Evaluator::truth_of(Collection values, const Step& step) {
  const Value* value = single(values, step, "a condition");
  if (!value) return Truth::empty;
  if (value->type() == Type::boolean) return truth(ValueAccess::boolean(*value));
  const auto system = system_value(*value);
  if (!system) return Truth::empty;
  return truth(system->type() != Type::boolean || ValueAccess::boolean(*system));
}

std::string_view Evaluator::keep(std::string_view text) {
  expect(text.size());
  return arena_.copy(text);
}

const Quantity* Evaluator::keep(const Quantity& quantity) {
  expect(sizeof(Quantity));
  return arena_.make(quantity);
}

void Evaluator::fail_memory() const {
  fail(ErrorCode::limit_exceeded, current_ ? current_->position : 0,
       "Evaluating the expression needs more than " + std::to_string(most_bytes_) +
           " bytes: it makes too many values.");
}

void Evaluator::fail_steps() const {
  fail(ErrorCode::limit_exceeded, current_ ? current_->position : 0,
       "Evaluating the expression takes more than " + std::to_string(most_steps_) +
           " steps: it compares or repeats too much.");
}

const Value* single(Collection values, const Step& step, std::string_view role) {
  if (values.size() <= 1) return values.empty() ? nullptr : values.data();
  fail(ErrorCode::not_a_single_value, step.position,
       "\"" + std::string(step.name) + "\" takes a single value as " + std::string(role) +
           ", here there are " + std::to_string(values.size()) +
           ": choose one with first() or where().");
}

Workspace::Workspace(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

Result<Collection> evaluate(const Expression& expression, const Environment& environment,
                            Workspace& workspace) {
  const Plan& plan = ExpressionAccess::plan(expression);
  Memory& memory = WorkspaceAccess::memory(workspace);
  memory.stack.cut(0);
  memory.arena.reset();
  Evaluator evaluator(environment, memory);
  Scope scope;
  scope.self = Value::of_node(environment.input);
  scope.has_self = static_cast<bool>(environment.input);
  try {
    evaluator.run(plan.root, scope);
  } catch (Failure& failure) {
    return to_problem(std::move(failure), plan.text);
  }
  return memory.stack.from(0);
}

}  // namespace fbss::fhirpath
