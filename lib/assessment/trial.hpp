// SPDX-License-Identifier: Apache-2.0
// Answers tried out on a response's own evaluation. In: answers shown or hidden. Out: how a rule
// comes out with them. Everything is put back when the Trial ends.
//
// A trial keeps to what a record may hold: the answer of a question that is not asked counts for
// nothing, also where it is not asked because another answer is hidden.
#pragma once

#include <cstdint>
#include <vector>

#include <fbss/assessment.hpp>
#include <fbss/fhirpath.hpp>

#include "questionnaire/model.hpp"
#include "response/state.hpp"

namespace fbss {

/// How a rule comes out with the answers of a settled evaluation. Problem rule_error.
Result<Status> status_of(const CompiledRule& rule, Evaluation& evaluation);

/// The questions that bear on a rule: those that it reads and those that decide whether these are
/// asked; the gate's first, then the others, in question order.
std::vector<std::uint32_t> questions_bearing_on(const CompiledRule& rule,
                                                const Questionnaire::Model& model);

class Trial {
 public:
  explicit Trial(const Response::State& state) : state_(state) {}
  ~Trial();
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  const Response::State& state() const { return state_; }

  void put(std::uint32_t slot, fhirpath::Collection values);
  void hide(std::uint32_t slot) { put(slot, {}); }
  void restore(std::uint32_t slot) { put(slot, state_.slots[slot].values); }

  /// Unknown also where an expression raises.
  Status status(const CompiledRule& rule);

 private:
  const Response::State& state_;
};

}  // namespace fbss
