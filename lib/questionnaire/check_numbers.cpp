// SPDX-License-Identifier: Apache-2.0
// No number without a source: each number in a rule's expressions (variables followed) stands in
// one of its cited phrases, in digits or as a word, or in its interpretation; a number in
// asked_when stands in the phrase or the wording of the question; and a number on an exercise card
// stands in a phrase that is cited beside it, or in the card's interpretation. In: a draft with
// compiled expressions. Out: number_not_cited. Entered through check_numbers().
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/plan.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/names.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

struct NumberWord {
  std::string_view word;
  std::int64_t value;
};
constexpr std::array<NumberWord, 27> number_words = {
    {{"zero", 0},        {"one", 1},      {"two", 2},     {"three", 3},   {"four", 4},
     {"five", 5},        {"six", 6},      {"seven", 7},   {"eight", 8},   {"nine", 9},
     {"ten", 10},        {"eleven", 11},  {"twelve", 12}, {"once", 1},    {"twice", 2},
     {"thrice", 3},      {"twenty", 20},  {"thirty", 30}, {"forty", 40},  {"fifty", 50},
     {"sixty", 60},      {"seventy", 70}, {"eighty", 80}, {"ninety", 90}, {"hundred", 100},
     {"thousand", 1000}, {"dozen", 12}}};

/// A number in words for people, and where it stands there.
struct Mention {
  Decimal value;
  std::size_t start, size;
};

/// The numbers that a text names: "for 10 times, 2-3 times a day" and "thrice".
void collect_numbers(std::string_view text, std::vector<Mention>& numbers) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
        ++at;
        while (at < text.size() && is_digit(text[at])) ++at;
      }
      if (const auto number = Decimal::parse(text.substr(start, at - start)))
        numbers.push_back({*number, start, at - start});
    } else if (is_letter(text[at])) {
      while (at < text.size() && is_letter(text[at])) ++at;
      const std::string word = to_lower(text.substr(start, at - start));
      for (const NumberWord& known : number_words)
        if (known.word == word) numbers.push_back({Decimal(known.value), start, at - start});
    } else {
      ++at;
    }
  }
}

bool holds(const std::vector<Mention>& numbers, const Decimal& value) {
  return std::any_of(numbers.begin(), numbers.end(),
                     [&](const Mention& number) { return compare(number.value, value) == 0; });
}

/// A number in an expression, and where the expression that is checked names it.
struct Literal {
  Decimal value;
  std::string text;
  std::uint32_t position;
};

class NumberCheck {
 public:
  explicit NumberCheck(Draft& draft)
      : draft_(draft),
        model_(*draft.model),
        names_(model_),
        variable_literals_(model_.variables.size()) {}

  void check() {
    using Use = ExpressionPlace::Use;
    for (const Stage& stage : model_.stages) {
      if (stage.kind != Stage::Kind::variable) continue;
      const Condition& condition = model_.variables[stage.index].condition;
      if (condition.expression)
        collect(fhirpath::syntax_of(*condition.expression), variable_literals_[stage.index]);
    }
    for (const ExpressionPlace& place : draft_.expressions) {
      const Condition& condition = draft_.condition(place);
      if (place.use == Use::variable || place.use == Use::notice || !condition.expression) continue;
      std::vector<Literal> literals;
      collect(fhirpath::syntax_of(*condition.expression), literals);
      if (literals.empty()) continue;
      const std::vector<Mention> cited = cited_at(place);
      for (const Literal& literal : literals)
        if (!holds(cited, literal.value)) report(place, literal);
    }
    if (const FileValue* exercises = draft_.tree.root().find("exercises"))
      for (const FileValue* exercise : exercises->children) check_card(*exercise);
  }

 private:
  void report(const ExpressionPlace& place, const Literal& literal) {
    const bool asked = place.use == ExpressionPlace::Use::asked_when;
    const std::string_view owner =
        place.use == ExpressionPlace::Use::planned_when ? "exercise" : "rule";
    draft_.faults.in_text(
        ErrorCode::number_not_cited, *place.text, literal.position,
        "In " + draft_.name(place) + ", at character " + std::to_string(literal.position + 1) +
            " of the expression: the number " + literal.text + " stands in " +
            (asked ? "neither the phrase nor the wording of the question; cite the phrase that "
                     "names it."
                   : "none of the " + std::string(owner) +
                         "'s cited phrases; cite the phrase that names it, or say in "
                         "\"interpretation\" where it comes from."));
  }

