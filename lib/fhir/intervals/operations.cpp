// SPDX-License-Identifier: Apache-2.0
// Operators on what is possible. Where all operands have few values, each combination is handed to
// the engine; numbers between bounds follow interval arithmetic; for the rest it is said what kind
// of thing comes out.
#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "fhir/intervals/follow.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Collection;
using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using fhirpath::Value;

// So many combinations of values are handed to the engine.
constexpr std::size_t most_combinations = 1024;

std::string piece_of(SyntaxKind kind) {
  static const std::map<SyntaxKind, std::string> pieces = {
      {SyntaxKind::plus, "+%a"},
      {SyntaxKind::minus, "-%a"},
      {SyntaxKind::multiply, "%a * %b"},
      {SyntaxKind::divide, "%a / %b"},
      {SyntaxKind::div, "%a div %b"},
      {SyntaxKind::mod, "%a mod %b"},
      {SyntaxKind::add, "%a + %b"},
      {SyntaxKind::subtract, "%a - %b"},
      {SyntaxKind::concatenate, "%a & %b"},
      {SyntaxKind::union_of, "%a | %b"},
      {SyntaxKind::less, "%a < %b"},
      {SyntaxKind::less_or_equal, "%a <= %b"},
      {SyntaxKind::greater, "%a > %b"},
      {SyntaxKind::greater_or_equal, "%a >= %b"},
      {SyntaxKind::equal, "%a = %b"},
      {SyntaxKind::equivalent, "%a ~ %b"},
      {SyntaxKind::not_equal, "%a != %b"},
      {SyntaxKind::not_equivalent, "%a !~ %b"},
      {SyntaxKind::in, "%a in %b"},
      {SyntaxKind::contains, "%a contains %b"},
      {SyntaxKind::logical_and, "%a and %b"},
      {SyntaxKind::logical_or, "%a or %b"},
      {SyntaxKind::logical_xor, "%a xor %b"},
      {SyntaxKind::implies, "%a implies %b"},
  };
  return pieces.at(kind);
}

// The one number that an operand is; nothing where it may be several things or none at all.
struct Number {
  Range range;
  bool is_certain, is_integer;
};
std::optional<Number> number_in(const Possibles& operand) {
  if (operand.has_more || operand.elements.size() != 1) return std::nullopt;
  const Possible& one = operand.elements.front();
  const auto range = numbers_of(one);
  if (!range) return std::nullopt;
  return Number{*range, one.is_certain, is_whole(one)};
}

bool is_nothing(const Possibles& operand) {
  return !operand.has_more && operand.elements.empty();
}

bool is_within_integers(const Range& range) {
  using Bounds = std::numeric_limits<std::int32_t>;
  const Extended least{Decimal(std::int64_t{Bounds::min()})},
      most{Decimal(std::int64_t{Bounds::max()})};
  return !(range.low < least) && !(most < range.high);
}

QuestionSet depends_of(const std::vector<Possibles>& operands) {
  QuestionSet all;
  for (const Possibles& operand : operands) all.merge(operand.depends());
  return all;
}

// What was lost in the operands, and what they share.
QuestionSet lost_of(const std::vector<Possibles>& operands) {
  QuestionSet lost, seen;
  for (const Possibles& operand : operands) {
    lost.merge(operand.lost);
    const QuestionSet own = operand.depends();
    lost.merge(seen.shared_with(own));
    seen.merge(own);
  }
  return lost;
}

Possibles of_truths(const Orders& may, SyntaxKind kind) {
  bool yes = false, no = false;
  const auto note = [&](bool is_possible, bool outcome) {
    if (is_possible) (outcome ? yes : no) = true;
  };
  const auto outcomes = [&](bool less, bool equal, bool greater) {
    note(may.less, less);
    note(may.equal, equal);
    note(may.greater, greater);
  };
  switch (kind) {
    case SyntaxKind::less:
      outcomes(true, false, false);
      break;
    case SyntaxKind::less_or_equal:
      outcomes(true, true, false);
      break;
    case SyntaxKind::greater:
      outcomes(false, false, true);
      break;
    case SyntaxKind::greater_or_equal:
      outcomes(false, true, true);
      break;
    case SyntaxKind::equal:
      outcomes(false, true, false);
      break;
    default:
      outcomes(true, false, true);
      break;
  }
  Possible made;
  if (yes) made.values.push_back(Value::of_boolean(true));
  if (no) made.values.push_back(Value::of_boolean(false));
  return Possibles::of(std::move(made));
}

}  // namespace

