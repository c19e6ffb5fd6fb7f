// SPDX-License-Identifier: Apache-2.0
// The parts of an assessment that explain it, one function a file: because.cpp, settle.cpp,
// explain.cpp, tally.cpp.
#pragma once

#include <cstddef>
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

/// What is recorded of the question.
Given given(const Item& question, const Answer& answer);

/// Every recorded value, in question order, behind what `out` holds.
void list_values(std::vector<Given>& out, const Response::State& state);

/// What single answers to an open question settle.
struct Settling {
  std::uint32_t slot = 0;
  std::vector<std::size_t> rules;  ///< those that some answer settles, in the rules' order
  int fewest = 0, most = 0;        ///< how many one answer settles
};

/// Tries every answer of every open question (`is_open`, by slot) on the rules that are unknown.
/// Gives those questions that settle some, in question order.
std::vector<Settling> find_settling(std::span<const Finding> findings,
                                    const std::vector<bool>& is_open, Trial& trial);

/// How the rule with this number came out.
Result<Explanation> explain_rule(const Response& response, std::size_t rule);

/// The tally in a sentence or two. `findings` are all of the assessment, explained.
std::string count_sentence(const Tally& tally, std::span<const Finding> findings);

}  // namespace fbss
