// SPDX-License-Identifier: Apache-2.0
// What a choice question offers. In: a loaded form. Out: for each question the values that may be
// its answer, as nodes with their keys (valueCoding, valueInteger, …): those of answerOption, or of
// an answerValueSet that the Questionnaire contains.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "fhir/form/model.hpp"
#include "json/node.hpp"

namespace fbss::form {

class Choices {
 public:
  explicit Choices(const Form::Model& model);

  /// In the order in which they are offered; empty where they are not known.
  const std::vector<const json::Node*>& of(std::uint32_t item) const { return offered_[item]; }

  /// Whether these are all that the question takes.
  bool is_whole(std::uint32_t item) const { return is_whole_[item]; }

 private:
  std::vector<std::vector<const json::Node*>> offered_;  // by item
  std::vector<bool> is_whole_;
  Document codings_;  // those of value sets
};

}  // namespace fbss::form
