// SPDX-License-Identifier: Apache-2.0
// A condition in plain English, generated from the syntax tree of the expression that is evaluated,
// with the wording of the questions and of their options: it cannot say anything else than what is
// done. What has no plain wording here is shown as the expression itself. Entered through
// Questionnaire::plain_words() and plain_words_asked().
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/model.hpp"
#include "questionnaire/names.hpp"
#include "questionnaire/print_syntax.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

/// Variables are written out where they are used; a tower of them could grow without bound.
constexpr std::size_t most_parts = 2000;
constexpr std::size_t most_listed = 200;

std::string quoted(std::string_view text) {
  return "“" + std::string(text) + "”";
}

/// The sentence that asks: what stands behind the first question mark explains how to answer.
std::string_view asking_part(std::string_view text) {
  const std::size_t mark = text.find('?');
  return mark == std::string_view::npos ? text : text.substr(0, mark + 1);
}

std::string answer_to(const Item& question) {
  return "the answer to " + quoted(asking_part(question.text));
}

/// "“a”, “b” or “c”"
std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    text += words[i];
  }
  return text;
}

SyntaxKind flipped(SyntaxKind kind) {  // a < b is b > a
  switch (kind) {
    case SyntaxKind::less:
      return SyntaxKind::greater;
    case SyntaxKind::less_or_equal:
      return SyntaxKind::greater_or_equal;
    case SyntaxKind::greater:
      return SyntaxKind::less;
    case SyntaxKind::greater_or_equal:
      return SyntaxKind::less_or_equal;
    default:
      return kind;
  }
}

SyntaxKind negated(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::less:
      return SyntaxKind::greater_or_equal;
    case SyntaxKind::less_or_equal:
      return SyntaxKind::greater;
    case SyntaxKind::greater:
      return SyntaxKind::less_or_equal;
    case SyntaxKind::greater_or_equal:
      return SyntaxKind::less;
    case SyntaxKind::equal:
      return SyntaxKind::not_equal;
    case SyntaxKind::not_equal:
      return SyntaxKind::equal;
    case SyntaxKind::equivalent:
      return SyntaxKind::not_equivalent;
    case SyntaxKind::not_equivalent:
      return SyntaxKind::equivalent;
    default:
      return kind;
  }
}

std::string_view relation(SyntaxKind kind, bool dates) {
  switch (kind) {
    case SyntaxKind::less:
      return dates ? "is before" : "is less than";
    case SyntaxKind::less_or_equal:
      return dates ? "is on or before" : "is at most";
    case SyntaxKind::greater:
      return dates ? "is after" : "is more than";
    case SyntaxKind::greater_or_equal:
      return dates ? "is on or after" : "is at least";
    case SyntaxKind::not_equal:
    case SyntaxKind::not_equivalent:
      return "is not";
    default:
      return "is";
  }
}

class Speaker {
 public:
  explicit Speaker(const Questionnaire::Model& model) : model_(model), names_(model) {}

  std::string say(const Condition& condition) {
    parts_ = 0;
    return clause(fhirpath::syntax_of(*condition.expression), false).text;
  }

 private:
  /// A clause, and the operator that joins it where it is no single statement.
  struct Clause {
    std::string text;
    std::optional<SyntaxKind> joined;
  };

  Clause clause(const Syntax& raw, bool no) {
    if (++parts_ > most_parts) return {expression(raw, no), {}};
    const Syntax& syntax = resolved(raw);
    switch (syntax.kind) {
      case SyntaxKind::variable:
        if (const Item* question = question_of(syntax))
          if (question->type == ItemType::yes_no)
            return {answer_to(*question) + " is " + quoted(no ? "No" : "Yes"), {}};
        break;
      case SyntaxKind::boolean:
        return {(syntax.text == "true") != no ? "always" : "never", {}};
      case SyntaxKind::logical_and:
      case SyntaxKind::logical_or:
        if (no) return {"it is not so that " + bracketed(clause(syntax, false)), {}};
        return joined(syntax);
      case SyntaxKind::logical_xor:
        if (no) return {"it is not so that " + bracketed(clause(syntax, false)), {}};
        return {"either " + inner(*syntax.parts[0]) + " or " + inner(*syntax.parts[1]) +
                    ", but not both",
                SyntaxKind::logical_xor};
      case SyntaxKind::implies:
        if (no) return {"it is not so that " + bracketed(clause(syntax, false)), {}};
        return {"if " + inner(*syntax.parts[0]) + ", then " + inner(*syntax.parts[1]),
                SyntaxKind::implies};
      case SyntaxKind::less:
      case SyntaxKind::less_or_equal:
      case SyntaxKind::greater:
      case SyntaxKind::greater_or_equal:
      case SyntaxKind::equal:
      case SyntaxKind::not_equal:
      case SyntaxKind::equivalent:
      case SyntaxKind::not_equivalent:
        if (auto said = comparison(syntax, no)) return std::move(*said);
        break;
      case SyntaxKind::in:
        if (auto said = membership(*syntax.parts[1], *syntax.parts[0], no))
          return {std::move(*said), {}};
        break;
      case SyntaxKind::contains:
        if (auto said = membership(*syntax.parts[0], *syntax.parts[1], no))
          return {std::move(*said), {}};
        break;
      case SyntaxKind::function:
        if (auto said = function(syntax, no)) return std::move(*said);
        break;
      default:
        break;
    }
    return {expression(syntax, no), {}};
  }

