// SPDX-License-Identifier: Apache-2.0
// Trees. All walks go as deep as the records that they were made of, which Limits::record_depth
// bounds.
#include "fhir/extract/tree.hpp"

#include <algorithm>

namespace fbss::extraction {

Tree Tree::of(const json::Node& node) {
  Tree made(node.kind, node.kind == JsonKind::boolean ? (node.boolean ? "true" : "false")
                       : node.is_container()          ? std::string_view{}
                                                      : node.text_view());
  for (const json::Node* child = node.first(); child; child = child->next())
    made.children_.emplace_back(node.kind == JsonKind::object ? child->key_view() : "", of(*child));
  return made;
}

Tree Tree::object(std::string_view name, Tree value) {
  Tree made = object();
  made.set(name, std::move(value));
  return made;
}

const Tree* Tree::find(std::string_view name) const {
  if (!is_object()) return nullptr;
  const auto found =
      std::ranges::find_if(children_, [&](const auto& child) { return child.first == name; });
  return found == children_.end() ? nullptr : &found->second;
}

std::string_view Tree::text_of(std::string_view name) const {
  const Tree* found = find(name);
  return found && found->kind_ == JsonKind::string ? std::string_view(found->text_)
                                                   : std::string_view{};
}

Tree& Tree::set(std::string_view name, Tree value) {
  if (Tree* found = find(name)) return *found = std::move(value);
  return children_.emplace_back(std::string(name), std::move(value)).second;
}

Tree& Tree::push(Tree value) {
  return children_.emplace_back(std::string(), std::move(value)).second;
}

bool Tree::is_empty() const {
  if (kind_ == JsonKind::null) return true;
  if (!is_object() && !is_array()) return false;
  return std::ranges::all_of(children_, [](const auto& child) { return child.second.is_empty(); });
}

void Tree::prune() {
  std::erase_if(children_, [](const auto& child) { return child.second.is_empty(); });
  for (auto& child : children_) child.second.prune();
}

void Tree::write(json::Writer& out) const {
  switch (kind_) {
    case JsonKind::object:
      out.begin_object();
      for (const auto& [name, value] : children_) {
        out.key(name);
        value.write(out);
      }
      out.end_object();
      return;
    case JsonKind::array:
      out.begin_array();
      for (const auto& child : children_) child.second.write(out);
      out.end_array();
      return;
    case JsonKind::string:
      out.string(text_);
      return;
    case JsonKind::null:
      out.null();
      return;
    case JsonKind::number:
    case JsonKind::boolean:
      out.raw(text_);
      return;
  }
}

}  // namespace fbss::extraction
