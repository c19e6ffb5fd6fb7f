// SPDX-License-Identifier: Apache-2.0
// The table of functions, and what their chapters share.
#include "fhirpath/functions.hpp"

#include <algorithm>
#include <string>

#include "fhirpath/equality.hpp"

namespace fbss::fhirpath {
namespace {

constexpr FunctionInfo known_functions[] = {
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
  const auto* found = std::ranges::find(known_functions, name, &FunctionInfo::name);
  return found == std::end(known_functions) ? nullptr : found;
}

void check_arity(const FunctionInfo& function, std::size_t given, std::uint32_t position) {
  const std::uint8_t least = function.least, most = function.most;
  const bool is_open = most == any_number;
  if (given >= least && (is_open || given <= most)) return;
  std::string message = std::string(function.name) + "() takes ";
  if (most == 0) {
    message += "no arguments";
  } else {
    message += (is_open ? "at least " : "") + std::to_string(least);
    if (!is_open && most != least) message += " or " + std::to_string(most);
    message += (is_open ? least : most) == 1 ? " argument" : " arguments";
  }
  message += given == 1 ? ", here is 1." : ", here are " + std::to_string(given) + ".";
  fail(ErrorCode::wrong_arguments, position, std::move(message));
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const FunctionInfo& function : known_functions)
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
  const Value* value = single(evaluator.operand(step.parts[number], scope), step, "an argument");
  if (!value || !system_value(*value)) return std::nullopt;
  const auto text = text_value(*value);
  if (!text) refuse_argument(step, "a text");
  return text;
}

std::optional<Value> number_argument(Evaluator& evaluator, const Step& step, std::size_t number,
                                     const Scope& scope) {
  const auto value = argument(evaluator, step, number, scope);
  if (value && !is_number(value->type())) refuse_argument(step, "a number");
  return value;
}

std::optional<Value> single_input(const Evaluator& evaluator, const Step& step, std::size_t begin) {
  const Value* value = single(evaluator.stack.from(begin), step, "its input");
  return value ? system_value(*value) : std::nullopt;
}

std::optional<std::string_view> text_input(const Evaluator& evaluator, const Step& step,
                                           std::size_t begin) {
  const Value* value = single(evaluator.stack.from(begin), step, "its input");
  if (!value || !system_value(*value)) return std::nullopt;
  const auto text = text_value(*value);
  if (!text) refuse_input(step, "a text");
  return text;
}

void append_scratch(Evaluator& evaluator, std::string_view text) {
  evaluator.spend(1 + text.size() / 16);
  evaluator.expect(evaluator.scratch.size() + text.size());
  evaluator.scratch += text;
}

std::optional<Value> measured_input(const Evaluator& evaluator, const Step& step, std::size_t begin,
                                    std::string_view role) {
  const Value* value = single(evaluator.stack.from(begin), step, role);
  if (!value) return std::nullopt;
  const auto read = system_value(*value, Type::date_time);
  const bool may_be_time = is_node(*value) && read && read->type() == Type::string;
  return may_be_time ? system_value(*value, Type::time) : read;
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
