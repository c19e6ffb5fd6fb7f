// SPDX-License-Identifier: Apache-2.0
// Functions on what is possible: those with a criterion are followed element by element; those on
// numbers stand in numbers.cpp; every other is handed to the engine where its operands have few
// values.
#include <algorithm>
#include <array>

#include "fhir/intervals/follow.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using fhirpath::Value;
using fhirpath::ValueAccess;

// So many values of one element are held against a criterion one by one.
constexpr std::size_t most_values_apart = 64;
// So many counts are listed.
constexpr std::size_t most_counts = 64;

// 'x' of linkId = 'x'; null for any other criterion.
const Syntax* link_id_of(const Syntax& criterion) {
  if (criterion.kind != SyntaxKind::equal) return nullptr;
  const Syntax &left = *criterion.parts[0], &right = *criterion.parts[1];
  const bool is_link_id =
      left.kind == SyntaxKind::member && left.name == "linkId" &&
      (left.parts.empty() || left.parts.front()->kind == SyntaxKind::this_value);
  return is_link_id && right.kind == SyntaxKind::string ? &right : nullptr;
}

bool is_plain(const Possible& one) {
  return one.kind == Possible::Kind::values || one.kind == Possible::Kind::range;
}

Possibles like_truth(bool yes, bool no, QuestionSet depends) {
  Possible one;
  if (yes) one.values.push_back(Value::of_boolean(true));
  if (no) one.values.push_back(Value::of_boolean(false));
  if (yes && no) one.depends = std::move(depends);
  return Possibles::of(std::move(one));
}

}  // namespace

Truths Follower::truth_at(const Syntax& criterion, const Scope& scope, const Possibles& focus) {
  return truths(follow(criterion, {scope.expression, scope.instance, &focus, scope.total}));
}

// What is not followed may be anything; where it has parts of the response before it, it may look
// at all of them.
Possibles Follower::unfollowed(const Possibles& input) {
  const bool is_structure = std::ranges::any_of(input.elements, [](const Possible& one) {
    return one.kind == Possible::Kind::item || one.kind == Possible::Kind::answer ||
           one.kind == Possible::Kind::other;
  });
  note_failure(input.depends());
  Possibles made = Possibles::anything(input.depends());
  if (is_structure) {
    touch_all();
    made.more_of.merge(looked_.touched);
  }
  made.lost = input.lost;
  return made;
}

Possibles Follower::function(const Syntax& syntax, const Scope& scope) {
  if (syntax.name == "iif") return iif(syntax, scope);
  if (syntax.name == "coalesce" && !syntax.has_input) return coalesce(syntax, scope);
  if (!syntax.has_input) return call(syntax, scope, *scope.focus);
  // Items of one linkId, without looking at all others.
  const Syntax& before = *syntax.parts[0];
  const Syntax* link_id = syntax.name == "where" ? link_id_of(*syntax.parts[1]) : nullptr;
  if (link_id && before.kind == SyntaxKind::member && before.name == "item" &&
      !before.parts.empty()) {
    const Possibles holders = follow(*before.parts[0], scope);
    const bool is_structure =
        !holders.has_more && std::ranges::all_of(holders.elements, [](const Possible& one) {
          return one.kind == Possible::Kind::item || one.kind == Possible::Kind::answer;
        });
    if (is_structure) {
      Possibles found;
      found.lost = holders.lost;
      for (const Possible& one : holders.elements) items_below(one, found, link_id->text);
      return found;
    }
  }
  return call(syntax, scope, follow(before, scope));
}

