// SPDX-License-Identifier: Apache-2.0
// Which answers of a question matter when rules are tried out.
#pragma once

#include <string_view>

#include "questionnaire/model.hpp"

namespace fbss {

/// The date that today() gives while rules are tried out.
constexpr std::string_view trial_today = "2026-01-15";

/// Fills Model::candidates and Model::candidate_texts from the options, the ranges and the
/// constants that the compiled expressions compare with. Needs Model::stages and all reads.
void fill_candidates(Questionnaire::Model& model);

}  // namespace fbss
