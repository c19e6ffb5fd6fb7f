// SPDX-License-Identifier: Apache-2.0
// A response with other answers than the one that was read. In: a FormSession's state, new answers,
// groups that are to stand several times. Out: a QuestionnaireResponse in JSON, its items in the
// form's order; items that were left out come with what holds them. Everything else of the response
// stays as it is.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "fhir/run/answers.hpp"
#include "fhir/run/session.hpp"
#include "json/write.hpp"

namespace fbss::form {

struct DraftOptions {
  /// Writes enabled groups and questions without an answer too; repeating groups, and what stands
  /// below unanswered questions, are left out.
  bool with_unanswered = false;
  /// Leaves out the items that are not enabled, with their answers.
  bool without_disabled = false;
};

/// Valid until the state reads another response. Instances are those of the state.
class Draft {
 public:
  explicit Draft(const FormSession::State& state) : state_(state) {}

  /// These answers in place of those that the instance has; none: it is unanswered. What stands
  /// below an old answer stands below the new one in its place, or below the last.
  void answer(std::uint32_t instance, std::vector<Answer> answers) {
    answers_.insert_or_assign(instance, std::move(answers));
  }

  /// A group that the response leaves out is to stand so many times, with nothing in it.
  void repeat(std::uint32_t instance, std::uint32_t times) {
    repetitions_.insert_or_assign(instance, times);
  }

  /// Whether anything was changed.
  bool is_changed() const { return !answers_.empty() || !repetitions_.empty(); }

  void write(json::Writer& out, const DraftOptions& options = {}) const;

 private:
  friend class DraftWriter;
  const FormSession::State& state_;
  std::unordered_map<std::uint32_t, std::vector<Answer>> answers_;  // looked up, never walked
  std::unordered_map<std::uint32_t, std::uint32_t> repetitions_;    // the same
};

}  // namespace fbss::form
