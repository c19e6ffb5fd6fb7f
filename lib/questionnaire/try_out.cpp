// SPDX-License-Identifier: Apache-2.0
// The two checks by trying. In: a draft whose conditions are compiled. Out: guesses_unanswered,
// where a condition is decided with nothing answered; unsettles, where one more answer changes a
// result that was settled; and whatever an expression raises. Entered through try_out().
//
// Each condition is evaluated for every combination of the answers that matter (Model::candidates)
// and no answer, and each result is compared with its neighbours that have one answer more: any set
// of further answers is a chain of such steps. Too many combinations are sampled, from a fixed
// seed.
//
// A rule's status needs no trial of its own: while its gate is not settled it is unknown, a settled
// gate stays as it is, and so does a settled condition behind it.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/candidates.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/evaluation.hpp"
#include "questionnaire/names.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

/// One answer for each question that a condition reads: 0 is none, n the n-th candidate.
using Answers = std::vector<std::uint32_t>;

/// splitmix64: small, and the same everywhere.
class Random {
 public:
  std::uint32_t below(std::uint32_t bound) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::uint32_t>((z ^ (z >> 31)) % bound);
  }

 private:
  std::uint64_t state_ = 0;
};

/// Of all conditions together this many times Limits::trial_combinations are tried; each gets at
/// least `fewest`.
constexpr std::uint64_t budget_factor = 4;
constexpr std::uint64_t fewest = 20;
constexpr std::size_t most_shown = 8;  // answers, or options of one, in a message

class Trial {
 public:
  explicit Trial(Draft& draft)
      : draft_(draft),
        model_(*draft.model),
        names_(model_),
        question_count_(model_.questions.size()),
        visible_(question_count_ + model_.variables.size()),
        workspace_(rule_limits(draft.limits)),
        budget_(budget_factor * draft.limits.trial_combinations) {
    for (std::size_t i = 0; i < model_.variables.size(); ++i)
      variable_workspaces_.emplace_back(rule_limits(draft.limits));
  }

  void run() {
    for (const ExpressionPlace& place : draft_.expressions)
      if (place.use != ExpressionPlace::Use::variable) run(place);
  }

 private:
  void run(const ExpressionPlace& place) {
    place_ = &place;
    const Condition& condition = draft_.condition(place);
    condition_ = &condition;
    failed_ = false;
    find_variables();
    std::fill(visible_.begin(), visible_.end(), fhirpath::Collection());

    const bool decides =
        place.use != ExpressionPlace::Use::note && place.use != ExpressionPlace::Use::notice;
    if (condition.reads.empty() && decides) {
      fault(ErrorCode::guesses_unanswered,
            "this reads no question, so it says the same of every record; name the questions that "
            "it rests on.");
      return;
    }
    const Answers none(condition.reads.size(), 0);
    const Truth start = result(none);
    if (failed_ || condition.reads.empty()) return;
    if (start != Truth::empty) {
      fault(ErrorCode::guesses_unanswered, "with nothing answered this is already " + word(start) +
                                               "; no answer is not No: let it stay empty until " +
                                               names_of(none) + " is answered.");
      return;
    }
    std::uint64_t combinations = 1;
    for (std::uint32_t slot : condition.reads) {
      combinations *= model_.candidates[slot].size() + 1;
      if (combinations > draft_.limits.trial_combinations) break;
    }
    const std::uint64_t affordable =
        std::min<std::uint64_t>(budget_ / cost_, draft_.limits.trial_combinations);
    const std::uint64_t allowed = std::max(affordable, fewest);
    if (combinations <= allowed)
      try_all(static_cast<std::size_t>(combinations));
    else
      try_samples(allowed);
    budget_ -= std::min(budget_, std::min(combinations, allowed) * cost_);
  }

  std::uint32_t radix(std::size_t question) const {
    return static_cast<std::uint32_t>(model_.candidates[condition_->reads[question]].size()) + 1;
  }

  void try_all(std::size_t combinations) {
    // The number of a combination has the answers as its digits, the first question's lowest.
    std::vector<Truth> results(combinations);
    Answers answers(condition_->reads.size(), 0);
    for (std::size_t number = 0; number < combinations; ++number) {
      results[number] = result(answers);
      if (failed_) return;
      for (std::size_t i = 0; i < answers.size(); ++i) {
        if (++answers[i] < radix(i)) break;
        answers[i] = 0;
      }
    }
    std::fill(answers.begin(), answers.end(), 0);
    for (std::size_t number = 0; number < combinations; ++number) {
      std::size_t weight = 1;
      for (std::size_t i = 0; i < answers.size(); ++i) {
        for (std::uint32_t answer = 1; answers[i] == 0 && answer < radix(i); ++answer)
          if (contradicts(results[number], results[number + answer * weight], answers, i, answer))
            return;
        weight *= radix(i);
      }
      for (std::size_t i = 0; i < answers.size(); ++i) {
        if (++answers[i] < radix(i)) break;
        answers[i] = 0;
      }
    }
  }

  void try_samples(std::uint64_t samples) {
    Random random;
    Answers answers(condition_->reads.size());
    for (std::uint64_t tried = 0; tried < samples;) {
      // Every second question stays open, so that there is something to settle.
      for (std::size_t i = 0; i < answers.size(); ++i)
        answers[i] = random.below(2) == 0 ? 0 : random.below(radix(i));
      const Truth before = result(answers);
      ++tried;
      if (failed_) return;
      for (std::size_t i = 0; i < answers.size() && tried < samples; ++i) {
        if (answers[i] != 0 || radix(i) == 1) continue;
        const std::uint32_t answer = 1 + random.below(radix(i) - 1);
        answers[i] = answer;
        const Truth after = result(answers);
        ++tried;
        answers[i] = 0;
        if (failed_ || contradicts(before, after, answers, i, answer)) return;
      }
    }
  }

