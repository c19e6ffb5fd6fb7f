// SPDX-License-Identifier: Apache-2.0
// Names within an expression, for the passes over its syntax tree: a type's name in the place of an
// argument, and the hint that ends a message on a name that nobody knows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "fhirpath/syntax.hpp"

namespace fbss::fhirpath {

/// "System.Integer" of the tree that the parser makes of it where it takes it for a path; nothing
/// for anything else.
inline std::optional<std::string> qualified_name(const Syntax& syntax) {
  if (syntax.kind != SyntaxKind::member) return std::nullopt;
  if (syntax.parts.empty()) return syntax.name;
  auto space = qualified_name(*syntax.parts[0]);
  return space ? std::optional(*space + "." + syntax.name) : std::nullopt;
}

/// ": did you mean …?" with what stands before and after a name, or "." where no name is near.
inline std::string did_you_mean(std::string_view word, std::span<const std::string_view> names,
                                std::string_view before = "", std::string_view after = "") {
  const auto near = nearest(word, names);
  if (!near) return ".";
  return ": did you mean " + std::string(before) + std::string(*near) + std::string(after) + "?";
}

}  // namespace fbss::fhirpath
