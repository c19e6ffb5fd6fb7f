// SPDX-License-Identifier: Apache-2.0
// From the response to its items, their answers and values; and which items are enabled. The items
// are the session's instances, those that the response leaves out too: a completion has them.
#include <algorithm>
#include <array>

#include "fhir/form/values.hpp"
#include "fhir/intervals/follow.hpp"
#include "fhir/run/condition.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Collection;
using fhirpath::Value;
using fhirpath::ValueAccess;
using json::Node;

// So many answers together are held against a condition.
constexpr std::size_t most_combinations = 256;

Value typed_node(const Node* node, std::string_view type) {
  return ValueAccess::of_node(node, nullptr, fhirpath::find_model_type(type));
}

// The key under which an answer has its value.
std::string_view key_of_value(const Value& value) {
  if (!fhirpath::is_node(value)) return {};
  if (const Node* node = ValueAccess::node(value)) return node->key_view();
  const Node* companion = ValueAccess::companion(value);
  return companion ? companion->key_view().substr(1) : std::string_view{};
}

Truths certainly(bool value) {
  Truths found;
  (value ? found.yes : found.no) = true;
  return found;
}

// Whether all of them hold; what does not matter is not depended on.
Truths all_of(const std::vector<Truths>& parts) {
  Truths found;
  found.yes = std::ranges::all_of(parts, &Truths::yes);
  found.no = std::ranges::any_of(parts, [](const Truths& one) { return one.no || one.empty; });
  if (!found.yes || !found.no) return found;
  for (const Truths& one : parts) {
    found.lost.merge(one.lost);
    found.lost.merge(found.depends.shared_with(one.depends));
    found.depends.merge(one.depends);
  }
  return found;
}

Truths any_of(const std::vector<Truths>& parts) {
  std::vector<Truths> negated = parts;
  for (Truths& one : negated) std::swap(one.yes, one.no);
  Truths found = all_of(negated);
  std::swap(found.yes, found.no);
  return found;
}

Possibles of_truths(const Truths& truths) {
  Possible one;
  if (truths.yes) one.values.push_back(Value::of_boolean(true));
  if (truths.no) one.values.push_back(Value::of_boolean(false));
  one.depends = truths.depends;
  Possibles made = Possibles::of(std::move(one));
  made.lost = truths.lost;
  return made;
}

// The element itself with another kind of content.
Possible answer_like(const Possible& like, std::uint32_t place) {
  Possible made;
  made.kind = Possible::Kind::answer;
  made.instance = like.instance;
  made.place = place;
  made.is_certain = like.is_certain;
  made.depends = like.depends;
  return made;
}

}  // namespace

Possibles Follower::member(const Possibles& input, std::string_view name) {
  Possibles found;
  found.has_more = input.has_more;
  found.more_of = input.more_of;
  found.lost = input.lost;
  for (const Possible& one : input.elements) member_of(one, name, found);
  return found;
}

void Follower::member_of(const Possible& one, std::string_view name, Possibles& found) {
  switch (one.kind) {
    case Possible::Kind::item: {
      if (name == "item") return items_below(one, found);
      if (one.instance == none)
        return known_member(one, typed_node(session_.response.get(), "QuestionnaireResponse"), name,
                            found);
      if (name == "answer") return answers_of(one, found);
      if (const Node* node = session_.instances[one.instance].node)
        return known_member(one, typed_node(node, "QuestionnaireResponse.item"), name, found);
      const Item& item = session_.item_of(one.instance);
      const std::string_view text = name == "linkId" ? item.link_id
                                    : name == "text" ? item.text
                                                     : std::string_view{};
      if (text.empty()) return;
      Possible made = Possible::known(ValueAccess::of_string(text));
      made.is_certain = one.is_certain;
      made.depends = one.depends;
      return found.push(std::move(made));
    }
    case Possible::Kind::answer:
      if (name.starts_with("value")) return value_of(one, name, found);
      if (name == "item") return items_below(one, found);
      if (one.node)
        known_member(one, typed_node(one.node, "QuestionnaireResponse.item.answer"), name, found);
      return;
    case Possible::Kind::values: {
      std::vector<Possibles> cases;
      for (const Value& value : one.values) {
        Possible single = Possible::known(value);
        known_member(single, value, name, cases.emplace_back());
      }
      if (!one.is_certain) cases.emplace_back();
      Possibles joined = either_of(cases);
      for (Possible& made : joined.elements)
        if (cases.size() > 1) made.depends.merge(one.depends);
      return found.append(joined);
    }
    case Possible::Kind::range:
      return;  // a number has no elements
    case Possible::Kind::other:
      if (name == "item" || name == "answer" || name == "linkId") return;
      break;
    case Possible::Kind::anything:
      break;
  }
  found.has_more = true;
  found.more_of.merge(one.depends);
}

