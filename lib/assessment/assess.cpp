// SPDX-License-Identifier: Apache-2.0
// A Response to an Assessment. In: the answers of one record. Out: every rule's status, the
// tallies, the questions without a value and the notices; with explanations, also because of what,
// what would settle the rest, and the remarks that hold.
#include <algorithm>
#include <string>
#include <utility>

#include "assessment/explain.hpp"

namespace fbss {
namespace {

// The same problems, with the rule or notice that raised them.
Problems raised_by(const char* what, const std::string& id, Problems problems) {
  for (Problem& problem : problems)
    problem.message = what + (" " + quoted(id)) + ": " + problem.message;
  return problems;
}

// One response on its way into an Assessment.
class Assessing {
 public:
  Assessing(Assessment& out, const Response& response)
      : out_(out), response_(response), state_(response.internal()), model_(state_.model()) {}

  Result<void> run(const AssessOptions& options) {
    if (Problems problems = response_.check(); !problems.empty()) return problems;
    if (&out_.questionnaire.model() != &model_) out_.questionnaire = response_.questionnaire();
    out_.record_id = state_.record_id;
    out_.record_id_is_number = state_.record_id_is_number;
    out_.sample = state_.sample;
    out_.date = state_.date;
    list_questions();
    out_.answers.clear();
    if (options.explain) list_values(out_.answers, state_);
    if (auto done = list_notices(); !done) return done;
    if (auto done = list_exercises(options.explain); !done) return done;
    if (auto done = find(options.explain); !done) return done;
    out_.settles_most.clear();
    if (options.explain) explain();
    out_.explanations.clear();
    if (options.truth_tables)
      if (auto done = fill_truth_tables(); !done) return done;
    tally(options.explain);
    return {};
  }

 private:
  void list_questions() {
    out_.not_asked.clear();
    out_.unknown.clear();
    out_.declined.clear();
    for (std::uint32_t slot = 0; slot < state_.slots.size(); ++slot) {
      const bool is_asked = state_.enabled(slot) == Truth::yes;
      const Item* question = &state_.question(slot);
      switch (state_.slots[slot].recorded) {
        case Recorded::values:
          break;
        case Recorded::nothing:
          if (is_asked) out_.not_asked.push_back(question);
          break;
        case Recorded::unknown:
          if (is_asked) out_.unknown.push_back(question);
          break;
        case Recorded::declined:
          if (is_asked) out_.declined.push_back(question);
          break;
      }
    }
  }

  Result<void> list_notices() {
    out_.notices.clear();
    for (std::size_t i = 0; i < model_.notices.size(); ++i) {
      auto holds = state_.evaluation.evaluate(model_.notice_conditions[i]);
      if (!holds) return raised_by("Notice", model_.notices[i].id, std::move(holds).problems());
      if (*holds == Truth::yes) out_.notices.push_back(&model_.notices[i]);
    }
    return {};
  }

  Result<void> list_exercises(bool wanted) {
    out_.exercises.clear();
    for (std::size_t i = 0; wanted && i < model_.exercises.size(); ++i) {
      auto planned = state_.evaluation.evaluate(model_.exercise_conditions[i]);
      if (!planned)
        return raised_by("Exercise", model_.exercises[i].id, std::move(planned).problems());
      if (*planned == Truth::yes) out_.exercises.push_back(&model_.exercises[i]);
    }
    return {};
  }

  /// All numbers of an exercise, or none where none is recorded.
  std::vector<ComparedNumber> numbers_of(std::string_view exercise) const {
    std::vector<ComparedNumber> numbers;
    const Exercise* named = out_.questionnaire.exercise(exercise);
    if (!named) return numbers;
    bool recorded = false;
    for (const std::optional<Amount>* amount : {&named->repetitions, &named->times_a_day}) {
      if (!*amount || (*amount)->question.empty()) continue;
      const std::uint32_t slot = *model_.slot((*amount)->question);
      const Answer& answer = state_.slots[slot];
      const bool has_value = answer.recorded == Recorded::values;
      recorded = recorded || has_value;
      numbers.push_back({&state_.question(slot), &**amount,
                         has_value ? code_of(state_.question(slot), answer) : std::string()});
    }
    if (!recorded) numbers.clear();
    return numbers;
  }

