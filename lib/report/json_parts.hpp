// SPDX-License-Identifier: Apache-2.0
// What every JSON of an assessment holds. In: an Assessment. Out: members of the object at hand.
#pragma once

#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

#include "json/write.hpp"

namespace fbss::report {

/// questionnaire, engine
void write_identity(json::Writer& out, const Questionnaire& questionnaire);

/// questionnaire, engine, on
void write_identity(json::Writer& out, const Assessment& assessment);

/// id, sample
void write_record(json::Writer& out, const Assessment& assessment);

void write_ids(json::Writer& out, std::string_view key, const std::vector<const Item*>& questions);

}  // namespace fbss::report
