// SPDX-License-Identifier: Apache-2.0
// Questions, rules, tallies -> FHIRPath; see expressions.hpp.
#include "fhir/expressions.hpp"

#include "fhir/names.hpp"

namespace fbss::fhir {
namespace {

std::string quoted(std::string_view text) {
  return '\'' + std::string(text) + '\'';
}

/// In brackets, whatever its operators bind like; a comment at its end ends with the line.
std::string enclosed(std::string_view condition) {
  const bool comment = condition.find("//") != std::string_view::npos;
  return '(' + std::string(condition) + (comment ? "\n)" : ")");
}

/// What the condition's three values come to. It stands twice: a variable of its own would need a
/// name, and a name could be a question's.
std::string chosen(std::string_view condition, const std::string& when_true,
                   const std::string& when_false) {
  const std::string whole = enclosed(condition);
  return "iif(" + whole + ".empty(), 'unknown', iif(" + whole + ", " + when_true + ", " +
         when_false + "))";
}

}  // namespace

std::string answer_expression(const Item& question) {
  // Questions stand in sections, one deep.
  const std::string value =
      "%resource.item.item.where(linkId = " + quoted(question.id) + ").answer.value";
  const std::string codes = ".where(system != " + quoted(absent_reason_system) + ").code";
  switch (question.type) {
    case ItemType::yes_no:
      return value + codes + " = 'yes'";
    case ItemType::choice:
    case ItemType::open_choice:
      return value + codes;
    default:
      return value;
  }
}

std::string enabling_expression(std::string_view condition) {
  return "iif(" + enclosed(condition) + ", true, false)";
}

std::string status_expression(const Rule& rule) {
  const std::string status = chosen(rule.present_when, "'present'", "'absent'");
  return rule.applies_when.empty() ? status : chosen(rule.applies_when, status, "'not_applicable'");
}

std::string count_expression(const Questionnaire& questionnaire, const TallyDefinition& tally,
                             std::string_view wanted) {
  std::string rules;
  for (const Rule& rule : questionnaire.rules())
    if (rule.kind == tally.kind) rules += (rules.empty() ? "" : " | ") + quoted(rule.id);
  return "%resource.item.where(linkId = " + quoted(findings_link) + ").item.where(linkId in (" +
         rules + ")).answer.value.where($this in (" + std::string(wanted) + ")).count()";
}

}  // namespace fbss::fhir
