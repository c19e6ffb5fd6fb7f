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
/// by number, code or wording; yes and no also by their first letter. What has no options is taken
/// as it is: the Response judges it.
Result<std::vector<std::string>> typed_answer(const Item& question, std::string_view typed);

/// Whether answers to the question are free text, which no log may hold.
bool is_free_text(const Item& question);

/// Records what was typed.
Result<void> give_typed(Response& response, const Item& question, std::string_view typed);

}  // namespace fbss::app
