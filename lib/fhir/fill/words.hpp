// SPDX-License-Identifier: Apache-2.0
// Answers between what a person types and FHIR's value[x]. In: a question and words, or a node.
// Out: a member of `answer`, or words. Whether a value fits the form's rules is validate()'s to
// say.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <fbss/filling.hpp>

#include "fhir/form/model.hpp"
#include "fhir/run/answers.hpp"

namespace fbss::form {

/// What the word says as an answer to the question, or a message that tells what to give instead
/// and does not repeat it. `shown` is the item in items_of().
std::variant<Answer, std::string> read_words(const Item& item, const FormItem& shown,
                                             std::string_view word);

/// The same for an answer without a value: one of the options, where the form has it among them, as
/// our exports do; else FHIR's extension.
Answer without_value(const Item& item, NoValue reason);

/// An answer in words: its value, or why there is none.
std::string answer_words(const json::Node& answer);

/// A value in words: "Yes", "12 kg", what a Coding displays.
std::string value_words(JsonNode value);

/// The same as conditions write it: true, and the code of a Coding.
std::string code_words(JsonNode value);

/// How a person writes the unit.
std::string unit_word(const Unit& unit);

}  // namespace fbss::form
