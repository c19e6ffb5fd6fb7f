// SPDX-License-Identifier: Apache-2.0
// No answer is not No: what gives true or false although a question has no answer (exists(),
// count(), contains, …) stands only in the true branch of iif(%question.exists(), …). In: a draft
// with compiled expressions. Out: guesses_unanswered. Entered through check_guards().
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/names.hpp"
#include "questionnaire/shapes.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

/// A question on which something decides without its answer, and where this is written.
struct Need {
  std::uint32_t slot;
  const Syntax* where;
};
using Needs = std::vector<Need>;
using Slots = std::vector<std::uint32_t>;

class Guards {
 public:
  explicit Guards(Draft& draft)
      : draft_(draft),
        model_(*draft.model),
        names_(model_),
        variable_needs_(model_.variables.size()) {}

  void check() {
    for (const Stage& stage : model_.stages) {
      if (stage.kind != Stage::Kind::variable) continue;
      const Condition& condition = model_.variables[stage.index].condition;
      if (condition.expression)
        variable_needs_[stage.index] = needs(fhirpath::syntax_of(*condition.expression));
    }
    for (const ExpressionPlace& place : draft_.expressions) {
      const Condition& condition = draft_.condition(place);
      if (place.use == ExpressionPlace::Use::variable || !condition.expression) continue;
      const Needs found = needs(fhirpath::syntax_of(*condition.expression));
      if (!found.empty()) report(place, found.front());
    }
  }

 private:
  void report(const ExpressionPlace& place, const Need& need) {
    const std::string& id = model_.questions[need.slot]->id;
    std::string message = "In " + draft_.name(place) + ", at character " +
                          std::to_string(need.where->position + 1) + " of the expression: ";
    if (need.where->kind == SyntaxKind::variable)
      message += "the variable \"" + need.where->name + "\" gives a value";
    else
      message += "this gives a value";
    message += " although \"" + id +
               "\" has no answer, and no answer is not No; write it as iif(%" + id +
               ".exists(), …).";
    draft_.faults.in_text(ErrorCode::guesses_unanswered, *place.text, need.where->position,
                          std::move(message));
  }

  static void add(Needs& to, const Needs& from) {
    for (const Need& need : from) {
      const bool known = std::any_of(to.begin(), to.end(),
                                     [&](const Need& other) { return other.slot == need.slot; });
      if (!known) to.push_back(need);
    }
  }

  /// Every question that the part reads, variables followed.
  void add_reads(Needs& to, const Syntax& part, const Syntax& where) const {
    if (part.kind == SyntaxKind::variable) {
      if (const auto slot = names_.slot(part.name)) {
        if (*slot < model_.questions.size()) {
          add(to, {{*slot, &where}});
        } else {
          const Variable& variable = model_.variables[*slot - model_.questions.size()];
          for (std::uint32_t read : variable.condition.reads) add(to, {{read, &where}});
        }
      }
    }
    for (const auto& child : part.parts) add_reads(to, *child, where);
  }

  Needs needs(const Syntax& syntax) const {
    Needs found;
    switch (syntax.kind) {
      case SyntaxKind::variable: {
        const auto slot = names_.slot(syntax.name);
        if (slot && *slot >= model_.questions.size())
          for (const Need& need : variable_needs_[*slot - model_.questions.size()])
            found.push_back({need.slot, &syntax});
        return found;
      }
      case SyntaxKind::contains:
        add_reads(found, *syntax.parts[0], syntax);
        break;
      case SyntaxKind::in:
        add_reads(found, *syntax.parts[1], syntax);
        break;
      case SyntaxKind::equivalent:
      case SyntaxKind::not_equivalent:
      case SyntaxKind::concatenate:
        for (const auto& part : syntax.parts) add_reads(found, *part, syntax);
        break;
      case SyntaxKind::function: {
        if (syntax.name == "iif") return needs_of_choice(syntax);
        const FunctionShape* known = find_function_shape(syntax.name);
        if (known && known->decides_without_answer)
          for (const auto& part : syntax.parts) add_reads(found, *part, syntax);
        break;
      }
      default:
        break;
    }
    for (const auto& part : syntax.parts) add(found, needs(*part));
    return found;
  }

  Needs needs_of_choice(const Syntax& syntax) const {
    const std::size_t first = syntax.has_input ? 1 : 0;
    Needs found;
    Slots guarded;
    for (std::size_t i = 0; i < syntax.parts.size(); ++i) {
      const Syntax& part = *syntax.parts[i];
      if (i == first) {
        add(found, needs_of_criterion(part, guarded));
      } else if (i == first + 1) {
        Needs inner = needs(part);
        std::erase_if(inner, [&](const Need& need) {
          return std::find(guarded.begin(), guarded.end(), need.slot) != guarded.end();
        });
        add(found, inner);
      } else {
        add(found, needs(part));
      }
    }
    return found;
  }

  /// Of "%a.exists() and %b.exists() and …" each exists() guards its question; the rest of the
  /// criterion is read as anything else.
  Needs needs_of_criterion(const Syntax& syntax, Slots& guarded) const {
    if (syntax.kind == SyntaxKind::logical_and) {
      Needs found = needs_of_criterion(*syntax.parts[0], guarded);
      add(found, needs_of_criterion(*syntax.parts[1], guarded));
      return found;
    }
    if (syntax.kind == SyntaxKind::function && syntax.name == "exists" && syntax.has_input &&
        syntax.parts.size() == 1) {
      if (const auto question = question_of(*syntax.parts[0])) {
        guarded.push_back(*question);
        return {};
      }
    }
    return needs(syntax);
  }

  /// The question that an expression is, or that a variable is another name of.
  std::optional<std::uint32_t> question_of(const Syntax& syntax) const {
    const Syntax* at = &syntax;
    for (std::size_t steps = 0; steps <= model_.variables.size(); ++steps) {
      if (at->kind != SyntaxKind::variable) return std::nullopt;
      const auto slot = names_.slot(at->name);
      if (!slot) return std::nullopt;
      if (*slot < model_.questions.size()) return slot;
      const Condition& body = model_.variables[*slot - model_.questions.size()].condition;
      if (!body.expression) return std::nullopt;
      at = &fhirpath::syntax_of(*body.expression);
    }
    return std::nullopt;
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  Names names_;
  std::vector<Needs> variable_needs_;
};

}  // namespace

void check_guards(Draft& draft) {
  Guards(draft).check();
}

}  // namespace fbss