Possibles Follower::call(const Syntax& syntax, const Scope& scope, const Possibles& input) {
  const std::size_t first_argument = syntax.has_input ? 1 : 0;
  const std::size_t arguments = syntax.parts.size() - first_argument;
  const auto argument = [&](std::size_t i) -> const Syntax& {
    return *syntax.parts[first_argument + i];
  };
  const std::string& name = syntax.name;
  if (name == "where") return where(argument(0), scope, input);
  if (name == "select") return select(argument(0), scope, input);
  if (name == "all") return all(argument(0), scope, input);
  if (name == "exists")
    return exists(arguments == 0 ? input : where(argument(0), scope, input), true);
  if (name == "empty") return exists(input, false);
  if (name == "count") return count(input);
  if (name == "first") return first(input, false);
  if (name == "last") return first(input, true);
  if (name == "repeat") return repeat(argument(0), scope, input);
  if (name == "children") return descendants(input, true);
  if (name == "descendants") return descendants(input, false);
  if (name == "aggregate") return aggregate(syntax, scope, input);
  if (name == "sum") return sum(input);
  if (name == "min" || name == "max" || name == "avg") return extreme(name, input);
  if (name == "weight" || name == "ordinal") return weight(input);
  if (name == "trace") return input;
  if (name == "combine" && arguments == 1) {
    Possibles both = input;
    both.append(follow(argument(0), scope));
    return both;
  }
  if (name == "union") return united(input, follow(argument(0), scope));
  if (name == "single" && !input.is_open() && input.elements.size() <= 1) return input;
  // These take a criterion, or names, that are not followed here.
  for (const std::string_view other : {"repeatAll", "sort", "defineVariable", "resolve"})
    if (name == other) return touch_all(), unfollowed(input);
  return plain(syntax, scope, input);
}

Possibles Follower::where(const Syntax& criterion, const Scope& scope, const Possibles& input) {
  Possibles found;
  found.has_more = input.has_more;
  found.more_of = input.more_of;
  found.lost = input.lost;
  for (const Possible& one : input.elements) where_one(criterion, scope, one, found);
  // What may stand there may read whatever the criterion reads.
  if (input.has_more) {
    const Possibles any = Possibles::of(Possible::unknown());
    found.more_of.merge(truth_at(criterion, scope, any).depends);
  }
  return found;
}

void Follower::where_one(const Syntax& criterion, const Scope& scope, const Possible& one,
                         Possibles& found) {
  Possible alone = one;
  alone.is_certain = true;  // the criterion is asked only where the element is there
  const Truths truths = truth_at(criterion, scope, Possibles::of(alone));
  found.lost.merge(truths.lost);
  if (truths.is_never_yes()) return;
  if (truths.is_only_yes()) return found.push(one);
  Possible left = one;
  const bool are_values =
      one.kind == Possible::Kind::values ||
      (one.kind == Possible::Kind::answer && one.content == Possible::Kind::values);
  if (are_values && one.values.size() > 1 && one.values.size() <= most_values_apart) {
    left.values.clear();
    for (const Value& value : one.values) {
      alone.values = {value};
      const Truths single = truth_at(criterion, scope, Possibles::of(alone));
      found.lost.merge(single.lost);
      left.depends.merge(single.depends);
      if (single.is_never_yes()) {
        left.is_certain = false;
        continue;
      }
      left.is_certain &= single.is_only_yes();
      left.values.push_back(value);
    }
    return found.push(std::move(left));
  }
  left.is_certain = false;
  found.lost.merge(left.depends.shared_with(truths.depends));
  left.depends.merge(truths.depends);
  found.push(std::move(left));
}

Possibles Follower::select(const Syntax& projection, const Scope& scope, const Possibles& input) {
  Possibles found;
  found.has_more = input.has_more;
  found.more_of = input.more_of;
  found.lost = input.lost;
  for (const Possible& one : input.elements) {
    Possible alone = one;
    alone.is_certain = true;
    const Possibles focus = Possibles::of(alone);
    Possibles made = follow(projection, {scope.expression, scope.instance, &focus, scope.total});
    if (!one.is_certain)
      for (Possible& each : made.elements) {
        each.is_certain = false;
        each.depends.merge(one.depends);
      }
    found.append(made);
  }
  return found;
}

