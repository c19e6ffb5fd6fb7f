// SPDX-License-Identifier: Apache-2.0
// The table of functions, and what their chapters share.
#include "fhirpath/functions.hpp"

#include <algorithm>
#include <string>

#include "fhirpath/equality.hpp"

namespace fbss::fhirpath {
namespace {

constexpr FunctionInfo kFunctions[] = {
#define FBSS_FUNCTION(name, function, least, most, kind, folds) \
  {name, function, least, most, FunctionKind::kind, folds},
#define FBSS_NOT_YET(name) {name, nullptr, 0, 0, FunctionKind::plain, false},
#include "fhirpath/functions.def"
#undef FBSS_FUNCTION
#undef FBSS_NOT_YET
};

std::optional<Value> argument(Evaluator& evaluator, const Step& step, std::size_t number,
                              const Scope& scope) {
  const Value* value = single(evaluator.operand(step.parts[number], scope), step, "an argument");
  return value ? system_value(*value) : std::nullopt;
}

[[noreturn]] void refuse_argument(const Step& step, std::string_view takes) {
  fail(ErrorCode::wrong_operand, step.position,
       "\"" + std::string(step.name) + "\" takes " + std::string(takes) + " as its argument.");
}

}  // namespace

const FunctionInfo* find_function(std::string_view name) {
  const auto* found = std::ranges::find(kFunctions, name, &FunctionInfo::name);
  return found == std::end(kFunctions) ? nullptr : found;
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const FunctionInfo& function : kFunctions)
    if (function.run) names.push_back(function.name);
  return names;
}

std::optional<std::int64_t> integer_argument(Evaluator& evaluator, const Step& step,
                                             std::size_t number, const Scope& scope) {
  const auto value = argument(evaluator, step, number, scope);
  if (!value) return std::nullopt;
  if (value->type() != Type::integer && value->type() != Type::long_integer)
    refuse_argument(step, "an integer");
  return ValueAccess::integer(*value);
}

std::optional<std::string_view> text_argument(Evaluator& evaluator, const Step& step,
                                              std::size_t number, const Scope& scope) {
  const auto value = argument(evaluator, step, number, scope);
  if (!value) return std::nullopt;
  if (value->type() != Type::string) refuse_argument(step, "a text");
  return ValueAccess::string(*value);
}

std::optional<Value> single_input(const Evaluator& evaluator, const Step& step, std::size_t begin) {
  const Value* value = single(evaluator.stack.from(begin), step, "its input");
  return value ? system_value(*value) : std::nullopt;
}

void keep_distinct(Evaluator& evaluator, std::size_t begin) {
  ValueStack& stack = evaluator.stack;
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack.size(); ++i)
    if (!holds(evaluator, stack.range(begin, kept), stack[i])) stack[kept++] = stack[i];
  stack.cut(kept);
}

void refuse_input(const Step& step, std::string_view takes) {
  fail(ErrorCode::wrong_operand, step.position,
       "\"" + std::string(step.name) + "()\" takes " + std::string(takes) + " as its input.");
}

}  // namespace fbss::fhirpath
