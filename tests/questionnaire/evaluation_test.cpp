// SPDX-License-Identifier: Apache-2.0
#include "questionnaire/evaluation.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "sample.hpp"

using fbss::Evaluation;
using fbss::Truth;
using fbss::fhirpath::Value;

namespace {

const Value yes = Value::of_boolean(true), no = Value::of_boolean(false);
const Value daily = Value::of_string("daily"), never = Value::of_string("never");
const Value walking_and_yoga[] = {Value::of_string("walking"), Value::of_string("yoga")};

}  // namespace

TEST_CASE(
    "nothing answered: every gate and condition is empty, a dependent question is not asked") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  Evaluation evaluation(sample.model());
  REQUIRE(evaluation.settle().ok());
  CHECK(evaluation.enabled(0) == Truth::yes);
  CHECK(evaluation.enabled(2) == Truth::empty);
  const fbss::CompiledRule& rule = sample.model().compiled_rules[0];
  CHECK(*evaluation.evaluate(rule.gate) == Truth::empty);
  CHECK(*evaluation.evaluate(rule.present) == Truth::empty);
  CHECK(*evaluation.evaluate(fbss::Condition()) == Truth::yes);
}

TEST_CASE("answers settle gates, conditions and which questions are asked") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  const fbss::CompiledRule& rule = sample.model().compiled_rules[0];
  Evaluation evaluation(sample.model());
  evaluation.set(0, {&yes, 1});
  evaluation.set(1, {&daily, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(evaluation.enabled(2) == Truth::yes);
  CHECK(*evaluation.evaluate(rule.gate) == Truth::yes);
  CHECK(*evaluation.evaluate(rule.present) == Truth::yes);
  CHECK(evaluation.answer(1).size() == 1);

  evaluation.set(0, {&no, 1});
  evaluation.set(1, {&never, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(evaluation.enabled(2) == Truth::no);
  CHECK(*evaluation.evaluate(rule.gate) == Truth::no);
  CHECK(*evaluation.evaluate(rule.present) == Truth::no);
  CHECK(*evaluation.evaluate(rule.notes[0]) == Truth::yes);

  evaluation.clear();
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(rule.gate) == Truth::empty);
  CHECK(evaluation.answer(0).empty());
}

TEST_CASE("the answer of a question that is not asked is read as none, cascading") {
  const fbss::Questionnaire sample = load_sample(sample_with_rule("%treated", "%plans_yoga"));
  const fbss::CompiledRule& rule = sample.model().compiled_rules[0];
  Evaluation evaluation(sample.model());
  evaluation.set(2, {&yes, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(rule.present) == Truth::empty);
  evaluation.set(0, {&yes, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(rule.present) == Truth::yes);
  evaluation.set(3, walking_and_yoga);
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(rule.gate) == Truth::yes);
}

TEST_CASE("a variable's text outlives the evaluation of other variables") {
  const fbss::Questionnaire sample = load_sample(
      sample_with_rule("%first = '5' and %second = '55'", "",
                       R"x("first": "%repetitions.toString()", "second": )x"
                       R"x("iif(%repetitions.exists(), %first & %repetitions.toString())")x"));
  Evaluation evaluation(sample.model());
  const Value five = Value::of_integer(5);
  evaluation.set(*sample.model().slot("repetitions"), {&five, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(sample.model().compiled_rules[0].present) == Truth::yes);
}

TEST_CASE("today() is the date that the caller gives, and empty without one") {
  const fbss::Questionnaire sample =
      load_sample(sample_with_rule("%diabetes and @2020-01-01 < today()"));
  const fbss::Condition& present = sample.model().compiled_rules[0].present;
  Evaluation evaluation(sample.model());
  evaluation.set(*sample.model().slot("diabetes"), {&yes, 1});
  REQUIRE(evaluation.settle().ok());
  CHECK(*evaluation.evaluate(present) == Truth::empty);
  evaluation.set_today("2026-11-21");
  CHECK(*evaluation.evaluate(present) == Truth::yes);
  evaluation.set_today("2019-11-21");
  CHECK(*evaluation.evaluate(present) == Truth::no);
}

TEST_CASE("an expression that raises is rule_error, never unknown") {
  const fbss::Questionnaire sample = load_sample(sample_with_rule("%repetitions > 5"));
  const std::size_t slot = *sample.model().slot("repetitions");
  Evaluation evaluation(sample.model());
  // What no response lets through: a text where a number belongs, and two of them.
  evaluation.set(static_cast<std::uint32_t>(slot), walking_and_yoga);
  REQUIRE(evaluation.settle().ok());
  const auto result = evaluation.evaluate(sample.model().compiled_rules[0].present);
  REQUIRE_FALSE(result.ok());
  CHECK(result.problems()[0].code == fbss::ErrorCode::rule_error);
  CHECK(result.problems()[0].message.find("yoga") == std::string::npos);

  const auto settled = load_sample(sample_text);
  Evaluation other(settled.model());
  other.set(0, {&daily, 1});
  const auto raised = other.settle();
  REQUIRE_FALSE(raised.ok());
  CHECK(raised.problems()[0].code == fbss::ErrorCode::rule_error);
  CHECK(raised.problems()[0].question == "treated");
}

TEST_CASE("settled again after some answers is settled as if all were new") {
  std::mt19937 random(7);
  const fbss::Questionnaire chained = load_sample(sample_with_rule(
      "%first = 'true'", "", R"x("first": "iif(%treated.exists(), %treated.toString())")x"));
  for (const fbss::Questionnaire& questionnaire :
       {*fbss::load_builtin("preop_screen"), *fbss::load_builtin("postop_followup"),
        *fbss::load_builtin("rehab_plan"), chained}) {
    CAPTURE(questionnaire.id());
    const fbss::Questionnaire::Model& model = questionnaire.model();
    Evaluation kept(model);
    std::vector<fbss::fhirpath::Collection> answers(model.questions.size());
    std::size_t settled = 0;
    for (int round = 0; round < 400; ++round) {
      for (auto sets = random() % 4; sets > 0; --sets) {
        const auto slot = static_cast<std::uint32_t>(random() % answers.size());
        const auto& candidates = model.candidates[slot];
        answers[slot] = {};
        if (random() % 3 > 0 && !candidates.empty())
          answers[slot] = candidates[random() % candidates.size()];
        kept.set(slot, answers[slot]);
      }
      if (round % 50 == 49) {
        kept.clear();
        for (std::uint32_t slot = 0; slot < answers.size(); ++slot) kept.set(slot, answers[slot]);
      }
      Evaluation fresh(model);
      for (std::uint32_t slot = 0; slot < answers.size(); ++slot) fresh.set(slot, answers[slot]);
      REQUIRE(kept.settle().ok());
      REQUIRE(fresh.settle().ok());
      for (std::uint32_t slot = 0; slot < answers.size(); ++slot)
        CHECK(kept.enabled(slot) == fresh.enabled(slot));
      for (const fbss::CompiledRule& rule : model.compiled_rules) {
        CHECK(*kept.evaluate(rule.gate) == *fresh.evaluate(rule.gate));
        CHECK(*kept.evaluate(rule.present) == *fresh.evaluate(rule.present));
        settled += *kept.evaluate(rule.present) != Truth::empty;
      }
    }
    CHECK(settled > 50);
  }
}
