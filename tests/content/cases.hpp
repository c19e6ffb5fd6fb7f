// SPDX-License-Identifier: Apache-2.0
// Reads the case files of clinicians into plain structs. In: a JSON file of cases. Out: those of
// the built-in questionnaires. The only place of these tests that knows a JSON library.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace content {

using Lists = std::map<std::string, std::vector<std::string>>;

struct ExpectedCount {
  int listed = 0, present = 0, absent = 0, unknown = 0, not_applicable = 0;
  int at_least = 0, at_most = 0;
};

/// A record and what a clinician expects of it. Only `expected` is complete; the others check
/// parts.
struct ClinicalCase {
  std::string id, note, questionnaire;
  std::string record;                               ///< the answers, as JSON
  std::map<std::string, std::string> expected;      ///< rule to status
  std::optional<ExpectedCount> count;               ///< where the questionnaire counts
  std::vector<std::string> sentence;                ///< parts of the count sentence
  Lists notes;                                      ///< rule to parts of its notes
  Lists because, would_settle;                      ///< rule to question ids
  std::optional<Lists> unanswered;                  ///< "not_asked", "unknown", "declined" to ids
  std::optional<std::vector<std::string>> notices;  ///< ids of the notices shown
};

/// An input that is refused, or accepted although it looks odd.
struct MalformedCase {
  std::string id, tell, questionnaire;
  std::string input;                ///< the record, byte for byte
  std::string code;                 ///< the expected code, or "accepted"
  std::vector<std::string> codes;   ///< all codes, where several problems are reported together
  std::vector<std::string> names;   ///< question ids that the message names
  std::vector<std::string> silent;  ///< what the person typed: no message repeats it
};

std::vector<ClinicalCase> read_clinical_cases(const std::string& path);

/// Cases whose input is described and not given are left out.
std::vector<MalformedCase> read_malformed_cases(const std::string& path);

/// The clinical cases of this folder, one file a questionnaire, and the shared ones, where they lie
/// beside the project; says so where they do not.
std::vector<ClinicalCase> all_clinical_cases();
std::vector<MalformedCase> all_malformed_cases();

/// Every string and every key of a JSON text, one a line; fails the test where it is no JSON.
std::string texts_of_json(const std::string& json);

}  // namespace content
