// SPDX-License-Identifier: Apache-2.0
// What each question can be answered with. In: a loaded form. Out: for each item the list of its
// possible answers where that is finite and short, else bounds of its number, else nothing. The
// values stand in a response of their own (samples()), each below its linkId, so that weight()
// finds its way from them to their options.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fhir/calculate/choices.hpp"
#include "fhir/form/model.hpp"
#include "fhir/intervals/range.hpp"

namespace fbss::form {

struct Domain {
  enum class Kind : std::uint8_t { finite, range, anything };
  Kind kind = Kind::anything;
  /// finite: every way to answer, a list of values, each a node with its key ("valueCoding").
  std::vector<std::vector<const json::Node*>> alternatives;
  Range range;
  bool is_integer = false;
  bool repeats = false;
  std::optional<std::uint32_t> most;  ///< answers; nothing: no bound
};

class Domains {
 public:
  Domains(const Form::Model& model, const Choices& choices);

  const Domain& of(std::uint32_t item) const { return domains_[item]; }
  JsonNode samples() const { return samples_.root(); }

 private:
  std::vector<Domain> domains_;  // by item
  Document samples_;
};

}  // namespace fbss::form
