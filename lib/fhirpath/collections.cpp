// SPDX-License-Identifier: Apache-2.0
// The operators on collections (| in contains [ ]) and on types (is as). FHIRPath 2.0.0, sections
// "Collections", "Types", "Index".
#include "fhirpath/equality.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {

void run_union(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  for (std::uint32_t i = 0; i < step.part_count; ++i) evaluator.run(step.parts[i], scope);
  keep_distinct(evaluator, begin);
}

void run_in(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  const Value* value = single(sides.left, step, "its left side");
  evaluator.answer(begin, value ? truth(holds(evaluator, sides.right, *value)) : Truth::empty);
}

void run_contains(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  const Value* value = single(sides.right, step, "its right side");
  evaluator.answer(begin, value ? truth(holds(evaluator, sides.left, *value)) : Truth::empty);
}

void run_indexer(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const std::optional<std::int64_t> index = integer_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(end);
  if (!index || *index < 0 || static_cast<std::uint64_t>(*index) >= end - begin)
    return evaluator.stack.cut(begin);
  evaluator.answer(begin, evaluator.stack[begin + static_cast<std::size_t>(*index)]);
}

void run_is(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Value* value = single(evaluator.stack.from(begin), step, "its input");
  if (value) evaluator.answer(begin, truth(is_of_type(*value, step.type)));
}

void run_as(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Value* value = single(evaluator.stack.from(begin), step, "its input");
  if (value && !is_of_type(*value, step.type)) evaluator.stack.cut(begin);
}

}  // namespace fbss::fhirpath
