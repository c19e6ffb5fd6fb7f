// SPDX-License-Identifier: Apache-2.0
// Chains that are tests: they ask one thing of a member of $this, so that the answer can be had
// without running them. In: a chain of a plan. Out: Chain::test, code_test or path_test, where it
// is one; and later, for an item of a record, the answer.
#pragma once

#include <optional>

#include "base/arena.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/plan.hpp"

namespace fbss::fhirpath {

void find_tests(Chain& chain, Arena& arena);

/// Whether the chain can be asked without being run.
inline bool is_test(const Chain& chain) {
  return chain.test || chain.path_test;
}

/// What the chain gives for that item; nothing where it has to be run, to say so or to raise.
std::optional<Truth> decide(Evaluator& evaluator, const PathTest& test, const Value& item);

}  // namespace fbss::fhirpath