void Follower::known_member(const Possible& one, const Value& value, std::string_view name,
                            Possibles& found) {
  const Collection operands[] = {{&value, 1}};
  const auto given = concrete_.apply("%a.`" + std::string(name) + '`', operands);
  if (!given) return note_failure(one.depends);
  for (const Value& each : *given) {
    Possible made = Possible::known(each);
    made.is_certain = one.is_certain;
    made.depends = one.depends;
    found.push(std::move(made));
  }
}

// A group that repeats has as many repetitions as were filled in, once all of these are answered;
// while one is missing or open there may be more, up to maxOccurs.
bool Follower::may_be_more(std::uint32_t instance) const {
  const Instance& own = session_.instances[instance];
  const Item& item = session_.item_of(instance);
  if (!item.is_group() || !item.repeats || own.repetition > 0) return false;
  std::uint32_t present = 0;
  bool has_open = false;
  for (std::uint32_t i = instance; i < session_.instances.size(); i = session_.instances[i].end) {
    const Instance& other = session_.instances[i];
    if (other.item != own.item || other.parent != own.parent ||
        other.parent_answer != own.parent_answer)
      break;
    present += other.is_present() ? 1 : 0;
    for (std::uint32_t inner = i; inner < other.end; ++inner)
      if (const std::uint32_t question = questions_.at(inner); question != none)
        has_open |= questions_.is_open(question);
  }
  if (item.max_occurs && std::max(present, 1U) >= *item.max_occurs) return false;
  return present == 0 || has_open;
}

void Follower::items_below(const Possible& one, Possibles& found, std::string_view link_id) {
  const auto& instances = session_.instances;
  std::uint32_t begin = 0, end = static_cast<std::uint32_t>(instances.size()), answer = none;
  if (one.instance != none) {
    const Instance& own = instances[one.instance];
    begin = one.instance + 1;
    end = own.end;
    const bool is_question = !session_.item_of(one.instance).is_group();
    // What belongs below an answer that is missing stands there without one.
    if (one.kind == Possible::Kind::answer)
      answer = one.place != none ? one.place : own.answer_count > 0 ? 0 : none;
    else if (is_question && own.answer_count == 0)
      return;
  }
  for (std::uint32_t i = begin; i < end; i = instances[i].end) {
    if (instances[i].parent_answer != answer) continue;
    if (!link_id.empty() && session_.item_of(i).link_id != link_id) continue;
    Possible item;
    item.kind = Possible::Kind::item;
    item.instance = i;
    item.is_certain = one.is_certain;
    item.is_many = one.is_many || may_be_more(i);
    item.depends = one.depends;
    found.push(std::move(item));
  }
}

void Follower::answers_of(const Possible& item, Possibles& found) {
  const std::uint32_t instance = item.instance;
  if (instance == none || session_.item_of(instance).is_group()) return;
  const std::uint32_t question = questions_.at(instance);
  if (question != none) touch(question);
  if (item.is_many) {
    looked_.met_many = true;
    found.has_more = true;
    found.more_of.merge(item.depends);
    if (question != none) found.more_of.add(question);
    return;
  }
  if (question == none) return calculated_answers(item, found);
  const Truths is_on = enabled(instance);
  if (is_on.is_never_yes()) return;
  Possible like = item;
  like.is_certain &= is_on.is_only_yes();
  if (!is_on.is_only_yes()) {
    like.depends.merge(is_on.depends);
    found.lost.merge(is_on.lost);
  }
  questions_.is_open(question) ? open_answers(question, like, found) : known_answers(like, found);
}

