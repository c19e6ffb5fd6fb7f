// SPDX-License-Identifier: Apache-2.0
// The resources that the answers to an FHIR Questionnaire amount to: SDC's $extract, without a
// server.
//
//     auto form = fbss::Form::load(R"({"resourceType": "Questionnaire", "status": "active",
//       "item": [{"linkId": "weight", "type": "decimal",
//         "code": [{"system": "http://loinc.org", "code": "29463-7"}],
//         "extension": [
//           {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding":
//             {"system": "http://unitsofmeasure.org", "code": "kg"}},
//           {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
//             R"(sdc-questionnaire-observationExtract", "valueBoolean": true}]}]})");
//     if (!form) return;
//     fbss::FormSession session(*form);
//     auto read = session.read(R"({"resourceType": "QuestionnaireResponse", "id": "r1",
//       "status": "completed", "subject": {"reference": "Patient/p1"},
//       "authored": "2026-11-21T09:00:00Z",
//       "item": [{"linkId": "weight", "answer": [{"valueDecimal": 79.3}]}]})");
//     if (!read) return;
//     fbss::Extracted extracted = fbss::extract(session);
//     std::cout << extracted.bundle;  // a transaction that creates one Observation, 79.3 kg
//
// By what the form says, and in this order: templates (templateExtract, templateExtractBundle),
// definitions (definitionExtract, itemExtractionContext, Questionnaire.item.definition),
// Observations (observationExtract). Answers of items that are not enabled are not extracted. What
// does not fit, and what is not supported, is left out and told; nothing stops the rest.
// hl7.org/fhir/uv/sdc, "Form Data Extraction".
//
// Same input, same bytes out. Where the specification asks for a new UUID there stands one made of
// the SHA-256 of the response (RFC 9562, version 8), so that a response that is extracted twice
// gives the same. Dates are the response's; where it has none, the session's now or today.
#pragma once

#include <cstddef>
#include <string>

#include <fbss/form.hpp>
#include <fbss/populate.hpp>

namespace fbss {

struct ExtractOptions {
  /// What launch contexts and queries mean, where expressions read them; null: nothing.
  Sources* sources = nullptr;
  bool one_line = false;  ///< the Bundle in one line, not indented
};

struct Extracted {
  /// A Bundle of type transaction, with a newline at the end.
  std::string bundle;
  std::size_t entries = 0;
  /// What was left out or is not as R4 asks for; mostly warnings.
  FormIssues issues;
};

/// Extracts from the response that the session has read. Belongs to one thread at a time, as the
/// session does. Cost: some passes over form and response.
Extracted extract(FormSession& session, const ExtractOptions& options = {});

}  // namespace fbss
