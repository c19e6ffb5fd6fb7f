// SPDX-License-Identifier: Apache-2.0
// How a rule came out, as rows of its finding. In: an Explanation. Out: each part of the expression
// with its truth value, and the answers read.
#pragma once

#include <vector>

#include <fbss/assessment.hpp>

#include "report/outline.hpp"

namespace fbss::report {

std::vector<Row> truth_table(const Questionnaire& questionnaire, const Explanation& explanation);

/// How the tables are read, and the logic of three values.
Part truth_table_legend();

}  // namespace fbss::report
