// SPDX-License-Identifier: Apache-2.0
// The evaluator: what operators and functions share, its limits, and the public way in.
#include "fhirpath/evaluate.hpp"

#include <algorithm>

#include "fhirpath/chain_tests.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {

bool ValueStack::grow() {
  constexpr std::size_t first_capacity = 256;
  const std::size_t capacity = std::min(most_, std::max(first_capacity, capacity_ * 2));
  if (capacity <= size_) return false;
  auto larger = std::make_unique<Value[]>(capacity);
  std::copy_n(values_.get(), size_, larger.get());
  values_ = std::move(larger);
  capacity_ = capacity;
  return true;
}

void Evaluator::run_traced(const Chain& chain, const Scope& scope) {
  const std::size_t begin = stack.size();
  for (const Step& step : chain) {
    run(step, begin, scope);
    const Syntax* origin = step.origin;
    if (!origin) continue;
    (*environment.on_step)({.text = traced_text_.substr(origin->begin, origin->end - origin->begin),
                            .position = origin->begin,
                            .depth = origin->brackets,
                            .index = scope.index,
                            .values = stack.from(begin)});
  }
}

Truth Evaluator::condition(const Chain& chain, const Scope& scope, const Step& step) {
  if (chain.is_logic) {
    current_ = chain.steps;
    spend(1);
    return decide_logic(*this, *chain.steps, scope);
  }
  if (is_test(chain) && scope.has_self && is_node(scope.self) && ValueAccess::node(scope.self)) {
    if (chain.test) {
      spend(1);
      const Verdict verdict = decide(*chain.test, *ValueAccess::node(scope.self));
      if (verdict != Verdict::unclear) return truth(verdict == Verdict::yes);
    } else if (const auto known = decide(*this, *chain.path_test, scope.self)) {
      return *known;
    }
  }
  const std::size_t begin = stack.size();
  const Collection values = operand(chain, scope);
  const Truth result = values.size() == 1 && values[0].type() == Type::boolean
                           ? truth(ValueAccess::boolean(values[0]))
                           : truth_of(values, step);
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

void Evaluator::make_locals(std::uint32_t count) {
  expect(count * sizeof(Local));
  locals_ = arena_.make_array<Local>(count);
  std::fill_n(locals_, count, Local{});
}

void Evaluator::define_local(std::uint32_t slot, Collection values) {
  Local& local = locals_[slot];
  if (values.size() > local.room) {
    const std::size_t room = std::max(values.size(), local.room * 2);
    expect(room * sizeof(Value));
    local.values = arena_.make_array<Value>(room);
    local.room = room;
  }
  spend(values.size() / 16);
  std::ranges::copy(values, local.values);
  local.count = values.size();
  local.is_defined = true;
}

std::string_view Evaluator::keep(std::string_view text) {
  expect(text.size());
  return arena_.copy(text);
}

const Quantity* Evaluator::keep(const Quantity& quantity) {
  expect(sizeof(Quantity));
  return arena_.make(quantity);
}

const TypeInfo* Evaluator::keep(const TypeInfo& info) {
  expect(sizeof(TypeInfo));
  return arena_.make(info);
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

namespace {

ModelType resource_type_of(const json::Node& node) {
  const ModelType type = node_type(ValueAccess::of_node(&node));
  return is_resource(type) ? type : ModelType{0};
}

// What is remembered from evaluation to evaluation is of this record.
void enter(const json::Node* record, Memory& memory) {
  static const ModelType bundle_type = find_model_type("Bundle");
  const std::uint64_t stamp = record ? record->stamp() : 0;
  if (stamp != 0 && stamp == memory.stamp) return;
  memory.stamp = stamp;
  memory.resource_type = record ? resource_type_of(*record) : ModelType{0};
  memory.index.enter(stamp != 0 ? record : nullptr);
  memory.members.enter(record);
  memory.entries.enter(memory.resource_type == bundle_type ? record : nullptr);
  memory.references.enter();
}

// The input with its type, which it says itself or the caller told. The record is what it lies in.
Value input_of(const Environment& environment, const Plan& plan, Memory& memory) {
  const json::Node* node = environment.input.get();
  const json::Node* record = environment.resource ? environment.resource.get() : node;
  enter(record, memory);
  if (!node) return Value::of_node(environment.input);
  if (plan.input_type != 0 && !is_resource(plan.input_type))
    return ValueAccess::of_node(node, nullptr, plan.input_type);
  const ModelType own = node == record ? memory.resource_type : resource_type_of(*node);
  return ValueAccess::of_node(node, nullptr, own != 0 ? own : plan.input_type);
}

Result<Collection> run(const Plan& plan, const Environment& environment, Memory& memory,
                       const Value& input, bool has_input) {
  memory.stack.cut(0);
  memory.arena.reset();
  Evaluator evaluator(environment, memory);
  if (plan.traceable) evaluator.trace(plan.text);
  evaluator.input = input;
  evaluator.has_input = has_input;
  Scope scope;
  scope.self = input;
  scope.has_self = has_input;
  try {
    if (plan.local_count > 0) evaluator.make_locals(plan.local_count);
    evaluator.run(plan.root, scope);
  } catch (Failure& failure) {
    return to_problem(std::move(failure), plan.text);
  }
  return memory.stack.from(0);
}

}  // namespace

Result<Collection> evaluate(const Expression& expression, const Environment& environment,
                            Workspace& workspace) {
  const Plan& plan = ExpressionAccess::plan(expression);
  if (plan.root.is_constant) return plan.root.steps->values();
  Memory& memory = WorkspaceAccess::memory(workspace);
  return run(plan, environment, memory, input_of(environment, plan, memory),
             static_cast<bool>(environment.input));
}

Result<Collection> evaluate_at(const Expression& expression, const Value& focus,
                               const Environment& environment, Workspace& workspace) {
  const Plan& plan = ExpressionAccess::plan(expression);
  if (plan.root.is_constant) return plan.root.steps->values();
  Memory& memory = WorkspaceAccess::memory(workspace);
  input_of(environment, plan, memory);  // which record the memory is about
  return run(plan, environment, memory, focus, true);
}

}  // namespace fbss::fhirpath
