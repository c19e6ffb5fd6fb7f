// SPDX-License-Identifier: Apache-2.0
// How a rule came out, step by step. In: a response and a rule. Out: every part of the rule's
// expression with what it comes to, the answers read, and the rule in plain words.
//
// Each part is compiled and evaluated as an expression of its own, so that both sides of an `and`
// are shown, also where one side decides. Conditions are shown as true, false or unknown. A branch
// that iif() does not take is shown as unknown where an answer that it reads is missing: there
// FHIRPath's functions of collections would say false, which nobody has answered.
#include <algorithm>
#include <iterator>

#include "assessment/explain.hpp"
#include "fhirpath/plan.hpp"
#include "questionnaire/names.hpp"
#include "questionnaire/shapes.hpp"

namespace fbss {
namespace {

using fhirpath::Expression;
using fhirpath::Syntax;
using fhirpath::SyntaxKind;

/// Beyond so many parts of one expression only the whole is shown: nobody reads more.
constexpr std::size_t most_parts = 300;

bool is_function(const Syntax& syntax, std::string_view name) {
  return syntax.kind == SyntaxKind::function && syntax.name == name;
}

bool is_logical(SyntaxKind kind) {
  return kind == SyntaxKind::logical_and || kind == SyntaxKind::logical_or ||
         kind == SyntaxKind::logical_xor || kind == SyntaxKind::implies;
}

class Explainer {
 public:
  explicit Explainer(const Response& response)
      : response_(response),
        state_(response.internal()),
        model_(state_.model()),
        names_(model_),
        variable_is_condition_(model_.variables.size()),
        variable_is_shown_(model_.variables.size()) {
    options_.variables = names_.all();
    options_.limits = state_.limits;
    for (const Stage& stage : model_.stages)  // a variable behind those that it reads
      if (stage.kind == Stage::Kind::variable)
        variable_is_condition_[stage.index] =
            is_condition(syntax_of(*model_.variables[stage.index].condition.expression));
  }

  Result<Explanation> explain(std::size_t number) {
    if (Problems faults = state_.settle(); !faults.empty()) return faults;
    const CompiledRule& rule = model_.compiled_rules[number];
    const auto status = status_of(rule, state_.evaluation);
    if (!status) return status.problems();

    Explanation explanation;
    explanation.rule = &model_.rules[number];
    explanation.status = *status;
    explanation.applies_when = parts_of(rule.gate);
    explanation.present_when = parts_of(rule.present);
    for (const std::uint32_t slot : rule.reads) {
      const Item& question = state_.question(slot);
      explanation.answers.push_back(
          {given(question, state_.slots[slot]), response_.state(question)});
    }
    explanation.plain_words = state_.questionnaire.plain_words(*explanation.rule);
    return explanation;
  }

 private:
  /// Where a part stands: the text that it is cut from, how deep, and whether the rule comes to it.
  struct Place {
    std::string_view text;
    std::size_t depth = 0;
    bool is_reached = true;

    Place inner() const { return {text, depth + 1, is_reached}; }
  };

  std::vector<SubExpression> parts_of(const Condition& condition) {
    parts_.clear();
    if (condition.expression) {
      const Syntax& whole = syntax_of(*condition.expression);
      const Place place{condition.expression->text()};
      add_inner(whole, place);
      add(whole, place);
    }
    return std::move(parts_);
  }

  void add_with_inner(const Syntax& syntax, const Place& place) {
    if (parts_.size() >= most_parts || !depends_on_record(syntax)) return;
    add_inner(syntax, place);
    add(syntax, place);
  }

  void add_inner(const Syntax& syntax, const Place& place) {
    if (is_function(syntax, "iif") && !syntax.has_input) return add_branches(syntax, place);
    if (syntax.kind == SyntaxKind::variable) return add_definition(syntax, place);
    // What stands in the brackets of another function is evaluated for each of its values.
    const std::size_t count =
        syntax.kind == SyntaxKind::function ? (syntax.has_input ? 1 : 0) : syntax.parts.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Syntax& part = *syntax.parts[i];
      const bool same_chain = part.kind == syntax.kind && (syntax.kind == SyntaxKind::logical_and ||
                                                           syntax.kind == SyntaxKind::logical_or);
      if (same_chain)
        add_inner(part, place);  // a and b and c has three parts
      else if (!is_plain_answer(part) || is_condition_of(syntax, part))
        add_with_inner(part, place.inner());
    }
  }

  void add_branches(const Syntax& iif, const Place& place) {
    add_with_inner(*iif.parts[0], place.inner());
    const auto decided = evaluate(*iif.parts[0], place.text);
    const bool holds = decided.truth == TruthValue::is_true;
    for (std::size_t i = 1; i < iif.parts.size(); ++i) {
      Place branch = place.inner();
      branch.is_reached = place.is_reached && holds == (i == 1);
      add_with_inner(*iif.parts[i], branch);
    }
  }

  void add_definition(const Syntax& syntax, const Place& place) {
    const auto variable = variable_of(syntax);
    if (!variable || variable_is_shown_[*variable]) return;
    variable_is_shown_[*variable] = true;
    const Expression& expression = *model_.variables[*variable].condition.expression;
    add_with_inner(syntax_of(expression), {expression.text(), place.depth + 1, place.is_reached});
  }

  void add(const Syntax& syntax, const Place& place) {
    SubExpression part = evaluate(syntax, place.text);
    if (!place.is_reached && lacks_answer(syntax)) {
      part.value.clear();
      if (part.truth) part.truth = TruthValue::is_unknown;
    }
    if (part.truth) part.value = truth_word(*part.truth);
    part.depth = place.depth;
    parts_.push_back(std::move(part));
  }