  static std::string expression(const Syntax& syntax, bool no) {
    return "the expression " + quoted(print_syntax(syntax)) + (no ? " is false" : " is true");
  }

  static std::string bracketed(const Clause& clause) {
    return clause.joined ? "(" + clause.text + ")" : clause.text;
  }
  std::string inner(const Syntax& syntax) { return bracketed(clause(syntax, false)); }

  /// "a and b and c"; parts that are joined otherwise stand in parentheses.
  Clause joined(const Syntax& syntax) {
    const std::string_view word = syntax.kind == SyntaxKind::logical_and ? " and " : " or ";
    std::string text;
    for (const auto& part : syntax.parts) {
      const Clause said = clause(*part, false);
      if (!text.empty()) text += word;
      text += said.joined == syntax.kind ? said.text : bracketed(said);
    }
    return {std::move(text), syntax.kind};
  }

  /// The expression of a variable in place of its name.
  const Syntax& resolved(const Syntax& syntax) const {
    const Syntax* at = &syntax;
    while (at->kind == SyntaxKind::variable) {
      const auto slot = names_.slot(at->name);
      if (!slot || *slot < model_.questions.size()) break;
      at = &fhirpath::syntax_of(
          *model_.variables[*slot - model_.questions.size()].condition.expression);
    }
    return *at;
  }

  const Item* question_of(const Syntax& raw) const {
    const Syntax& syntax = resolved(raw);
    if (syntax.kind != SyntaxKind::variable) return nullptr;
    const auto slot = names_.slot(syntax.name);
    return slot ? model_.questions[*slot] : nullptr;
  }

