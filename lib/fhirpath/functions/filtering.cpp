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

constexpr std::size_t most_cells = 1 << 16;

// The items of a variable that meet the criterion code.memberOf('url'); `look` decides where an
// item is not to be told by its code. False where the criterion is another, or nothing is kept.
template <class Look>
bool push_with_code(Evaluator& evaluator, const Step& step, Collection values, Look look) {
  const CodeTest* test = step.parts[0].code_test;
  if (!test || !evaluator.environment.value_sets || values.size() > most_cells) return false;
  MemberMemo& members = evaluator.members;
  members.use(*evaluator.environment.value_sets);
  const MemberMemo::Set set = members.set(test->value_set);
  if (!set.has_number) return false;
  MemberMemo::Column& column = members.column(step.slot, test->member, values.size());
  members.fill(column, values.size(), test->member, [&](std::size_t place) {
    return is_node(values[place]) ? ValueAccess::node(values[place]) : nullptr;
  });
  evaluator.spend(values.size());
  members.find(
      set, column, [&](std::size_t place) { evaluator.push(values[place]); }, look);
  return true;
}

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
  Scope inner = scope_of_items(scope);
  const auto look = [&](std::size_t place) {
    enter_item(inner, values[place], place);
    if (evaluator.condition(step.parts[0], inner, step) == Truth::yes)
      evaluator.push(values[place]);
  };
  if (push_with_code(evaluator, step, values, look)) return;
  for (std::size_t place = 0; place < values.size(); ++place) look(place);
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
