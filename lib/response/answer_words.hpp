// SPDX-License-Identifier: Apache-2.0
// What a person reads of an answer that nobody recorded yet. In: a question and an answer as a
// record holds it. Out: "Yes", an option's text; the answer itself where it is neither.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace fbss {

inline std::string answer_words(const Item& question, std::string_view answer) {
  if (question.type == ItemType::yes_no && (answer == "yes" || answer == "no"))
    return answer == "yes" ? "Yes" : "No";
  const auto option = std::ranges::find(question.options, answer, &Option::code);
  return option == question.options.end() ? std::string(answer) : option->text;
}

}  // namespace fbss
