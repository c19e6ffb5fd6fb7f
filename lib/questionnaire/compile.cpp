// SPDX-License-Identifier: Apache-2.0
// The expressions of a draft -> compiled conditions: what each reads, in which order variables and
// questions are worked out, and the questions of each rule. Entered through compile_expressions().
#include <algorithm>
#include <functional>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/candidates.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/names.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using Slots = std::vector<std::uint32_t>;

void sort_unique(Slots& slots) {
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

class Compiler {
 public:
  explicit Compiler(Draft& draft)
      : draft_(draft),
        model_(*draft.model),
        names_(model_),
        question_count_(static_cast<std::uint32_t>(model_.questions.size())),
        edges_(question_count_ + model_.variables.size()) {
    options_.limits = rule_limits(draft.limits);
    options_.variables = names_.all();
  }

  void compile() {
    std::vector<Slots> direct;  // by expression: the names that stand in it
    for (const ExpressionPlace& place : draft_.expressions) direct.push_back(compile_one(place));

    using Use = ExpressionPlace::Use;
    for (std::size_t i = 0; i < direct.size(); ++i) {
      const ExpressionPlace& place = draft_.expressions[i];
      if (place.use == Use::asked_when) edges_[place.owner] = direct[i];
      if (place.use == Use::variable) edges_[question_count_ + place.owner] = direct[i];
    }
    if (!order_stages()) return;

    // Variables in the order of the stages, so that the reads of each are known before its
    // readers'.
    std::vector<Slots> variable_reads(model_.variables.size());
    for (const Stage& stage : model_.stages)
      if (stage.kind == Stage::Kind::variable)
        variable_reads[stage.index] =
            through_variables(edges_[question_count_ + stage.index], variable_reads);
    for (std::size_t i = 0; i < direct.size(); ++i)
      draft_.condition(draft_.expressions[i]).reads = through_variables(direct[i], variable_reads);
    for (std::size_t i = 0; i < model_.rules.size(); ++i) collect_reads(model_.compiled_rules[i]);
    fill_candidates(model_);
  }

 private:
  /// Gives the slots of the names that stand in the expression itself.
  Slots compile_one(const ExpressionPlace& place) {
    const std::string& text = place.text->text;
    auto compiled = fhirpath::Expression::compile(text, options_);
    if (!compiled) {
      for (const Problem& problem : compiled.problems()) report(place, problem);
      return {};
    }
    Condition& condition = draft_.condition(place);
    condition.expression = std::move(*compiled);
    Slots names;
    collect_names(fhirpath::syntax_of(*condition.expression), names);
    sort_unique(names);
    return names;
  }

  void report(const ExpressionPlace& place, const Problem& problem) {
    const std::size_t byte = problem.column > 0 ? problem.column - 1 : 0;
    draft_.faults.in_text(problem.code, *place.text, byte,
                          "In " + draft_.name(place) + ", at character " +
                              std::to_string(byte + 1) + " of the expression: " + problem.message);
  }

  void collect_names(const Syntax& syntax, Slots& names) const {
    if (syntax.kind == SyntaxKind::variable)
      if (const auto slot = names_.slot(syntax.name)) names.push_back(*slot);
    for (const auto& part : syntax.parts) collect_names(*part, names);
  }

  Slots through_variables(const Slots& direct, const std::vector<Slots>& variable_reads) const {
    Slots reads;
    for (std::uint32_t slot : direct) {
      if (slot < question_count_) {
        reads.push_back(slot);
        continue;
      }
      const Slots& of_variable = variable_reads[slot - question_count_];
      reads.insert(reads.end(), of_variable.begin(), of_variable.end());
    }
    sort_unique(reads);
    return reads;
  }

  void collect_reads(CompiledRule& rule) {
    rule.gate_reads = rule.gate.reads;
    rule.reads = rule.gate_reads;
    for (std::uint32_t slot : rule.present.reads)
      if (!std::binary_search(rule.gate_reads.begin(), rule.gate_reads.end(), slot))
        rule.reads.push_back(slot);
    auto& questions = model_.rule_questions.emplace_back();
    for (std::uint32_t slot : rule.reads) questions.push_back(model_.questions[slot]);
  }

  /// Kahn's algorithm; of what could come next, questions first and in their order. False where
  /// some depend on each other in a circle.
  bool order_stages() {
    const auto count = static_cast<std::uint32_t>(edges_.size());
    std::vector<Slots> readers(count);
    Slots waiting(count, 0);
    for (std::uint32_t node = 0; node < count; ++node) {
      for (std::uint32_t needed : edges_[node]) readers[needed].push_back(node);
      waiting[node] = static_cast<std::uint32_t>(edges_[node].size());
    }
    std::priority_queue<std::uint32_t, Slots, std::greater<>> ready;
    for (std::uint32_t node = 0; node < count; ++node)
      if (waiting[node] == 0) ready.push(node);
    while (!ready.empty()) {
      const std::uint32_t node = ready.top();
      ready.pop();
      if (node < question_count_)
        model_.stages.push_back({Stage::Kind::question, node});
      else
        model_.stages.push_back({Stage::Kind::variable, node - question_count_});
      for (std::uint32_t reader : readers[node])
        if (--waiting[reader] == 0) ready.push(reader);
    }
    if (model_.stages.size() == count) return true;
    model_.stages.clear();
    report_circle(waiting);
    return false;
  }

  /// Of the nodes that still wait each has a needed one that waits too: following those leads into
  /// a circle.
  void report_circle(const Slots& waiting) {
    std::uint32_t node = 0;
    while (waiting[node] == 0) ++node;
    Slots way;
    std::vector<bool> met(waiting.size(), false);
    while (!met[node]) {
      met[node] = true;
      way.push_back(node);
      for (std::uint32_t needed : edges_[node])
        if (waiting[needed] > 0) {
          node = needed;
          break;
        }
    }
    way.erase(way.begin(), std::find(way.begin(), way.end(), node));
    const std::uint32_t first = *std::min_element(way.begin(), way.end());
    std::rotate(way.begin(), std::find(way.begin(), way.end(), first), way.end());

    std::string circle;
    for (std::uint32_t member : way) circle += options_.variables[member] + " reads ";
    circle += options_.variables[first];
    for (const ExpressionPlace& place : draft_.expressions) {
      const bool here = first < question_count_
                            ? place.use == ExpressionPlace::Use::asked_when && place.owner == first
                            : place.use == ExpressionPlace::Use::variable &&
                                  place.owner == first - question_count_;
      if (!here) continue;
      draft_.faults.at_value(
          ErrorCode::dependency_cycle, *place.text,
          "This depends on itself: " + circle + ". Remove one of these references.");
      return;
    }
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  Names names_;
  std::uint32_t question_count_;
  std::vector<Slots> edges_;  // by question slot, then by variable: what it reads itself
  fhirpath::Expression::Options options_;
};

}  // namespace

Condition& Draft::condition(const ExpressionPlace& place) {
  switch (place.use) {
    case ExpressionPlace::Use::variable:
      return model->variables[place.owner].condition;
    case ExpressionPlace::Use::asked_when:
      return model->asked_when[place.owner];
    case ExpressionPlace::Use::planned_when:
      return model->exercise_conditions[place.owner];
    case ExpressionPlace::Use::applies_when:
      return model->compiled_rules[place.owner].gate;
    case ExpressionPlace::Use::present_when:
      return model->compiled_rules[place.owner].present;
    case ExpressionPlace::Use::note:
      return model->compiled_rules[place.owner].notes[place.note];
    case ExpressionPlace::Use::notice:
      break;
  }
  return model->notice_conditions[place.owner];
}

std::string Draft::name(const ExpressionPlace& place) const {
  switch (place.use) {
    case ExpressionPlace::Use::variable:
      return "variable " + model->variables[place.owner].name;
    case ExpressionPlace::Use::asked_when:
      return "question " + model->questions[place.owner]->id + ", asked_when";
    case ExpressionPlace::Use::planned_when:
      return "exercise " + model->exercises[place.owner].id + ", planned_when";
    case ExpressionPlace::Use::applies_when:
      return "rule " + model->rules[place.owner].id + ", applies_when";
    case ExpressionPlace::Use::present_when:
      return "rule " + model->rules[place.owner].id + ", present_when";
    case ExpressionPlace::Use::note:
      return "rule " + model->rules[place.owner].id + ", note " + std::to_string(place.note + 1);
    case ExpressionPlace::Use::notice:
      break;
  }
  return "notice " + model->notices[place.owner].id;
}

void compile_expressions(Draft& draft) {
  Compiler(draft).compile();
}

}  // namespace fbss
