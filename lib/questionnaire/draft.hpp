// SPDX-License-Identifier: Apache-2.0
// A questionnaire on its way from file to model: the file, the model as far as it is filled, and
// for each condition the place that it came from. The passes over it stand below in their order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>

#include "questionnaire/faults.hpp"
#include "questionnaire/file_reader.hpp"
#include "questionnaire/model.hpp"

namespace fbss {

/// The limits under which a file's expressions are compiled and tried out. One that takes more
/// steps on a handful of answers is no rule, and a file made to be costly must not be.
inline Limits rule_limits(Limits limits) {
  limits.evaluation_steps = std::min<std::uint64_t>(limits.evaluation_steps, 5000);
  return limits;
}

/// One expression of the file and where its compiled form stands in the model.
struct ExpressionPlace {
  enum class Use : std::uint8_t {
    variable,
    asked_when,
    planned_when,
    applies_when,
    present_when,
    note,
    notice
  };
  Use use{};
  std::uint32_t owner = 0;          ///< variable, question slot, exercise, rule or notice
  std::uint32_t note = 0;           ///< which of the rule's notes
  const FileValue* text = nullptr;  ///< the string in the file
};

/// A chart rule and where its expression stands in the file.
struct ChartPlace {
  std::uint32_t question = 0, rule = 0;  ///< slot, and place in Item::chart
  const FileValue* find = nullptr;
};

struct Draft {
  Draft(FileTree file_tree, std::string_view file, const Limits& its_limits)
      : tree(std::move(file_tree)), faults(tree, file), limits(its_limits) {}

  Draft(const Draft&) = delete;  // `faults` refers to `tree`
  Draft& operator=(const Draft&) = delete;

  FileTree tree;
  Faults faults;
  Limits limits;
  std::shared_ptr<Questionnaire::Model> model = std::make_shared<Questionnaire::Model>();
  std::vector<ExpressionPlace> expressions;  ///< in the file's order, variables first
  std::vector<const FileValue*> chart_variables;
  std::vector<ChartPlace> chart_rules;
  bool questions_sound = true;  ///< no fault in a question, so that rules can be judged
  bool too_many = false;        ///< more of something than a file may have: looked at no further

  Condition& condition(const ExpressionPlace& place);
  /// "rule rf_smoking, present_when", for messages.
  std::string name(const ExpressionPlace& place) const;
};

/// Fills what the file says (model_reader.cpp).
void read_model(Draft& draft);

/// Compiles the expressions; works out reads, stages, the questions of each rule and the answers
/// that trials use (compile.cpp).
void compile_expressions(Draft& draft);

/// Compiles what is asked of a chart, and checks it (compile_chart.cpp).
void compile_chart(Draft& draft);

/// The checks that need no answers, each in the file of its name.
void check_logic(Draft& draft);
void check_guards(Draft& draft);
void check_numbers(Draft& draft);

/// The two checks by trying; only where there is no fault so far (try_out.cpp).
void try_out(Draft& draft);

}  // namespace fbss