Possibles Follower::all(const Syntax& criterion, const Scope& scope, const Possibles& input) {
  if (input.is_open()) {
    where(criterion, scope, input);  // for what it looks at
    return either({input});
  }
  bool yes = true, no = false;
  Possibles parts;
  parts.lost = input.lost;
  for (const Possible& one : input.elements) {
    Possible alone = one;
    alone.is_certain = true;
    const Truths truths = truth_at(criterion, scope, Possibles::of(alone));
    const bool is_there = presence(one).is_only_yes();
    if (!truths.yes && is_there) yes = false;
    no |= truths.no || truths.empty;
    Possible part;
    part.depends = one.depends;
    part.depends.merge(truths.depends);
    parts.push(std::move(part));
    parts.lost.merge(truths.lost);
  }
  Possibles made = like_truth(yes, no, parts.depends());
  made.lost = parts.lost;
  return made;
}

Possibles Follower::exists(const Possibles& input, bool wanted) {
  Truths any;
  any.no = true;
  any.yes = input.has_more;
  any.depends = input.more_of;
  QuestionSet lost = input.lost;
  for (const Possible& one : input.elements) {
    const Truths there = presence(one);
    any.yes |= there.yes;
    if (there.is_only_yes()) any.no = false;
    any.depends.merge(there.depends);
    lost.merge(there.lost);
  }
  if (any.is_only_yes()) lost = {};
  Possibles made =
      wanted ? like_truth(any.yes, any.no, any.depends) : like_truth(any.no, any.yes, any.depends);
  made.lost = std::move(lost);
  return made;
}

Possibles Follower::count(const Possibles& input) {
  std::int64_t least = 0, most = 0;
  QuestionSet depends = input.more_of, lost = input.lost;
  for (const Possible& one : input.elements) {
    const Truths there = presence(one);
    least += there.is_only_yes() ? 1 : 0;
    most += there.yes ? 1 : 0;
    depends.merge(there.depends);
    lost.merge(there.lost);
  }
  Possible made;
  if (input.is_open() || most - least > static_cast<std::int64_t>(most_counts)) {
    Range range{{Decimal(least), 0}, {Decimal(most), 0}};
    if (input.is_open()) range.high = Extended::above_all();
    made = Possible::of_range(range, true);
  } else {
    for (std::int64_t i = least; i <= most; ++i)
      made.values.push_back(ValueAccess::of_integer(static_cast<std::int32_t>(i)));
  }
  if (made.kind == Possible::Kind::range || made.values.size() > 1) made.depends = depends;
  Possibles result = Possibles::of(std::move(made));
  if (least != most) result.lost = std::move(lost);
  return result;
}

// The first that is surely there, or one before it.
Possibles Follower::first(const Possibles& input, bool from_behind) {
  if (input.has_more) return unfollowed(input);
  std::vector<Possible> elements = input.elements;
  if (from_behind) std::ranges::reverse(elements);
  std::vector<Possibles> cases;
  QuestionSet depends;
  bool is_certain = false;
  for (const Possible& one : elements) {
    Possible there = one;
    const Truths is_there = presence(one);
    if (!is_there.yes) continue;
    is_certain = is_there.is_only_yes();
    depends.merge(is_there.depends);
    there.is_certain = true;
    cases.push_back(Possibles::of(std::move(there)));
    if (is_certain) break;
  }
  if (cases.size() == 1 && is_certain) return cases.front();
  if (!is_certain) cases.emplace_back();
  const bool are_structure =
      std::ranges::any_of(elements, [](const Possible& one) { return !is_plain(one); });
  if (are_structure && cases.size() > 2) return unfollowed(input);
  Possibles made = either_of(cases);
  for (Possible& one : made.elements) one.depends.merge(depends);
  made.lost.merge(input.lost);
  return made;
}