// Nothing where the operands have too many values, or not only values.
std::optional<Possibles> Follower::strictly(const std::string& piece, const Values& operands) {
  struct Place {
    const Possible* one;
    std::size_t operand, ways, at;
  };
  std::vector<Place> places;
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (operands[i].has_more) return std::nullopt;
    for (const Possible& one : operands[i].elements) {
      if (one.kind != Possible::Kind::values) return std::nullopt;
      const std::size_t ways = one.values.size() + (one.is_certain ? 0 : 1);
      if (ways == 0 || combinations > most_combinations / ways) return std::nullopt;
      combinations *= ways;
      places.push_back({&one, i, ways, 0});
    }
  }
  if (operands.size() > Concrete::most_operands) return std::nullopt;
  steps_ += combinations;
  std::vector<Possibles> results;
  std::array<std::vector<Value>, Concrete::most_operands> values;
  for (std::size_t n = 0; n < combinations; ++n) {
    for (auto& list : values) list.clear();
    for (const Place& place : places)
      if (place.at < place.one->values.size())
        values[place.operand].push_back(place.one->values[place.at]);
    std::array<Collection, Concrete::most_operands> collections;
    for (std::size_t i = 0; i < operands.size(); ++i) collections[i] = values[i];
    Possibles& result = results.emplace_back();
    if (const auto given = concrete_.apply(piece, {collections.data(), operands.size()})) {
      for (const Value& value : *given) result.push(Possible::known(value));
    } else {
      note_failure(depends_of(operands));
    }
    for (Place& place : places) {
      if (++place.at < place.ways) break;
      place.at = 0;
    }
  }
  Possibles joined = either_of(results);
  const QuestionSet depends = depends_of(operands);
  joined.lost = lost_of(operands);
  for (Possible& one : joined.elements)
    if (one.kind != Possible::Kind::values || one.values.size() != 1 || !one.is_certain)
      one.depends.merge(depends);
  return joined;
}

Possibles Follower::unknown(const Values& operands) {
  note_failure(depends_of(operands));
  Possibles made = Possibles::anything(depends_of(operands));
  made.lost = lost_of(operands);
  return made;
}

Possibles Follower::either(const Values& operands) {
  note_failure(depends_of(operands));
  Possible one = Possible::either();
  one.is_certain = false;
  one.depends = depends_of(operands);
  Possibles made = Possibles::of(std::move(one));
  made.lost = lost_of(operands);
  return made;
}

Possibles Follower::binary(const Syntax& syntax, const Scope& scope) {
  Values operands;
  for (const auto& part : syntax.parts) operands.push_back(follow(*part, scope));
  switch (syntax.kind) {
    case SyntaxKind::plus:
    case SyntaxKind::minus:
    case SyntaxKind::multiply:
    case SyntaxKind::divide:
    case SyntaxKind::div:
    case SyntaxKind::mod:
    case SyntaxKind::add:
    case SyntaxKind::subtract:
      return arithmetic(syntax.kind, operands);
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
      return comparison(syntax.kind, operands);
    case SyntaxKind::logical_and:
    case SyntaxKind::logical_or:
    case SyntaxKind::logical_xor:
    case SyntaxKind::implies:
      return logic(syntax.kind, std::move(operands));
    case SyntaxKind::union_of:
      return united(operands[0], operands[1]);
    default:
      break;
  }
  if (auto exact = strictly(piece_of(syntax.kind), operands)) return *exact;
  return unknown(operands);
}

