// SPDX-License-Identifier: Apache-2.0
// Expressions: what does not compile is found at its character; what each reads; in which order
// things are worked out.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "questionnaire/model.hpp"
#include "sample.hpp"

using fbss::ErrorCode;

namespace {

using Model = fbss::Questionnaire::Model;

std::vector<std::string> names(const Model& model, const std::vector<std::uint32_t>& slots) {
  std::vector<std::string> ids;
  for (std::uint32_t slot : slots) ids.push_back(model.questions[slot]->id);
  return ids;
}

}  // namespace

TEST_CASE("what the compiler refuses is reported at its character in the file") {
  const ExpressionFault faults[] = {
      {"%diabetes and and %smokes", ErrorCode::syntax_error, 15},
      {"%diabetes and %smokin", ErrorCode::unknown_variable, 15, "%smoking"},
      {"%diabetes.exist()", ErrorCode::unknown_function, 11},
      {"%diabetes and %smokes.not(1)", ErrorCode::wrong_arguments, 23},
      {"%smoking = 'daily", ErrorCode::syntax_error, 12},
  };
  for (const ExpressionFault& fault : faults) check_expression_fault(fault);
}

TEST_CASE("a character behind an escape of the file is found all the same") {
  const std::string text = sample_with_rule("%smoking = '\\u00e9\\\\\\\\' or %smokin");
  const auto loaded = fbss::load_questionnaire(text, "f.json");
  REQUIRE_FALSE(loaded.ok());
  const Position position = position_of(text, "%smokin\"");
  CHECK(loaded.problems().back().line == position.line);
  CHECK(loaded.problems().back().column == position.column);
}

TEST_CASE("a circle through variables and asked_when is named") {
  const std::string circle = sample_with(
      R"("text": "Does the patient have diabetes?",)",
      R"("text": "Does the patient have diabetes?", "asked_when": "%plans_yoga and %treated",)");
  check_fault({circle, ErrorCode::dependency_cycle, "/sections/0/questions/0/asked_when",
               "\"%plans_yoga and %treated\"", "diabetes reads treated reads diabetes"});
  const std::string variables =
      sample_with(R"x("plans_yoga": "iif(%exercises.exists(), %exercises contains 'yoga')",)x",
                  R"("a": "%b and %diabetes", "b": "%c", "c": "%a",)");
  check_fault({variables, ErrorCode::dependency_cycle, "/variables/a", "\"%b and %diabetes\"",
               "a reads b reads c reads a"});
  check_fault({sample_with(R"("asked_when": "%diabetes")", R"("asked_when": "%treated")"),
               ErrorCode::dependency_cycle, "/sections/0/questions/2/asked_when", "\"%treated\"",
               "treated reads treated"});
}

TEST_CASE("reads follow variables, in question order, the gate's first") {
  const fbss::Questionnaire sample = load_sample(
      sample_with_rule("%both or %diabetes", "%treated", R"("both": "%plans_yoga and %smokes")"));
  const Model& model = sample.model();
  const fbss::CompiledRule& rule = model.compiled_rules[0];
  using Names = std::vector<std::string>;
  CHECK(names(model, rule.gate.reads) == Names{"treated"});
  CHECK(names(model, rule.present.reads) == Names{"diabetes", "smoking", "exercises"});
  CHECK(names(model, rule.gate_reads) == Names{"treated"});
  CHECK(names(model, rule.reads) == Names{"treated", "diabetes", "smoking", "exercises"});
  CHECK(names(model, rule.notes[0].reads) == Names{"smoking"});
  CHECK(names(model, model.notice_conditions[0].reads) == Names{"diabetes", "smoking"});
  CHECK(names(model, model.asked_when[2].reads) == Names{"diabetes"});
  CHECK_FALSE(model.asked_when[0].expression.has_value());

  Names of_rule;
  for (const fbss::Item* item : sample.questions_of(sample.rules()[0])) of_rule.push_back(item->id);
  CHECK(of_rule == Names{"treated", "diabetes", "smoking", "exercises"});
}

TEST_CASE("every question and variable has a stage, behind all that it reads") {
  // A variable of a variable that stands behind it, and a question that waits for it.
  const std::string text =
      sample_with(R"("text": "Does the patient have diabetes?",)",
                  R"("text": "Does the patient have diabetes?", "asked_when": "%early",)");
  std::string with_early = text;
  const std::string smokes = R"("smokes":)";
  with_early.insert(with_early.find(smokes), R"("early": "%smokes and %plans_yoga", )");
  const fbss::Questionnaire sample = load_sample(with_early);
  const Model& model = sample.model();
  CHECK(model.stages.size() == model.questions.size() + model.variables.size());
  const auto place = [&](fbss::Stage::Kind kind, std::uint32_t index) {
    for (std::size_t i = 0; i < model.stages.size(); ++i)
      if (model.stages[i].kind == kind && model.stages[i].index == index) return i;
    return model.stages.size();
  };
  using Kind = fbss::Stage::Kind;
  const auto yoga = place(Kind::variable, 0), early = place(Kind::variable, 1),
             smoking = place(Kind::variable, 2);
  CHECK(model.variables[1].name == "early");
  CHECK(place(Kind::question, 1) < smoking);
  CHECK(smoking < early);
  CHECK(yoga < early);
  CHECK(early < place(Kind::question, 0));
  CHECK(place(Kind::question, 0) < place(Kind::question, 2));
}
