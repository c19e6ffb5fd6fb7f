// SPDX-License-Identifier: Apache-2.0
// The intervals of a response's calculated numbers: arithmetic first, completions where it does not
// do. In: a Calculation that has run. Out: see Interval in calculation.hpp.
#pragma once

#include <vector>

#include "fhir/intervals/completions.hpp"
#include "fhir/intervals/domains.hpp"
#include "fhir/intervals/follow.hpp"

namespace fbss::form {

class Intervals {
 public:
  explicit Intervals(Calculation::State& calculation);

  std::vector<Interval> find();

 private:
  /// What arithmetic tells: nothing where it is no number.
  struct Told {
    std::optional<Range> range;
    bool is_known = false;  ///< it is a number, or never one
    bool is_exact = false, may_be_empty = true;
    QuestionSet depends;
  };
  Told tell(const Possibles& possible) const;
  Interval find_one(std::uint32_t instance);
  void by_arithmetic(Interval& interval, const Told& told);
  void by_completions(Interval& interval, const Outcome& outcome);
  void name_unanswered(Interval& interval, const std::vector<std::uint32_t>& questions);
  void count_questions(Interval& interval, const QuestionSet& read);

  Calculation::State& calculation_;
  FormSession::State& session_;
  Domains domains_;
  Follower follower_;
  Completions completions_;
};

}  // namespace fbss::form
