// SPDX-License-Identifier: Apache-2.0
// Expressions of a form over a response. In: an expression and the instance at which it stands.
// Out: its values. Its variables are worked out first, each once for every instance of the item
// that has it, and kept: a value lives only until its workspace evaluates again.
#include <algorithm>

#include "fhir/form/rules.hpp"
#include "fhir/run/work.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/value.hpp"

namespace fbss {

using fhirpath::Collection;
using fhirpath::Value;
using form::none;

void FormSession::State::forget_variables() {
  for (auto& values : work->variables) values.clear();
  work->arena.reset();
}

void FormSession::State::set_context(std::uint32_t context, Collection values) {
  work->contexts[context] = values;
  forget_variables();
}

Collection FormSession::State::context(std::uint32_t context) const {
  return work->contexts[context];
}

Collection FormSession::State::variable(std::uint32_t index, std::uint32_t instance, bool* failed) {
  const form::Variable& variable = model.variables[index];
  std::uint32_t at = instance;
  while (at != none && instances[at].item != variable.item) at = instances[at].parent;
  const auto place = [&] {
    return std::ranges::lower_bound(work->variables[index], at, {}, &Work::Kept::instance);
  };
  if (const auto found = place(); found != work->variables[index].end() && found->instance == at) {
    if (failed) *failed = found->failed;
    return found->values;
  }
  bool raised = false;
  const Collection values =
      fhirpath::kept_in(work->arena, evaluate(variable.expression, at, &raised));
  if (raised) tell_failure(variable.expression, at);
  work->variables[index].insert(place(), {at, values, raised});
  if (failed) *failed = raised;
  return values;
}

void FormSession::State::tell_failure(std::uint32_t expression, std::uint32_t instance) {
  const std::pair told{expression, instance};
  if (!model.expressions[expression].program || work->failure.empty()) return;
  if (work->failed.size() < form::most_issues &&
      std::ranges::find(work->failed, told) == work->failed.end()) {
    work->failed.push_back(told);
    tell(FormRule::expressionExecution, Severity::warning, path_of(instance),
         instance == none ? std::string_view{} : item_of(instance).link_id,
         "The expression at " + model.expressions[expression].path +
             " gives nothing: " + work->failure);
  }
  work->failure.clear();
}

// A variable may call this again for those that it reads itself; circles were refused at load.
Collection FormSession::State::evaluate_from(std::uint32_t index, std::uint32_t instance,
                                             const Value* focus, bool* failed) {
  const form::Expression& expression = model.expressions[index];
  bool raised = !expression.program;
  if (failed) *failed = raised;
  if (raised) return {};
  std::vector<Collection>& arguments = work->arguments;
  const std::size_t begin = arguments.size();
  for (const form::Name& name : expression.names) {
    Collection values;
    switch (name.kind) {
      case form::Name::Kind::questionnaire:
        values = {&work->questionnaire, 1};
        break;
      case form::Name::Kind::qitem:
        if (expression.item != none) values = {&work->qitems[expression.item], 1};
        break;
      case form::Name::Kind::variable: {
        bool variable_raised = false;
        values = variable(name.index, instance, &variable_raised);
        raised |= variable_raised;
        break;
      }
      case form::Name::Kind::context:
        values = work->contexts[name.index];
        break;
    }
    arguments.push_back(values);
  }
  if (raised) {  // what a variable did not give must not be taken for empty
    arguments.resize(begin);
    if (failed) *failed = true;
    return {};
  }
  fhirpath::Environment environment;
  environment.input = instance == none ? response : JsonNode(instances[instance].node);
  environment.resource = response;
  environment.variables = {arguments.data() + begin, arguments.size() - begin};
  environment.today = options.today;
  environment.now = options.now;
  environment.bundle = bundle;
  environment.value_sets = &model.value_sets;
  const auto values =
      focus ? fhirpath::evaluate_at(*expression.program, *focus, environment, work->workspace)
            : fhirpath::evaluate(*expression.program, environment, work->workspace);
  arguments.resize(begin);
  if (values) return *values;
  work->failure = values.problems().front().message;
  if (failed)
    *failed = true;
  else
    tell_failure(index, instance);
  return {};
}

Collection FormSession::State::evaluate(std::uint32_t index, std::uint32_t instance, bool* failed) {
  return evaluate_from(index, instance, nullptr, failed);
}

Collection FormSession::State::evaluate_at(std::uint32_t index, std::uint32_t instance,
                                           const Value& focus, bool* failed) {
  return evaluate_from(index, instance, &focus, failed);
}

}  // namespace fbss