  bool contradicts(Truth before, Truth after, const Answers& answers, std::size_t question,
                   std::uint32_t answer) {
    if (before == Truth::empty || before == after) return false;
    const std::uint32_t slot = condition_->reads[question];
    fault(ErrorCode::unsettles, "with " + shown(answers) + " this is already " + word(before) +
                                    ", and answering " + model_.questions[slot]->id + " = " +
                                    shown(slot, answer) + " as well makes it " + word(after) +
                                    "; a settled result must not change.");
    return true;
  }

  /// The variables that the condition reads, directly or not, in the order of the stages.
  void find_variables() {
    std::vector<bool> needed(model_.variables.size(), false);
    mark(fhirpath::syntax_of(*condition_->expression), needed);
    stages_.clear();
    std::uint64_t bytes = condition_->expression->text().size();
    // Backwards: a variable's readers come before the variable itself.
    for (auto stage = model_.stages.rbegin(); stage != model_.stages.rend(); ++stage) {
      if (stage->kind != Stage::Kind::variable || !needed[stage->index]) continue;
      const fhirpath::Expression& variable = *model_.variables[stage->index].condition.expression;
      mark(fhirpath::syntax_of(variable), needed);
      stages_.push_back(stage->index);
      bytes += variable.text().size();
    }
    std::reverse(stages_.begin(), stages_.end());
    cost_ = 1 + bytes / 256;
  }

  void mark(const Syntax& syntax, std::vector<bool>& needed) const {
    if (syntax.kind == SyntaxKind::variable)
      if (const auto slot = names_.slot(syntax.name); slot && *slot >= question_count_)
        needed[*slot - question_count_] = true;
    for (const auto& part : syntax.parts) mark(*part, needed);
  }

  Truth result(const Answers& answers) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::uint32_t slot = condition_->reads[i];
      visible_[slot] = answers[i] == 0
                           ? fhirpath::Collection()
                           : fhirpath::Collection(model_.candidates[slot][answers[i] - 1]);
    }
    const fhirpath::Environment environment{.variables = visible_, .today = trial_today};
    for (std::uint32_t index : stages_) {
      auto value = fhirpath::evaluate(*model_.variables[index].condition.expression, environment,
                                      variable_workspaces_[index]);
      if (!value) return raised(value.problems(), answers);
      visible_[question_count_ + index] = *value;
    }
    auto value = fhirpath::evaluate(*condition_->expression, environment, workspace_);
    if (!value) return raised(value.problems(), answers);
    if (value->empty()) return Truth::empty;
    if (value->size() > 1 || value->front().type() != fhirpath::Type::boolean) {
      Problem problem;
      problem.code = ErrorCode::not_boolean;
      problem.message = "the result is not a single Boolean.";
      return raised({problem}, answers);
    }
    return value->front().boolean() ? Truth::yes : Truth::no;
  }

  Truth raised(const Problems& problems, const Answers& answers) {
    failed_ = true;
    fault(problems.front().code,
          "with " + shown(answers) + " this raises an error: " + problems.front().message);
    return Truth::empty;
  }

  void fault(ErrorCode code, std::string message) {
    draft_.faults.in_text(code, *place_->text, 0,
                          "In " + draft_.name(*place_) + ": " + std::move(message));
  }

  static std::string word(Truth truth) {
    return truth == Truth::yes ? "true" : truth == Truth::no ? "false" : "undecided";
  }

  std::string names_of(const Answers& answers) const {
    std::string text;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (i > 0) text += i + 1 == answers.size() ? " or " : ", ";
      text += model_.questions[condition_->reads[i]]->id;
    }
    return text;
  }

  /// "smoking = daily, diabetes = yes"; of many the first ones.
  std::string shown(const Answers& answers) const {
    std::string text;
    std::size_t given = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i] == 0 || ++given > most_shown) continue;
      if (!text.empty()) text += ", ";
      const std::uint32_t slot = condition_->reads[i];
      text += model_.questions[slot]->id + " = " + shown(slot, answers[i]);
    }
    if (given > most_shown) text += " and " + std::to_string(given - most_shown) + " more answers";
    return text.empty() ? "nothing answered" : text;
  }

  std::string shown(std::uint32_t slot, std::uint32_t answer) const {
    const auto& values = model_.candidates[slot][answer - 1];
    if (values.size() == 1 && values.front().type() == fhirpath::Type::boolean)
      return values.front().boolean() ? "yes" : "no";
    std::string text;
    for (std::size_t i = 0; i < std::min(values.size(), most_shown); ++i)
      text += (i > 0 ? " and " : "") + fhirpath::to_text(values[i]);
    if (values.size() > most_shown) text += " and more";
    return text;
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  Names names_;
  std::size_t question_count_;
  std::vector<fhirpath::Collection> visible_;
  std::vector<fhirpath::Workspace> variable_workspaces_;
  fhirpath::Workspace workspace_;
  std::uint64_t budget_;
  std::uint64_t cost_ = 1;  // of one evaluation of the present condition: long ones take longer
  const ExpressionPlace* place_ = nullptr;
  const Condition* condition_ = nullptr;
  std::vector<std::uint32_t> stages_;  // variables that the present condition needs
  bool failed_ = false;
};

}  // namespace

void try_out(Draft& draft) {
  Trial(draft).run();
}

}  // namespace fbss
