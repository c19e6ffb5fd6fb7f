// SPDX-License-Identifier: Apache-2.0
// Which chains are tests, and deciding them. Entered through find_tests() and decide().
#include "fhirpath/chain_tests.hpp"

#include <algorithm>
#include <vector>

#include "base/same_bytes.hpp"
#include "base/temporal.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

bool is_text(const Value& value) {
  return value.type() == Type::string;
}

// A date of a record is no text, so it cannot be compared byte for byte with one like it.
bool is_time_text(const Value& value) {
  const std::string_view text = ValueAccess::string(value);
  return Temporal::parse(text, TemporalKind::date_time) ||
         Temporal::parse(text, TemporalKind::time);
}

// The value set of memberOf('url'); empty where the step is nothing of the kind.
std::string_view constant_value_set(const Step& step) {
  if (step.run != call_member_of || !step.parts->is_constant) return {};
  const Collection words = step.parts->steps->values();
  return words.size() == 1 && is_text(words.front()) ? ValueAccess::string(words.front())
                                                     : std::string_view{};
}

// ---- tests of a member's text or code

void find_member_test(Chain& chain, Arena& arena) {
  if (chain.count != 2 || chain.steps[0].run != run_member_of_this) return;
  const Step &member = chain.steps[0], &asked = chain.steps[1];
  if (const std::string_view url = constant_value_set(asked); !url.empty()) {
    chain.code_test = arena.make(CodeTest{member.key, url});
    return;
  }
  if (asked.run != run_in && asked.run != run_equal) return;
  if (!asked.parts->is_constant) return;
  const Collection words = asked.parts->steps->values();
  if (words.empty() || (words.size() > 1 && asked.run != run_in)) return;
  if (!std::ranges::all_of(words, is_text) || std::ranges::any_of(words, is_time_text)) return;
  auto* texts = arena.make_array<json::Key>(words.size());
  std::ranges::transform(words, texts,
                         [](const Value& word) { return json::Key(ValueAccess::string(word)); });
  chain.test = arena.make(MemberTest{member.key, {texts, words.size()}});
}

// ---- tests along a path

// What a chain gives where its first member is missing, told step by step: nothing goes in, so that
// no criterion is asked.
class Missing {
 public:
  // False where that cannot be told.
  bool go_on(const Step& step) {
    if (is_truth_) {
      if (step.run != call_not) return false;
      truth_ = truth(truth_ == Truth::no);
      return true;
    }
    if (gives(step, {call_exists, call_any_true, call_any_false})) return give(Truth::no);
    if (gives(step, {call_empty, call_all, call_all_true, call_all_false})) return give(Truth::yes);
    return gives(step, {run_member, run_member_where, call_where, call_select, call_of_type,
                        call_resolve, call_first, call_not}) ||
           !constant_value_set(step).empty();
  }

  bool give(Truth value) {
    is_truth_ = true;
    truth_ = value;
    return true;
  }

  Truth value() const { return truth_; }

 private:
  static bool gives(const Step& step, std::initializer_list<StepFunction> functions) {
    return std::ranges::find(functions, step.run) != functions.end();
  }

  bool is_truth_ = false;
  Truth truth_ = Truth::empty;
};

// What the step asks of the values at the end of the path, which is as long as told.
void find_question(const Step& step, std::vector<json::Key>& path, PathTest& test) {
  using Asks = PathTest::Asks;
  const bool exists = step.run == call_exists;
  if ((exists || step.run == call_empty) && step.part_count == 0) {
    if (path.empty()) test.asks = Asks::presence;
    test.negated = !exists;
  } else if (exists && step.parts->test) {
    test.asks = Asks::texts;
    test.test = step.parts->test;
  } else if (exists && step.parts->code_test) {
    test.asks = Asks::codes;
    test.value_set = step.parts->code_test->value_set;
    path.push_back(step.parts->code_test->member);
  } else if (exists && step.parts->count == 2 && step.parts->steps[0].run == run_this) {
    test.value_set = constant_value_set(step.parts->steps[1]);
    if (!test.value_set.empty()) test.asks = Asks::codes;
  } else if (path.empty()) {
    test.value_set = constant_value_set(step);
    if (!test.value_set.empty()) test.asks = Asks::code;
  }
}

// "medicationReference" of medication.ofType(Reference); empty where it may be written otherwise,
// since other types are of that type too.
json::Key choice_key(const Step& member, const TypeSpecifier& type, Arena& arena) {
  static const ModelType quantity = find_model_type("Quantity");
  if (type.system || type.model == quantity || system_type_of(type.model)) return {};
  const std::string name = std::string(member.name) + std::string(model_type_name(type.model));
  const auto choice = find_choice_name(name);
  const bool is_one = choice && choice->base == member.element && choice->type == type.model;
  return is_one ? json::Key(arena.copy(name)) : json::Key();
}

