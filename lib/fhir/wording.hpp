// SPDX-License-Identifier: Apache-2.0
// What an exported Questionnaire says to people beside the file's own texts. In: questions, rules,
// tallies. Out: plain sentences, each statement with its source.
#pragma once

#include <string>

#include <fbss/questionnaire.hpp>

namespace fbss::fhir {

/// How to answer, and what the question rests on.
std::string question_help(const Questionnaire& questionnaire, const Item& question);

/// The rule in plain words, its sources, how they are read, the steps that they name.
std::string rule_help(const Questionnaire& questionnaire, const Rule& rule);

/// A remark and where it stands.
std::string note_text(const Questionnaire& questionnaire, const Note& note);

/// Intended use, evidence, what computes and what does not, and of which content it was made.
/// Markdown.
std::string description(const Questionnaire& questionnaire);

}  // namespace fbss::fhir
