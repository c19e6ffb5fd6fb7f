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

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>
#include <fbss/suggestion.hpp>

namespace fbss {

enum class Status : std::uint8_t { present, absent, unknown, not_applicable };

/// "present", "absent", "unknown", "not_applicable".
std::string_view status_word(Status status);

/// A question and what is recorded of it.
struct Given {
  const Item* question = nullptr;
  std::string answer;  ///< as a record holds it; see Response::answer_text()
  std::string label;   ///< as a person reads it; see Response::answer_label()
  std::string json;    ///< as a JSON record holds it: "yes", 8, ["walking","yoga"], null
};

/// A recorded number beside the one that a source names.
struct ComparedNumber {
  const Item* question = nullptr;
  const Amount* named = nullptr;  ///< what the source says
  std::string recorded;           ///< its digits; empty where no number is recorded
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
  /// Of a rule with an exercise, once one of its numbers is recorded: all of them.
  std::vector<ComparedNumber> numbers = {};
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

/// An open question and how many of the unknown rules one answer to it would settle.
struct SettlingQuestion {
  const Item* question = nullptr;
  int fewest = 0;  ///< over its answers; 0: there is an answer that settles none
  int most = 0;    ///< at least 1
};

/// Kleene's three truth values.
enum class TruthValue : std::uint8_t { is_false, is_true, is_unknown };

/// "false", "true", "unknown".
std::string_view truth_word(TruthValue value);

/// A part of a rule's expression, and what it comes to on a response.
struct SubExpression {
  std::string_view expression;      ///< as the questionnaire writes it
  std::size_t depth = 0;            ///< how deep it stands in the whole, which stands at 0
  std::optional<TruthValue> truth;  ///< of a condition; nothing for a part that gives other values
  std::string value;  ///< the truth as a word; else the values as text, parted by ", ", or ""
};

/// A question that a rule reads, and how it stands.
struct ReadAnswer {
  Given given;
  AnswerState state{};
};

/// How a rule came out, step by step. Points into the questionnaire.
struct Explanation {
  const Rule* rule = nullptr;
  Status status{};
  /// Every part of the expression, also those that the rule need not look at to be decided; the
  /// parts first, then what they make, the whole last. A variable's own expression stands before
  /// its first use. Empty: the rule always applies.
  std::vector<SubExpression> applies_when;
  std::vector<SubExpression> present_when;
  std::vector<ReadAnswer> answers;  ///< those of the gate first, then in question order
  std::string plain_words;          ///< see Questionnaire::plain_words()
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
  /// Those of which a single answer settles a rule, those that settle most first: by the fewest
  /// rules that an answer settles, then by the most, then in question order.
  std::vector<SettlingQuestion> settles_most = {};
  std::vector<Given> answers = {};              ///< every recorded value, in question order
  std::vector<const Notice*> notices = {};      ///< those that apply
  std::vector<Explanation> explanations = {};   ///< one a rule, where AssessOptions asks for them
  std::vector<const Exercise*> exercises = {};  ///< those that are planned, in the file's order
  /// What the patient's chart suggests, for reports to show beside the answers; set by the caller,
  /// never evaluated.
  std::optional<Chart> chart = {};
};

/// How much to work out.
struct AssessOptions {
  bool explain = true;        ///< because, would_settle, notes, numbers, answers, exercises; off:
                              ///< statuses and counts only, many times faster
  bool truth_tables = false;  ///< explanations too
};

/// How one rule comes out on a response, step by step. Problems: bad_reference (no such rule), and
/// those of assess(). Cost: some microseconds for each part of the expression.
Result<Explanation> explain(const Response& response, std::string_view rule);

/// Evaluates every rule. Problems: answer_not_applicable (see Response::check), rule_error. Cost:
/// tens of microseconds with explanations, a few without. Reads nothing but the response.
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

/// An answer put in the place of what a response holds, or added to it.
struct OtherAnswer {
  std::string question;
  std::vector<std::string> values;  ///< as Response::answer() takes them: one, or several options
};

/// A question whose answer differs.
struct AnswerChange {
  Given before, after;
};

/// What other answers would change: answers that would no longer apply are dropped first and named
/// in `dropped`.
struct WhatIf {
  std::vector<Change> changes;  ///< in the rules' order
  std::vector<const Item*> dropped;
  std::vector<AnswerChange> answers;  ///< without those dropped, in question order
  Assessment before, after;           ///< statuses and counts only
};

/// Problems: those of Response::answer(), duplicate_answer, and those of assess() with the other
/// answers in place; all together. The response stays as it is.
Result<WhatIf> what_if(const Response& response, std::span<const OtherAnswer> answers);
Result<WhatIf> what_if(const Response& response, std::string_view question,
                       std::string_view answer);

}  // namespace fbss
