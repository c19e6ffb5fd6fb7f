// SPDX-License-Identifier: Apache-2.0
// When two values are the same: equality (=), which may be undecided, and equivalence (~), which
// never is. FHIRPath 2.0.0, sections "Equals", "Equivalent".
#pragma once

#include "fhirpath/evaluate.hpp"

namespace fbss::fhirpath {

/// a = b for single values. Nodes are compared with all that is below them, whatever the order of
/// their members.
Truth equal(Evaluator& evaluator, const Value& a, const Value& b);

/// a ~ b for single values.
bool equivalent(Evaluator& evaluator, const Value& a, const Value& b);

/// Whether a collection that holds a needs b no more: a = b, or both are primitives without a value
/// and with the same extensions. For |, distinct(), in and the like.
bool is_same(Evaluator& evaluator, const Value& a, const Value& b);

bool holds(Evaluator& evaluator, Collection values, const Value& value);

}  // namespace fbss::fhirpath
