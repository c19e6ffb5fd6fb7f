// SPDX-License-Identifier: Apache-2.0
// The functions of the language: their table (functions.def) and what their files share. Each is a
// StepFunction whose input stands on the stack and whose arguments are the step's parts; they stand
// in functions/, one file a chapter of the specification.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "fhirpath/evaluate.hpp"

namespace fbss::fhirpath {

enum class FunctionKind : std::uint8_t {
  plain,      // arguments are evaluated where the function stands
  each,       // arguments are evaluated for each item, which is $this then, and has an $index
  aggregate,  // the same, with $total
  type,       // its argument is the name of a type
  single,     // arguments are evaluated with the single input as their focus and $this
  whole,      // arguments are evaluated with the whole input as their focus and $this
  regex,      // plain; the first argument is a regular expression, the last that it can take flags
};

constexpr std::uint8_t any_number = 255;

struct FunctionInfo {
  std::string_view name;
  StepFunction run;          // null: a function of FHIRPath or FHIR that this version does not have
  std::uint8_t least, most;  // arguments; any_number: no upper limit
  FunctionKind kind;
  bool folds;  // its values depend on input and arguments alone
};

/// The function of that name, or null.
const FunctionInfo* find_function(std::string_view name);

/// wrong_arguments where the function does not take so many.
void check_arity(const FunctionInfo& function, std::size_t given, std::uint32_t position);

/// The names of all functions that can be called.
std::vector<std::string_view> function_names();

#define FBSS_FUNCTION(name, function, least, most, kind, folds) \
  void function(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope);
#define FBSS_NOT_YET(name)
#include "fhirpath/functions.def"
#undef FBSS_FUNCTION
#undef FBSS_NOT_YET

/// %name.where(…) and %name.ofType(…) in one step: what does not match never stands on the stack.
void run_variable_where(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope);
void run_variable_of_type(Evaluator& evaluator, const Step& step, std::size_t begin,
                          const Scope& scope);

/// A function of the caller's, with Step::host. It takes so many arguments at most.
void call_host(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope);
constexpr std::size_t most_host_arguments = 16;

// ---- shared by the chapters

/// The scope of the items that a function goes through: $this and $index are set for each.
inline Scope scope_of_items(const Scope& outer) {
  Scope inner = outer;
  inner.has_self = true;
  return inner;
}

/// The scope whose focus is the whole input, which stands on the stack.
inline Scope scope_of_input(const Scope& outer, const ValueStack& stack, std::size_t begin) {
  Scope inner = outer;
  inner.focus_begin = begin;
  inner.focus_count = stack.size() - begin;
  return inner;
}

/// The order of sort()'s items by one key. A key with a minus before it turns the order of the
/// values, and leaves those without a key in front.
enum class KeyOrder : std::uint8_t { ascending, descending, negated };

/// Sets $this and $index.
inline void enter_item(Scope& scope, const Value& item, std::size_t index) {
  scope.self = item;
  scope.index = static_cast<std::int32_t>(index);
}

/// A single argument as an integer or a text; nothing where it is empty. What the argument pushes
/// is left on the stack.
std::optional<std::int64_t> integer_argument(Evaluator& evaluator, const Step& step,
                                             std::size_t number, const Scope& scope);
std::optional<std::string_view> text_argument(Evaluator& evaluator, const Step& step,
                                              std::size_t number, const Scope& scope);
std::optional<Value> number_argument(Evaluator& evaluator, const Step& step, std::size_t number,
                                     const Scope& scope);

/// The function's single input as a System value; nothing where it is empty or has no value.
std::optional<Value> single_input(const Evaluator& evaluator, const Step& step, std::size_t begin);

/// The same as a text; other values are refused.
std::optional<std::string_view> text_input(const Evaluator& evaluator, const Step& step,
                                           std::size_t begin);

/// Appends to the evaluator's scratch text, and counts it: a replacement may make a text many times
/// as long.
void append_scratch(Evaluator& evaluator, std::string_view text);

/// The single value from `begin` on where a date or time is looked for: the text of an untyped
/// record is read as one. `role` says what the value is to the step.
std::optional<Value> measured_input(const Evaluator& evaluator, const Step& step, std::size_t begin,
                                    std::string_view role = "its input");

/// memberOf() of a Coding or CodeableConcept; nothing where the value sets do not tell, or there
/// are none.
std::optional<bool> is_member(Evaluator& evaluator, const json::Node& object,
                              std::string_view value_set);

/// Leaves the first of each value from `begin` on.
void keep_distinct(Evaluator& evaluator, std::size_t begin);

/// wrong_operand: "name()" and what it takes.
[[noreturn]] void refuse_input(const Step& step, std::string_view takes);

}  // namespace fbss::fhirpath