void Follower::known_answers(const Possible& like, Possibles& found) {
  std::uint32_t place = 0;
  for (const Node* node = session_.instances[like.instance].answers; node;
       node = node->next(), ++place) {
    Possible made = answer_like(like, place);
    made.node = node;
    if (const Choice choice = find_choice(*node, "value")) made.values.push_back(choice.value());
    found.push(std::move(made));
  }
}

void Follower::open_answers(std::uint32_t question, const Possible& like, Possibles& found) {
  const Domain& domain = questions_.domain_of(question);
  if (const auto* values = questions_.assigned(question)) {
    for (const Node* value : *values) {
      Possible made = answer_like(like, none);
      made.values.push_back(typed_value(*value));
      found.push(std::move(made));
    }
    return;
  }
  Possible made = answer_like(like, none);
  const bool is_decided = domain.kind == Domain::Kind::finite && domain.alternatives.size() == 1;
  if (!is_decided) made.depends.add(question);
  if (domain.kind != Domain::Kind::finite) {
    made.content =
        domain.kind == Domain::Kind::range ? Possible::Kind::range : Possible::Kind::anything;
    made.range = domain.range;
    made.is_integer = domain.is_integer;
    found.push(made);
    if (!domain.repeats) return;
    found.has_more = true;
    found.more_of.merge(made.depends);
    return;
  }
  if (!domain.repeats) {
    for (const auto& alternative : domain.alternatives)
      made.values.push_back(typed_value(*alternative.front()));
    return found.push(std::move(made));
  }
  // Each option may be chosen or not; that one is, and which go together, is forgotten.
  if (!is_decided) found.lost.add(question);
  std::vector<const Node*> told;
  for (const auto& alternative : domain.alternatives)
    for (const Node* value : alternative)
      if (std::ranges::find(told, value) == told.end()) told.push_back(value);
  for (const Node* value : told) {
    Possible one = made;
    one.is_certain &= is_decided;
    one.values = {typed_value(*value)};
    found.push(std::move(one));
  }
}

void Follower::calculated_answers(const Possible& like, Possibles& found) {
  Possibles values = calculated(like.instance);
  found.has_more |= values.has_more;
  found.more_of.merge(values.more_of);
  found.lost.merge(values.lost);
  const bool is_quantity = session_.item_of(like.instance).type == ItemType::quantity;
  for (Possible& value : values.elements) {
    Possible made = answer_like(like, none);
    made.is_certain &= value.is_certain;
    made.depends.merge(value.depends);
    made.content =
        value.kind == Possible::Kind::range && is_quantity ? Possible::Kind::anything : value.kind;
    made.values = std::move(value.values);
    made.range = value.range;
    made.is_integer = value.is_integer;
    found.push(std::move(made));
  }
}

// `value`, or a name with its type: valueCoding.
void Follower::value_of(const Possible& answer, std::string_view name, Possibles& found) {
  const bool is_any = name == "value";
  Possible made = answer;
  made.kind = answer.content;
  made.instance = made.place = none;
  made.node = nullptr;
  if (answer.content == Possible::Kind::values) {
    const std::size_t all = made.values.size();
    if (!is_any)
      std::erase_if(made.values, [&](const Value& value) { return key_of_value(value) != name; });
    if (made.values.empty()) return;
    made.is_certain &= made.values.size() == all;
    tidy(made);
  } else if (!is_any) {
    const Item& item = session_.item_of(answer.instance);
    if (item.type == ItemType::open_choice)
      made.is_certain = false;
    else if (answer_member(item.type) != name)
      return;
  }
  found.push(std::move(made));
}

Truths Follower::enabled(std::uint32_t instance) {
  return truths_of(
      remembered(key_of(Kept::enabled, instance), [&] { return find_enabled(instance); }));
}

