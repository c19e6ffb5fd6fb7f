// SPDX-License-Identifier: Apache-2.0
// Conditions as lines of enableWhen. FHIR R4, Questionnaire.item.enableWhen: a line holds where
// some answer has the value; "!=" holds without an answer too, so no line may use it.
#include "fhir/enable_when.hpp"

#include <doctest/doctest.h>

#include <string>

#include <random>

#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"
#include "fhirpath/plan.hpp"
#include "questionnaire/model.hpp"
#include "random_record.hpp"
#include "same_as_ours.hpp"

namespace {

/// The small screen with another condition for its last question, and one more variable.
fbss::Questionnaire with_condition(const std::string& condition) {
  std::string text =
      std::string(small_screen::question_count) + std::string(small_screen::one_rule);
  const auto replace = [&](const std::string& what, const std::string& by) {
    REQUIRE(text.find(what) != std::string::npos);
    text.replace(text.find(what), what.size(), by);
  };
  replace("%last_visit > @2020", condition);
  replace("Anything on that visit?", "Anything on visits 3, 003, 5, 2.5, 00.5, 2147483647?");
  replace("\"variables\": {", R"("variables": {"operated": "%earlier != 'none'", )");
  auto loaded = fbss::load_questionnaire(text);
  for (const fbss::Problem& problem : loaded.problems()) MESSAGE(problem.message);
  REQUIRE(loaded.ok());
  return *loaded;
}

/// "earlier = one or earlier = two_or_more"; "expression" where enableWhen cannot say it.
std::string lines_of(const std::string& condition) {
  const fbss::Questionnaire questionnaire = with_condition(condition);
  const auto& model = questionnaire.model();
  const auto& expression = model.asked_when[*model.slot("visit_remark")].expression;
  const auto found = fbss::fhir::enable_when(model, fbss::fhirpath::syntax_of(*expression));
  if (!found) return "expression";
  std::string text;
  for (const fbss::fhir::EnableLine& line : found->lines) {
    if (!text.empty()) text += found->all ? " and " : " or ";
    text += line.question->id + ' ' + std::string(line.sign) + ' ' + line.value;
  }
  return text;
}

struct Row {
  const char *condition, *lines;
};

constexpr Row rows[] = {
    // one question
    {"%planned", "planned = yes"},
    {"%planned = true", "planned = yes"},
    {"true = %planned", "planned = yes"},
    {"%planned = false", "planned = no"},
    {"%planned.not()", "planned = no"},
    {"%planned != true", "planned = no"},
    {"%earlier = 'one'", "earlier = one"},
    {"%earlier in ('one' | 'two_or_more')", "earlier = one or earlier = two_or_more"},
    {"%earlier in 'one'", "earlier = one"},
    {"%earlier in ('one' | 'one')", "earlier = one"},
    // "!=" is the other options: FHIR's own would hold without an answer
    {"%earlier != 'none'", "earlier = one or earlier = two_or_more"},
    {"(%earlier in ('one' | 'two_or_more')).not()", "earlier = none"},
    {"(%earlier = 'one' or %earlier = 'none').not()", "earlier = two_or_more"},
    {"(%earlier != 'none').not()", "earlier = none"},
    // one of several answers
    {"iif(%exercises.exists(), %exercises contains 'yoga')", "exercises = yoga"},
    {"iif(%exercises.exists(), 'yoga' in %exercises, {})", "exercises = yoga"},
    {"iif(%exercises.exists(), %exercises contains 'yoga' or %exercises contains 'walking')",
     "exercises = yoga or exercises = walking"},
    {"iif(%exercises.exists(), (%exercises contains 'yoga').not())", "expression"},
    {"iif(%exercises.exists(), %exercises contains 'yoga').not()", "expression"},
    {"iif(%planned.exists(), %earlier = 'one')", "expression"},
    // variables are written out
    {"%plans_walking", "exercises = walking"},
    {"%plans_walking = true", "expression"},
    {"%operated", "earlier = one or earlier = two_or_more"},
    {"%operated.not()", "earlier = none"},
    // numbers; "!=" has no line
    {"%repetitions > 3", "repetitions > 3"},
    {"3 > %repetitions", "repetitions < 3"},
    {"3 <= %repetitions", "repetitions >= 3"},
    {"%repetitions = 003", "repetitions = 3"},
    {"%repetitions != 3", "expression"},
    {"%repetitions > 2.5", "expression"},
    {"%repetitions < 2147483647", "repetitions < 2147483647"},
    {"(%repetitions > 3).not()", "expression"},
    {"%weight >= 00.5", "weight >= 0.5"},
    {"%weight < 5", "weight < 5"},
    // a date may be a month or a year, and engines differ on its order
    {"%last_visit > @2020", "expression"},
    {"%last_visit = @2020-01-01", "expression"},
    // several questions: all or any, not both
    {"%planned and %other", "planned = yes and other = yes"},
    {"%planned and %other and %earlier = 'one'", "planned = yes and other = yes and earlier = one"},
    {"%planned and %planned", "planned = yes"},
    {"%planned or %other = false", "planned = yes or other = no"},
    {"%planned or (%other or %operated)",
     "planned = yes or other = yes or earlier = one or earlier = two_or_more"},
    {"%planned and %operated", "expression"},
    {"%planned and (%other or %depression)", "expression"},
    {"(%planned and %other) or %depression", "expression"},
    {"(%planned and %other).not()", "expression"},
    {"%planned xor %other", "expression"},
    {"%planned implies %other", "expression"},
    {"%planned = %other", "expression"},
    // texts are not compared as codes
    {"iif(%earlier.exists(), %earlier ~ 'one')", "expression"},
    {"%earlier.startsWith('o')", "expression"},
};

}  // namespace

TEST_CASE("a condition as lines of enableWhen, where they say exactly the same") {
  for (const Row& row : rows) {
    INFO(row.condition);
    CHECK(lines_of(row.condition) == row.lines);
  }
}

TEST_CASE("whatever is answered or not, another engine asks the question where we do") {
  std::mt19937 random(20'261'128);
  for (const Row& row : rows) {
    INFO(row.condition);
    const fbss::Questionnaire questionnaire = with_condition(row.condition);
    form::Form form(fbss::export_questionnaire(questionnaire));
    const fbss::Item& asked = small_screen::item(questionnaire, "visit_remark");
    int times_asked = 0;
    for (int i = 0; i < 200; ++i) {
      const fbss::Response response = form::random_record(questionnaire, random);
      form::check_same(form, response);
      times_asked += response.enabled(asked);
    }
    CHECK(times_asked > 0);
    CHECK(times_asked < 200);
  }
}
