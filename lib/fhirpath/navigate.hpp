// SPDX-License-Identifier: Apache-2.0
// Steps through a record: members by name, choice elements, the companions of primitives, children.
// In: values. Out: the values below them.
#pragma once

#include "fhirpath/evaluate.hpp"

namespace fbss::fhirpath {

/// The member of each value before it, or of $this where nothing stands before it.
void run_member(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope);
void run_member_of_this(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope);

/// name.where(member = 'text') in one step: what does not match never stands on the stack.
void run_member_where(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope);

/// name.exists() and name.empty() of $this in one step: what is only counted is not fetched.
void run_member_exists(Evaluator& evaluator, const Step& step, std::size_t begin,
                       const Scope& scope);

/// A name that begins an expression and is a resource's type: $this where it is of that type, else
/// the member of that name.
void run_type_or_member(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope);

/// Pushes all immediate parts of a value (children()).
void push_children(Evaluator& evaluator, const Value& value);

}  // namespace fbss::fhirpath
