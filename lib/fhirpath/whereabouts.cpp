// SPDX-License-Identifier: Apache-2.0
// The records that an environment knows: its resources and its variables.
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {

const json::Node* find_record(const Evaluator& evaluator, const json::Node* node) {
  const Environment& environment = evaluator.environment;
  for (const JsonNode root :
       {environment.root_resource, environment.resource, environment.input, environment.bundle})
    if (lies_in(root.get(), node)) return root.get();
  for (const Collection& variable : environment.variables)
    for (const Value& value : variable)
      if (is_node(value) && lies_in(ValueAccess::node(value), node))
        return ValueAccess::node(value);
  return nullptr;
}

}  // namespace fbss::fhirpath
