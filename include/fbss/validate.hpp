// SPDX-License-Identifier: Apache-2.0
// Whether a QuestionnaireResponse fits its Questionnaire.
//
//     auto form = fbss::Form::load(
//         R"({"resourceType": "Questionnaire", "status": "active", "item": [{"linkId": "age",)"
//         R"("type": "integer", "extension": [{"valueInteger": 0,)"
//         R"("url": "http://hl7.org/fhir/StructureDefinition/minValue"}]}]})");
//     if (!form) return;
//     fbss::FormSession session(*form);
//     auto read = session.read(
//         R"({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [)"
//         R"({"linkId": "age", "answer": [{"valueInteger": -5}]}]})");
//     if (read)
//       std::cout << fbss::operation_outcome(fbss::validate(session));
//
// Judged are the response's shape, which items are answered and how often, every answer's value,
// and the questionnaire's own constraints. Answers to questions that are not enabled are errors; a
// required question that is not enabled is not missed, nor is one within a group that is left out.
// A draft (status in-progress) may miss answers: then, as for every rule that counts, an error is a
// warning. What cannot be told (a value set that is not known, a constraint that raises an error)
// is a warning that says so, never an error.
#pragma once

#include <string>

#include <fbss/document.hpp>
#include <fbss/form.hpp>

namespace fbss {

/// The issues of the response that the session has read, in its order. Empty where nothing is
/// wrong, and where nothing was read. Belongs to the session's thread. Cost: some microseconds a
/// kilobyte, more for constraints.
FormIssues validate(FormSession& session);

/// What can be said of a response whose questionnaire is not at hand: its status and structure, and
/// that nothing else was judged. Thread-safe.
FormIssues validate_alone(JsonNode response);

/// The JSON of the Questionnaire that a response contains and answers (its `questionnaire` is
/// "#id"), with the value sets and code systems that stand beside it; empty where it contains none.
/// Thread-safe.
std::string contained_questionnaire(JsonNode response);

}  // namespace fbss
