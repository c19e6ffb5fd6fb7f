// SPDX-License-Identifier: Apache-2.0
// JSON pointers -> lines and columns, for problems that were found on a loaded questionnaire, which
// knows its text no more. Entered through add_places().
#include <fbss/questionnaire.hpp>

#include "questionnaire/file_reader.hpp"

namespace fbss {
namespace {

/// The value that has this pointer, below `value` or it; null where there is none.
const FileValue* find(const FileValue& value, std::string_view pointer) {
  const std::string own = pointer_to(value);
  if (own == pointer) return &value;
  if (!pointer.starts_with(own + '/')) return nullptr;
  for (const FileValue* child : value.children)
    if (const FileValue* found = find(*child, pointer)) return found;
  return nullptr;
}

}  // namespace

void add_places(Problems& problems, std::string_view json, std::string_view file,
                const Limits& limits) {
  const auto tree = read_file(json, file, limits);
  if (!tree) return;
  for (Problem& problem : problems) {
    const FileValue* value = find(tree->root(), problem.pointer);
    if (problem.line != 0 || !value) continue;
    problem.file = file;
    problem.line = value->line;
    problem.column = value->column;
  }
}

}  // namespace fbss
