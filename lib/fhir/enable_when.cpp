// SPDX-License-Identifier: Apache-2.0
// Syntax -> lines of enableWhen; see enable_when.hpp.
#include "fhir/enable_when.hpp"

#include <algorithm>
#include <utility>

#include "fhirpath/plan.hpp"
#include "questionnaire/model.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using Lines = std::vector<EnableLine>;
using Codes = std::vector<std::string>;

const Codes& yes_and_no() {
  static const Codes both = {"yes", "no"};
  return both;
}

Codes codes_of(const Item& question) {
  if (question.type == ItemType::yes_no) return yes_and_no();
  Codes codes;
  for (const Option& option : question.options) codes.push_back(option.code);
  return codes;
}

bool has_codes(const Item& question) {
  return question.type == ItemType::yes_no || question.type == ItemType::choice;
}

bool has_number(const Item& question) {
  return question.type == ItemType::integer || question.type == ItemType::decimal;
}

std::string_view order_sign(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::less:
      return "<";
    case SyntaxKind::less_or_equal:
      return "<=";
    case SyntaxKind::greater:
      return ">";
    case SyntaxKind::greater_or_equal:
      return ">=";
    case SyntaxKind::equal:
      return "=";
    default:
      return "";
  }
}

/// A literal's digits as JSON writes them: no zeros in front.
std::string digits(std::string_view text) {
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
  return std::string(text);
}

/// a < b is b > a.
std::string_view turned(std::string_view sign) {
  if (sign == "<") return ">";
  if (sign == "<=") return ">=";
  if (sign == ">") return "<";
  if (sign == ">=") return "<=";
  return sign;
}

class Reader {
 public:
  explicit Reader(const Questionnaire::Model& model) : model_(model) {}

  /// Lines of which any holds where the condition is true, and none where it is not.
  std::optional<Lines> any_of(const Syntax& syntax) const {
    switch (syntax.kind) {
      case SyntaxKind::logical_or: {
        auto left = any_of(*syntax.parts[0]);
        auto right = any_of(*syntax.parts[1]);
        if (!left || !right) return std::nullopt;
        for (EnableLine& line : *right) add(*left, std::move(line));
        return left;
      }
      case SyntaxKind::variable:
        return of_variable(syntax);
      case SyntaxKind::equal:
      case SyntaxKind::not_equal:
      case SyntaxKind::less:
      case SyntaxKind::less_or_equal:
      case SyntaxKind::greater:
      case SyntaxKind::greater_or_equal:
        return of_comparison(syntax);
      case SyntaxKind::in:
        return of_membership(*syntax.parts[0], *syntax.parts[1]);
      case SyntaxKind::contains:
        return of_membership(*syntax.parts[1], *syntax.parts[0]);
      case SyntaxKind::function:
        return of_function(syntax);
      default:
        return std::nullopt;
    }
  }

  /// False where one of them is more than one line.
  bool all_of(const Syntax& syntax, Lines& lines) const {
    if (syntax.kind == SyntaxKind::logical_and)
      return all_of(*syntax.parts[0], lines) && all_of(*syntax.parts[1], lines);
    auto found = any_of(syntax);
    if (!found || found->size() != 1) return false;
    add(lines, std::move(found->front()));
    return true;
  }

 private:
  static void add(Lines& lines, EnableLine line) {
    if (std::find(lines.begin(), lines.end(), line) == lines.end())
      lines.push_back(std::move(line));
  }

  /// The question whose answer the part is; null for anything else.
  const Item* question(const Syntax& part) const {
    if (part.kind != SyntaxKind::variable) return nullptr;
    const auto slot = model_.slot(part.name);
    return slot ? model_.questions[*slot] : nullptr;
  }

  /// The code that a literal stands for among the answers of the question.
  static std::optional<std::string> code(const Item& asked, const Syntax& literal) {
    if (asked.type == ItemType::yes_no && literal.kind == SyntaxKind::boolean)
      return literal.text == "true" ? "yes" : "no";
    if (asked.type == ItemType::choice && literal.kind == SyntaxKind::string) return literal.text;
    return std::nullopt;
  }

  static Lines lines_for(const Item& asked, const Codes& codes) {
    Lines lines;
    for (const std::string& each : codes) add(lines, {&asked, "=", each});
    return lines;
  }

  /// Of a single answer, every code but these.
  static std::optional<Lines> others(const Item& asked, const Codes& codes) {
    if (asked.several || !has_codes(asked)) return std::nullopt;
    Codes rest;
    for (std::string& each : codes_of(asked))
      if (std::find(codes.begin(), codes.end(), each) == codes.end())
        rest.push_back(std::move(each));
    return lines_for(asked, rest);
  }