  /// What a literal is called beside answers of the question (or of none).
  std::optional<std::string> value(const Syntax& raw, const Item* question) const {
    const Syntax& syntax = resolved(raw);
    switch (syntax.kind) {
      case SyntaxKind::string:
        if (question)
          for (const Option& option : question->options)
            if (option.code == syntax.text) return quoted(option.text);
        return quoted(syntax.text);
      case SyntaxKind::boolean:
        return quoted(syntax.text == "true" ? "Yes" : "No");
      case SyntaxKind::integer:
      case SyntaxKind::long_integer:
      case SyntaxKind::decimal:
        return syntax.text + (question && !question->unit.empty() ? " " + question->unit : "");
      case SyntaxKind::minus:
        if (const auto number = value(*syntax.parts[0], question)) return "-" + *number;
        return std::nullopt;
      case SyntaxKind::date:
        return syntax.text;
      case SyntaxKind::function:
        if (syntax.name == "today") return "the date of the assessment";
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  /// What is compared: an answer, or a number of answers.
  std::optional<std::string> subject(const Syntax& raw) const {
    if (const Item* question = question_of(raw)) return answer_to(*question);
    const Syntax& syntax = resolved(raw);
    if (syntax.kind == SyntaxKind::function && syntax.name == "count" && syntax.has_input)
      if (const Item* question = question_of(*syntax.parts[0]))
        return "the number of answers to " + quoted(asking_part(question->text));
    return std::nullopt;
  }

  std::optional<Clause> comparison(const Syntax& syntax, bool no) {
    const Syntax* left = syntax.parts[0].get();
    const Syntax* right = syntax.parts[1].get();
    SyntaxKind kind = no ? negated(syntax.kind) : syntax.kind;
    if (!subject(*left)) {
      std::swap(left, right);
      kind = flipped(kind);
    }
    const bool same = kind == SyntaxKind::equal || kind == SyntaxKind::equivalent;
    const bool other = kind == SyntaxKind::not_equal || kind == SyntaxKind::not_equivalent;
    // "x = true" is x, whatever x is; but an answer is not "No" only because it is no answer.
    for (const Syntax* side : {right, left}) {
      const Syntax& literal = resolved(*side);
      if (literal.kind != SyntaxKind::boolean || !(same || other)) continue;
      return clause(side == right ? *left : *right, (literal.text == "true") == other);
    }
    const auto who = subject(*left);
    if (!who) return std::nullopt;
    const Item* question = question_of(*left);
    const Item* second = question_of(*right);
    const bool dates = question && question->type == ItemType::date;
    auto what = second ? std::optional(answer_to(*second)) : value(*right, question);
    if (!what) return std::nullopt;
    std::string text = *who + " " + std::string(relation(kind, dates)) + " ";
    if (second && same) text += "the same as ";
    if (second && other) text = *who + " differs from ";
    return Clause{text + *what, {}};
  }

  /// The values of 'a' | 'b' | …; nothing where something else stands there.
  std::optional<std::vector<std::string>> values(const Syntax& raw, const Item* question) const {
    const Syntax& syntax = resolved(raw);
    if (syntax.kind != SyntaxKind::union_of) {
      auto one = value(syntax, question);
      if (!one) return std::nullopt;
      return std::vector<std::string>{std::move(*one)};
    }
    auto left = values(*syntax.parts[0], question);
    if (!left || left->size() > most_listed) return std::nullopt;
    auto right = values(*syntax.parts[1], question);
    if (!right) return std::nullopt;
    left->insert(left->end(), right->begin(), right->end());
    return left;
  }

  /// `element` is one of `collection`.
  std::optional<std::string> membership(const Syntax& collection, const Syntax& element, bool no) {
    if (const Item* question = question_of(collection)) {
      const auto what = value(element, question);
      if (!what) return std::nullopt;
      return answer_to(*question) + (no ? " does not include " : " includes ") + *what;
    }
    const Item* question = question_of(element);
    if (!question) return std::nullopt;
    const auto words = values(collection, question);
    if (!words) return std::nullopt;
    if (!no) return answer_to(*question) + " is " + listed(*words, "or");
    if (words->size() == 1) return answer_to(*question) + " is not " + words->front();
    if (words->size() == 2) return answer_to(*question) + " is neither " + listed(*words, "nor");
    return answer_to(*question) + " is none of " + listed(*words, "and");
  }

  std::optional<Clause> function(const Syntax& syntax, bool no) {
    const std::size_t first = syntax.has_input ? 1 : 0;
    const std::size_t arguments = syntax.parts.size() - first;
    if (syntax.name == "iif") return choice(syntax, first, no);
    if (!syntax.has_input) return std::nullopt;
    const Syntax& input = resolved(*syntax.parts[0]);
    if (syntax.name == "not" && arguments == 0) return clause(input, !no);
    const bool exists = syntax.name == "exists";
    if (exists && arguments == 1)
      if (auto said = inclusion(input, *syntax.parts[1], no)) return Clause{std::move(*said), {}};
    if (exists && arguments == 0 && input.kind == SyntaxKind::function && input.name == "where" &&
        input.has_input)
      if (auto said = inclusion(*input.parts[0], *input.parts[1], no))
        return Clause{std::move(*said), {}};
    if ((exists || syntax.name == "empty") && arguments == 0)
      if (const Item* question = question_of(input))
        return Clause{quoted(asking_part(question->text)) +
                          (exists != no ? " is answered" : " is not answered"),
                      {}};
    return std::nullopt;
  }

  /// %q.where($this = 'code').exists()
  std::optional<std::string> inclusion(const Syntax& input, const Syntax& criterion, bool no) {
    if (criterion.kind != SyntaxKind::equal || !question_of(input)) return std::nullopt;
    const Syntax* left = criterion.parts[0].get();
    const Syntax* right = criterion.parts[1].get();
    if (right->kind == SyntaxKind::this_value) std::swap(left, right);
    if (left->kind != SyntaxKind::this_value) return std::nullopt;
    return membership(input, *right, no);
  }

  /// iif(%q.exists(), x) is x: without an answer to q nothing holds, and that goes without saying.
  std::optional<Clause> choice(const Syntax& syntax, std::size_t first, bool no) {
    const std::size_t arguments = syntax.parts.size() - first;
    if (syntax.has_input || arguments < 2) return std::nullopt;
    const bool otherwise = arguments == 3 && syntax.parts[2]->kind != SyntaxKind::empty;
    if (!otherwise && only_asks_for_answers(*syntax.parts[0])) return clause(*syntax.parts[1], no);
    std::string text =
        "if " + inner(*syntax.parts[0]) + ", then " + bracketed(clause(*syntax.parts[1], no));
    if (otherwise) text += ", and otherwise " + bracketed(clause(*syntax.parts[2], no));
    return Clause{std::move(text), SyntaxKind::implies};
  }

  bool only_asks_for_answers(const Syntax& syntax) const {
    if (syntax.kind == SyntaxKind::logical_and)
      return only_asks_for_answers(*syntax.parts[0]) && only_asks_for_answers(*syntax.parts[1]);
    return syntax.kind == SyntaxKind::function && syntax.name == "exists" && syntax.has_input &&
           syntax.parts.size() == 1 && question_of(*syntax.parts[0]);
  }

  const Questionnaire::Model& model_;
  Names names_;
  std::size_t parts_ = 0;
};

}  // namespace

std::string Questionnaire::plain_words(const Rule& rule) const {
  const Rule* own = this->rule(rule.id);
  if (!own) return "";
  const CompiledRule& compiled =
      model_->compiled_rules[static_cast<std::size_t>(own - model_->rules.data())];
  Speaker speaker(*model_);
  std::string text = "Present when " + speaker.say(compiled.present) + ".";
  if (compiled.gate.expression) text += " Applies only when " + speaker.say(compiled.gate) + ".";
  return text;
}

std::string Questionnaire::plain_words_asked(const Item& question) const {
  const auto slot = model_->slot(question.id);
  if (!slot || !model_->asked_when[*slot].expression) return "";
  return "Asked only when " + Speaker(*model_).say(model_->asked_when[*slot]) + ".";
}

}  // namespace fbss
