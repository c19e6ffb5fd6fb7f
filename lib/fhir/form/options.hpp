// SPDX-License-Identifier: Apache-2.0
// Whether a question offers an answer: among its answerOption, or in its answerValueSet as far as
// that is known. In: a question and a value. Out: yes, no, or not known.
#pragma once

#include <optional>

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"

namespace fbss::form {

/// The option that the value is; null where it is none. Codings are the same by system and code.
const Option* find_option(const Item& question, const fhirpath::Value& value);

/// Whether a value set has the coding; nothing where the set, or part of it, is not known.
std::optional<bool> is_in_value_set(const Form::Model& model, std::string_view value_set,
                                    JsonNode coding);

/// True too for a question that offers nothing in particular, and for free text where it is taken.
std::optional<bool> is_offered(const Form::Model& model, const Item& question,
                               const fhirpath::Value& value);

}  // namespace fbss::form
