// SPDX-License-Identifier: Apache-2.0
// What a literal stands for. In: a literal of the syntax tree. Out: its value, whose text lies in
// the plan's arena, or a Failure where a number does not fit its type.
#pragma once

#include <string_view>

#include "base/arena.hpp"
#include "fhirpath/syntax.hpp"
#include "fhirpath/value.hpp"

namespace fbss::fhirpath {

/// `text` is the literal's, with a sign before it where that belongs to the number.
Value literal_value(const Syntax& syntax, std::string_view text, Arena& arena);

}  // namespace fbss::fhirpath
