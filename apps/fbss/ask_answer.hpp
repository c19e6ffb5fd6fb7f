// SPDX-License-Identifier: Apache-2.0
// What a person types at a question, as the answer that a record holds. In: a question and a typed
// line; out: option codes, digits or text, or a Problem with a message that does not repeat it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

namespace fbss::app {

/// The answer's parts: one, or several where the question takes several ("1 3"). Options are named
/// by number, code or wording; yes and no also by their first letter. What has no options, and what
/// is none in an open choice, is taken as it is: the Response judges it.
Result<std::vector<std::string>> typed_answer(const Item& question, std::string_view typed);

/// Whether answers to the question are free text, which no log may hold.
bool is_free_text(const Item& question);

bool is_yes_or_no(std::string_view word);

/// What of a typed line may stand in a log: commands, numbers, dates, and options; nothing where a
/// text is asked for, and nothing that was perhaps meant as one. Without a question: yes and no.
std::string_view loggable(const Item* question, std::string_view typed);

/// Records what was typed.
Result<void> give_typed(Response& response, const Item& question, std::string_view typed);

}  // namespace fbss::app
