// SPDX-License-Identifier: Apache-2.0
// The parts of an assessment that explain it, one function a file: because.cpp, settle.cpp,
// tally.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fbss/assessment.hpp>

#include "assessment/trial.hpp"
#include "questionnaire/model.hpp"

namespace fbss {

/// The slots of a smallest set of recorded answers that, as a record of its own, gives the rule the
/// same status. Where several are equally small: the one that holds the gate's answers, then the
/// earlier questions. The gate's come first, then question order.
std::vector<std::uint32_t> because(const CompiledRule& rule, Status status, Trial& trial);

/// The open questions (`is_open`, by slot) of which some answer settles the rule, which is unknown;
/// in question order.
std::vector<std::uint32_t> would_settle(const CompiledRule& rule, const std::vector<bool>& is_open,
                                        Trial& trial);

/// The tally in a sentence or two. `findings` are all of the assessment, explained.
std::string count_sentence(const Tally& tally, std::span<const Finding> findings);

}  // namespace fbss