  /// What stands on an exercise card: a text, or several, each with its citations. Read from the
  /// file, where each has its place.
  void check_card(const FileValue& exercise) {
    for (const std::string_view key :
         {"position", "steps", "repetitions", "times_a_day", "cautions", "conflicts"}) {
      const FileValue* part = exercise.find(key);
      if (!part) continue;
      if (part->is(JsonKind::object)) check_statement(exercise, *part);
      if (part->is(JsonKind::array))
        for (const FileValue* each : part->children) check_statement(exercise, *each);
    }
  }

  void check_statement(const FileValue& exercise, const FileValue& statement) {
    const FileValue* text = statement.find("text");
    if (!text || !text->is(JsonKind::string)) return;
    std::vector<Mention> numbers, cited;
    collect_numbers(text->text, numbers);
    if (const FileValue* cites = statement.find("cites"))
      for (const FileValue* cite : cites->children)
        if (const FileValue* phrase = cite->find("phrase")) collect_numbers(phrase->text, cited);
    if (const FileValue* read = exercise.find("interpretation")) collect_numbers(read->text, cited);
    for (const Mention& number : numbers)
      if (!holds(cited, number.value))
        draft_.faults.in_text(
            ErrorCode::number_not_cited, *text, number.start,
            "On a card, at character " + std::to_string(number.start + 1) + ": the number " +
                text->text.substr(number.start, number.size) +
                " stands in none of the phrases that are cited beside it; cite the phrase that "
                "names it, or say in the exercise's \"interpretation\" where it comes from.");
  }

  std::vector<Mention> cited_at(const ExpressionPlace& place) const {
    switch (place.use) {
      case ExpressionPlace::Use::asked_when:
        return cited_by(*model_.questions[place.owner]);
      case ExpressionPlace::Use::planned_when:
        return cited_by(model_.exercises[place.owner]);
      default:
        return cited_by(model_.rules[place.owner]);
    }
  }

  /// Of a rule or an exercise.
  template <class Cited>
  static std::vector<Mention> cited_by(const Cited& owner) {
    std::vector<Mention> numbers;
    for (const Citation& citation : owner.cites) collect_numbers(citation.phrase, numbers);
    collect_numbers(owner.interpretation, numbers);
    return numbers;
  }

  static std::vector<Mention> cited_by(const Item& question) {
    std::vector<Mention> numbers;
    if (question.why) collect_numbers(question.why->phrase, numbers);
    collect_numbers(question.text, numbers);
    collect_numbers(question.help, numbers);
    return numbers;
  }

  static void add(std::vector<Literal>& literals, Literal literal) {
    const bool known = std::any_of(literals.begin(), literals.end(), [&](const Literal& other) {
      return compare(other.value, literal.value) == 0;
    });
    if (!known) literals.push_back(std::move(literal));
  }

  void collect(const Syntax& syntax, std::vector<Literal>& literals) const {
    switch (syntax.kind) {
      case SyntaxKind::integer:
      case SyntaxKind::long_integer:
      case SyntaxKind::decimal:
      case SyntaxKind::quantity:
        if (const auto value = Decimal::parse(syntax.text))
          add(literals, {*value, syntax.text, syntax.position});
        return;
      case SyntaxKind::variable: {
        const auto slot = names_.slot(syntax.name);
        if (!slot || *slot < model_.questions.size()) return;
        for (const Literal& inner : variable_literals_[*slot - model_.questions.size()])
          add(literals, {inner.value, inner.text, syntax.position});
        return;
      }
      default:
        break;
    }
    for (const auto& part : syntax.parts) collect(*part, literals);
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  Names names_;
  std::vector<std::vector<Literal>> variable_literals_;
};

}  // namespace

void check_numbers(Draft& draft) {
  NumberCheck(draft).check();
}

}  // namespace fbss