Possibles Follower::find_enabled(std::uint32_t instance) {
  const Instance& own = session_.instances[instance];
  const Item& item = session_.item_of(instance);
  std::vector<Truths> parts;
  if (own.parent != none) parts.push_back(enabled(own.parent));
  if (!item.enable_when.empty()) {
    std::vector<Truths> conditions;
    for (const EnableWhen& asked : item.enable_when)
      conditions.push_back(condition(instance, asked));
    parts.push_back(item.any ? any_of(conditions) : all_of(conditions));
  }
  if (item.enable_expression != none) {
    Truths found = truths_of(expression_at(item.enable_expression, instance));
    // One that raises an error enables its item.
    if (looked_.may_fail) {
      found.yes = true;
      found.depends.merge(looked_.fails_by.without(questions_.all_assigned()));
    }
    parts.push_back(std::move(found));
  }
  return of_truths(all_of(parts));
}

Truths Follower::condition(std::uint32_t instance, const EnableWhen& asked) {
  if (!asked.is_usable) return certainly(false);
  Possible item;
  item.kind = Possible::Kind::item;
  item.instance = session_.nearest(instance, asked.question);
  Possibles answers;
  answers_of(item, answers);
  Truths found{.depends = answers.depends(), .lost = answers.lost};
  const auto open = [&] {
    found.yes = found.no = true;
    return found;
  };
  if (answers.has_more) return open();
  std::size_t combinations = 1;
  for (const Possible& one : answers.elements) {
    const bool is_listed = one.content == Possible::Kind::values;
    if (!is_listed && asked.op != Operator::exists) {
      const auto wanted = fhirpath::system_value(asked.answer);
      const bool are_numbers = one.content == Possible::Kind::range && wanted &&
                               fhirpath::is_number(wanted->type()) && answers.elements.size() == 1;
      if (!are_numbers || !one.is_certain) return open();
      const Orders may = orders(one.range, Range::of(fhirpath::to_decimal(*wanted)));
      const auto note = [&](bool is_possible, int order) {
        if (!is_possible) return;
        const bool holds = asked.op == Operator::equal              ? order == 0
                           : asked.op == Operator::not_equal        ? order != 0
                           : asked.op == Operator::greater          ? order > 0
                           : asked.op == Operator::less             ? order < 0
                           : asked.op == Operator::greater_or_equal ? order >= 0
                                                                    : order <= 0;
        (holds ? found.yes : found.no) = true;
      };
      note(may.less, -1);
      note(may.equal, 0);
      note(may.greater, 1);
      return found;
    }
    const std::size_t ways = (is_listed ? one.values.size() : 1) + (one.is_certain ? 0 : 1);
    if (ways == 0) continue;
    if (combinations > most_combinations / ways) return open();
    combinations *= ways;
  }
  std::vector<std::size_t> at(answers.elements.size());
  static const Value any = Value::of_boolean(true);  // only whether it is there is asked
  for (std::size_t n = 0; n < combinations; ++n) {
    Condition checked(asked);
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Possible& one = answers.elements[i];
      const bool is_listed = one.content == Possible::Kind::values;
      if (is_listed && at[i] < one.values.size())
        checked.add(one.values[at[i]]);
      else if (!is_listed && at[i] == 0)
        checked.add(any);
    }
    (checked.holds() ? found.yes : found.no) = true;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Possible& one = answers.elements[i];
      const std::size_t ways = (one.content == Possible::Kind::values ? one.values.size() : 1) +
                               (one.is_certain ? 0 : 1);
      if (++at[i] < ways) break;
      at[i] = 0;
    }
  }
  if (!found.yes || !found.no) found.depends = {};
  return found;
}

Truths Follower::presence(const Possible& one) {
  Truths found = certainly(true);
  if (one.kind == Possible::Kind::item && one.instance != none)
    found = presence_of_item(one.instance);
  looked_.met_many |= one.is_many;
  if (!one.is_certain || one.is_many) {
    found.no = true;
    found.depends.merge(one.depends);
  }
  return found;
}

