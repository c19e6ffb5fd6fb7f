// SPDX-License-Identifier: Apache-2.0
// The questionnaires that are compiled into the library. A built-in is loaded and checked like any
// file, each time that it is asked for: a few milliseconds, and no state of the library's own.
#include <algorithm>
#include <string>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "base/utf8.hpp"
#include "questionnaire/builtin.hpp"

namespace fbss {

std::span<const std::string_view> builtin_ids() {
  static const std::vector<std::string_view> ids = [] {
    std::vector<std::string_view> list;
    for (std::size_t i = 0; i < builtin_text_count; ++i) list.emplace_back(builtin_texts[i].id);
    return list;
  }();
  return ids;
}

std::string_view builtin_text(std::string_view id) {
  for (std::size_t i = 0; i < builtin_text_count; ++i)
    if (id == builtin_texts[i].id)
      return {reinterpret_cast<const char*>(builtin_texts[i].bytes), builtin_texts[i].size};
  return {};
}

Result<Questionnaire> load_builtin(std::string_view id) {
  const std::string_view text = builtin_text(id);
  if (!text.empty()) return load_questionnaire(text, std::string(id) + ".json");
  Problem problem;
  problem.code = ErrorCode::bad_reference;
  problem.message = "No built-in questionnaire has this id; there are:";
  for (std::string_view known : builtin_ids())
    problem.message += (known == builtin_ids().front() ? " " : ", ") + std::string(known);
  problem.message += ".";
  if (const auto near = nearest(id.substr(0, 100), builtin_ids()))
    problem.message += " Did you mean \"" + std::string(*near) + "\"?";
  return problem;
}

}  // namespace fbss
