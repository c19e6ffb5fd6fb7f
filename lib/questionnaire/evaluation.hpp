// SPDX-License-Identifier: Apache-2.0
// Runs a questionnaire's conditions over one set of answers. In: a collection of values for every
// question slot. Out: which questions are enabled, and a truth value for a condition. Used by the
// trials at load, by responses and by assessments.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>
#include <fbss/questionnaire.hpp>

#include "questionnaire/model.hpp"

namespace fbss {

/// FHIRPath's three truth values: a Boolean or the empty collection.
enum class Truth : std::uint8_t { no, yes, empty };

/// Belongs to one thread; the Model outlives it. Allocates nothing once warm.
class Evaluation {
 public:
  explicit Evaluation(const Questionnaire::Model& model, const Limits& limits = {});

  /// Forgets all answers.
  void clear();

  /// The answer of a question: its values, which must outlive the evaluation. Empty: no answer.
  void set(std::uint32_t slot, fhirpath::Collection values) {
    answers_[slot] = values;
    is_changed_[slot] = true;
  }
  fhirpath::Collection answer(std::uint32_t slot) const { return answers_[slot]; }

  /// The ISO date that today() gives; empty: none. The text must outlive the evaluation.
  void set_today(std::string_view date) {
    today_ = date;
    is_settled_ = false;
  }

  /// Works out variables and which questions are enabled, in the order of Model::stages. The answer
  /// of a question that is not enabled is read as empty by everything behind it. What reads no
  /// answer that was set since then stays as it was. Problem rule_error.
  Result<void> settle();

  /// After settle(): whether the question is asked. Truth::empty: its condition is not decided, so
  /// it is not asked yet.
  Truth enabled(std::uint32_t slot) const { return enabled_[slot]; }

  /// After settle(). Problem rule_error, where the expression raises or gives no single Boolean.
  Result<Truth> evaluate(const Condition& condition);

  /// After settle(): the values of any expression over the same names, valid until something is
  /// evaluated again. Problem rule_error.
  Result<fhirpath::Collection> values_of(const fhirpath::Expression& expression);

 private:
  const Questionnaire::Model& model_;
  std::vector<fhirpath::Collection> answers_;  // by slot, as set
  std::vector<fhirpath::Collection>
      visible_;  // what expressions read: questions (masked where not enabled), then variables
  // One each, since a value lives until its workspace evaluates again.
  std::vector<fhirpath::Workspace> variable_workspaces_;
  std::vector<Truth> enabled_;
  // By slot: whether the answer, or that it is asked, is another than when all was settled.
  std::vector<bool> is_changed_;
  bool is_settled_ = false;
  std::string_view today_;
  fhirpath::Workspace workspace_;
};

}  // namespace fbss
