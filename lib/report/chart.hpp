// SPDX-License-Identifier: Apache-2.0
// What the patient's chart says, for every format. In: a Chart and, where there is one, the
// assessment whose recorded answers stand beside it. Out: content for an outline, and members of a
// JSON object.
#pragma once

#include <vector>

#include <fbss/assessment.hpp>

#include "json/write.hpp"
#include "report/outline.hpp"

namespace fbss::report {

/// A card a question that the chart speaks of, and one of what was left out.
Part chart_part(const Chart& chart, const Assessment* beside);

/// The suggestions to these questions, for an unknown finding; without entries where there are
/// none.
Row suggested_row(const Chart& chart, const std::vector<const Item*>& questions);

/// patient, suggestions, ignored; with the recorded answers, where there are any.
void write_chart(json::Writer& out, const Chart& chart, const Assessment* beside);

}  // namespace fbss::report
