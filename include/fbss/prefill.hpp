// SPDX-License-Identifier: Apache-2.0
// What a patient's chart suggests: an FHIR R4 Bundle in, suggestions with their origin out. Nothing
// is answered by it, nothing is concluded from what a chart lacks, and no threshold is applied. The
// chart rules are part of the questionnaire file.
//
//     fbss::CodeLists lists;
//     fbss::Prefill prefill(questionnaire, lists);
//     fbss::Document bundle;
//     if (bundle.parse(R"({"resourceType": "Bundle", "type": "collection", "entry": [
//           {"resource": {"resourceType": "Patient", "id": "p1"}},
//           {"resource": {"resourceType": "Condition", "id": "c1", "subject": {"reference":
//           "Patient/p1"},
//            "clinicalStatus": {"coding": [{"code": "active"}]}, "recordedDate": "2026-03-01",
//            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code":
//            "E11.9"}]}}}]})"))
//       if (auto chart = prefill.run(bundle.root()))
//         for (const fbss::Suggestion& suggestion : chart->suggestions)
//           std::cout << suggestion.question->id << ": " << suggestion.label << '\n';
#pragma once

#include <memory>

#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/suggestion.hpp>

namespace fbss {

/// Belongs to one thread at a time and is reused from chart to chart. The code lists outlive it.
class Prefill {
 public:
  Prefill(Questionnaire questionnaire, const CodeLists& lists, const Limits& limits = {});
  ~Prefill();
  Prefill(Prefill&&) noexcept;
  Prefill& operator=(Prefill&&) noexcept;

  /// Problems: wrong_type (no Bundle), no_patient, more_than_one_patient, rule_error; then nothing
  /// was read. Resources of other patients are named in Chart::ignored.
  Result<Chart> run(JsonNode bundle);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether every code list that the questionnaire's chart rules name is there: bad_reference for
/// each that is not.
Problems check_code_lists(const Questionnaire& questionnaire, const CodeLists& lists);

}  // namespace fbss
