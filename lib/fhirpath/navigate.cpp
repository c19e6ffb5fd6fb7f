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

// Only primitives have companions.
bool may_have_companion(const Node& node) {
  if (node.kind == JsonKind::object) return false;
  return node.kind != JsonKind::array || !is_object(node.first());
}

// The companion of a member, where the object has one.
const Node* find_companion(Evaluator& evaluator, const Node& object, const Node& member) {
  if (!may_have_companion(member)) return nullptr;
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

// `value` where the record has valueQuantity (or _valueString alone). Only one choice may be there.
void push_choice(Evaluator& evaluator, const Node& object, const Step& step) {
  for (const Node* member = object.first(); member; member = member->next()) {
    std::string_view key = member->key_view();
    const bool is_companion = key.starts_with('_');
    if (is_companion) key.remove_prefix(1);
    if (key.size() <= step.name.size() || !key.starts_with(step.name)) continue;
    const ModelType type = find_choice_type(key.substr(step.name.size()));
    if (type == 0) continue;
    if (is_companion) return push_values(evaluator, object.find(key), member, type);
    return push_values(evaluator, member, find_companion(evaluator, object, *member), type);
  }
}

void push_member_of_object(Evaluator& evaluator, const Node& object, const Step& step) {
  evaluator.spend(object.text_length / 8);
  const Node* found = nullptr;
  const Node* companion = nullptr;
  for (const Node* member = object.first(); member; member = member->next()) {
    if (member->key_sign == step.signature && !found && member->key_view() == step.name) {
      found = member;
      if (!may_have_companion(*member)) break;
    } else if (member->key_sign == step.companion_signature &&
               member->key_view() == step.companion) {
      companion = member;
    }
  }
  if (!found && !companion) return push_choice(evaluator, object, step);
  push_values(evaluator, found, companion, 0);
}

void push_member_of_node(Evaluator& evaluator, const Value& value, const Step& step) {
  const Node* node = ValueAccess::node(value);
  if (is_object(node)) return push_member_of_object(evaluator, *node, step);
  if (node && node->kind == JsonKind::array) {
    for (const Node* element = node->first(); element; element = element->next())
      push_member_of_node(evaluator, ValueAccess::of_node(element), step);
    return;
  }
  // A primitive: what it has besides its value (id, extension) stands in its companion.
  if (const Node* companion = ValueAccess::companion(value))
    push_member_of_object(evaluator, *companion, step);
}

void push_member(Evaluator& evaluator, const Value& value, const Step& step) {
  switch (value.type()) {
    case Type::node:
      return push_member_of_node(evaluator, value, step);
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
      return;
    }
    default:
      return;  // the other System types have no members
  }
}

bool has_companions(const Node& object) {
  for (const Node* member = object.first(); member; member = member->next())
    if (member->key_length > 0 && member->key[0] == '_') return true;
  return false;
}

void push_children_of_object(Evaluator& evaluator, const Node& object) {
  evaluator.spend(object.text_length);
  const bool with_companions = has_companions(object);
  for (const Node* member = object.first(); member; member = member->next()) {
    const std::string_view key = member->key_view();
    if (key == "resourceType" && member->kind == JsonKind::string) continue;
    if (key.starts_with('_')) {
      // Taken along with the member that it belongs to, where there is one.
      evaluator.spend(object.text_length / 8);
      if (!object.find(key.substr(1))) push_values(evaluator, nullptr, member, 0);
      continue;
    }
    push_values(evaluator, member,
                with_companions ? find_companion(evaluator, object, *member) : nullptr, 0);
  }
}

// The member's values of which the step's criterion is true.
void push_matching(Evaluator& evaluator, const Value& value, const Step& step, Scope& inner) {
  const auto matches = [&](const Value& item) {
    inner.self = item;
    return evaluator.condition(step.parts[0], inner, step) == Truth::yes;
  };
  const Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  const Node* list = is_object(node) ? node->find(step.name, step.signature) : nullptr;
  if (list && list->kind == JsonKind::array && !may_have_companion(*list)) {
    evaluator.spend(list->text_length);
    for (const Node* element = list->first(); element; element = element->next()) {
      if (is_null(element)) continue;
      const Value item = ValueAccess::of_node(element);
      const std::optional<bool> known = member_equals(step.parts[0], element);
      if (known ? *known : matches(item)) evaluator.push(item);
    }
    return;
  }
  ValueStack& stack = evaluator.stack;
  std::size_t kept = stack.size();
  push_member(evaluator, value, step);
  for (std::size_t i = kept; i < stack.size(); ++i) {
    const Value item = stack[i];
    if (matches(item)) stack[kept++] = item;
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
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_member(evaluator, value, step);
  }
  evaluator.stack.keep(begin, end);
}

void run_member_of_this(Evaluator& evaluator, const Step& step, std::size_t, const Scope& scope) {
  if (scope.has_self) push_member(evaluator, scope.self, step);
}

void run_member_where(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  Scope inner = scope;
  inner.has_self = true;
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_matching(evaluator, value, step, inner);
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
  if (is_object(node)) {
    push_children_of_object(evaluator, *node);
  } else if (node && node->kind == JsonKind::array) {
    push_values(evaluator, node, nullptr, 0);
  } else if (const Node* companion = ValueAccess::companion(value)) {
    push_children_of_object(evaluator, *companion);
  }
}

}  // namespace fbss::fhirpath
