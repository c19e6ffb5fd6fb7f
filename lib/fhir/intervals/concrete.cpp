// SPDX-License-Identifier: Apache-2.0
// Pieces are compiled once and kept.
#include "fhir/intervals/concrete.hpp"

#include <array>

#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {

using fhirpath::Collection;
using fhirpath::Value;
using fhirpath::ValueAccess;

Concrete::Concrete(FormSession::State& session, JsonNode samples)
    : session_(session),
      samples_(samples),
      questionnaire_(session.model.value_of(none)),
      workspace_(session.options.limits) {}

std::optional<Collection> Concrete::apply(const std::string& piece,
                                          std::span<const Collection> operands) {
  auto [at, is_new] = pieces_.try_emplace(piece);
  if (is_new) {
    fhirpath::Expression::Options options{.limits = session_.options.limits};
    options.variables = {"a", "b", "c", "d", "questionnaire"};
    if (auto compiled = fhirpath::Expression::compile(piece, options))
      at->second = std::move(*compiled);
  }
  if (!at->second) return std::nullopt;
  std::array<Collection, most_operands + 1> variables;
  for (std::size_t i = 0; i < operands.size(); ++i) variables[i] = operands[i];
  variables[most_operands] = {&questionnaire_, 1};
  fhirpath::Environment environment;
  environment.resource = session_.response;
  environment.root_resource = samples_;
  environment.variables = variables;
  environment.today = session_.options.today;
  environment.now = session_.options.now;
  environment.value_sets = &session_.model.value_sets;
  const auto result = fhirpath::evaluate(*at->second, environment, workspace_);
  if (!result) return std::nullopt;
  return keep(*result);
}

std::optional<Collection> Concrete::constant(std::string_view piece) {
  auto [at, is_new] = constants_.try_emplace(std::string(piece));
  if (is_new)
    if (const auto values = apply(at->first, {}))
      at->second = fhirpath::kept_in(constant_arena_, *values);
  return at->second;
}

std::optional<Decimal> Concrete::number(const std::string& piece, Decimal a, Decimal b) {
  const Value values[] = {ValueAccess::of_decimal(a), ValueAccess::of_decimal(b)};
  const Collection operands[] = {{&values[0], 1}, {&values[1], 1}};
  const auto result = apply(piece, operands);
  if (!result || result->size() != 1) return std::nullopt;
  const auto own = fhirpath::system_value(result->front());
  if (!own || !fhirpath::is_number(own->type())) return std::nullopt;
  return fhirpath::to_decimal(*own);
}

Collection Concrete::keep(Collection values) {
  return fhirpath::kept_in(arena_, values);
}

}  // namespace fbss::form
