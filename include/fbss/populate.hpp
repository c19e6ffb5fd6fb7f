// SPDX-License-Identifier: Apache-2.0
// What the resources at hand answer of an FHIR Questionnaire: SDC's $populate, without a server.
//
//     auto form = fbss::Form::load(R"({"resourceType": "Questionnaire", "status": "active",
//       "extension": [{"url":
//         "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext",
//         "extension": [{"url": "name", "valueCoding": {"code": "patient"}},
//                       {"url": "type", "valueCode": "Patient"}]}],
//       "item": [{"linkId": "born", "type": "date", "extension": [{"url":
//         "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
//         "valueExpression": {"language": "text/fhirpath",
//                             "expression": "%patient.birthDate"}}]}]})");
//     fbss::Sources sources;
//     auto added = sources.add(
//         R"({"resourceType": "Patient", "id": "p1", "birthDate": "1970-01-02"})");
//     if (!form || !added) return;
//     fbss::FormSession session(*form);
//     if (auto populated = fbss::populate(session, sources))
//       std::cout << populated->response;  // in-progress, born: 1970-01-02
//
// Filled in are: initialExpression, the newest Observation within observationLinkPeriod,
// initial[x], initialSelected; repeating groups by itemPopulationContext. Read are launch contexts,
// variables, queries (x-fhir-query) over the resources at hand. What an expression cannot give, and
// what is not supported, leaves its item empty and is told; nothing stops the rest.
// hl7.org/fhir/uv/sdc, "Form Population".
//
// Same input, same bytes out: today() and now() are the session's. Threads: a Sources and a session
// belong to one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <fbss/error.hpp>
#include <fbss/form.hpp>
#include <fbss/limits.hpp>

namespace fbss {

/// What a form is filled from: resources, and values for the names that its expressions read.
class Sources {
 public:
  /// Limits::chart_bytes bounds each text that is added.
  explicit Sources(const Limits& limits = {});
  ~Sources();
  Sources(Sources&&) noexcept;
  Sources& operator=(Sources&&) noexcept;

  /// A resource; a Bundle, whose resources are added one by one; or Parameters as $populate takes
  /// them: each `context` with its `name` and `content`, all other resources but the form as
  /// resources. Of two of one type and id the first counts. Problems: those of Document::parse();
  /// wrong_type (no resource), and then nothing was added.
  Result<void> add(std::string_view json);

  /// The value of %name (a launchContext, or the result of a query: its Bundle), whose resources
  /// are added besides. Of two of one name the first counts. Problems: the same.
  Result<void> add_context(std::string_view name, std::string_view json);

  struct State;  // lib/fhir/populate/sources.hpp
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

struct PopulateOptions {
  /// A QuestionnaireResponse of which only what is still unanswered is filled in (initial[x] is for
  /// new responses only); empty: a new one is made.
  std::string response = {};
  /// Gives each answer from a resource an extension that says which
  /// (http://hl7.org/fhir/StructureDefinition/derivation-reference); issues say so anyway.
  bool origins = false;
};

struct Populated {
  /// A QuestionnaireResponse, indented, with a newline at the end: the form's enabled groups and
  /// questions in their order, answered or not; of a draft also answers of questions that are not
  /// enabled (they may become so). A new one is in-progress, with the form's canonical; `subject`
  /// is the Patient at hand, `encounter` %encounter, `authored` the session's now or today.
  std::string response;
  /// Where answers came from (information), and what could not be filled in (warnings).
  FormIssues issues;
};

/// Problems: more_than_one_patient (the sources hold several, and none is named `patient`); of
/// PopulateOptions::response those of FormSession::read(). Afterwards the session has read the
/// populated response. Cost: some passes over form and sources.
Result<Populated> populate(FormSession& session, Sources& sources,
                           const PopulateOptions& options = {});

}  // namespace fbss
