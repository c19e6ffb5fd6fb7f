// SPDX-License-Identifier: Apache-2.0
// Reads what a questionnaire file says of a patient's chart: "chart_variables" of the file and
// "chart" of a question. In: the fields of either. Out: the model's texts, and for each expression
// its place in the draft; faults.
#pragma once

#include <cstdint>

#include "questionnaire/draft.hpp"
#include "questionnaire/fields.hpp"

namespace fbss {

void read_chart_variables(Draft& draft, Fields& file);

/// `slot` is the question's; its type and its options have been read.
void read_chart_rules(Draft& draft, Fields& question, std::uint32_t slot, Item& item);

/// Whether the value of a variable is a text in one line; a fault where it is not.
bool is_expression(Faults& faults, const FileValue& value);

}  // namespace fbss
