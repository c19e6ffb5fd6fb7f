// SPDX-License-Identifier: Apache-2.0
// The two checks by trying, with conditions that pass every other check.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sample.hpp"

using fbss::ErrorCode;

namespace {

/// A fault of a whole condition stands at its first character; the message names these words.
struct Row {
  std::string expression;
  ErrorCode code;
  std::vector<std::string> words;
  std::string variables = "";
};

void check(const Row& row) {
  CAPTURE(row.expression);
  const auto loaded =
      fbss::load_questionnaire(sample_with_rule(row.expression, "", row.variables), "f.json");
  REQUIRE(loaded.problems().size() == 1);
  const fbss::Problem& problem = loaded.problems().front();
  CAPTURE(problem.message);
  CHECK(fbss::code_word(problem.code) == fbss::code_word(row.code));
  CHECK(problem.pointer == "/rules/0/present_when");
  for (const std::string& word : row.words) CHECK(problem.message.find(word) != std::string::npos);
}

}  // namespace

TEST_CASE("a condition that is decided with nothing answered") {
  const Row rows[] = {
      {"iif(%diabetes, true, false)",
       ErrorCode::guesses_unanswered,
       {"rule first_rule, present_when", "already false", "diabetes is answered"}},
      {"iif(%exercises.exists(), %exercises contains 'yoga', false)",
       ErrorCode::guesses_unanswered,
       {"already false", "exercises is answered"}},
      {"%diabetes or true", ErrorCode::guesses_unanswered, {"already true"}},
      {"%diabetes and %smokes and false",
       ErrorCode::guesses_unanswered,
       {"already false", "diabetes or smoking is answered"}},
      {"(%smoking | 'never').first() = 'never'", ErrorCode::guesses_unanswered, {"already true"}},
      {"true", ErrorCode::guesses_unanswered, {"reads no question"}},
      {"today() > today()", ErrorCode::guesses_unanswered, {"reads no question"}},
      {"%sure",
       ErrorCode::guesses_unanswered,
       {"already true"},
       R"x("sure": "iif(%diabetes, false, true)")x"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a result that a further answer changes") {
  const Row rows[] = {
      {"iif(%diabetes, %treated, %smokes)",
       ErrorCode::unsettles,
       {"with smoking = daily this is already true", "answering diabetes = yes as well",
        "undecided"}},
      {"%diabetes and (%smoking | 'never').first() = 'never'",
       ErrorCode::unsettles,
       {"with diabetes = yes this is already true", "smoking = daily", "false"}},
      {"%smokes and (%hours | 5).first() >= 5",
       ErrorCode::unsettles,
       {"smoking = daily", "already true", "hours = 4.9"}},
      {"%smokes and (%repetitions | 5).first() >= 5",
       ErrorCode::unsettles,
       {"smoking = daily", "already true", "repetitions = 0"}},
      {"%smokes and (%surgery_date | @2020-01-02).first() >= @2020-01-02",
       ErrorCode::unsettles,
       {"already true", "surgery_date = 2020-01-01"}},
      {"%chosen",
       ErrorCode::unsettles,
       {"answering"},
       R"x("chosen": "iif(%diabetes, %treated, %smokes)")x"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("an expression that raises on some answers") {
  check({"iif(%exercises.exists(), %exercises.where($this != 'none').single() = 'yoga')",
         ErrorCode::not_a_single_value,
         {"exercises = walking and yoga", "raises an error"}});
}

TEST_CASE("asked_when, gates, notes and notices are tried out too") {
  const std::string guess = "iif(%diabetes, true, false)";
  struct Place {
    std::string text;
    std::string pointer;
  };
  const Place places[] = {
      {sample_with(R"("asked_when": "%diabetes")", "\"asked_when\": \"" + guess + "\""),
       "/sections/0/questions/2/asked_when"},
      {sample_with(R"("applies_when": "%diabetes")", "\"applies_when\": \"" + guess + "\""),
       "/rules/0/applies_when"},
      {sample_with(R"("when": "%smoking = 'never'")", "\"when\": \"" + guess + "\""),
       "/rules/0/notes/0/when"},
      {sample_with(R"("when": "%diabetes and %smokes")", "\"when\": \"" + guess + "\""),
       "/notices/0/when"},
  };
  for (const Place& place : places)
    check_fault({place.text, ErrorCode::guesses_unanswered, place.pointer, "iif(%diabetes",
                 "already false"});
}

TEST_CASE("too many combinations are sampled, and the fault is found all the same") {
  // Twelve choices of five options: 6^12 combinations.
  std::string questions, condition;
  for (int i = 0; i < 12; ++i) {
    const std::string id = "q" + std::to_string(i);
    questions += R"({ "id": ")" + id + R"(", "type": "choice", "text": "?", "options": [)";
    for (int code = 0; code < 5; ++code)
      questions += std::string(code > 0 ? "," : "") + R"({ "code": "c)" + std::to_string(code) +
                   R"(", "text": "x" })";
    questions += R"(], "why": { "source": "article", "heading": "", "phrase": "x" } },)";
    condition += (i > 0 ? " or %" : "%") + id + " = 'c1'";
  }
  const auto with = [&](const std::string& expression) {
    std::string text = sample_with_rule(expression);
    const std::string first = R"("questions": [)";
    return text.insert(text.find(first) + first.size(), questions);
  };
  load_sample(with(condition));
  const auto loaded = fbss::load_questionnaire(with("iif(" + condition + ", %diabetes, %treated)"));
  REQUIRE(loaded.problems().size() == 1);
  CHECK(loaded.problems()[0].code == ErrorCode::unsettles);
  const auto again = fbss::load_questionnaire(with("iif(" + condition + ", %diabetes, %treated)"));
  CHECK(again.problems()[0].message == loaded.problems()[0].message);
}
