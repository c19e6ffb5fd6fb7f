// SPDX-License-Identifier: Apache-2.0
// Second pass. In: the text of an expression. Out: its syntax tree, with the position of every
// part. The only way in is parse(); what does not follow the grammar is a Failure (syntax_error),
// what nests too deeply another (limit_exceeded). FHIRPath 2.0.0, "Grammar", and Long literals of
// 3.0.
#pragma once

#include <memory>
#include <string_view>

#include <fbss/limits.hpp>

#include "fhirpath/syntax.hpp"

namespace fbss::fhirpath {

/// A chain of operators or steps (a.b.c, a or b or c) may be this many times as deep as
/// Limits::expression_depth: it nests in the tree, but not on the page, and not when evaluated.
inline constexpr std::size_t chain_factor = 8;

std::unique_ptr<Syntax> parse(std::string_view text, const Limits& limits);

}  // namespace fbss::fhirpath