  std::optional<Lines> of_variable(const Syntax& syntax) const {
    if (const Item* asked = question(syntax)) {
      if (asked->type != ItemType::yes_no) return std::nullopt;
      return lines_for(*asked, {"yes"});
    }
    for (const Variable& variable : model_.variables)
      if (variable.name == syntax.name && variable.condition.expression)
        return any_of(fhirpath::syntax_of(*variable.condition.expression));
    return std::nullopt;
  }

  std::optional<Lines> of_comparison(const Syntax& syntax) const {
    const bool question_first = question(*syntax.parts[0]) != nullptr;
    const Item* asked = question(*syntax.parts[question_first ? 0 : 1]);
    const Syntax& literal = *syntax.parts[question_first ? 1 : 0];
    if (!asked || asked->several) return std::nullopt;
    if (const auto found = code(*asked, literal)) {
      if (syntax.kind == SyntaxKind::equal) return lines_for(*asked, {*found});
      if (syntax.kind == SyntaxKind::not_equal) return others(*asked, {*found});
      return std::nullopt;
    }
    const std::string_view sign = order_sign(syntax.kind);
    const bool fits = literal.kind == SyntaxKind::integer ||
                      (literal.kind == SyntaxKind::decimal && asked->type == ItemType::decimal);
    if (!has_number(*asked) || sign.empty() || !fits) return std::nullopt;
    return Lines{{asked, question_first ? sign : turned(sign), digits(literal.text)}};
  }

  /// `element in collection`: the answer among listed codes, or a code among the answers.
  std::optional<Lines> of_membership(const Syntax& element, const Syntax& collection) const {
    if (const Item* asked = question(element)) {
      Codes codes;
      if (asked->several || !listed(*asked, collection, codes)) return std::nullopt;
      return lines_for(*asked, codes);
    }
    const Item* asked = question(collection);
    const auto found = asked ? code(*asked, element) : std::nullopt;
    if (!found) return std::nullopt;
    return lines_for(*asked, {*found});
  }

  static bool listed(const Item& asked, const Syntax& collection, Codes& codes) {
    if (collection.kind == SyntaxKind::union_of)
      return listed(asked, *collection.parts[0], codes) &&
             listed(asked, *collection.parts[1], codes);
    auto found = code(asked, collection);
    if (found) codes.push_back(std::move(*found));
    return found.has_value();
  }

  std::optional<Lines> of_function(const Syntax& syntax) const {
    if (syntax.name == "not" && syntax.has_input && syntax.parts.size() == 1)
      return negated(*syntax.parts[0]);
    if (syntax.name == "iif" && !syntax.has_input) return guarded(syntax);
    return std::nullopt;
  }

  /// Where the part is false: of one question with a single answer, the codes that do not make it
  /// true. No answer makes it neither.
  std::optional<Lines> negated(const Syntax& part) const {
    const auto lines = any_of(part);
    if (!lines || lines->empty()) return std::nullopt;
    Codes codes;
    for (const EnableLine& line : *lines) {
      if (line.question != lines->front().question) return std::nullopt;
      codes.push_back(line.value);
    }
    return others(*lines->front().question, codes);
  }

  /// iif(%q.exists(), condition on %q): the condition, which no answer makes true anyway.
  std::optional<Lines> guarded(const Syntax& syntax) const {
    const std::size_t count = syntax.parts.size();
    if (count < 2 || (count == 3 && syntax.parts[2]->kind != SyntaxKind::empty))
      return std::nullopt;
    const Syntax& guard = *syntax.parts[0];
    const bool exists = guard.kind == SyntaxKind::function && guard.name == "exists" &&
                        guard.has_input && guard.parts.size() == 1;
    const Item* asked = exists ? question(*guard.parts[0]) : nullptr;
    auto lines = any_of(*syntax.parts[1]);
    const auto on_it = [&](const EnableLine& line) { return line.question == asked; };
    if (!asked || !lines || !std::all_of(lines->begin(), lines->end(), on_it)) return std::nullopt;
    return lines;
  }

  const Questionnaire::Model& model_;
};

}  // namespace

std::optional<EnableWhen> enable_when(const Questionnaire::Model& model,
                                      const fhirpath::Syntax& condition) {
  const Reader reader(model);
  EnableWhen found;
  found.all = condition.kind == SyntaxKind::logical_and;
  if (found.all) {
    if (!reader.all_of(condition, found.lines)) return std::nullopt;
  } else if (auto lines = reader.any_of(condition)) {
    found.lines = std::move(*lines);
  }
  if (found.lines.empty()) return std::nullopt;
  return found;
}

}  // namespace fbss::fhir