Possibles Follower::iif(const Syntax& syntax, const Scope& scope) {
  const std::size_t at = syntax.has_input ? 1 : 0;
  Possibles input;
  Scope inner = scope;
  if (syntax.has_input) {
    input = follow(*syntax.parts[0], scope);
    inner.focus = &input;
  }
  const Truths met = truths(follow(*syntax.parts[at], inner));
  std::vector<Possibles> cases;
  if (met.yes) cases.push_back(follow(*syntax.parts[at + 1], inner));
  if (met.no || met.empty)
    cases.push_back(syntax.parts.size() > at + 2 ? follow(*syntax.parts[at + 2], inner)
                                                 : Possibles::none());
  if (cases.size() == 1) return cases.front();
  Possibles made = either_of(cases);
  made.lost.merge(met.lost);
  for (const Possibles& one : cases) made.lost.merge(met.depends.shared_with(one.depends()));
  for (Possible& one : made.elements)
    if (!is_plain(one) || one.kind == Possible::Kind::range || one.values.size() != 1 ||
        !one.is_certain)
      one.depends.merge(met.depends);
  if (made.has_more) made.more_of.merge(met.depends);
  return made;
}

Possibles Follower::repeat(const Syntax& projection, const Scope& scope, const Possibles& input) {
  const auto is_structure = [](const Possible& one) {
    return one.kind == Possible::Kind::item || one.kind == Possible::Kind::answer;
  };
  Possibles found;
  found.lost = input.lost;
  std::vector<Possible> open = input.elements;
  if (input.has_more) return touch_all(), unfollowed(input);
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Possibles focus = Possibles::of(open[i]);
    const Possibles next =
        follow(projection, {scope.expression, scope.instance, &focus, scope.total});
    if (next.has_more || !std::ranges::all_of(next.elements, is_structure))
      return touch_all(), unfollowed(input);
    found.lost.merge(next.lost);
    for (const Possible& one : next.elements) {
      const bool is_known = std::ranges::any_of(found.elements, [&](const Possible& other) {
        return other.kind == one.kind && other.instance == one.instance &&
               other.place == one.place && other.node == one.node &&
               std::ranges::equal(other.values, one.values, is_identical);
      });
      if (is_known) continue;
      found.push(one);
      open.push_back(one);
      if (open.size() > session_.options.limits.interval_steps) return give_up();
    }
  }
  return found;
}

Possibles Follower::descendants(const Possibles& input, bool only_children) {
  Possibles found;
  found.has_more = input.has_more;
  found.more_of = input.more_of;
  found.lost = input.lost;
  std::vector<Possible> open = input.elements;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Possible one = open[i];
    Possibles inner;
    if (one.kind == Possible::Kind::item || one.kind == Possible::Kind::answer) {
      items_below(one, inner);
      if (one.kind == Possible::Kind::item)
        answers_of(one, inner);
      else
        value_of(one, "value", inner);
      Possible rest;
      rest.kind = Possible::Kind::other;
      rest.is_certain = false;
      rest.depends = one.depends;
      inner.push(std::move(rest));
    } else if (one.kind == Possible::Kind::values) {
      if (auto exact = strictly("%a.children()", {Possibles::of(one)}))
        inner = std::move(*exact);
      else
        inner = Possibles::anything(one.depends);
    } else if (one.kind != Possible::Kind::range) {
      inner = Possibles::anything(one.depends);
    }
    if (++steps_ > session_.options.limits.interval_steps) return give_up();
    if (!only_children)
      for (const Possible& each : inner.elements)
        if (each.kind != Possible::Kind::other) open.push_back(each);
    found.append(inner);
  }
  return found;
}

Possibles Follower::aggregate(const Syntax& syntax, const Scope& scope, const Possibles& input) {
  const std::size_t at = syntax.has_input ? 1 : 0;
  Possibles total;
  if (syntax.parts.size() > at + 1) total = follow(*syntax.parts[at + 1], scope);
  if (input.is_open()) {
    const Possibles any = Possibles::of(Possible::unknown());
    total = unfollowed(input);
    follow(*syntax.parts[at], {scope.expression, scope.instance, &any, &total});
    return total;
  }
  for (const Possible& one : input.elements) {
    Possible alone = one;
    alone.is_certain = true;
    const Possibles focus = Possibles::of(alone);
    Possibles next = follow(*syntax.parts[at], {scope.expression, scope.instance, &focus, &total});
    if (presence(one).is_only_yes()) {
      total = std::move(next);
    } else {
      QuestionSet depends = presence(one).depends;
      depends.merge(one.depends);
      total = either_of({std::move(next), total});
      for (Possible& each : total.elements) each.depends.merge(depends);
    }
  }
  total.lost.merge(input.lost);
  return total;
}

