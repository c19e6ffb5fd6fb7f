// SPDX-License-Identifier: Apache-2.0
// validate(): the rules in their order, along the response. In: a session that has read a response.
// Out: issues.
#include <fbss/validate.hpp>

#include <iterator>

#include "fhir/validate/validation.hpp"

namespace fbss {
namespace form {
namespace {

void check_instance(Validation& validation, std::uint32_t instance) {
  const Instance& own = validation.state.instances[instance];
  if (own.is_present()) check_shape(validation, instance);
  check_counts(validation, instance);
  if (!own.is_present() || !own.is_enabled) return;
  if (is_question(validation.state.item_of(instance).type)) {
    std::uint32_t place = 0;
    for (const json::Node* node = own.answers; node; node = node->next(), ++place)
      check_answer(validation, instance, {node, place, find_choice(*node, "value")});
    check_exclusive(validation, instance);
  }
  check_constraints(validation, instance);
}

}  // namespace
}  // namespace form

FormIssues validate(FormSession& session) {
  FormSession::State& state = session.state();
  if (!state.is_read) return {};
  form::Validation validation(state);

  // Both lists are ordered as their holders are: the root's first, then those of each instance.
  auto stray = state.strays.begin(), late = state.disordered.begin();
  const auto check_strays_of = [&](std::uint32_t instance) {
    for (; stray != state.strays.end() && stray->parent == instance; ++stray)
      form::check_stray(validation, *stray);
    for (; late != state.disordered.end() && late->parent == instance; ++late)
      form::check_disorder(validation, *late);
  };
  form::check_whole(validation);
  form::check_constraints(validation, form::none);
  check_strays_of(form::none);
  for (std::uint32_t i = 0; i < state.instances.size(); ++i) {
    form::check_instance(validation, i);
    check_strays_of(i);
  }
  // Expressions that raised an error: conditions while the response was read, bounds and variables
  // just now. Constraints have told it themselves.
  for (const FormIssue& issue : state.issues) validation.issues.add(issue);
  return validation.issues.take();
}

}  // namespace fbss