Truths Follower::presence_of_item(std::uint32_t instance) {
  const Instance& own = session_.instances[instance];
  if (own.is_present()) return certainly(true);
  const Item& item = session_.item_of(instance);
  if (const std::uint32_t question = questions_.at(instance); question != none) {
    touch(question);
    return enabled(instance);
  }
  if (item.calculated_expression != none) {
    const Possibles values = calculated(instance);
    Truths found{.depends = values.depends(), .lost = values.lost};
    const auto is_certain = [](const Possible& value) { return value.is_certain; };
    found.yes = values.has_more || !values.elements.empty();
    found.no = std::ranges::none_of(values.elements, is_certain);
    return found;
  }
  if (!item.is_group()) return certainly(false);
  std::vector<Truths> parts;
  for (std::uint32_t i = instance + 1; i < own.end; i = session_.instances[i].end)
    parts.push_back(presence_of_item(i));
  return any_of(parts);
}

Possibles Follower::calculated(std::uint32_t instance) {
  const std::uint64_t key = key_of(Kept::calculated, instance);
  // One that reads itself finds nothing there: by itself, or through variables. What these give
  // then counts for nobody else.
  const auto open = std::ranges::find(open_keys_, key);
  const auto is_variable = [](std::uint64_t other) {
    return other >> 62 == static_cast<std::uint64_t>(Kept::variable);
  };
  if (open != open_keys_.end() && std::all_of(open + 1, open_keys_.end(), is_variable)) {
    reads_itself_from_ =
        std::min(reads_itself_from_, static_cast<std::size_t>(open - open_keys_.begin()));
    return {};
  }
  return remembered(key, [&] {
    const Truths is_on = enabled(instance);
    if (is_on.is_never_yes()) return Possibles::none();
    const std::uint32_t expression = session_.item_of(instance).calculated_expression;
    Possibles values = converted(instance, expression_at(expression, instance));
    if (is_on.is_only_yes()) return values;
    values.lost.merge(is_on.lost);
    values.lost.merge(is_on.depends.shared_with(values.depends()));
    for (Possible& one : values.elements) {
      one.is_certain = false;
      one.depends.merge(is_on.depends);
    }
    return values;
  });
}

// What the item takes of the values, in its type. Of several values it takes none, unless it
// repeats: it has one only where the others are not there.
Possibles Follower::converted(std::uint32_t instance, Possibles values) {
  const Item& item = session_.item_of(instance);
  if (!item.repeats && values.elements.size() > 1) {
    std::vector<Possibles> cases(1);
    if (std::ranges::count_if(values.elements, &Possible::is_certain) < 2)
      for (Possible& one : values.elements) cases.push_back(Possibles::of(std::move(one)));
    QuestionSet depends = values.depends();
    values.elements = either_of(cases).elements;
    for (Possible& one : values.elements) one.depends.merge(depends);
    values.lost.merge(depends);
  }
  Possibles made;
  made.has_more = values.has_more;
  made.more_of = values.more_of;
  made.lost = values.lost;
  for (Possible& one : values.elements) {
    if (one.kind == Possible::Kind::values) {
      std::vector<Value> taken;
      for (const Value& value : one.values) {
        converted_.cut(0);
        if (!converted_.add(item, value).empty() || converted_.count() == 0) continue;
        const Node& head = converted_[0];
        Node* copy = concrete_.arena().make_array<Node>(head.skip);
        std::copy(&head, &head + head.skip, copy);
        taken.push_back(typed_value(*copy));
      }
      if (taken.empty()) continue;
      one.is_certain &= taken.size() == one.values.size();
      one.values = std::move(taken);
      made.push(std::move(one));
    } else if (one.kind == Possible::Kind::range) {
      const bool is_number = item.type == ItemType::integer || item.type == ItemType::decimal ||
                             item.type == ItemType::quantity;
      if (!is_number) one.kind = Possible::Kind::anything;
      // What is no whole number is not taken.
      if (!is_number || (item.type == ItemType::integer && !one.is_integer)) {
        one.is_certain = false;
        made.lost.merge(one.depends);
      }
      made.push(std::move(one));
    } else if (one.kind == Possible::Kind::anything) {
      one.is_certain = false;
      made.push(std::move(one));
    }
  }
  return made;
}

}  // namespace fbss::form
