// SPDX-License-Identifier: Apache-2.0
// Values as answers. In: a value that an expression gave or a record holds, and the question. Out:
// answer[x] of the question's type as JSON, or why it does not fit. What converts without loss of
// meaning is converted (a code to the option that has it, a number to a quantity of the question's
// unit); nothing is cut or guessed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"

namespace fbss::form {

/// An answer as JSON writes it.
struct Answer {
  std::string member;          ///< "valueDecimal"
  std::string value;           ///< 163
  std::string extension = {};  ///< a JSON array for the answer's extensions; empty: none

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// The value as an answer to the item. Nothing where it does not fit, or where there is no value (a
/// primitive with extensions only, an empty text); `why` then is a sentence of the first, and empty
/// in the second case. It repeats no text of the value.
std::optional<Answer> answer_of(const Form::Model& model, const Item& item,
                                const fhirpath::Value& value, std::string& why);

/// What the question begins with: initial[x], and options that are initialSelected.
std::vector<fhirpath::Value> initial_values(const Item& item);

/// A value of an `initial[x]`, or of an option, as it is written.
Answer answer_as_written(JsonNode value);

/// {"system": …, "code": …, "display": …} as JSON; empty parts are left out.
std::string coding_json(std::string_view system, std::string_view code, std::string_view display);

}  // namespace fbss::form
