// SPDX-License-Identifier: Apache-2.0
// Reflection: type(). FHIRPath 2.0.0, section "Types and reflection" (trial use): namespace, name
// and baseType of each item. Of a part of a record whose type is not known it says nothing.
#include <string>

#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

std::string_view keep_joined(Evaluator& evaluator, std::string_view space, std::string_view name) {
  evaluator.scratch.assign(space).append(".").append(name);
  return evaluator.keep(evaluator.scratch);
}

std::optional<TypeInfo> type_info_of(Evaluator& evaluator, const Value& value) {
  if (!is_node(value)) {
    const std::string_view name = system_type_name(value.type());
    if (name.empty()) return std::nullopt;  // what type() itself gave
    return TypeInfo{"System", name, "System.Any"};
  }
  const ModelType type = node_type(value);
  if (type == 0) return std::nullopt;
  const ModelType base = parent_type(type);
  return TypeInfo{"FHIR", model_type_name(type),
                  base == 0 ? "System.Any" : keep_joined(evaluator, "FHIR", model_type_name(base))};
}

}  // namespace

void call_type(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  ValueStack& stack = evaluator.stack;
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack.size(); ++i)
    if (const auto info = type_info_of(evaluator, stack[i]))
      stack[kept++] = ValueAccess::of_type_info(evaluator.keep(*info));
  stack.cut(kept);
}

}  // namespace fbss::fhirpath
