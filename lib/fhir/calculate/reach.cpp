// SPDX-License-Identifier: Apache-2.0
// One walk through the syntax of each expression: a step `item` is addressed where a condition on
// the linkId stands behind it, as in item.where(linkId = 'a' and …).
#include "fhir/calculate/reach.hpp"

#include <algorithm>
#include <memory>

#include "fhir/form/paths.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/parser.hpp"
#include "fhirpath/syntax.hpp"

namespace fbss::form {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

bool is_link_id(const Syntax& syntax) {
  return syntax.kind == SyntaxKind::member && syntax.name == "linkId" &&
         (syntax.parts.empty() || syntax.parts.front()->kind == SyntaxKind::this_value);
}

bool is_texts(const Syntax& syntax) {
  if (syntax.kind == SyntaxKind::string) return true;
  return syntax.kind == SyntaxKind::union_of && is_texts(*syntax.parts[0]) &&
         is_texts(*syntax.parts[1]);
}

// Whether the condition lets only items of linkIds pass that it names.
bool names_link_ids(const Syntax& condition) {
  switch (condition.kind) {
    case SyntaxKind::equal:
    case SyntaxKind::in:
      if (is_link_id(*condition.parts[0])) return is_texts(*condition.parts[1]);
      return condition.kind == SyntaxKind::equal && is_texts(*condition.parts[0]) &&
             is_link_id(*condition.parts[1]);
    case SyntaxKind::logical_and:
      return names_link_ids(*condition.parts[0]) || names_link_ids(*condition.parts[1]);
    case SyntaxKind::logical_or:
      return names_link_ids(*condition.parts[0]) && names_link_ids(*condition.parts[1]);
    default:
      return false;
  }
}

bool is_function(const Syntax& syntax, std::string_view name) {
  return syntax.kind == SyntaxKind::function && syntax.name == name;
}

bool walks_over_items(const Syntax& syntax) {
  if (syntax.kind == SyntaxKind::member) return syntax.name == "item";
  return is_function(syntax, "repeat") || is_function(syntax, "repeatAll") ||
         is_function(syntax, "descendants") || is_function(syntax, "children");
}

// Bounded in depth by Limits::expression_depth.
bool reads_freely(const Syntax& syntax) {
  if (walks_over_items(syntax) && !begins_in_form(syntax)) return true;
  std::size_t from = 0;
  if (is_function(syntax, "where") && syntax.has_input && names_link_ids(*syntax.parts[1]) &&
      walks_over_items(*syntax.parts[0])) {
    // The step before is addressed: only what stands before that is looked at.
    const Syntax& step = *syntax.parts[0];
    const bool has_input = step.kind == SyntaxKind::member ? !step.parts.empty() : step.has_input;
    if (has_input && reads_freely(*step.parts[0])) return true;
    from = 1;
  }
  for (std::size_t i = from; i < syntax.parts.size(); ++i)
    if (reads_freely(*syntax.parts[i])) return true;
  return false;
}

bool is_free(const Expression& expression, const Limits& limits) {
  if (!expression.program) return false;
  try {
    return reads_freely(*fhirpath::parse(expression.text, limits));
  } catch (const fhirpath::Failure&) {
    return true;  // it was parsed before
  }
}

}  // namespace

Reaches::Reaches(const Form::Model& model) : model_(model) {
  free_.reserve(model.expressions.size());
  for (const Expression& expression : model.expressions)
    free_.push_back(is_free(expression, model.limits));
  // Variables hand on what they read; circles were refused at load, and a chain of them is walked
  // once for each of its links.
  for (bool is_settled = false; !is_settled;) {
    is_settled = true;
    for (std::size_t i = 0; i < free_.size(); ++i) {
      if (free_[i]) continue;
      const auto& names = model.expressions[i].names;
      free_[i] = std::ranges::any_of(names, [&](const Name& name) {
        return name.kind == Name::Kind::variable && free_[model.variables[name.index].expression];
      });
      if (free_[i]) is_settled = false;
    }
  }
}

bool Reaches::may_read(std::uint32_t expression, std::uint32_t item) const {
  if (free_[expression]) return true;
  return std::ranges::any_of(model_.expressions[expression].reads, [&](std::uint32_t read) {
    return model_.holds(read, item) || model_.holds(item, read);
  });
}

std::vector<std::uint32_t> Reaches::questions_of(std::uint32_t expression) const {
  std::vector<bool> found(model_.items.size()), visited(model_.expressions.size());
  std::vector<std::uint32_t> open = {expression};
  visited[expression] = true;
  while (!open.empty()) {
    const auto& reads = model_.expressions[open.back()].reads;
    open.pop_back();
    for (const std::uint32_t read : reads) {
      const bool is_passed = std::ranges::any_of(
          reads, [&](std::uint32_t other) { return other != read && model_.holds(read, other); });
      const std::uint32_t end =
          is_passed || !model_.items[read].is_group() ? read + 1 : model_.items[read].end;
      for (std::uint32_t i = read; i < end; ++i) {
        if (!is_question(model_.items[i].type)) continue;
        const std::uint32_t calculated = model_.items[i].calculated_expression;
        if (calculated == none) {
          found[i] = true;
        } else if (!visited[calculated]) {
          visited[calculated] = true;
          open.push_back(calculated);
        }
      }
    }
  }
  std::vector<std::uint32_t> questions;
  for (std::uint32_t i = 0; i < found.size(); ++i)
    if (found[i]) questions.push_back(i);
  return questions;
}

}  // namespace fbss::form
