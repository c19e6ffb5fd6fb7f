// SPDX-License-Identifier: Apache-2.0
// Where a node stands in its record. In: the root and a node below it. Out: its JSON pointer (RFC
// 6901). A node knows no parent, but a record is one array in document order: a node lies in
// another where its address does. Only what is refused pays for this.
#pragma once

#include <functional>
#include <string>

#include "json/node.hpp"
#include "json/write.hpp"

namespace fbss::fhir {

inline std::string pointer_to(const json::Node* root, const json::Node* node) {
  const std::less<const json::Node*> before;
  std::string pointer;
  while (root != node) {
    std::size_t place = 0;
    const json::Node* child = root->first();
    for (; child && !before(node, child + child->skip); child = child->next()) ++place;
    if (!child) break;
    json::append_pointer_step(pointer, root->kind == JsonKind::array
                                           ? std::to_string(place)
                                           : std::string(child->key_view()));
    root = child;
  }
  return pointer;
}

}  // namespace fbss::fhir
