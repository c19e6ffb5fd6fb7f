// SPDX-License-Identifier: Apache-2.0
// A second evaluator of the pre-operative screen, written by hand from the clinical document and
// sharing no code with the engine. In: a record as question ids and codes. Out: the status of each
// rule. Where it and the engine disagree, one of them has misread the document.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace second {

/// Question id to option code, "yes", "no", "unknown" or "declined"; a missing key is not asked.
using Answers = std::map<std::string, std::string>;

struct Question {
  std::string id;
  std::vector<std::string> values;  ///< what it can be answered with, unknown and declined left out
};

struct Rule {
  std::string id;
  std::vector<std::string> reads;         ///< the questions that decide it
  std::string (*status)(const Answers&);  ///< "present", "absent", "unknown", "not_applicable"
};

/// The questions that rules read: all but the free text.
const std::vector<Question>& questions();
const Question& question(const std::string& id);

/// Whether the question is asked, given the other answers.
bool asked(const std::string& question, const Answers& answers);

/// The eighteen rules, in the document's order.
const std::vector<Rule>& rules();

}  // namespace second
