// SPDX-License-Identifier: Apache-2.0
// Results as one line of text, for comparing and for reading: values as FHIRPath writes them
// (true, 1.50, 'text', @2026-11-21, 4 'mg'), parts of a record as JSON, {} for the empty
// collection, "error not_a_single_value 1:5" with line and column.
#pragma once

#include <string>

#include <fbss/fhirpath.hpp>

namespace fbss::fhirpath {

inline std::string render(const Value& value) {
  const std::string text = to_text(value);
  switch (value.type()) {
    case Type::long_integer:
      return text + "L";
    case Type::decimal:
      return text.find('.') == std::string::npos ? text + " (decimal)" : text;
    case Type::string:
      return "'" + text + "'";
    case Type::date:
      return "@" + text;
    case Type::date_time:
      return "@" + text + (text.find('T') == std::string::npos ? "T" : "");
    case Type::time:
      return "@T" + text;
    case Type::node:
      if (!value.node()) return "(no value)";
      return value.node().kind() == JsonKind::string ? "\"" + text + "\"" : text;
    default:
      return text;
  }
}

inline std::string render(Collection values) {
  if (values.empty()) return "{}";
  std::string out;
  for (const Value& value : values) out += (out.empty() ? "" : ", ") + render(value);
  return out;
}

inline std::string render(const Problem& problem) {
  return "error " + std::string(code_word(problem.code)) + " " + std::to_string(problem.line) +
         ":" + std::to_string(problem.column);
}

/// Compiles and evaluates.
inline std::string result_of(std::string_view expression, const Environment& environment = {},
                             const Expression::Options& options = {}) {
  const auto compiled = Expression::compile(expression, options);
  if (!compiled) return render(compiled.problems().front());
  Workspace workspace(options.limits);
  const auto result = evaluate(*compiled, environment, workspace);
  return result ? render(*result) : render(result.problems().front());
}

}  // namespace fbss::fhirpath
