// SPDX-License-Identifier: Apache-2.0
// The questionnaire's own constraints. In: an instance, or the whole. Extensions
// questionnaire-constraint and targetConstraint. One that is false is broken; one without a result
// is not, since an answer that is missing is no proof; one that cannot be evaluated is told.
#include "fhir/validate/validation.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

std::string named(const Constraint& constraint) {
  if (!constraint.human.empty()) return std::string(constraint.human);
  return "The constraint " + std::string(constraint.key) + " does not hold.";
}

void check(Validation& validation, std::uint32_t instance, const Constraint& constraint) {
  if (constraint.expression == none) return;
  bool failed = false;
  const auto values = validation.state.evaluate(constraint.expression, instance, &failed);
  if (failed)
    return validation.tell(
        FormRule::invariantExecution, instance, none,
        "Whether this holds cannot be told, its expression fails: " + named(constraint));
  if (values.size() != 1) return;
  const auto value = fhirpath::system_value(values.front());
  if (!value || value->type() != fhirpath::Type::boolean || value->boolean()) return;
  // What is not filled in yet may break what a completed response keeps.
  const Severity severity = validation.is_draft ? Severity::warning : constraint.severity;
  validation.tell(FormRule::invariant, instance, none, named(constraint), severity);
}

}  // namespace

void check_constraints(Validation& validation, std::uint32_t instance) {
  const auto& constraints = instance == none ? validation.model.root.constraints
                                             : validation.state.item_of(instance).constraints;
  for (const Constraint& constraint : constraints) check(validation, instance, constraint);
}

}  // namespace fbss::form
