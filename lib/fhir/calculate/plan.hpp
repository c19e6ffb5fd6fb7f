// SPDX-License-Identifier: Apache-2.0
// The order in which calculated values are worked out. In: a loaded form. Out: steps in levels:
// what a level calculates is put into the response before the next level reads it, so that a
// response is written once a level and not once a value.
#pragma once

#include <cstdint>
#include <vector>

#include "fhir/calculate/reach.hpp"
#include "fhir/form/model.hpp"

namespace fbss::form {

struct Plan {
  struct Step {
    std::uint32_t item;
    std::uint32_t expression;
    bool reads_itself;                   ///< it may; it then finds no answer there
    std::vector<std::uint32_t> counted;  ///< the questions of the item's missing-data rule
  };
  std::vector<Step> steps;
  std::vector<std::uint32_t> ends;  ///< of each level: the place behind its last step
  /// Whether a later value, or what is enabled, may change what was worked out before: then all is
  /// worked out again until nothing changes.
  bool may_be_restless = false;
};

Plan make_plan(const Form::Model& model, const Reaches& reaches);

}  // namespace fbss::form
