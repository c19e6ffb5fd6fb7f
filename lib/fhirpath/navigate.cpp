// SPDX-License-Identifier: Apache-2.0
// Member access over the nodes of a record. Arrays are flattened; a primitive takes its companion
// (`_birthDate`) along; a choice element is found by its name without the type (`value`).
#include "fhirpath/navigate.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

bool is_object(const Node* node) {
  return node && node->kind == JsonKind::object;
}
bool is_null(const Node* node) {
  return !node || node->kind == JsonKind::null;
}

const json::Key resource_type_key("resourceType");

// The type of an object: as told, else as its resourceType says.
inline ModelType object_type(Evaluator& evaluator, const Node& object, ModelType told) {
  if (told != 0) return told;
  const Node* name = object.find(resource_type_key);
  return name && name->kind == JsonKind::string ? evaluator.memo.resource(name->text_view())
                                                : ModelType{0};
}

// Only primitives have companions.
bool may_have_companion(const Node& node) {
  if (node.kind == JsonKind::object) return false;
  return node.kind != JsonKind::array || !is_object(node.first());
}

// The companion of a member, where the object has one.
const Node* find_companion(Evaluator& evaluator, const Node& object, const Node& member) {
  if (!object.has_companions || !may_have_companion(member)) return nullptr;
  evaluator.spend(object.text_length / 8);
  for (const Node* other = object.first(); other; other = other->next())
    if (other->key_length == member.key_length + 1 && other->key[0] == '_' &&
        other->key_view().substr(1) == member.key_view())
      return other;
  return nullptr;
}

void push_one(Evaluator& evaluator, const Node* node, const Node* companion, ModelType type) {
  if (!is_object(companion)) companion = nullptr;
  if (is_null(node) && !companion) return;
  evaluator.push(ValueAccess::of_node(is_null(node) ? nullptr : node, companion, type));
}

// The values of a member that has no companion, as nearly all.
inline void push_plain_values(Evaluator& evaluator, const Node& node, ModelType type) {
  if (node.kind != JsonKind::array) {
    if (!is_null(&node)) evaluator.push(ValueAccess::of_node(&node, nullptr, type));
    return;
  }
  for (const Node* element = node.first(); element; element = element->next())
    if (!is_null(element)) evaluator.push(ValueAccess::of_node(element, nullptr, type));
}

// The values of a member and its companion; either may be missing. Elements of two arrays belong
// together by their place.
void push_values(Evaluator& evaluator, const Node* node, const Node* companion, ModelType type) {
  const bool is_list = node && node->kind == JsonKind::array;
  const bool is_companion_list = companion && companion->kind == JsonKind::array;
  if (!is_list && !is_companion_list) return push_one(evaluator, node, companion, type);
  const Node* element = is_list ? node->first() : nullptr;
  const Node* beside = is_companion_list ? companion->first() : nullptr;
  while (element || beside) {
    push_one(evaluator, element, beside, type);
    if (element) element = element->next();
    if (beside) beside = beside->next();
  }
}

// What a member of an object of that type is. An object without a type may have anything.
inline ElementMemo::Known element_of(Evaluator& evaluator, ModelType type, const Step& step) {
  if (type == 0) return {step.choice.type, true};
  if (step.element != 0) {
    const ElementMemo::Known known = evaluator.memo.element(type, step.element);
    if (known.type != 0 || known.is_choice) return known;
  }
  // The JSON name of a choice may be another type's element too: effectivePeriod, valueQuantity.
  if (step.choice.base == 0 || !evaluator.memo.element(type, step.choice.base).is_choice) return {};
  return {step.choice.type, false};
}

// `value` where the record has valueQuantity (or _valueString alone). Only one choice may be there;
// false where none is.
bool push_choice(Evaluator& evaluator, const Node& object, const Step& step) {
  for (const Node* member = object.first(); member; member = member->next()) {
    if (member->key_length <= step.name.size()) continue;
    std::string_view key = member->key_view();
    const bool is_companion = key[0] == '_';
    if (is_companion) key.remove_prefix(1);
    if (key[0] != step.name[0] || key.size() <= step.name.size() ||
        !same_bytes(key.data(), step.name.data(), step.name.size()))
      continue;
    const ModelType type = evaluator.memo.choice(member->whole_key(), key.substr(step.name.size()));
    if (type == 0) continue;
    if (is_companion) {
      push_values(evaluator, object.find(key), member, type);
    } else {
      push_values(evaluator, member, find_companion(evaluator, object, *member), type);
    }
    return true;
  }
  return false;
}

