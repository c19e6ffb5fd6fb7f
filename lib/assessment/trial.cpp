// SPDX-License-Identifier: Apache-2.0
// A rule on trial answers: see trial.hpp.
#include "assessment/trial.hpp"

#include <algorithm>

namespace fbss {

Result<Status> status_of(const CompiledRule& rule, Evaluation& evaluation) {
  auto gate = evaluation.evaluate(rule.gate);
  if (!gate) return std::move(gate).problems();
  if (*gate == Truth::no) return Status::not_applicable;
  if (*gate == Truth::empty) return Status::unknown;
  auto present = evaluation.evaluate(rule.present);
  if (!present) return std::move(present).problems();
  if (*present == Truth::empty) return Status::unknown;
  return *present == Truth::yes ? Status::present : Status::absent;
}

std::vector<std::uint32_t> questions_bearing_on(const CompiledRule& rule,
                                                const Questionnaire::Model& model) {
  std::vector<bool> found(model.questions.size());
  std::vector<std::uint32_t> bearing = rule.reads;
  for (const std::uint32_t slot : bearing) found[slot] = true;
  for (std::size_t i = 0; i < bearing.size(); ++i)
    for (const std::uint32_t read : model.asked_when[bearing[i]].reads)
      if (!found[read]) {
        found[read] = true;
        bearing.push_back(read);
      }
  std::sort(bearing.begin() + static_cast<std::ptrdiff_t>(rule.gate_reads.size()), bearing.end());
  return bearing;
}

Trial::~Trial() {
  for (std::uint32_t slot = 0; slot < state_.slots.size(); ++slot) restore(slot);
}

void Trial::put(std::uint32_t slot, fhirpath::Collection values) {
  state_.evaluation.set(slot, values);
  state_.settled = false;
}

Status Trial::status(const CompiledRule& rule) {
  if (!state_.settle().empty()) return Status::unknown;
  const auto status = status_of(rule, state_.evaluation);
  return status ? *status : Status::unknown;
}

}  // namespace fbss
