// SPDX-License-Identifier: Apache-2.0
// Which value[x] answers which type of question. In: an item's type and a suffix ("Coding").
#pragma once

#include <string_view>

#include "fhir/form/model.hpp"

namespace fbss::form {

/// Whether an answer may be written so: "String" for a string, "Coding" for a choice. Also true:
/// the types of a choice's own options (R4 lets answerOption hold more than codings).
bool takes_answer(const Item& item, std::string_view suffix);

/// Whether an option of the question may be of the type.
bool takes_option(const Item& item, std::string_view suffix);

}  // namespace fbss::form
