// SPDX-License-Identifier: Apache-2.0
// The chart's expressions of a draft -> compiled, each with the code lists that it asks. A variable
// reads those above it, so there are no circles; types are those of FHIR R4, so a misspelt element
// is a fault and no rule that never finds anything. Entered through compile_chart().
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/draft.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

constexpr std::array<std::string_view, 3> clocks = {"today", "now", "timeOfDay"};

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

class ChartCompiler {
 public:
  explicit ChartCompiler(Draft& draft) : draft_(draft), model_(*draft.model) {
    options_.limits = draft.limits;
    options_.strict = true;
    options_.input_type = "Bundle";
    options_.variables = {"chart"};
    options_.variable_values = {nullptr};
    for (const ChartVariable& variable : model_.chart_variables) names_.push_back(variable.name);
    for (const Item* question : model_.questions) questions_.push_back(question->id);
  }

  void compile() {
    model_.chart_values.resize(model_.chart_variables.size());
    for (std::size_t i = 0; i < model_.chart_values.size(); ++i) {
      ChartExpression& value = model_.chart_values[i];
      value = compile_one("chart variable " + names_[i], *draft_.chart_variables[i]);
      options_.variables.push_back(names_[i]);
      options_.variable_values.push_back(value.expression ? &*value.expression : nullptr);
    }
    for (const ChartPlace& place : draft_.chart_rules) {
      const Item& question = *model_.questions[place.question];
      const std::string name =
          "question " + question.id + ", chart rule " + std::to_string(place.rule + 1);
      model_.chart_rules.push_back({place.question, place.rule, compile_one(name, *place.find)});
      check_finds_resources(model_.chart_rules.back().find, *place.find);
    }
  }

 private:
  ChartExpression compile_one(const std::string& name, const FileValue& place) {
    ChartExpression made;
    auto compiled = fhirpath::Expression::compile(place.text, options_);
    if (!compiled) {
      for (const Problem& problem : compiled.problems()) {
        const std::size_t byte = problem.column > 0 ? problem.column - 1 : 0;
        draft_.faults.in_text(problem.code, place, byte,
                              "In " + name + ", at character " + std::to_string(byte + 1) +
                                  " of the expression: " + problem.message +
                                  why_not_seen(problem, std::string_view(place.text).substr(byte)));
      }
      return made;
    }
    made.expression = std::move(*compiled);
    std::vector<std::size_t> read;
    visit(fhirpath::syntax_of(*made.expression), place, made.code_lists, read);
    for (std::size_t variable : read)
      for (const std::string& url : model_.chart_values[variable].code_lists)
        add_once(made.code_lists, url);
    return made;
  }

  /// What an unknown name means elsewhere in the file.
  std::string why_not_seen(const Problem& problem, std::string_view text) const {
    if (problem.code != ErrorCode::unknown_variable || !text.starts_with('%')) return "";
    text.remove_prefix(1);
    const std::string_view name =
        text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"));
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      return " It stands further down: a chart variable reads only those above it.";
    if (std::find(questions_.begin(), questions_.end(), name) != questions_.end())
      return " Answers are not read here: a chart speaks for itself.";
    return "";
  }

  void visit(const Syntax& syntax, const FileValue& place, std::vector<std::string>& code_lists,
             std::vector<std::size_t>& read) {
    if (syntax.kind == SyntaxKind::variable) {
      const auto found = std::find(names_.begin(), names_.end(), syntax.name);
      if (found != names_.end()) read.push_back(static_cast<std::size_t>(found - names_.begin()));
    }
    if (syntax.kind == SyntaxKind::function) {
      if (std::find(clocks.begin(), clocks.end(), syntax.name) != clocks.end())
        draft_.faults.in_text(ErrorCode::clock_in_rule, place, syntax.position,
                              syntax.name +
                                  "() reads the clock, so the same chart could come out "
                                  "differently; show the date and leave it to the reader.");
      if (syntax.name == "memberOf") note_code_list(*syntax.parts.back(), place, code_lists);
    }
    for (const auto& part : syntax.parts) visit(*part, place, code_lists, read);
  }

  void note_code_list(const Syntax& url, const FileValue& place,
                      std::vector<std::string>& code_lists) {
    if (url.kind == SyntaxKind::string) return add_once(code_lists, url.text);
    draft_.faults.in_text(ErrorCode::bad_value, place, url.position,
                          "Here memberOf() takes the url of a value set in quotes, so that the "
                          "lists that a chart is held against are known.");
  }

  void check_finds_resources(const ChartExpression& find, const FileValue& place) {
    if (!find.expression) return;
    const fhirpath::Shape& gives = fhirpath::ExpressionAccess::plan(*find.expression).gives;
    if (!gives.is_known()) return;
    if (gives.system == 0 && std::ranges::all_of(gives.models, fhirpath::is_resource)) return;
    draft_.faults.at_value(ErrorCode::bad_value, place,
                           "\"find\" gives the resources that say something, whole: choose them "
                           "with where().");
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  fhirpath::Expression::Options options_;
  std::vector<std::string> names_, questions_;
};

}  // namespace

void compile_chart(Draft& draft) {
  ChartCompiler(draft).compile();
}

}  // namespace fbss
