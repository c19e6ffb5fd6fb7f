// SPDX-License-Identifier: Apache-2.0
// What an expression can read of a response: items that it names by their linkId, or anything. In:
// a loaded form. Out: what the order of calculation and the counting of answers rest on. Judged by
// the text alone, on the safe side: what is not surely addressed by linkId counts as anything.
#pragma once

#include <cstdint>
#include <vector>

#include "fhir/form/model.hpp"

namespace fbss::form {

class Reaches {
 public:
  explicit Reaches(const Form::Model& model);

  /// Whether the expression, or a variable that it reads, may read items that it does not name:
  /// item.answer.value.sum(), descendants(). Of items that it names it may read all that is within.
  bool reads_freely(std::uint32_t expression) const { return free_[expression]; }

  /// Whether a change of the item's answers may change what the expression gives.
  bool may_read(std::uint32_t expression, std::uint32_t item) const;

  /// The questions that the expression names; of a group that is named without an item within it,
  /// all; in the place of calculated ones those that these read in turn. In the form's order.
  std::vector<std::uint32_t> questions_of(std::uint32_t expression) const;

 private:
  const Form::Model& model_;
  std::vector<bool> free_;  // by expression
};

}  // namespace fbss::form
