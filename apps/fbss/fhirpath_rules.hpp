// SPDX-License-Identifier: Apache-2.0
// `fbss fhirpath --rules`: many expressions over many records. In: a rule file and NDJSON; out: a
// line of counts, or a line of results a record.
#pragma once

#include "fhirpath_clock.hpp"
#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

Exit run_rules(const Options& options, const Clock& clock, Console& console);

}  // namespace fbss::app
