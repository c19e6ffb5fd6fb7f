// SPDX-License-Identifier: Apache-2.0
// What a patient's chart says about the questions. A suggestion is never an answer until a person
// confirms it: unconfirmed, its question counts as not asked. Made by prefill() (prefill.hpp),
// shown by reports beside the answers.
//
//     fbss::Suggestion smoking;
//     smoking.question = questionnaire.question("smoking_status");
//     smoking.kind = fbss::SuggestionKind::suggested;
//     smoking.answer = "former";
//     auto confirmed = response.answer(smoking.question->id, smoking.answer);  // a person agreed
//
// Plain values; threads may read them together. Pointers lead into the Questionnaire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/questionnaire.hpp>

namespace fbss {

enum class SuggestionKind : std::uint8_t {
  suggested,  ///< every fact that speaks for an answer speaks for the same one
  disagree,   ///< two facts speak for different answers, or one against: nothing is suggested
  shown,      ///< the facts answer nothing; they are for the reader to judge
};

/// "suggested", "disagree", "shown".
std::string_view suggestion_word(SuggestionKind kind);

/// A record of the chart that speaks about a question.
struct ChartFact {
  std::string resource;  ///< "Condition/c1"; without an id its fullUrl, or its place "entry 7"
  Coding coding;         ///< the code that led to it
  std::string date;      ///< as recorded (ISO 8601, maybe partial); empty where none is
  std::string answer;  ///< the answer that it speaks for, as a record holds it; empty: it is shown
  std::string label;   ///< the same as a person reads it
  std::string text;    ///< what it says, in the questionnaire's words; may be empty
  std::string value;   ///< a recorded number with its unit ("150 min/wk"); may be empty
  std::vector<std::string> against;  ///< answers that it contradicts, whatever is suggested
};

/// What the chart says about one question.
struct Suggestion {
  const Item* question = nullptr;
  SuggestionKind kind{};
  std::string answer;  ///< suggested only: as a record holds it, to be confirmed
  std::string label;   ///< the same as a person reads it
  /// Those that speak for an answer, then those that only speak against one, then the others; each
  /// by date, newest first.
  std::vector<ChartFact> facts;
};

/// A resource that was left out, and why.
struct IgnoredResource {
  std::string resource;  ///< named like ChartFact::resource
  std::string reason;    ///< "belongs to another patient"
};

/// What one chart says about a questionnaire.
struct Chart {
  std::string patient;                   ///< "Patient/p1"; named like ChartFact::resource
  std::vector<Suggestion> suggestions;   ///< at most one a question, in question order
  std::vector<IgnoredResource> ignored;  ///< in the chart's order
  bool sample = false;                   ///< its Patient, or the Bundle, is marked as test data
};

/// Chart::patient where others can refer to it: Type/id, or an absolute url or urn. Empty where it
/// only says at which place of its Bundle the Patient stands ("entry 1").
std::string_view patient_reference(std::string_view patient);

}  // namespace fbss
