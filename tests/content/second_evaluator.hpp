// SPDX-License-Identifier: Apache-2.0
// A second evaluator of the built-in questionnaires, written by hand from the clinical document and
// sharing no code with the engine. In: a record as question ids and codes. Out: the status of each
// rule. Where it and the engine disagree, one of them has misread the document.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace second {

/// Question id to option code, "yes", "no", digits, "unknown" or "declined"; several options are
/// parted by ", "; a missing key is not asked.
using Answers = std::map<std::string, std::string>;

struct Question {
  std::string id;
  std::vector<std::string> values;  ///< what it can be answered with, unknown and declined left out
};

struct Rule {
  std::string id;
  std::vector<std::string> reads;         ///< the questions that decide it, those of the gate first
  std::string (*status)(const Answers&);  ///< "present", "absent", "unknown", "not_applicable"
};

struct Questionnaire {
  std::string id;
  std::vector<Question> questions;  ///< those that rules read: dates and free text are left out
  std::vector<Rule> rules;          ///< in the document's order
  /// Whether the question is asked, given the other answers.
  bool (*asked)(const std::string& question, const Answers& answers);

  const Question& question(const std::string& id) const;
};

const Questionnaire& preop_screen();
const Questionnaire& postop_followup();
const Questionnaire& rehab_plan();

/// Fails the test where there is none of that id.
const Questionnaire& questionnaire(const std::string& id);

}  // namespace second
