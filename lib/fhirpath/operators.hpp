// SPDX-License-Identifier: Apache-2.0
// The operators, each a StepFunction: the left side stands on the stack, the right side is the
// step's first part (a union's: all its parts). Defined in equality.cpp, comparison.cpp,
// arithmetic.cpp, logic.cpp, collections.cpp and terms.cpp.
#pragma once

#include <compare>
#include <optional>

#include "fhirpath/evaluate.hpp"

namespace fbss::fhirpath {

struct Sides {
  Collection left, right;
};

/// Both sides, the right one evaluated. Valid until something is pushed.
inline Sides sides_of(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const std::size_t middle = evaluator.stack.size();
  const Collection right = evaluator.operand(step.parts[0], scope);
  return {evaluator.stack.range(begin, middle), right};
}

#define FBSS_STEP(name) \
  void name(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope);
// terms.cpp
FBSS_STEP(run_constant)
FBSS_STEP(run_this)
FBSS_STEP(run_index)
FBSS_STEP(run_total)
FBSS_STEP(run_variable)
FBSS_STEP(run_local)
FBSS_STEP(run_once)
FBSS_STEP(run_focus)
FBSS_STEP(run_context)
FBSS_STEP(run_resource)
FBSS_STEP(run_root_resource)
// equality.cpp
FBSS_STEP(run_equal)
FBSS_STEP(run_not_equal)
FBSS_STEP(run_equivalent)
FBSS_STEP(run_not_equivalent)
// comparison.cpp
FBSS_STEP(run_less)
FBSS_STEP(run_less_or_equal)
FBSS_STEP(run_greater)
FBSS_STEP(run_greater_or_equal)
// arithmetic.cpp
FBSS_STEP(run_plus)
FBSS_STEP(run_minus)
FBSS_STEP(run_add)
FBSS_STEP(run_subtract)
FBSS_STEP(run_multiply)
FBSS_STEP(run_divide)
FBSS_STEP(run_div)
FBSS_STEP(run_mod)
FBSS_STEP(run_concatenate)
// logic.cpp
FBSS_STEP(run_and)
FBSS_STEP(run_or)
FBSS_STEP(run_xor)
FBSS_STEP(run_implies)
// collections.cpp
FBSS_STEP(run_union)
FBSS_STEP(run_in)
FBSS_STEP(run_contains)
FBSS_STEP(run_indexer)
FBSS_STEP(run_is)
FBSS_STEP(run_as)
#undef FBSS_STEP

/// Whether it is and, or, or implies: what may be decided by its left side alone.
bool is_logic(const Step& step);
/// The outcome of such a step whose left side is its second part.
Truth decide_logic(Evaluator& evaluator, const Step& step, const Scope& scope);

/// Which of two values comes first, as < and > know it; nothing where that is not decided.
/// wrong_operand where the types do not compare.
std::optional<std::strong_ordering> order_of(Evaluator& evaluator, const Value& left,
                                             const Value& right, const Step& step);

/// a + b and a / b of numbers and quantities; nothing where the result does not fit.
std::optional<Value> sum_of(Evaluator& evaluator, const Value& a, const Value& b, const Step& step);
std::optional<Value> quotient_of(Evaluator& evaluator, const Value& a, const Value& b,
                                 const Step& step);

}  // namespace fbss::fhirpath
