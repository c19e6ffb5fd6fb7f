// SPDX-License-Identifier: Apache-2.0
// Expression::compile: the passes in their order. In: an expression's text. Out: an Expression, or
// the Problem that a pass found.
#include "fhirpath/failure.hpp"
#include "fhirpath/parser.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/strict.hpp"

namespace fbss::fhirpath {

Expression::Expression(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::string_view Expression::text() const {
  return program_->text;
}

Result<Expression> Expression::compile(std::string_view text, const Options& options) {
  auto program = std::make_unique<Program>();
  try {
    program->syntax = parse(text, options.limits);
    make_plan(*program, options);
    if (options.strict) program->gives = check_strictly(*program->syntax, text, options);
  } catch (Failure& failure) {
    return to_problem(std::move(failure), text);
  }
  program->text = text;
  return Expression(std::move(program));
}

std::optional<Collection> constant_values(const Expression& expression) {
  const Chain& root = ExpressionAccess::plan(expression).root;
  return root.is_constant ? std::optional(root.steps->values()) : std::nullopt;
}

const Syntax& syntax_of(const Expression& expression) {
  return *ExpressionAccess::plan(expression).syntax;
}

}  // namespace fbss::fhirpath