void push_member_of_object(Evaluator& evaluator, const Node& object, ModelType told,
                           const Step& step) {
  evaluator.spend(object.text_length / 8);
  const ModelType type = object_type(evaluator, object, told);
  const ElementMemo::Known element = element_of(evaluator, type, step);
  // Where the model knows a choice, its plain name is not expected.
  if (type != 0 && element.is_choice && push_choice(evaluator, object, step)) return;
  const Node* found = object.find(step.key);
  const Node* companion = nullptr;
  if (object.has_companions && (!found || may_have_companion(*found)))
    companion = object.find(step.companion);
  if (found && !companion) return push_plain_values(evaluator, *found, element.type);
  if (found || companion) return push_values(evaluator, found, companion, element.type);
  if (type == 0) push_choice(evaluator, object, step);
}

void push_member_of_node(Evaluator& evaluator, const Node* node, const Node* companion,
                         ModelType told, const Step& step) {
  if (is_object(node)) return push_member_of_object(evaluator, *node, told, step);
  if (node && node->kind == JsonKind::array) {
    for (const Node* element = node->first(); element; element = element->next())
      push_member_of_node(evaluator, element, nullptr, told, step);
    return;
  }
  // A primitive: what it has besides its value (id, extension) stands in its companion.
  if (companion) push_member_of_object(evaluator, *companion, told, step);
}

void push_member(Evaluator& evaluator, const Value& value, const Step& step) {
  switch (value.type()) {
    case Type::node:
      if (const Node* node = ValueAccess::node(value); is_object(node))  // nearly always
        return push_member_of_object(evaluator, *node, ValueAccess::model_type(value), step);
      return push_member_of_node(evaluator, ValueAccess::node(value), ValueAccess::companion(value),
                                 ValueAccess::model_type(value), step);
    case Type::quantity: {
      const Quantity& quantity = ValueAccess::quantity(value);
      if (step.name == "value") evaluator.push(ValueAccess::of_decimal(quantity.value));
      if (step.name == "unit") evaluator.push(ValueAccess::of_string(quantity.unit));
      return;
    }
    case Type::type_info: {
      const TypeInfo& info = ValueAccess::type_info(value);
      if (step.name == "namespace") evaluator.push(ValueAccess::of_string(info.space));
      if (step.name == "name") evaluator.push(ValueAccess::of_string(info.name));
      if (step.name == "baseType") evaluator.push(ValueAccess::of_string(info.base_type));
      return;
    }
    default:
      return;  // the other System types have no members
  }
}

// The type of an object's member, by its name in the record.
ModelType type_of_member(Evaluator& evaluator, ModelType type, const Node& member,
                         std::string_view key) {
  const json::Key own = key.size() == member.key_length ? member.whole_key() : json::Key(key);
  const ElementMemo::Member known = evaluator.memo.member(type, own);
  if (known.type != 0 || (known.name != 0 && type == 0)) return known.type;
  const auto choice = find_choice_name(key);
  if (!choice || (type != 0 && !evaluator.memo.element(type, choice->base).is_choice)) return 0;
  return choice->type;
}

void push_children_of_object(Evaluator& evaluator, const Node& object, ModelType type) {
  evaluator.spend(object.text_length);
  for (const Node* member = object.first(); member; member = member->next()) {
    std::string_view key = member->key_view();
    if (member->is_named(resource_type_key) && member->kind == JsonKind::string) continue;
    if (!object.has_companions) {
      push_plain_values(evaluator, *member, type_of_member(evaluator, type, *member, key));
      continue;
    }
    const bool is_companion = key.starts_with('_');
    if (is_companion) {
      // Taken along with the member that it belongs to, where there is one.
      key.remove_prefix(1);
      evaluator.spend(object.text_length / 8);
      if (object.find(key)) continue;
    }
    const Node* companion = is_companion ? member : find_companion(evaluator, object, *member);
    push_values(evaluator, is_companion ? nullptr : member, companion,
                type_of_member(evaluator, type, *member, key));
  }
}

bool is_matching(Evaluator& evaluator, const Value& item, const Step& step, const Scope& scope) {
  Scope inner = scope;
  inner.has_self = true;
  inner.self = item;
  return evaluator.condition(step.parts[0], inner, step) == Truth::yes;
}

