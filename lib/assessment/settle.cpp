// SPDX-License-Identifier: Apache-2.0
// What would settle a rule that is unknown. In: the rule, the open questions and a trial. Out: the
// slots of the questions of which a single answer decides it.
#include <algorithm>

#include "assessment/explain.hpp"

namespace fbss {

std::vector<std::uint32_t> would_settle(const CompiledRule& rule, const std::vector<bool>& is_open,
                                        Trial& trial) {
  const Questionnaire::Model& model = trial.state().model();
  std::vector<std::uint32_t> settling;
  for (const std::uint32_t slot : questions_bearing_on(rule, model)) {
    if (!is_open[slot]) continue;
    const bool settles = std::ranges::any_of(model.candidates[slot],
                                             [&](const std::vector<fhirpath::Value>& candidate) {
                                               trial.put(slot, candidate);
                                               return trial.status(rule) != Status::unknown;
                                             });
    trial.restore(slot);
    if (settles) settling.push_back(slot);
  }
  std::ranges::sort(settling);
  return settling;
}

}  // namespace fbss
