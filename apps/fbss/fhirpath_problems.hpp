// SPDX-License-Identifier: Apache-2.0
// How a fault of an expression is told: the Problem, and in text the part of the expression that is
// meant, underlined.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "problems.hpp"

namespace fbss::app {

/// The line of the expression in which the problem stands and a line of ^ under the word that is
/// meant; "" where the problem has no place. Where the line is wider than `width`, a part of it.
std::string underlined(std::string_view expression, const Problem& problem, std::size_t width = 78);

/// Writes the problems to standard error, in text with the expression underlined.
Exit tell_expression(Console& console, std::string_view expression, const Problems& problems,
                     ProblemForm form, Exit otherwise);

}  // namespace fbss::app
