// SPDX-License-Identifier: Apache-2.0
// What the names mean that whoever runs a form brings in: launch contexts and queries over the
// resources at hand. In: Sources, a session's state. Out: State::set_context() for each; whatever
// is not at hand is told once, when an expression reads it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "fhir/form/rules.hpp"
#include "fhir/populate/query.hpp"
#include "fhir/populate/sources.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

class Contexts {
 public:
  /// Both outlive this. Issues go to `issues`, each once.
  Contexts(FormSession::State& state, const Sources::State& sources, IssueList& issues)
      : state_(state),
        model_(state.model),
        sources_(sources),
        issues_(issues),
        values_(state.model.contexts.size()) {}

  /// Whose the resources are: the Patient named `patient`, or the only one. Null where there is
  /// none. Problem: more_than_one_patient.
  Result<const Sources::State::Resource*> patient() const;

  /// After State::read(): launch contexts and the form's queries; what is enabled is worked out
  /// anew. Without this nothing is at hand.
  void bring_in();

  /// The queries that are variables of this instance's item.
  void enter(std::uint32_t instance);

  /// State::evaluate(); what it reads and is not at hand is told.
  fhirpath::Collection evaluate(std::uint32_t expression, std::uint32_t instance,
                                bool* failed = nullptr);

  /// State::evaluate_at(); the same.
  fhirpath::Collection evaluate_at(std::uint32_t expression, std::uint32_t instance,
                                   const fhirpath::Value& focus, bool* failed = nullptr);

  /// What a query finds; nothing where it is not run, which was told.
  std::optional<Found> find(std::uint32_t query, std::uint32_t instance);

  /// "Observation/o1" and its date, for the resource that the value is a part of; empty where it is
  /// of none.
  struct Origin {
    std::string resource, date;
  };
  Origin origin_of(const fhirpath::Value& value) const;

  /// Issues, each once.
  void tell(FormRule rule, Severity severity, const std::string& path, std::string_view link_id,
            std::string message);

 private:
  fhirpath::Value launch_value(const Context& context, bool& is_given);
  void bring_in_query(std::uint32_t context, std::uint32_t instance);
  void set(std::uint32_t context, const fhirpath::Value& value);
  std::optional<std::string> query_text(std::uint32_t query, std::uint32_t instance);
  JsonNode document_of(const std::string& json);
  void note_missing(std::uint32_t expression);

  FormSession::State& state_;
  const Form::Model& model_;
  const Sources::State& sources_;
  IssueList& issues_;
  std::unordered_set<std::string> told_;  // looked up, never walked
  bool is_brought_in_ = false;
  std::vector<std::vector<fhirpath::Value>> values_;            // by context
  std::map<std::string, std::unique_ptr<Document>> documents_;  // Bundles that queries gave
};

}  // namespace fbss::form
