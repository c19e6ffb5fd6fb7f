// SPDX-License-Identifier: Apache-2.0
// What holds a part of a record. A node knows no parent, but a record is one array in document
// order: a node lies in another where its address does, and the way down to it is a walk over
// siblings.
#pragma once

#include <functional>
#include <string_view>

#include "fhirpath/evaluate.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

/// Whether the node is the root or below it.
inline bool lies_in(const json::Node* root, const json::Node* node) {
  const std::less<const json::Node*> before;
  return root && node && !before(node, root) && before(node, root + root->skip);
}

/// The node that stands for a value in its record: that of a primitive without a value is its
/// companion. Null for System values.
inline const json::Node* node_in_record(const Value& value) {
  if (!is_node(value)) return nullptr;
  const json::Node* node = ValueAccess::node(value);
  return node ? node : ValueAccess::companion(value);
}

/// Calls visit(object, name) for every object on the way from `root` down to `node`, both included;
/// the name is that of the member which holds it, or holds the list in which it stands. The root's
/// is empty.
template <class Visit>
void walk_down(Evaluator& evaluator, const json::Node* root, const json::Node* node, Visit visit) {
  std::string_view name;
  while (lies_in(root, node)) {
    evaluator.spend(1);
    if (root->kind == JsonKind::object) visit(*root, name);
    if (root == node) return;
    const json::Node* child = root->first();
    while (child && !lies_in(child, node)) {
      evaluator.spend(1);
      child = child->next();
    }
    if (!child) return;
    if (root->kind == JsonKind::object) name = child->key_view();
    root = child;
  }
}

/// The text of an object's member; empty where it has none.
inline std::string_view text_member(const json::Node& object, const json::Key& name) {
  const json::Node* member = object.find(name);
  return member && member->kind == JsonKind::string ? member->text_view() : std::string_view{};
}
inline std::string_view text_member(const json::Node& object, std::string_view name) {
  return text_member(object, json::Key(name));
}

/// The first element of an object's list; null where it has no such list, or an empty one.
inline const json::Node* first_of_list(const json::Node& object, std::string_view name) {
  const json::Node* member = object.find(name);
  return member && member->kind == JsonKind::array ? member->first() : nullptr;
}

/// The record among those which the environment knows in which the node lies; null where it lies in
/// none.
const json::Node* find_record(const Evaluator& evaluator, const json::Node* node);

}  // namespace fbss::fhirpath
