// SPDX-License-Identifier: Apache-2.0
// Which chains are tests: they ask one thing of a member of $this, so that the answer can be had
// without running them. In: a chain of a plan. Out: Chain::test or Chain::code_test, where it is
// one.
#pragma once

#include "base/arena.hpp"
#include "fhirpath/plan.hpp"

namespace fbss::fhirpath {

void find_tests(Chain& chain, Arena& arena);

}  // namespace fbss::fhirpath
