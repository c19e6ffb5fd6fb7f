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
};

struct FunctionInfo {
  std::string_view name;
  StepFunction run;          // null: a function of FHIRPath or FHIR that this version does not have
  std::uint8_t least, most;  // arguments
  FunctionKind kind;
  bool folds;  // constant where input and arguments are
};

/// The function of that name, or null.
const FunctionInfo* find_function(std::string_view name);

/// The names of all functions that can be called.
std::vector<std::string_view> function_names();

#define FBSS_FUNCTION(name, function, least, most, kind, folds) \
  void function(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope);
#define FBSS_NOT_YET(name)
#include "fhirpath/functions.def"
#undef FBSS_FUNCTION
#undef FBSS_NOT_YET

// ---- shared by the chapters

/// The scope of the items that a function goes through: $this and $index are set for each.
inline Scope scope_of_items(const Scope& outer) {
  Scope inner = outer;
  inner.has_self = true;
  return inner;
}

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

/// The function's single input as a System value; nothing where it is empty or has no value.
std::optional<Value> single_input(const Evaluator& evaluator, const Step& step, std::size_t begin);

/// Leaves the first of each value from `begin` on.
void keep_distinct(Evaluator& evaluator, std::size_t begin);

/// wrong_operand: "name()" and what it takes.
[[noreturn]] void refuse_input(const Step& step, std::string_view takes);

}  // namespace fbss::fhirpath
