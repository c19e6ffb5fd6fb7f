// SPDX-License-Identifier: Apache-2.0
// Model -> the answers that trials use: enough that every comparison of a rule comes out in each of
// its ways. Entered through fill_candidates().
#include "questionnaire/candidates.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/temporal.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/value.hpp"
#include "questionnaire/names.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using fhirpath::Value;
using fhirpath::ValueAccess;

constexpr std::size_t most_constants = 32;  // a question; beyond it trials see the first ones
constexpr std::string_view trial_text = "text";

/// The literals and the questions that an expression holds, variables followed.
struct Contents {
  std::vector<Decimal> numbers;
  std::vector<Temporal> dates;
  std::vector<std::uint32_t> slots;
};

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  for (const T& value : from)
    if (to.size() < most_constants) to.push_back(value);
}

class Collector {
 public:
  explicit Collector(const Questionnaire::Model& model)
      : model_(model),
        names_(model),
        of_variable_(model.variables.size()),
        of_question_(model.questions.size()) {
    for (const Stage& stage : model.stages)
      if (stage.kind == Stage::Kind::variable)
        of_variable_[stage.index] = contents(model.variables[stage.index].condition);
    for (const Condition& condition : model.asked_when) contents(condition);
    for (const CompiledRule& rule : model.compiled_rules) {
      contents(rule.gate);
      contents(rule.present);
      for (const Condition& note : rule.notes) contents(note);
    }
    for (const Condition& condition : model.notice_conditions) contents(condition);
  }

  const Contents& of_question(std::uint32_t slot) const { return of_question_[slot]; }

 private:
  Contents contents(const Condition& condition) {
    if (!condition.expression) return {};
    Contents found = walk(fhirpath::syntax_of(*condition.expression));
    found.slots = condition.reads;
    return found;
  }

  static bool compares(SyntaxKind kind) {
    return kind >= SyntaxKind::less && kind <= SyntaxKind::contains;
  }

  Contents walk(const Syntax& syntax) {
    Contents found;
    switch (syntax.kind) {
      case SyntaxKind::integer:
      case SyntaxKind::long_integer:
      case SyntaxKind::decimal:
        if (const auto number = Decimal::parse(syntax.text)) found.numbers.push_back(*number);
        return found;
      case SyntaxKind::date:
        if (const auto date = Temporal::parse(syntax.text, TemporalKind::date))
          found.dates.push_back(*date);
        return found;
      case SyntaxKind::variable: {
        const auto slot = names_.slot(syntax.name);
        if (!slot) return found;
        if (*slot >= model_.questions.size()) return of_variable_[*slot - model_.questions.size()];
        found.slots.push_back(*slot);
        return found;
      }
      default:
        break;
    }
    for (const auto& part : syntax.parts) {
      const Contents inner = walk(*part);
      append(found.numbers, inner.numbers);
      append(found.dates, inner.dates);
      found.slots.insert(found.slots.end(), inner.slots.begin(), inner.slots.end());
      std::sort(found.slots.begin(), found.slots.end());
      found.slots.erase(std::unique(found.slots.begin(), found.slots.end()), found.slots.end());
    }
    if (syntax.kind == SyntaxKind::minus)
      for (Decimal& number : found.numbers) number = negate(number);
    if (compares(syntax.kind)) {
      for (std::uint32_t slot : found.slots) {
        append(of_question_[slot].numbers, found.numbers);
        append(of_question_[slot].dates, found.dates);
      }
    }
    return found;
  }

  const Questionnaire::Model& model_;
  Names names_;
  std::vector<Contents> of_variable_, of_question_;
};

void sort_unique(std::vector<Decimal>& numbers) {
  std::sort(numbers.begin(), numbers.end(),
            [](const Decimal& a, const Decimal& b) { return std::is_lt(compare(a, b)); });
  numbers.erase(
      std::unique(numbers.begin(), numbers.end(),
                  [](const Decimal& a, const Decimal& b) { return std::is_eq(compare(a, b)); }),
      numbers.end());
}

