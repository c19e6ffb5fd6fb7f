// SPDX-License-Identifier: Apache-2.0
// The text of a response with other answers than the one that was read. In: a FormSession's state,
// new answers, groups that are to stand several times. Out: a QuestionnaireResponse in JSON, its
// items in the form's order; items that were left out come with what holds them. Everything else of
// the response stays as it is. (Values that are calculated are put into the nodes that a session
// works on: calculate/rewriting.hpp.)
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/run/answers.hpp"
#include "fhir/run/session.hpp"
#include "json/write.hpp"

namespace fbss::form {

/// What becomes of an item that says nothing: that has no answer and nothing below it, and no
/// member but its linkId, text and definition.
enum class Silent : std::uint8_t { stay, groups_stay, go };

struct DraftOptions {
  /// Writes enabled groups and questions without an answer too; repeating groups, and what stands
  /// below unanswered questions, are left out.
  bool with_unanswered = false;
  /// Leaves out the items that are not enabled, with their answers.
  bool without_disabled = false;
  Silent silent = Silent::stay;
  std::string_view status = {};  ///< of the response; empty: as it is
};

/// Valid until the state reads another response. Instances are those of the state.
class Draft {
 public:
  explicit Draft(const FormSession::State& state) : state_(state) {}

  /// These answers in place of those that the instance has; none: it is unanswered. What stands
  /// below an old answer stands below the new one in its place, or below the last; without any it
  /// goes.
  void answer(std::uint32_t instance, std::vector<Answer> answers) {
    answers_.insert_or_assign(instance, std::move(answers));
  }

  /// So many times the group is to stand with nothing in it, behind where it stands.
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
