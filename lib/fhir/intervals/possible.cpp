// SPDX-License-Identifier: Apache-2.0
// Sets of what may be, and what they have in common.
#include "fhir/intervals/possible.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Type;
using fhirpath::Value;
using fhirpath::ValueAccess;

// More numbers than that are kept as their range, more other values as anything.
constexpr std::size_t most_numbers = 64, most_values = 512;

std::optional<Decimal> number_of(const Value& value) {
  const auto own = fhirpath::system_value(value);
  if (!own || !fhirpath::is_number(own->type())) return std::nullopt;
  return fhirpath::to_decimal(*own);
}

bool is_integer(const Value& value) {
  const auto own = fhirpath::system_value(value);
  return own && own->type() == Type::integer;
}

// One element in place of several at one place of the choices.
Possible merged(const std::vector<const Possible*>& all, bool is_certain) {
  Possible made = *all.front();
  made.is_certain = is_certain;
  for (const Possible* one : all) {
    made.is_certain &= one->is_certain;
    made.depends.merge(one->depends);
  }
  const auto is_like = [&](const Possible* one) {
    return one->kind == made.kind && one->instance == made.instance && one->place == made.place &&
           one->node == made.node && one->content == made.content && one->is_many == made.is_many;
  };
  const bool is_structure =
      made.kind != Possible::Kind::values && made.kind != Possible::Kind::range;
  if (std::ranges::all_of(all, is_like) && made.kind != Possible::Kind::range) {
    for (const Possible* one : all)
      if (one != all.front())
        made.values.insert(made.values.end(), one->values.begin(), one->values.end());
    for (const Possible* one : all)
      if (is_structure) made.range.widen(one->range);
    tidy(made);
    return made;
  }
  const bool are_plain = std::ranges::all_of(all, [](const Possible* one) {
    return one->kind == Possible::Kind::values || one->kind == Possible::Kind::range;
  });
  std::optional<Range> hull;
  bool all_whole = true;
  for (const Possible* one : all) {
    const auto range = are_plain ? numbers_of(*one) : std::nullopt;
    if (!range) {
      Possible any = Possible::unknown();
      any.is_certain = made.is_certain;
      any.depends = made.depends;
      return any;
    }
    hull ? hull->widen(*range) : void(hull = range);
    all_whole &= is_whole(*one);
  }
  Possible range = Possible::of_range(*hull, all_whole);
  range.is_certain = made.is_certain;
  range.depends = made.depends;
  return range;
}

}  // namespace

void QuestionSet::add(std::uint32_t question) {
  if (words_.size() <= question / 64) words_.resize(question / 64 + 1);
  words_[question / 64] |= std::uint64_t{1} << (question % 64);
}

void QuestionSet::remove(std::uint32_t question) {
  if (has(question)) words_[question / 64] &= ~(std::uint64_t{1} << (question % 64));
}

void QuestionSet::merge(const QuestionSet& other) {
  if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
  for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
}

bool QuestionSet::has(std::uint32_t question) const {
  return question / 64 < words_.size() && ((words_[question / 64] >> (question % 64)) & 1) != 0;
}

bool QuestionSet::empty() const {
  return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
}

bool QuestionSet::meets(const QuestionSet& other) const {
  const std::size_t size = std::min(words_.size(), other.words_.size());
  for (std::size_t i = 0; i < size; ++i)
    if ((words_[i] & other.words_[i]) != 0) return true;
  return false;
}

QuestionSet QuestionSet::shared_with(const QuestionSet& other) const {
  QuestionSet both;
  both.words_.resize(std::min(words_.size(), other.words_.size()));
  for (std::size_t i = 0; i < both.words_.size(); ++i) both.words_[i] = words_[i] & other.words_[i];
  return both;
}

QuestionSet QuestionSet::without(const QuestionSet& other) const {
  QuestionSet left = *this;
  const std::size_t size = std::min(words_.size(), other.words_.size());
  for (std::size_t i = 0; i < size; ++i) left.words_[i] &= ~other.words_[i];
  return left;
}

std::vector<std::uint32_t> QuestionSet::list() const {
  std::vector<std::uint32_t> questions;
  for (std::size_t i = 0; i < words_.size(); ++i)
    for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
      questions.push_back(static_cast<std::uint32_t>(i * 64) +
                          static_cast<std::uint32_t>(std::countr_zero(word)));
  return questions;
}

Possible Possible::known(const Value& value) {
  Possible made;
  made.values.push_back(value);
  return made;
}

Possible Possible::of_range(const Range& range, bool is_integer) {
  Possible made;
  made.kind = Kind::range;
  made.range = range;
  made.is_integer = is_integer;
  return made;
}

