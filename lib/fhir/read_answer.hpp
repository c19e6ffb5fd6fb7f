// SPDX-License-Identifier: Apache-2.0
// One answer of a QuestionnaireResponse. In: an element of item.answer and its question. Out: what
// a record would hold in its place, or why it is refused: a type of value that the question's
// export does not have, a code of another system, a reason for no value that we do not know.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

#include "json/node.hpp"

namespace fbss::fhir {

/// An answer as a record holds it.
struct ToldAnswer {
  enum class Kind : std::uint8_t { nothing, boolean, number, text } kind{};
  bool boolean = false;
  std::string_view text{};            ///< borrowed from the resource
  const json::Node* place = nullptr;  ///< what a refusal of it points to
};

/// Why an answer is refused.
struct AnswerFault {
  ErrorCode code{};
  std::string message;                ///< goes on behind the question's id
  const json::Node* place = nullptr;  ///< in the resource
};

/// Fills `told`, or gives the fault. `items` becomes what stands within the answer, null where
/// nothing does, also where the answer is refused.
std::optional<AnswerFault> read_answer(const json::Node& answer, const Item& question,
                                       const Questionnaire& questionnaire, ToldAnswer& told,
                                       const json::Node*& items);

}  // namespace fbss::fhir