  Result<void> find(bool with_notes) {
    out_.findings.resize(model_.rules.size());
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      const Rule& rule = model_.rules[i];
      Finding& finding = out_.findings[i];
      finding.rule = &rule;
      finding.because.clear();
      finding.would_settle.clear();
      finding.notes.clear();
      finding.numbers.clear();
      auto status = status_of(model_.compiled_rules[i], state_.evaluation);
      if (!status) return raised_by("Rule", rule.id, std::move(status).problems());
      finding.status = *status;
      if (!with_notes) continue;
      for (std::size_t note = 0; note < rule.notes.size(); ++note) {
        auto holds = state_.evaluation.evaluate(model_.compiled_rules[i].notes[note]);
        if (!holds) return raised_by("Rule", rule.id, std::move(holds).problems());
        if (*holds == Truth::yes) finding.notes.push_back(&rule.notes[note]);
      }
      if (!rule.exercise.empty()) finding.numbers = numbers_of(rule.exercise);
    }
    return {};
  }

  void explain() {
    std::vector<bool> is_open(state_.slots.size());
    for (std::uint32_t slot = 0; slot < is_open.size(); ++slot)
      is_open[slot] =
          state_.slots[slot].recorded != Recorded::values && state_.enabled(slot) == Truth::yes;
    Trial trial(state_);
    for (std::size_t i = 0; i < out_.findings.size(); ++i) {
      Finding& finding = out_.findings[i];
      for (const std::uint32_t slot : because(model_.compiled_rules[i], finding.status, trial))
        finding.because.push_back(given(state_.question(slot), state_.slots[slot]));
    }
    for (const Settling& settling : find_settling(out_.findings, is_open, trial)) {
      const Item* question = &state_.question(settling.slot);
      for (const std::size_t rule : settling.rules)
        out_.findings[rule].would_settle.push_back(question);
      out_.settles_most.push_back({question, settling.fewest, settling.most});
    }
    std::ranges::stable_sort(out_.settles_most,
                             [](const SettlingQuestion& a, const SettlingQuestion& b) {
                               return a.fewest != b.fewest ? a.fewest > b.fewest : a.most > b.most;
                             });
  }

  Result<void> fill_truth_tables() {
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      auto explanation = explain_rule(response_, i);
      if (!explanation)
        return raised_by("Rule", model_.rules[i].id, std::move(explanation).problems());
      out_.explanations.push_back(std::move(*explanation));
    }
    return {};
  }

  void tally(bool with_sentence) {
    out_.tallies.resize(model_.tallies.size());
    for (std::size_t i = 0; i < model_.tallies.size(); ++i) {
      Tally& tally = out_.tallies[i];
      tally.definition = &model_.tallies[i];
      tally.listed = tally.present = tally.absent = tally.unknown = tally.not_applicable = 0;
      for (const Finding& finding : out_.findings)
        if (finding.rule->kind == tally.definition->kind) count(tally, finding.status);
      tally.sentence.clear();
      if (with_sentence) tally.sentence = count_sentence(tally, out_.findings);
    }
  }

  static void count(Tally& tally, Status status) {
    ++tally.listed;
    switch (status) {
      case Status::present:
        ++tally.present;
        break;
      case Status::absent:
        ++tally.absent;
        break;
      case Status::unknown:
        ++tally.unknown;
        break;
      case Status::not_applicable:
        ++tally.not_applicable;
        break;
    }
  }

  Assessment& out_;
  const Response& response_;
  const Response::State& state_;
  const Questionnaire::Model& model_;
};

}  // namespace

Given given(const Item& question, const Answer& answer) {
  return {&question, code_of(question, answer), label_of(question, answer),
          json_of(question, answer)};
}

void list_values(std::vector<Given>& out, const Response::State& state) {
  for (std::uint32_t slot = 0; slot < state.slots.size(); ++slot)
    if (state.slots[slot].recorded == Recorded::values)
      out.push_back(given(state.question(slot), state.slots[slot]));
}

std::string_view status_word(Status status) {
  switch (status) {
    case Status::present:
      return "present";
    case Status::absent:
      return "absent";
    case Status::unknown:
      return "unknown";
    case Status::not_applicable:
      return "not_applicable";
  }
  return "";
}

Result<void> assess_into(Assessment& out, const Response& response, const AssessOptions& options) {
  return Assessing(out, response).run(options);
}

Result<Assessment> assess(const Response& response, const AssessOptions& options) {
  Assessment assessment{response.questionnaire()};
  if (auto done = assess_into(assessment, response, options); !done)
    return std::move(done).problems();
  return assessment;
}

}  // namespace fbss