Possibles Follower::arithmetic(SyntaxKind kind, const Values& operands) {
  if (auto exact = strictly(piece_of(kind), operands)) return *exact;
  if (std::ranges::any_of(operands, is_nothing)) return Possibles::none();
  const auto a = number_in(operands.front()), b = number_in(operands.back());
  if (!a || !b) return unknown(operands);
  bool is_certain = a->is_certain && b->is_certain;
  bool is_integer = a->is_integer && b->is_integer;
  const bool divides =
      kind == SyntaxKind::divide || kind == SyntaxKind::div || kind == SyntaxKind::mod;
  Range range;
  if (divides && b->range.holds_zero()) {
    is_certain = false;  // what is divided by zero gives nothing
  } else if (kind == SyntaxKind::mod) {
    const Extended most = absolute(b->range).high;
    const Range both{negate(Range{most, most}).low, most};
    range = a->range.low < Extended{} ? both : Range{Extended{}, most};
  } else if (kind == SyntaxKind::div) {
    range = rising(divide(a->range, b->range),
                   [&](Decimal value) { return concrete_.number("%a.truncate()", value); });
  } else {
    switch (kind) {
      case SyntaxKind::plus:
        range = a->range;
        break;
      case SyntaxKind::minus:
        range = negate(a->range);
        break;
      case SyntaxKind::multiply:
        range = multiply(a->range, b->range);
        break;
      case SyntaxKind::divide:
        range = divide(a->range, b->range);
        is_integer = false;
        break;
      case SyntaxKind::add:
        range = add(a->range, b->range);
        break;
      default:
        range = add(a->range, negate(b->range));
        break;
    }
  }
  Possible one = Possible::of_range(range, is_integer);
  // Beyond the integers of FHIRPath there is no result.
  one.is_certain = is_certain && (!is_integer || is_within_integers(range));
  one.depends = depends_of(operands);
  Possibles made = Possibles::of(std::move(one));
  made.lost = lost_of(operands);
  return made;
}

Possibles Follower::comparison(SyntaxKind kind, const Values& operands) {
  if (auto exact = strictly(piece_of(kind), operands)) return *exact;
  const auto a = number_in(operands[0]), b = number_in(operands[1]);
  const bool is_order = kind == SyntaxKind::less || kind == SyntaxKind::less_or_equal ||
                        kind == SyntaxKind::greater || kind == SyntaxKind::greater_or_equal ||
                        kind == SyntaxKind::equal || kind == SyntaxKind::not_equal;
  if (!a || !b || !is_order) return either(operands);
  Possibles made = of_truths(orders(a->range, b->range), kind);
  Possible& one = made.elements.front();
  one.is_certain = a->is_certain && b->is_certain;
  if (one.values.size() != 1 || !one.is_certain) one.depends = depends_of(operands);
  made.lost = lost_of(operands);
  return made;
}

// What is not known for sure may be true, false or nothing; together with what is known that may
// suffice.
Possibles Follower::logic(SyntaxKind kind, Values operands) {
  for (Possibles& operand : operands) {
    const bool is_simple = !operand.has_more && operand.elements.size() <= 1 &&
                           std::ranges::all_of(operand.elements, [](const Possible& one) {
                             return one.kind == Possible::Kind::values;
                           });
    if (!is_simple) operand = either({operand});
  }
  if (auto exact = strictly(piece_of(kind), operands)) return *exact;
  return either(operands);
}

Possibles Follower::united(const Possibles& a, const Possibles& b) {
  if (auto exact = strictly("%a | %b", {a, b})) return *exact;
  Possibles made;
  made.lost = lost_of({a, b});
  made.has_more = a.has_more || b.has_more;
  made.more_of = a.more_of;
  made.more_of.merge(b.more_of);
  for (const Possibles* side : {&a, &b})
    for (const Possible& one : side->elements) {
      const bool is_item = one.kind == Possible::Kind::item;
      const auto same = std::ranges::find_if(made.elements, [&](const Possible& other) {
        return is_item && other.kind == one.kind && other.instance == one.instance;
      });
      if (same == made.elements.end()) {
        made.push(one);
        // An equal value before it takes its place.
        if (!is_item && made.elements.size() > 1) made.elements.back().is_certain = false;
      } else {
        same->is_certain |= one.is_certain;
        same->depends.merge(one.depends);
      }
    }
  return made;
}

Possibles Follower::typed(const Syntax& syntax, const Scope& scope) {
  const Possibles input = follow(*syntax.parts[0], scope);
  const bool asks = syntax.kind == SyntaxKind::is_type;
  if (auto exact = strictly(std::string(asks ? "%a is " : "%a as ") + syntax.name, {input}))
    return *exact;
  return asks ? either({input}) : unfollowed(input);
}

}  // namespace fbss::form
