// SPDX-License-Identifier: Apache-2.0
// The elements of a FHIR object that is read, found in one pass. In: an object and the elements
// that its type has. Out: each element's node, and the first thing that is wrong: an element that
// the type does not have, or one that is given twice (a Document keeps both).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "json/node.hpp"

namespace fbss::fhir {

/// A string's text; empty for what is no string, and for null.
inline std::string_view text_of(const json::Node* node) {
  return node && node->kind == JsonKind::string ? node->text_view() : std::string_view();
}

/// The elements that a type has, in an order of which indices are made.
template <std::size_t Count>
class Elements {
 public:
  static_assert(Count <= 32);

  explicit Elements(const std::array<std::string_view, Count>& names) {
    for (std::size_t i = 0; i < Count; ++i) keys_[i] = json::Key(names[i]);
  }

  struct Found {
    std::array<const json::Node*, Count> values{};      ///< null where an element is missing
    std::array<const json::Node*, Count> companions{};  ///< "_name", of primitives
    bool has_foreign = false;                           ///< holds what the type does not have
    const json::Node* repeated = nullptr;               ///< an element that is given twice
  };

  /// The object's elements; of one that is given twice, the first.
  Found find(const json::Node& object) const {
    Found found;
    for (const json::Node* member = object.first(); member; member = member->next()) {
      const bool is_companion = member->key_view().starts_with('_');
      const json::Key key =
          is_companion ? json::Key(member->key_view().substr(1)) : member->whole_key();
      std::size_t at = 0;
      while (at < Count && !keys_[at].is(key)) ++at;
      if (at == Count) {
        found.has_foreign = true;
        continue;
      }
      const json::Node*& place = (is_companion ? found.companions : found.values)[at];
      if (place)
        found.repeated = member;
      else
        place = member;
    }
    return found;
  }

 private:
  std::array<json::Key, Count> keys_;
};

}  // namespace fbss::fhir
