// SPDX-License-Identifier: Apache-2.0
// A Calculation at work: what is worked out once a form, and the memory that is kept from response
// to response.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <fbss/calculation.hpp>

#include "fhir/calculate/choices.hpp"
#include "fhir/calculate/plan.hpp"
#include "fhir/calculate/reach.hpp"
#include "fhir/run/answers.hpp"
#include "fhir/run/draft.hpp"
#include "fhir/run/session.hpp"

namespace fbss {

namespace form {
class Intervals;  // lib/fhir/intervals/intervals.hpp
struct IntervalsDeleter {
  void operator()(Intervals* intervals) const;
};
}  // namespace form

struct Calculation::State {
  explicit State(FormSession::State& worked_with);

  FormSession::State& session;
  form::Choices choices;  // of intervals
  form::Reaches reaches;
  form::Plan plan;
  bool minds_missing_data = true;  ///< false: rules on missing answers are left out of account

  /// See Calculation::run().
  Result<void> run();

  /// Appends the response as JSON, with a newline at the end.
  void write(std::string& out, int indent);

  /// How the rule of a step comes out at an instance of its item; nothing where it has none.
  std::optional<MissingData> missing_data(const form::Plan::Step& step,
                                          std::uint32_t instance) const;

  std::unique_ptr<form::Intervals, form::IntervalsDeleter> intervals;  ///< made when asked for

 private:
  Document* own_document();
  Result<void> adopt_draft();
  Result<bool> run_level(std::uint32_t begin, std::uint32_t end, bool is_first);
  void work_out(const form::Plan::Step& step, std::uint32_t instance, bool is_first);
  void evaluate(const form::Plan::Step& step, std::uint32_t instance);
  void show_own_answers(std::uint32_t item, bool shows);
  void convert(const form::Plan::Step& step, std::uint32_t instance, fhirpath::Collection values);
  void add_value(const form::Plan::Step& step, std::uint32_t instance,
                 const fhirpath::Value& value);
  std::optional<fhirpath::Value> prorated(const form::Plan::Step& step, std::uint32_t instance,
                                          const MissingData& missing, const fhirpath::Value& value);
  bool has_answers(std::uint32_t instance, std::size_t first) const;
  void drop_disabled();
  void note(FormRule rule, Severity severity, std::uint32_t instance, std::string message);

  form::NewAnswers answers_;
  form::Draft draft_;
  Document documents_[2];  // the session works on one of them, the other is free
  FormIssues notes_;       // of the sweep under way
};

}  // namespace fbss
