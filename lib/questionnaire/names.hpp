// SPDX-License-Identifier: Apache-2.0
// The names that expressions of a questionnaire may read: question ids, then variables, each with
// its slot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "questionnaire/model.hpp"

namespace fbss {

class Names {
 public:
  explicit Names(const Questionnaire::Model& model) : model_(model) {
    const auto questions = static_cast<std::uint32_t>(model.questions.size());
    for (std::uint32_t i = 0; i < model.variables.size(); ++i)
      variables_.emplace(model.variables[i].name, questions + i);
  }

  /// A variable's slot is its place behind the questions.
  std::optional<std::uint32_t> slot(std::string_view name) const {
    if (const auto question = model_.slot(name)) return question;
    const auto entry = variables_.find(name);
    if (entry == variables_.end()) return std::nullopt;
    return entry->second;
  }

  /// By slot.
  std::vector<std::string_view> views() const {
    std::vector<std::string_view> names;
    for (const Item* question : model_.questions) names.push_back(question->id);
    for (const Variable& variable : model_.variables) names.push_back(variable.name);
    return names;
  }
  std::vector<std::string> all() const {
    const auto names = views();
    return {names.begin(), names.end()};
  }

 private:
  const Questionnaire::Model& model_;
  std::unordered_map<std::string_view, std::uint32_t> variables_;  // only looked up
};

}  // namespace fbss
