// SPDX-License-Identifier: Apache-2.0
// Single operations and functions of FHIRPath on values that are known, by the engine itself. In: a
// piece of an expression over %a, %b, %c and %d ("%a + %b", "%a.round(%b)"). Out: its values. So
// interval arithmetic knows no operation by heart but those on bounds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

class Concrete {
 public:
  Concrete(FormSession::State& session, JsonNode samples);

  static constexpr std::size_t most_operands = 4;

  /// The values live until forget(); nothing where the piece does not compile or raises an error.
  std::optional<fhirpath::Collection> apply(const std::string& piece,
                                            std::span<const fhirpath::Collection> operands);

  /// What a piece without operands gives, worked out once: it must read nothing but the form.
  std::optional<fhirpath::Collection> constant(std::string_view piece);

  /// The same for numbers; nothing too where it does not give one.
  std::optional<Decimal> number(const std::string& piece, Decimal a, Decimal b = Decimal());

  /// A copy of values that lasts as long.
  fhirpath::Collection keep(fhirpath::Collection values);
  Arena& arena() { return arena_; }
  void forget() { arena_.reset(); }

 private:
  FormSession::State& session_;
  JsonNode samples_;
  fhirpath::Value questionnaire_;
  fhirpath::Workspace workspace_;
  Arena arena_, constant_arena_;
  std::unordered_map<std::string, std::optional<fhirpath::Expression>> pieces_;  // looked up only
  std::unordered_map<std::string, std::optional<fhirpath::Collection>> constants_;  // the same
};

}  // namespace fbss::form
