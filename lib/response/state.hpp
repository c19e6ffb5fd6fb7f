// SPDX-License-Identifier: Apache-2.0
// The inside of a Response: what was recorded for each question, and the evaluation that works out
// which questions are enabled. Read by lib/assessment through Response::internal().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/response.hpp>

#include "json/node.hpp"
#include "questionnaire/evaluation.hpp"
#include "questionnaire/model.hpp"
#include "response/accept.hpp"

namespace fbss {

struct Response::State {
  State(Questionnaire questionnaire, const Limits& limits);
  State(const State& other);
  State& operator=(const State&) = delete;  // values point into the slots' texts

  const Questionnaire::Model& model() const { return questionnaire.model(); }

  /// The slot of a question; `hint` is where the search begins, so that a record in question order
  /// is found without searching.
  std::optional<std::uint32_t> find(const json::Key& id, std::uint32_t hint) const;
  std::optional<std::uint32_t> find(std::string_view id) const;

  void clear();
  void record(std::uint32_t slot, const Answer& answer);
  void forget(std::uint32_t slot);

  /// Brings the evaluation up to date with the answers. Problem rule_error, which a loaded
  /// questionnaire does not raise.
  const Problems& settle() const;

  /// Whether the question is asked; settles first.
  Truth enabled(std::uint32_t slot) const;

  const Item& question(std::uint32_t slot) const { return *model().questions[slot]; }

  /// One answer by the question's id; on a problem the earlier answer stays.
  Result<void> answer(std::string_view id, const Offer& offer);
  Result<void> set_record_id(std::string_view id);

  /// The refusal of a key that names no question.
  Problem unknown_question(std::string_view key) const;

  /// answer_not_applicable and late dates. Where answers of the same record were refused
  /// (`refused`, by slot), what may follow from that alone is left out.
  void check(const std::vector<bool>& refused, Refusals& refusals) const;

  Questionnaire questionnaire;
  Limits limits;
  std::vector<json::Key> keys;  // by slot: the id
  std::vector<Answer> slots;    // by slot: what is recorded
  std::string date;
  std::optional<Temporal> day;  // `date`, parsed
  std::string record_id;
  bool record_id_is_number = false;
  bool sample = false;

  // A Response belongs to one thread at a time, also where it is const: what can be worked out from
  // the answers is worked out when it is first asked for.
  mutable Evaluation evaluation;
  mutable bool settled = false;
  mutable Problems faults;

  // Memory that reading a record reuses.
  Document document;
  std::vector<std::optional<std::uint32_t>> member_slots;  // by member of the record
  std::vector<std::uint32_t> times_answered;               // by slot
  std::vector<Offer> elements;
  Answer accepted;

 private:
  void publish(std::uint32_t slot);
};

}  // namespace fbss