  /// What fails comes to nothing: a loaded rule does not come to it.
  SubExpression evaluate(const Syntax& syntax, std::string_view text) {
    SubExpression part;
    part.expression = text.substr(syntax.begin, syntax.end - syntax.begin);
    fhirpath::Collection values;
    const auto expression = Expression::compile(part.expression, options_);
    if (expression)
      if (const auto result = state_.evaluation.values_of(*expression)) values = *result;
    const bool is_boolean = values.size() == 1 && values.front().type() == fhirpath::Type::boolean;
    if (is_boolean)
      part.truth = values.front().boolean() ? TruthValue::is_true : TruthValue::is_false;
    else if (values.empty() && is_condition(syntax))
      part.truth = TruthValue::is_unknown;
    for (const fhirpath::Value& value : values)
      part.value += (part.value.empty() ? "" : ", ") + to_text(value);
    return part;
  }

  std::optional<std::size_t> variable_of(const Syntax& syntax) const {
    const auto slot = names_.slot(syntax.name);
    if (!slot || *slot < model_.questions.size()) return std::nullopt;
    return *slot - model_.questions.size();
  }

  bool is_plain_answer(const Syntax& syntax) const {
    return syntax.kind == SyntaxKind::variable && !variable_of(syntax);
  }

  /// Whether a bare answer is a condition there, not something that is compared.
  static bool is_condition_of(const Syntax& whole, const Syntax& part) {
    return is_logical(whole.kind) || (is_function(whole, "not") && &part == whole.parts[0].get());
  }

  bool is_condition(const Syntax& syntax) const {
    switch (syntax.kind) {
      case SyntaxKind::boolean:
      case SyntaxKind::is_type:
      case SyntaxKind::less:
      case SyntaxKind::less_or_equal:
      case SyntaxKind::greater:
      case SyntaxKind::greater_or_equal:
      case SyntaxKind::equal:
      case SyntaxKind::not_equal:
      case SyntaxKind::equivalent:
      case SyntaxKind::not_equivalent:
      case SyntaxKind::in:
      case SyntaxKind::contains:
        return true;
      case SyntaxKind::variable: {
        const auto variable = variable_of(syntax);
        if (variable) return variable_is_condition_[*variable];
        const auto slot = names_.slot(syntax.name);
        return slot && state_.question(*slot).type == ItemType::yes_no;
      }
      case SyntaxKind::function:
        return function_is_condition(syntax);
      default:
        return is_logical(syntax.kind);
    }
  }

  bool function_is_condition(const Syntax& syntax) const {
    const FunctionShape* shape = find_function_shape(syntax.name);
    if (!shape) return false;
    using Gives = FunctionShape::Gives;
    switch (shape->gives) {
      case Gives::kind:
        return shape->kind == ValueKind::boolean;
      case Gives::input:
      case Gives::one_of_input:
        return syntax.has_input && is_condition(*syntax.parts[0]);
      case Gives::choice:  // {} is a branch without a kind
        return std::any_of(syntax.parts.begin() + (syntax.has_input ? 2 : 1), syntax.parts.end(),
                           [&](const auto& branch) { return is_condition(*branch); });
      default:
        return false;
    }
  }

  /// Whether it is more than a constant.
  static bool depends_on_record(const Syntax& syntax) {
    return syntax.kind == SyntaxKind::variable || is_function(syntax, "today") ||
           std::ranges::any_of(syntax.parts,
                               [](const auto& part) { return depends_on_record(*part); });
  }

  bool has_value(std::uint32_t slot) const {
    return state_.slots[slot].recorded == Recorded::values && state_.enabled(slot) == Truth::yes;
  }

  /// Whether it reads a question that has no value.
  bool lacks_answer(const Syntax& syntax) const {
    if (syntax.kind == SyntaxKind::variable) {
      if (const auto variable = variable_of(syntax))
        return !std::ranges::all_of(model_.variables[*variable].condition.reads,
                                    [&](std::uint32_t slot) { return has_value(slot); });
      if (const auto slot = names_.slot(syntax.name)) return !has_value(*slot);
    }
    return std::ranges::any_of(syntax.parts, [&](const auto& part) { return lacks_answer(*part); });
  }

  const Response& response_;
  const Response::State& state_;
  const Questionnaire::Model& model_;
  Names names_;
  Expression::Options options_;
  std::vector<bool> variable_is_condition_, variable_is_shown_;
  std::vector<SubExpression> parts_;  // of the expression at hand
};

}  // namespace

std::string_view truth_word(TruthValue value) {
  switch (value) {
    case TruthValue::is_false:
      return "false";
    case TruthValue::is_true:
      return "true";
    case TruthValue::is_unknown:
      return "unknown";
  }
  return "";
}

Result<Explanation> explain_rule(const Response& response, std::size_t rule) {
  return Explainer(response).explain(rule);
}

Result<Explanation> explain(const Response& response, std::string_view rule) {
  if (Problems problems = response.check(); !problems.empty()) return problems;
  const auto& rules = response.internal().model().rules;
  const auto found = std::ranges::find(rules, rule, &Rule::id);
  if (found != rules.end())
    return explain_rule(response, static_cast<std::size_t>(std::distance(rules.begin(), found)));
  Problem problem;
  problem.code = ErrorCode::bad_reference;
  problem.message = "The questionnaire has no rule of that id.";
  return problem;
}

}  // namespace fbss
