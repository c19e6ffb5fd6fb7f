// SPDX-License-Identifier: Apache-2.0
// Questions, rules, tallies -> sentences; see wording.hpp.
#include "fhir/wording.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include <fbss/version.hpp>

#include "fhirpath/plan.hpp"
#include "questionnaire/citation_words.hpp"
#include "questionnaire/model.hpp"

namespace fbss::fhir {
namespace {

void add(std::string& text, std::string_view sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence;
}

std::string sources(const Questionnaire& questionnaire, std::span<const Citation> cites) {
  if (cites.empty()) return "";
  std::string text = cites.size() == 1 ? "Source: " : "Sources: ";
  for (const Citation& cite : cites) {
    if (&cite != cites.data()) text += "; ";
    text += "“" + cite.phrase + "” (" + origin(questionnaire, cite) + ')';
  }
  return text + '.';
}

bool calls(const fhirpath::Syntax& syntax, std::string_view function) {
  return (syntax.kind == fhirpath::SyntaxKind::function && syntax.name == function) ||
         std::any_of(syntax.parts.begin(), syntax.parts.end(),
                     [&](const auto& part) { return calls(*part, function); });
}

bool reads_today(const Questionnaire::Model& model) {
  const auto reads = [](const Condition& condition) {
    return condition.expression && calls(fhirpath::syntax_of(*condition.expression), "today");
  };
  const auto rule_reads = [&](const CompiledRule& rule) {
    return reads(rule.gate) || reads(rule.present) ||
           std::any_of(rule.notes.begin(), rule.notes.end(), reads);
  };
  return std::any_of(model.asked_when.begin(), model.asked_when.end(), reads) ||
         std::any_of(model.variables.begin(), model.variables.end(),
                     [&](const Variable& variable) { return reads(variable.condition); }) ||
         std::any_of(model.compiled_rules.begin(), model.compiled_rules.end(), rule_reads) ||
         std::any_of(model.notice_conditions.begin(), model.notice_conditions.end(), reads);
}

}  // namespace

std::string question_help(const Questionnaire& questionnaire, const Item& question) {
  std::string text = question.help;
  if (question.why) add(text, sources(questionnaire, {&*question.why, 1}));
  return text;
}

std::string rule_help(const Questionnaire& questionnaire, const Rule& rule) {
  std::string text = "Rule " + rule.id + (rule.place.empty() ? "." : ": " + rule.place + '.');
  add(text, questionnaire.plain_words(rule));
  add(text, sources(questionnaire, rule.cites));
  if (!rule.interpretation.empty()) add(text, "How we read it: " + rule.interpretation);
  for (const Step& step : rule.steps) {
    const bool timed = step.timing != "in general";
    add(text, timed ? "The source names a step " + step.timing + ": " + step.text : step.text);
    add(text, sources(questionnaire, step.cites));
  }
  return text;
}

std::string note_text(const Questionnaire& questionnaire, const Note& note) {
  std::string text = note.text;
  add(text, sources(questionnaire, note.cites));
  return text;
}

std::string description(const Questionnaire& questionnaire) {
  std::string text = "**Intended use.** " + std::string(questionnaire.intended_use());
  text += "\n\n**Evidence.** " + std::string(questionnaire.evidence());
  text +=
      "\n\n**Computed items.** Each rule is a read-only item whose value is present, absent, "
      "unknown or not_applicable. Unknown, declined and missing answers are never read as no. " +
      std::string(questionnaire.absent_means());
  if (reads_today(questionnaire.model()))
    text += " Rules that read today() take the day on which an engine computes them.";
  if (!questionnaire.exercises().empty()) text += " The exercise cards are no part of this form.";
  text += "\n\nExported by fbss " + std::string(version()) + " from " +
          std::string(questionnaire.id()) + ' ' + std::string(questionnaire.version()) +
          ", content SHA-256 " + std::string(questionnaire.sha256()) + '.';
  return text;
}

}  // namespace fbss::fhir
