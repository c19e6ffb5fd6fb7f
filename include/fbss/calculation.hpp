// SPDX-License-Identifier: Apache-2.0
// Calculated values of a FHIR Questionnaire (SDC's calculatedExpression), filled in and judged:
// what a score is, and what it still can be while questions are unanswered.
//
//     auto form = fbss::Form::load(R"form({"resourceType": "Questionnaire", "status": "active",
//       "item": [{"linkId": "a", "type": "integer"}, {"linkId": "b", "type": "integer"},
//                {"linkId": "sum", "type": "integer", "extension": [{"url":
//       "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
//       "valueExpression": {"language": "text/fhirpath", "expression":
//       "%resource.item.where(linkId in ('a' | 'b')).answer.value.sum()"}}]}]})form");
//     if (!form) return;
//     fbss::FormSession session(*form);
//     fbss::Calculation calculation(session);  // once; for every response that the session reads
//     if (session.read(R"({"resourceType": "QuestionnaireResponse", "status": "in-progress",
//         "item": [{"linkId": "a", "answer": [{"valueInteger": 4}]}]})") &&
//         calculation.run())
//       std::cout << calculation.response();
//     for (const fbss::FormIssue& issue : session.issues()) std::cerr << issue.message << '\n';
//
// What run() does. Every calculated item that is enabled gets what its expression gives, in its
// type, each behind those that it reads; in a repeating group each repetition its own. It takes the
// place of an answer that was there, whether the item is readOnly or not: a file does not say who
// entered an answer, and a stale score is worse than a replaced one. Where an answer to an item
// that is not readOnly is replaced so, an issue says it (calculatedReplaced). Where the expression
// gives nothing, does not compile or raises an error, or where its value does not fit the item's
// type, the item has no answer; issues say why. Answers of items that are not enabled count as not
// given; a draft keeps them, a response that is completed or amended loses them (answerDropped). A
// calculated item that is not enabled has no answer. Values that enable items, and items that
// change values, are worked out until nothing changes.
//
// The rule on missing answers. An expression that adds up what is there counts a missing answer as
// zero, in silence. A calculated item can declare what is to be done, in an extension
// https://fbss.example/fhir/StructureDefinition/missing-data-rule with these parts:
//
// - rule (valueCode): all-needed, prorated or half-needed;
// - max-missing (valueInteger): prorated only, how many answers may be missing;
// - items (valueString, repeats): a linkId that counts. Without any: the questions that the
//   expression names, of a group that it names all within it, through variables and other
//   calculated items.
//
// Counted are the questions of these that are enabled, in the item's own repetition; one whose
// answer is marked with a data-absent-reason is missing. With none missing, every rule gives what
// the expression gives. Else
//
// - all-needed gives nothing;
// - prorated gives value * counted / answered where at most max-missing are missing, else nothing:
//   the missing ones are taken to be like the mean of the others, for expressions that are sums or
//   shares of sums. An integer item gets it rounded to the whole number, half away from zero, a
//   decimal item to its maxDecimalPlaces;
// - half-needed is prorated where at least half are answered.
//
// Threads: a Calculation belongs to the thread of its session.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/form.hpp>

namespace fbss {

/// How a score's rule on missing answers came out.
struct MissingData {
  std::string_view rule;           ///< "all-needed", "prorated", "half-needed"
  std::size_t counted = 0;         ///< the questions that count: those of the rule that are enabled
  std::size_t answered = 0;        ///< of these
  std::size_t least_answered = 0;  ///< that the rule asks for; with fewer the score has no value
  bool is_met() const { return answered >= least_answered; }
  bool is_prorated() const { return is_met() && answered < counted; }
};

/// What a calculated number can still become. "Completing" a response means that every question
/// that is enabled, or that an answer given on the way enables, gets an answer that it takes: one
/// of its options, yes or no, a number within its bounds. A repeating group counts as answered as
/// it is, unless it has no repetition yet or one with an open question; then, up to its maxOccurs,
/// more may follow.
///
/// The interval holds every value that some completion gives. It is found by interval arithmetic
/// over the expression, and where that does not tell it exactly and the questions that the
/// expression reads have few enough answers together (Limits::interval_completions), by trying
/// them all; then it is exact. An answer that is marked with a data-absent-reason is not known, so
/// its question is open. A rule on missing answers plays no part: nothing is missing then.
struct Interval {
  std::string_view link_id, text;  ///< of the item; the text may be empty
  std::string path;                ///< as FormIssue::path; of what would hold it while it is absent
  std::string value;               ///< the number that run() gave, its digits; empty: none

  /// The ends, as digits. Empty: not determined, there may be no bound; unless has_value is false.
  std::string low, high;
  /// Whether some completion gives a value, and whether some leaves the item without one.
  bool has_value = true, may_be_empty = false;

  /// The linkIds of the open questions that matter: of which some answer changes the interval or
  /// the value. Each once, in the order of the form.
  std::vector<std::string_view> unanswered;
  /// How many questions the expression reads, those that no completion enables left out; and how
  /// many of them are answered.
  std::size_t questions = 0, answered = 0;
  std::optional<MissingData> missing_data;
};

class Calculation {
 public:
  /// For the responses that the session will read; the session has to live longer.
  explicit Calculation(FormSession& session);
  ~Calculation();
  Calculation(Calculation&&) noexcept;
  Calculation& operator=(Calculation&&) noexcept;

  /// Fills in the calculated values of the response that the session has read; the session then
  /// works on the completed response. What was told stands in FormSession::issues(). Problem:
  /// too_large (Limits::form_instances). Cost: some microseconds an expression; allocates nothing
  /// once warm but for issues.
  Result<void> run();

  /// For each calculated number (integer, decimal, quantity) that some completion enables, in the
  /// order of the form: what it can still become. To be called behind run(), for the same response.
  /// Bounded by Limits::interval_steps and interval_completions. Cost: up to some milliseconds an
  /// item where arithmetic does; else some microseconds a completion and expression of the form.
  std::vector<Interval> intervals();

  /// The response as it is now: its items in the order of the form, everything that it had before
  /// still there, numbers with the digits that were written. Indented, with a newline at the end.
  std::string response() const;

  /// Appends the same in one line, with a newline at the end.
  void append_line(std::string& out) const;

  struct State;  // lib/fhir/calculate/calculation.hpp
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fbss