// The elements of an object's list of which the step's criterion is true; false where the member is
// no list of plain elements.
bool push_matching_elements(Evaluator& evaluator, const Node& object, ModelType told,
                            const Step& step, const Scope& scope) {
  const MemberTest& test = *step.parts[0].test;
  const auto find = [&](const ListIndex::List& known) {
    evaluator.spend(known.list->text_length);
    evaluator.index.find(known, test, [&](const Node* element) {
      evaluator.push(ValueAccess::of_node(element, nullptr, known.type));
    });
    return true;
  };
  if (const auto* known = evaluator.index.recall(object, told, step.key, test)) return find(*known);
  const Node* list = object.find(step.key);
  if (!list || list->kind != JsonKind::array || may_have_companion(*list)) return false;
  const ModelType type = element_of(evaluator, object_type(evaluator, object, told), step).type;
  if (const auto* known = evaluator.index.meet(object, told, *list, type, test))
    return find(*known);
  evaluator.spend(list->text_length);
  for (const Node* element = list->first(); element; element = element->next()) {
    const Verdict verdict = decide(test, *element);
    if (verdict == Verdict::no || is_null(element)) continue;
    const Value item = ValueAccess::of_node(element, nullptr, type);
    if (verdict == Verdict::yes || is_matching(evaluator, item, step, scope)) evaluator.push(item);
  }
  return true;
}

// The member's values of which the step's criterion is true.
void push_matching(Evaluator& evaluator, const Value& value, const Step& step, const Scope& scope) {
  const Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  if (is_object(node) &&
      push_matching_elements(evaluator, *node, ValueAccess::model_type(value), step, scope))
    return;
  ValueStack& stack = evaluator.stack;
  std::size_t kept = stack.size();
  push_member(evaluator, value, step);
  for (std::size_t i = kept; i < stack.size(); ++i) {
    const Value item = stack[i];
    if (is_matching(evaluator, item, step, scope)) stack[kept++] = item;
  }
  stack.cut(kept);
}

bool is_resource_named(const Value& value, const Step& step) {
  const Node* node = ValueAccess::node(value);
  if (!is_object(node)) return false;
  const Node* type = node->find("resourceType");
  return type && type->kind == JsonKind::string &&
         (type->text_view() == step.name || is_kind_of(node_type(value), step.type.model));
}

}  // namespace

void run_member(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const std::size_t end = evaluator.stack.size();
  if (end == begin + 1) {
    const Value value = evaluator.stack[begin];
    evaluator.stack.cut(begin);
    return push_member(evaluator, value, step);
  }
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_member(evaluator, value, step);
  }
  evaluator.stack.keep(begin, end);
}

void run_member_of_this(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  if (scope.has_self) push_member(evaluator, scope.self, step);
}

void run_member_exists(Evaluator& evaluator, const Step& step, std::size_t begin,
                       const Scope& scope) {
  if (!scope.has_self) return evaluator.answer(begin, truth(!step.exists));
  const Node* object = is_node(scope.self) ? ValueAccess::node(scope.self) : nullptr;
  const Node* member = is_object(object) ? object->find(step.key) : nullptr;
  if (member && member->is_container() && member->text_length > 0 && is_object(member->first())) {
    evaluator.spend(object->text_length / 8);
    return evaluator.answer(begin, truth(step.exists));
  }
  push_member(evaluator, scope.self, step);
  evaluator.answer(begin, truth((evaluator.stack.size() > begin) == step.exists));
}

void run_member_where(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_matching(evaluator, value, step, scope);
  }
  evaluator.stack.keep(begin, end);
}

void run_type_or_member(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  if (!scope.has_self) return;
  if (is_node(scope.self) && is_resource_named(scope.self, step)) {
    evaluator.push(scope.self);
  } else {
    push_member(evaluator, scope.self, step);
  }
}

void push_children(Evaluator& evaluator, const Value& value) {
  if (!is_node(value)) return;
  const Node* node = ValueAccess::node(value);
  const ModelType type = ValueAccess::model_type(value);
  if (is_object(node)) {
    push_children_of_object(evaluator, *node, object_type(evaluator, *node, type));
  } else if (node && node->kind == JsonKind::array) {
    push_values(evaluator, node, nullptr, type);
  } else if (const Node* companion = ValueAccess::companion(value)) {
    push_children_of_object(evaluator, *companion, type);
  }
}

}  // namespace fbss::fhirpath