// An item stands for its answers, an answer for its value.
Possibles Follower::weight(const Possibles& input) {
  Possibles found;
  found.has_more = input.has_more;
  found.more_of = input.more_of;
  found.lost = input.lost;
  for (const Possible& one : input.elements) {
    if (one.kind == Possible::Kind::item) {
      Possibles answers;
      answers_of(one, answers);
      found.append(weight(answers));
      continue;
    }
    Possible value = one;
    if (one.kind == Possible::Kind::answer) value.kind = one.content;
    if (value.kind == Possible::Kind::range) continue;  // a number that is no option has none
    if (value.kind != Possible::Kind::values) {
      found.has_more = true;
      found.more_of.merge(one.depends);
      continue;
    }
    if (one.node) value.values = {answer_value(one)};
    if (auto weights = strictly("%a.weight()", {Possibles::of(value)})) found.append(*weights);
  }
  return found;
}

// An answer that the response has, as a value.
Value Follower::answer_value(const Possible& answer) const {
  return ValueAccess::of_node(answer.node, nullptr,
                              fhirpath::find_model_type("QuestionnaireResponse.item.answer"));
}

Possibles Follower::coalesce(const Syntax& syntax, const Scope& scope) {
  std::vector<Possibles> cases;
  QuestionSet depends, lost;
  for (const auto& part : syntax.parts) {
    cases.push_back(follow(*part, scope));
    const Truths there = truths_of(exists(cases.back(), true));
    depends.merge(there.depends);
    lost.merge(there.lost);
    if (there.is_only_yes()) break;
  }
  if (cases.size() == 1) return cases.front();
  Possibles made = either_of(cases);
  for (Possible& one : made.elements) one.depends.merge(depends);
  made.lost.merge(lost);
  return made;
}

Possibles Follower::plain_or_unknown(const std::string& piece, const Possibles& input) {
  if (auto exact = strictly(piece, {input})) return *exact;
  return unfollowed(input);
}

Possibles Follower::plain(const Syntax& syntax, const Scope& scope, const Possibles& input) {
  const std::size_t first_argument = syntax.has_input ? 1 : 0;
  static constexpr std::array letters = {"%a", "%b", "%c", "%d"};
  std::string piece = std::string("%a.") + syntax.name + '(';
  Values operands = {input};
  const bool takes_type = syntax.name == "ofType" || syntax.name == "is" || syntax.name == "as";
  for (std::size_t i = first_argument; i < syntax.parts.size(); ++i) {
    if (i > first_argument) piece += ',';
    if (takes_type) {
      piece += text_of(*syntax.parts[i], scope);
    } else if (operands.size() < letters.size()) {
      piece += letters[operands.size()];
      operands.push_back(follow(*syntax.parts[i], scope));
    } else {
      return touch_all(), unfollowed(input);
    }
  }
  piece += ')';
  if (auto exact = strictly(piece, operands)) return *exact;
  if (auto bounds = by_bounds(syntax.name, piece, operands)) return *bounds;
  Possibles all;
  for (const Possibles& operand : operands) all.append(operand);
  const bool gives_truth =
      syntax.name == "not" || syntax.name == "is" || syntax.name == "hasValue" ||
      syntax.name == "isDistinct" || syntax.name == "allTrue" || syntax.name == "anyTrue" ||
      syntax.name == "allFalse" || syntax.name == "anyFalse" || syntax.name == "matches" ||
      syntax.name == "startsWith" || syntax.name == "contains" || syntax.name == "memberOf";
  if (!gives_truth) return unfollowed(all);
  unfollowed(all);  // for what it may look at
  return either({all});
}

}  // namespace fbss::form