Possible Possible::unknown() {
  Possible made;
  made.kind = Kind::anything;
  return made;
}

Possible Possible::either() {
  Possible made;
  made.values = {Value::of_boolean(true), Value::of_boolean(false)};
  return made;
}

QuestionSet Possibles::depends() const {
  QuestionSet all = more_of;
  for (const Possible& one : elements) all.merge(one.depends);
  return all;
}

bool Possibles::is_open() const {
  return has_more || std::ranges::any_of(elements, &Possible::is_many);
}

bool Possibles::is_known() const {
  return !has_more && std::ranges::all_of(elements, [](const Possible& one) {
    return one.kind == Possible::Kind::values && one.values.size() == 1 && one.is_certain;
  });
}

void Possibles::append(const Possibles& others) {
  elements.insert(elements.end(), others.elements.begin(), others.elements.end());
  has_more |= others.has_more;
  more_of.merge(others.more_of);
  lost.merge(others.lost);
}

Possibles Possibles::none() {
  return {};
}

Possibles Possibles::of(Possible one) {
  Possibles made;
  made.push(std::move(one));
  return made;
}

Possibles Possibles::anything(QuestionSet questions) {
  Possibles made;
  made.has_more = true;
  made.more_of = std::move(questions);
  return made;
}

bool is_identical(const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::string:
      return ValueAccess::string(a) == ValueAccess::string(b);
    case Type::quantity:
    case Type::type_info:
      return fhirpath::to_text(a) == fhirpath::to_text(b);
    default:
      return std::memcmp(&a, &b, sizeof(Value)) == 0;
  }
}

void tidy(Possible& one) {
  std::vector<Value>& values = one.values;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto begin = values.begin(), end = begin + static_cast<std::ptrdiff_t>(kept);
    const bool is_new = std::none_of(
        begin, end, [&](const Value& other) { return is_identical(values[i], other); });
    if (is_new) values[kept++] = values[i];
  }
  values.resize(kept);
  if (one.kind != Possible::Kind::values) return;
  // What comes out the same, whatever is answered, depends on nothing.
  if (kept == 1 && one.is_certain) one.depends = {};
  if (kept <= most_numbers) return;
  const bool all_whole = is_whole(one);
  if (const auto range = numbers_of(one)) {
    one.kind = Possible::Kind::range;
    one.range = *range;
    one.is_integer = all_whole;
    values.clear();
  } else if (kept > most_values) {
    one.kind = Possible::Kind::anything;
    values.clear();
  }
}

Possibles either_of(const std::vector<Possibles>& choices) {
  Possibles made;
  std::size_t longest = 0;
  for (const Possibles& choice : choices) {
    longest = std::max(longest, choice.elements.size());
    made.has_more |= choice.has_more;
    made.more_of.merge(choice.more_of);
    made.lost.merge(choice.lost);
  }
  for (std::size_t i = 0; i < longest; ++i) {
    std::vector<const Possible*> all;
    for (const Possibles& choice : choices)
      if (i < choice.elements.size()) all.push_back(&choice.elements[i]);
    made.push(merged(all, all.size() == choices.size()));
  }
  return made;
}

std::optional<Range> numbers_of(const Possible& one) {
  if (one.kind == Possible::Kind::range) return one.range;
  if (one.kind != Possible::Kind::values || one.values.empty()) return std::nullopt;
  std::optional<Range> range;
  for (const Value& value : one.values) {
    const auto number = number_of(value);
    if (!number) return std::nullopt;
    range ? range->widen(Range::of(*number)) : void(range = Range::of(*number));
  }
  return range;
}

bool is_whole(const Possible& one) {
  if (one.kind == Possible::Kind::range) return one.is_integer;
  return one.kind == Possible::Kind::values && std::ranges::all_of(one.values, is_integer);
}

Truths truths_of(const Possibles& condition) {
  Truths found{.depends = condition.depends(), .lost = condition.lost};
  const auto open = [&] {
    found.yes = found.no = found.empty = true;
    return found;
  };
  if (condition.has_more || condition.elements.size() > 1) return open();
  if (condition.elements.empty()) {
    found.empty = true;
    return found;
  }
  const Possible& one = condition.elements.front();
  found.empty = !one.is_certain;
  if (one.kind != Possible::Kind::values) return open();
  for (const Value& value : one.values) {
    const auto own = fhirpath::system_value(value);
    if (!own || own->type() != Type::boolean) return open();
    (own->boolean() ? found.yes : found.no) = true;
  }
  return found;
}

}  // namespace fbss::form
