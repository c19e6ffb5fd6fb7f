// SPDX-License-Identifier: Apache-2.0
// What would settle the rules that are unknown. In: the findings, the open questions and a trial.
// Out: for each question the rules that a single answer to it decides, and how many one answer
// decides at least and at most.
#include <algorithm>

#include "assessment/explain.hpp"

namespace fbss {
namespace {

// By slot: the unknown rules that the open question bears on, in the rules' order.
std::vector<std::vector<std::size_t>> unknown_rules_by_question(std::span<const Finding> findings,
                                                                const std::vector<bool>& is_open,
                                                                const Questionnaire::Model& model) {
  std::vector<std::vector<std::size_t>> rules(is_open.size());
  for (std::size_t rule = 0; rule < findings.size(); ++rule) {
    if (findings[rule].status != Status::unknown) continue;
    for (const std::uint32_t slot : questions_bearing_on(model.compiled_rules[rule], model))
      if (is_open[slot]) rules[slot].push_back(rule);
  }
  return rules;
}

}  // namespace

std::vector<Settling> find_settling(std::span<const Finding> findings,
                                    const std::vector<bool>& is_open, Trial& trial) {
  const Questionnaire::Model& model = trial.state().model();
  const auto unknown_rules = unknown_rules_by_question(findings, is_open, model);
  std::vector<Settling> found;
  for (std::uint32_t slot = 0; slot < is_open.size(); ++slot) {
    const std::vector<std::size_t>& rules = unknown_rules[slot];
    if (rules.empty()) continue;
    Settling settling{.slot = slot, .rules = {}, .fewest = static_cast<int>(rules.size())};
    std::vector<bool> is_settled(rules.size());
    for (const std::vector<fhirpath::Value>& candidate : model.candidates[slot]) {
      trial.put(slot, candidate);
      int settled = 0;
      for (std::size_t i = 0; i < rules.size(); ++i) {
        if (trial.status(model.compiled_rules[rules[i]]) == Status::unknown) continue;
        is_settled[i] = true;
        ++settled;
      }
      settling.fewest = std::min(settling.fewest, settled);
      settling.most = std::max(settling.most, settled);
    }
    trial.restore(slot);
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (is_settled[i]) settling.rules.push_back(rules[i]);
    if (settling.most > 0) found.push_back(std::move(settling));
  }
  return found;
}

}  // namespace fbss
