// SPDX-License-Identifier: Apache-2.0
// The items of a Questionnaire by their linkId: weight() asks for one at every answer, and without
// this each time goes through the whole form. In: a Questionnaire. Out: its items. One per
// Workspace; it knows the Questionnaire that was asked last.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "json/node.hpp"

namespace fbss::fhirpath {

class ItemIndex {
 public:
  /// Whether this is the Questionnaire that is known. One that is no whole record never is.
  bool knows(const json::Node& questionnaire) const {
    return stamp_ != 0 && questionnaire.stamp() == stamp_;
  }

  /// Goes through it; takes the place of the one before.
  void enter(const json::Node& questionnaire);

  /// The first item of that linkId in the one that was entered; null where it has none.
  const json::Node* find(std::string_view link_id) const {
    const auto found = items_.find(link_id);
    return found == items_.end() ? nullptr : found->second;
  }

 private:
  std::uint64_t stamp_ = 0;
  std::unordered_map<std::string_view, const json::Node*> items_;  // looked up, never walked
};

}  // namespace fbss::fhirpath
