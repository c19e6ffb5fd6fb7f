// SPDX-License-Identifier: Apache-2.0
// Findings, tallies and what would settle the rest, for one response.
//
//     auto assessment = fbss::assess(response);
//     for (const fbss::Finding& finding : assessment->findings)
//       std::cout << finding.rule->title << ": " << fbss::status_word(finding.status) << '\n';
//
// It counts and never predicts: no weights, no bands, no ranking of patients. Logic is Kleene's:
// unknown is not no. An Assessment points into its Questionnaire, which it keeps alive; it is a
// value that threads may read together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

namespace fbss {

enum class Status : std::uint8_t { present, absent, unknown, not_applicable };

/// "present", "absent", "unknown", "not_applicable".
std::string_view status_word(Status status);

/// A recorded answer that led to a finding.
struct Given {
  const Item* question = nullptr;
  std::string answer;  ///< as a record holds it
  std::string label;   ///< as a person reads it
};

struct Finding {
  const Rule* rule = nullptr;
  Status status{};
  /// A smallest set of answers that fixes the status, those of the gate first, then in question
  /// order; empty for unknown.
  std::vector<Given> because;
  /// Unknown only: the questions that can be answered now and of which some answer settles the
  /// rule, in question order.
  std::vector<const Item*> would_settle;
  /// The remarks of the rule whose condition holds.
  std::vector<const Note*> notes;
};

/// How the rules of one kind came out; the four parts add up to `listed`.
struct Tally {
  const TallyDefinition* definition = nullptr;
  int listed = 0, present = 0, absent = 0, unknown = 0, not_applicable = 0;
  int at_least() const { return present; }
  int at_most() const { return present + unknown; }
  std::string sentence;  ///< "Between 3 and 5 of the 9 listed factors are present: 3 recorded as
                         ///< present, …"
};

/// For assess_into(), begin with Assessment{questionnaire}.
struct Assessment {
  Questionnaire questionnaire;
  std::string record_id = {};  ///< as given by the caller; may be empty
  bool record_id_is_number = false;
  bool sample = false;                 ///< marked as sample data
  std::string date = {};               ///< of the assessment, as given by the caller; may be empty
  std::vector<Finding> findings = {};  ///< one a rule, in the file's order
  std::vector<Tally> tallies = {};     ///< one a definition
  /// Enabled questions without a value, in question order.
  std::vector<const Item*> not_asked = {}, unknown = {}, declined = {};
  std::vector<Given> answers = {};          ///< every recorded value, in question order
  std::vector<const Notice*> notices = {};  ///< those that apply
};

/// How much to work out.
struct AssessOptions {
  bool explain = true;  ///< because, would_settle, notes, answers; off: statuses and counts only,
                        ///< many times faster
};

/// Evaluates every rule. Problems: answer_not_applicable (see Response::check), rule_error. Cost:
/// about a millisecond with explanations, microseconds without. Reads nothing but the response.
Result<Assessment> assess(const Response& response, const AssessOptions& options = {});

/// assess() into an Assessment that is reused, so that records in bulk cost no allocation once
/// warm.
Result<void> assess_into(Assessment& out, const Response& response,
                         const AssessOptions& options = {});

/// One finding that differs when an answer is changed.
struct Change {
  const Rule* rule = nullptr;
  Status before{}, after{};
};

/// What one other answer would change: answers that would no longer apply are dropped first and
/// named in `dropped`.
struct WhatIf {
  std::vector<Change> changes;  ///< in the rules' order
  std::vector<const Item*> dropped;
};
Result<WhatIf> what_if(const Response& response, std::string_view question,
                       std::string_view answer);

}  // namespace fbss