/// Each constant with its neighbours `step` away.
std::vector<Decimal> with_neighbours(const std::vector<Decimal>& constants, Decimal step) {
  std::vector<Decimal> numbers;
  for (const Decimal& constant : constants) {
    numbers.push_back(constant);
    if (const auto above = add(constant, step)) numbers.push_back(*above);
    if (const auto below = subtract(constant, step)) numbers.push_back(*below);
  }
  return numbers;
}

std::vector<Value> integers(const Item& item, const Contents& contents) {
  std::vector<Decimal> constants;
  for (const Decimal& constant : contents.numbers)
    if (const auto whole = truncated_divide(constant, Decimal(std::int64_t{1})))
      constants.push_back(*whole);
  std::vector<Decimal> numbers = with_neighbours(constants, Decimal(std::int64_t{1}));
  if (item.least) numbers.emplace_back(*item.least);
  if (item.most) numbers.emplace_back(*item.most);
  if (numbers.empty()) numbers.emplace_back(std::int64_t{1});
  sort_unique(numbers);
  std::vector<Value> values;
  for (const Decimal& number : numbers) {
    const auto whole = number.to_int64();
    if (whole && (!item.least || *whole >= *item.least) && (!item.most || *whole <= *item.most))
      values.push_back(Value::of_integer(*whole));
  }
  return values;
}

std::vector<Value> decimals(const Contents& contents) {
  std::uint8_t scale = 1;
  for (const Decimal& constant : contents.numbers) scale = std::max(scale, constant.scale());
  std::vector<Decimal> numbers = with_neighbours(contents.numbers, Decimal(Int128{1}, scale));
  if (numbers.empty()) numbers.emplace_back(std::int64_t{1});
  sort_unique(numbers);
  std::vector<Value> values;
  values.reserve(numbers.size());
  for (const Decimal& number : numbers) values.push_back(ValueAccess::of_decimal(number));
  return values;
}

std::vector<Value> dates(const Contents& contents) {
  std::vector<Temporal> constants = contents.dates;
  if (const auto today = Temporal::parse(trial_today, TemporalKind::date))
    constants.push_back(*today);
  std::vector<Value> values;
  std::vector<std::string> texts;
  for (const Temporal& constant : constants) {
    const std::string_view unit = constant.precision == TemporalField::year    ? "year"
                                  : constant.precision == TemporalField::month ? "month"
                                                                               : "day";
    for (const int step : {0, 1, -1}) {
      const auto date = add(constant, Decimal(std::int64_t{step}), unit);
      if (!date) continue;
      std::string text = date->to_text();
      if (std::find(texts.begin(), texts.end(), text) != texts.end()) continue;
      texts.push_back(std::move(text));
      values.push_back(ValueAccess::of_temporal(*date));
    }
  }
  return values;
}

/// Each value as an answer of its own.
std::vector<std::vector<Value>> singles(const std::vector<Value>& values) {
  std::vector<std::vector<Value>> answers;
  answers.reserve(values.size());
  for (const Value& value : values) answers.push_back({value});
  return answers;
}

std::vector<std::vector<Value>> choices(const Item& item) {
  std::vector<std::vector<Value>> answers;
  std::vector<Value> together;
  for (const Option& option : item.options) {
    answers.push_back({Value::of_string(option.code)});
    if (!option.exclusive) together.push_back(Value::of_string(option.code));
  }
  if (item.several && together.size() > 1) answers.push_back(together);
  return answers;
}

}  // namespace

void fill_candidates(Questionnaire::Model& model) {
  const Collector collector(model);
  model.candidate_texts.assign(1, std::string(trial_text));
  for (std::uint32_t slot = 0; slot < model.questions.size(); ++slot) {
    const Item& item = *model.questions[slot];
    const Contents& contents = collector.of_question(slot);
    auto& answers = model.candidates.emplace_back();
    switch (item.type) {
      case ItemType::yes_no:
        answers = singles({Value::of_boolean(true), Value::of_boolean(false)});
        break;
      case ItemType::choice:
        answers = choices(item);
        break;
      case ItemType::integer:
        answers = singles(integers(item, contents));
        break;
      case ItemType::decimal:
        answers = singles(decimals(contents));
        break;
      case ItemType::date:
        answers = singles(dates(contents));
        break;
      default:
        answers = singles({Value::of_string(model.candidate_texts.front())});
        break;
    }
  }
}

}  // namespace fbss
