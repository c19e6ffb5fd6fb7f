// SPDX-License-Identifier: Apache-2.0
// The FHIRPath that an exported Questionnaire carries, so that other engines compute what we do.
// In: questions, rules and tallies. Out: expressions over a QuestionnaireResponse (%resource).
// Rules and conditions stand in them word for word: they read %id, and a root variable of that name
// gives what %id means to us.
#pragma once

#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace fbss::fhir {

/// The answer of a question as rules read it: codes, a Boolean, a number, a date or a text; empty
/// for unknown, declined and not asked.
std::string answer_expression(const Item& question);

/// A condition made to decide: false where it is empty.
std::string enabling_expression(std::string_view condition);

/// A rule's status word.
std::string status_expression(const Rule& rule);

/// How many of a tally's rules have a status in `wanted`, a list of string literals; where the
/// status is not computed yet, it is no status.
std::string count_expression(const Questionnaire& questionnaire, const TallyDefinition& tally,
                             std::string_view wanted);

}  // namespace fbss::fhir
