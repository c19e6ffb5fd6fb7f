// SPDX-License-Identifier: Apache-2.0
// A loaded questionnaire in memory: what the file says, and beside it what loading worked out
// (slots, compiled conditions, the order in which they are evaluated). Filled by model_reader.cpp
// and compile.cpp, immutable afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fbss/fhirpath.hpp>
#include <fbss/questionnaire.hpp>

namespace fbss {

/// A compiled FHIRPath condition. `reads` are the slots of the questions that it reads, in order,
/// through variables too.
struct Condition {
  std::optional<fhirpath::Expression> expression;  // none: always true
  std::vector<std::uint32_t> reads;
};

struct Variable {
  std::string name;
  Condition condition;  // gives any value, not only a Boolean
};

struct CompiledRule {
  Condition gate;                         // applies_when
  Condition present;                      // present_when
  std::vector<Condition> notes;           // one a note, in the rule's order
  std::vector<std::uint32_t> gate_reads;  // slots that the gate reads, in question order
  std::vector<std::uint32_t>
      reads;  // gate_reads, then the others that present_when reads, in question order
};

/// What is worked out, in this order, before rules are evaluated: a variable's value, or whether a
/// question is enabled.
struct Stage {
  enum class Kind : std::uint8_t { variable, question } kind{};
  std::uint32_t index = 0;
};

/// A compiled expression over a patient's chart. What %name means, by slot: `chart` (the resources
/// of the patient), then the chart variables in their order.
struct ChartExpression {
  std::optional<fhirpath::Expression> expression;
  /// Urls of the code lists that it asks, in the order of its text; behind them those that the
  /// variables ask which it reads. Each once.
  std::vector<std::string> code_lists;
};

struct CompiledChartRule {
  std::uint32_t question = 0;  // slot
  std::uint32_t rule = 0;      // in Item::chart
  ChartExpression find;
};

struct Questionnaire::Model {
  std::string id, version, title, sha256, intended_use, evidence, term, absent_means;
  std::vector<Citation> term_cites;
  std::vector<Source> sources;
  std::vector<Item> items;
  std::vector<ChartVariable> chart_variables;
  std::vector<Exercise> exercises;
  std::vector<Rule> rules;
  std::vector<TallyDefinition> tallies;
  std::vector<Notice> notices;
  std::vector<Attribute> attributes;

  // Worked out. A slot is a question's place in `questions`; variables take the slots behind.
  std::vector<const Item*> questions;
  std::vector<const Item*> sections;  // by slot: the group that holds the question
  std::unordered_map<std::string_view, std::uint32_t>
      slots;  // by question id; only looked up, never walked (no hash order)
  std::vector<Condition> asked_when;  // by slot
  std::vector<Variable> variables;
  std::vector<Stage> stages;
  std::vector<CompiledRule> compiled_rules;              // by rule
  std::vector<std::vector<const Item*>> rule_questions;  // by rule: `reads` as questions
  std::vector<Condition> exercise_conditions;            // by exercise: planned_when
  std::vector<Condition> notice_conditions;              // by notice
  std::vector<ChartExpression> chart_values;             // by chart variable
  std::vector<CompiledChartRule> chart_rules;            // in the file's order
  /// By slot: the answers that matter when rules are tried out, each a collection. A choice: every
  /// option alone and, where several may be given, all together; yes_no: both; numbers: the ends of
  /// the range and the constants that rules compare with, each with its neighbours; dates: the
  /// constants, or one date; text: one text.
  std::vector<std::vector<std::vector<fhirpath::Value>>> candidates;
  std::vector<std::string> candidate_texts;  // owns the text of candidates that nothing else owns

  Model() = default;
  Model(const Model&) = delete;  // `questions` and others point into it
  Model& operator=(const Model&) = delete;

  std::optional<std::uint32_t> slot(std::string_view question) const;
};

}  // namespace fbss
