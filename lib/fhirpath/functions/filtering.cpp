// SPDX-License-Identifier: Apache-2.0
// Filtering and projection: where, select, repeat, repeatAll, ofType, coalesce. FHIRPath 2.0.0,
// section "Filtering and projection"; repeatAll and coalesce of 3.0.
#include "fhirpath/equality.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

// is_of_type(), quick where the type is told and nothing inherits from the one asked for.
class TypeFilter {
 public:
  explicit TypeFilter(const TypeSpecifier& type)
      : type_(type), is_last_(is_resource(type.model) && !is_abstract_resource(type.model)) {}

  bool takes(const Value& value) const {
    const ModelType told = is_node(value) ? ValueAccess::model_type(value) : ModelType{0};
    return told != 0 && is_last_ ? told == type_.model : is_of_type(value, type_);
  }

 private:
  const TypeSpecifier& type_;
  bool is_last_;
};

// The criterion code.memberOf('url') of the items of a variable, where it is nothing else.
class CodeFilter {
 public:
  CodeFilter(Evaluator& evaluator, const Step& step, std::size_t size)
      : members_(evaluator.members), test_(step.parts[0].code_test) {
    if (!test_ || !evaluator.environment.value_sets || size > most_cells) return;
    members_.use(*evaluator.environment.value_sets);
    set_ = members_.set(test_->value_set);
    if (!set_.has_number) return;
    evaluator.spend(size);
    column_ = &members_.column(step.slot, test_->member, size);
  }

  bool decides(const Value& value, std::size_t place, Truth& matches) const {
    if (!column_ || !is_node(value)) return false;
    const auto* cell = members_.find(*column_, place, ValueAccess::node(value), test_->member);
    if (!cell) return false;
    matches = truth(set_.is_known && members_.has(set_, *cell));
    return true;
  }

 private:
  static constexpr std::size_t most_cells = 1 << 16;

  MemberMemo& members_;
  const CodeTest* test_;
  MemberMemo::Set set_;
  MemberMemo::Column* column_ = nullptr;
};

}  // namespace

void call_where(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t end = stack.size();
  Scope inner = scope_of_items(scope);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, stack[i], i - begin);
    if (evaluator.condition(step.parts[0], inner, step) == Truth::yes) stack[kept++] = inner.self;
  }
  stack.cut(kept);
}

void run_variable_where(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  if (step.slot >= evaluator.environment.variables.size()) return;
  const Collection values = evaluator.environment.variables[step.slot];
  const CodeFilter filter(evaluator, step, values.size());
  Scope inner = scope_of_items(scope);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Truth matches = Truth::empty;
    if (!filter.decides(values[i], i, matches)) {
      enter_item(inner, values[i], i);
      matches = evaluator.condition(step.parts[0], inner, step);
    }
    if (matches == Truth::yes) evaluator.push(values[i]);
  }
}

void run_variable_of_type(Evaluator& evaluator, const Step& step, std::size_t, const Scope&) {
  if (step.slot >= evaluator.environment.variables.size()) return;
  const Collection values = evaluator.environment.variables[step.slot];
  evaluator.spend(values.size() / 16);
  const TypeFilter filter(step.type);
  for (const Value& value : values)
    if (filter.takes(value)) evaluator.push(value);
}

void call_select(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < end; ++i) {
    enter_item(inner, evaluator.stack[i], i - begin);
    evaluator.run(step.parts[0], inner);
  }
  evaluator.stack.keep(begin, end);
}

// The projection of every item, then of every new item, until nothing new comes. The results grow
// behind the input and are the next input at the same time.
void call_repeat(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t results = stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < stack.size(); ++i) {
    enter_item(inner, stack[i], i < results ? i - begin : i - results);
    const std::size_t fresh = stack.size();
    evaluator.run(step.parts[0], inner);
    std::size_t kept = fresh;
    for (std::size_t j = fresh; j < stack.size(); ++j)
      if (!holds(evaluator, stack.range(results, kept), stack[j])) stack[kept++] = stack[j];
    stack.cut(kept);
  }
  stack.keep(begin, results);
}

// As repeat, with all that comes: the limits end what goes round in circles.
void call_repeat_all(Evaluator& evaluator, const Step& step, std::size_t begin,
                     const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  const std::size_t results = stack.size();
  Scope inner = scope_of_items(scope);
  for (std::size_t i = begin; i < stack.size(); ++i) {
    enter_item(inner, stack[i], i < results ? i - begin : i - results);
    evaluator.run(step.parts[0], inner);
  }
  stack.keep(begin, results);
}

// The first argument that has values; those behind it are not evaluated.
void call_coalesce(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Scope inner = scope_of_input(scope, evaluator.stack, begin);
  const std::size_t end = evaluator.stack.size();
  for (std::uint32_t i = 0; i < step.part_count && evaluator.stack.size() == end; ++i)
    evaluator.run(step.parts[i], inner);
  evaluator.stack.keep(begin, end);
}

void call_of_type(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  ValueStack& stack = evaluator.stack;
  const TypeFilter filter(step.type);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack.size(); ++i)
    if (filter.takes(stack[i])) stack[kept++] = stack[i];
  stack.cut(kept);
}

}  // namespace fbss::fhirpath
