// SPDX-License-Identifier: Apache-2.0
// A resource while it is put together: JSON that can be changed anywhere, in the order in which its
// members came. A Document cannot be.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/node.hpp"
#include "json/write.hpp"

namespace fbss::extraction {

class Tree {
 public:
  static Tree object() { return Tree(JsonKind::object); }
  static Tree array() { return Tree(JsonKind::array); }
  static Tree string(std::string_view text) { return Tree(JsonKind::string, text); }
  static Tree number(std::string_view digits) { return Tree(JsonKind::number, digits); }
  static Tree boolean(bool value) { return Tree(JsonKind::boolean, value ? "true" : "false"); }
  /// A copy of a part of a record.
  static Tree of(const json::Node& node);
  /// {name: value}
  static Tree object(std::string_view name, Tree value);

  JsonKind kind() const { return kind_; }
  bool is_object() const { return kind_ == JsonKind::object; }
  bool is_array() const { return kind_ == JsonKind::array; }
  /// A string's text, a number's digits, "true" or "false".
  const std::string& text() const { return text_; }
  /// An object's members with their names; an array's elements, without.
  const std::vector<std::pair<std::string, Tree>>& children() const { return children_; }
  std::vector<std::pair<std::string, Tree>>& children() { return children_; }

  const Tree* find(std::string_view name) const;
  Tree* find(std::string_view name) {
    return const_cast<Tree*>(static_cast<const Tree*>(this)->find(name));
  }
  /// The text of a member that is a string; empty where there is none.
  std::string_view text_of(std::string_view name) const;

  /// The member of that name in the place of the one that is there, else at the end.
  Tree& set(std::string_view name, Tree value);
  /// An element at the end of an array.
  Tree& push(Tree value);

  /// Whether there is nothing in it: no member, no element, only such as are empty themselves.
  bool is_empty() const;
  /// Takes out all that is empty.
  void prune();

  void write(json::Writer& out) const;

 private:
  explicit Tree(JsonKind kind, std::string_view text = {}) : kind_(kind), text_(text) {}

  JsonKind kind_ = JsonKind::null;
  std::string text_;
  std::vector<std::pair<std::string, Tree>> children_;
};

}  // namespace fbss::extraction
