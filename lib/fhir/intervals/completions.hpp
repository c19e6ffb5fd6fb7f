// SPDX-License-Identifier: Apache-2.0
// Completions of a response, tried one by one. In: the response that a session works on, calculated
// items, and the open questions that these read. Out: every value that the items get, and of which
// questions an answer changes them. What is calculated and enabled is worked out anew for each, by
// the same code as for any response.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fhir/calculate/calculation.hpp"
#include "fhir/intervals/questions.hpp"

namespace fbss::form {

struct Outcome {
  std::optional<Decimal> low, high;   ///< nothing: no completion gives a number
  bool may_be_empty = false;          ///< some completion gives none
  std::vector<std::uint32_t> matter;  ///< questions
};

/// The number that an instance's first answer is; nothing where it has none.
std::optional<Decimal> number_of_answer(const Instance& instance);

class Completions {
 public:
  explicit Completions(FormSession::State& session);

  /// Goes through all answers of the questions together, of which there must be `count`. The
  /// session works on the response as before afterwards. Nothing where the response becomes too
  /// large.
  std::optional<Outcome> run(std::uint32_t target, const Questions& questions,
                             const std::vector<std::uint32_t>& read, std::size_t count);

 private:
  std::optional<std::vector<std::optional<Decimal>>> values_of(
      std::uint32_t target, const Questions& questions, const std::vector<std::uint32_t>& read,
      std::size_t count);

  FormSession::State& session_;
  Calculation::State calculation_;
  NewAnswers answers_;
  Draft draft_;
  Document document_;  // the completion that is tried
};

}  // namespace fbss::form
