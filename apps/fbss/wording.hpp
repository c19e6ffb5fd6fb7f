// SPDX-License-Identifier: Apache-2.0
// Pieces of text that more than one sub-command shows: a citation, the range of a number, the word
// for a type of question. In: parts of a questionnaire; out: plain text, not yet wrapped.
#pragma once

#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace fbss::app {

/// The file format's word: "yes_no", "choice", …
std::string_view type_word(ItemType type);

/// “phrase”, under “heading”, in publisher, “title”.
std::string citation_text(const Questionnaire& questionnaire, const Citation& citation);

/// "a whole number from 0 to 999 (repetitions)"; how to answer a question that has no options.
std::string answer_form(const Item& question);

}  // namespace fbss::app