void find_path_test(Chain& chain, Arena& arena) {
  if (chain.count == 0 || chain.steps[0].element == 0) return;
  const Step& first = chain.steps[0];
  if (first.run != run_member_of_this && first.run != run_member_exists) return;
  PathTest test{.member = first.key, .element = first.element};
  std::vector<json::Key> path;
  Missing missing;
  const Step* step = &first + 1;
  const Step* question = &first;
  if (first.run == run_member_exists) {
    test.asks = PathTest::Asks::presence;
    test.negated = !first.exists;
    missing.give(truth(test.negated));
  } else {
    const bool is_typed = step != chain.end() && step->run == call_of_type;
    if (is_typed) test.choice = choice_key(first, (step++)->type, arena);
    if (!is_typed || !test.choice.name.empty()) {
      for (; step != chain.end() && step->run == run_member; ++step) path.push_back(step->key);
      if (step != chain.end()) find_question(*step, path, test);
      question = step;
    }
  }
  for (step = &first + 1; step != chain.end(); ++step) {
    if (!missing.go_on(*step)) return;
    if (step->run == call_not) test.negated = !test.negated;
    // What else stands behind the question asks another one.
    if (step > question && step->run != call_not) test.asks = PathTest::Asks::nothing;
  }
  test.missing = missing.value();
  auto* keys = arena.make_array<json::Key>(path.size());
  std::ranges::copy(path, keys);
  test.path = {keys, path.size()};
  chain.path_test = arena.make(test);
}

// Whether any object at the end of the path below the node passes, asked in order.
template <class Passes>
Verdict any_passes(Evaluator& evaluator, const Node& node, std::span<const json::Key> path,
                   const Passes& passes) {
  if (node.kind == JsonKind::array) {
    evaluator.spend(node.text_length);
    for (const Node* element = node.first(); element; element = element->next()) {
      if (element->kind != JsonKind::object) return Verdict::unclear;
      const Verdict one = any_passes(evaluator, *element, path, passes);
      if (one != Verdict::no) return one;
    }
    return Verdict::no;
  }
  if (node.kind != JsonKind::object) return Verdict::unclear;
  if (path.empty()) return passes(node);
  const Node* member = node.find(path.front());
  return member ? any_passes(evaluator, *member, path.subspan(1), passes) : Verdict::unclear;
}

Verdict verdict(bool value) {
  return value ? Verdict::yes : Verdict::no;
}

// Whether the member has any value.
Verdict is_there(const Node& member) {
  if (member.kind == JsonKind::null) return Verdict::unclear;
  if (member.kind != JsonKind::array) return Verdict::yes;
  const Node* element = member.first();
  return element && element->kind == JsonKind::object ? Verdict::yes : Verdict::unclear;
}

// The member that is likely the choice element of that name: valueQuantity is `value`, and so may
// be, in an unsound record, a plain value.
const Node* find_choice(const Node& object, std::string_view name) {
  for (const Node* member = object.first(); member; member = member->next())
    if (member->key_length >= name.size() && member->key[0] == name[0] &&
        same_bytes(member->key, name.data(), name.size()))
      return member;
  return nullptr;
}

std::optional<Truth> outcome(Verdict verdict, bool negated) {
  if (verdict == Verdict::unclear) return std::nullopt;
  return truth((verdict == Verdict::yes) != negated);
}

}  // namespace

void find_tests(Chain& chain, Arena& arena) {
  chain.is_logic = chain.count == 1 && chain.steps->part_count == 2 && is_logic(*chain.steps);
  find_member_test(chain, arena);
  if (!chain.test) find_path_test(chain, arena);
}

std::optional<Truth> decide(Evaluator& evaluator, const PathTest& test, const Value& item) {
  const Node* object = ValueAccess::node(item);
  const ModelType type = ValueAccess::model_type(item);
  if (!object || object->kind != JsonKind::object || type == 0) return std::nullopt;
  evaluator.spend(1 + object->text_length / 8);
  const ElementMemo::Known element = evaluator.memo.element(type, test.element);
  if (element.type == 0 && !element.is_choice) return std::nullopt;
  if (element.is_choice && object->has_companions) return std::nullopt;
  const Node* member =
      element.is_choice ? find_choice(*object, test.member.name) : object->find(test.member);
  if (!member) return object->has_companions ? std::nullopt : std::optional(test.missing);
  const bool is_choice = !test.choice.name.empty();
  if (element.is_choice != is_choice || (is_choice && !member->is_named(test.choice)))
    return std::nullopt;
  switch (test.asks) {
    case PathTest::Asks::nothing:
      return std::nullopt;
    case PathTest::Asks::presence:
      return outcome(is_there(*member), test.negated);
    case PathTest::Asks::texts:
      return outcome(any_passes(evaluator, *member, test.path,
                                [&](const Node& one) { return decide(*test.test, one); }),
                     test.negated);
    case PathTest::Asks::codes:
      return outcome(any_passes(evaluator, *member, test.path,
                                [&](const Node& one) {
                                  return verdict(is_member(evaluator, one, test.value_set) == true);
                                }),
                     test.negated);
    case PathTest::Asks::code: {
      if (member->kind != JsonKind::object) return std::nullopt;
      const std::optional<bool> answer = is_member(evaluator, *member, test.value_set);
      return answer ? truth(*answer != test.negated) : Truth::empty;
    }
  }
  return std::nullopt;
}

}  // namespace fbss::fhirpath
