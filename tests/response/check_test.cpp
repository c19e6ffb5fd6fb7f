// SPDX-License-Identifier: Apache-2.0
// Answers that do not fit each other: both questions are named, with what may be repeated.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/response.hpp>

#include "small_screen.hpp"

namespace {

struct Conflict {
  const char* record;
  const char* question;
  const char* other;
  const char* told;
};

}  // namespace

TEST_CASE("an answer to a question that another answer says is not asked") {
  const Conflict table[] = {
      {R"({"depression":"no","depression_treated":"yes"})", "depression_treated", "depression",
       ", but \"depression\" is No. One of the two is wrong; please check. Nothing was evaluated."},
      {R"({"earlier":"none","rehab":"not_followed"})", "rehab", "earlier",
       ", but \"earlier\" is None. One of the two is wrong; please check."},
      {R"({"depression":"unknown","depression_treated":"no"})", "depression_treated", "depression",
       ", but \"depression\" is Unknown. One of the two"},
      {R"({"depression_treated":"no"})", "depression_treated", "depression",
       ", but \"depression\" is not answered. Please answer it too, or leave "
       "\"depression_treated\" out. Nothing was evaluated."},
      {R"({"exercises":["yoga","swimming"],"repetitions":10})", "repetitions", "exercises",
       ", but \"exercises\" is Yoga, Swimming. One of the two"},
      {R"({"exercises":["none"],"repetitions":10})", "repetitions", "exercises",
       "\"exercises\" is None."},
      // Of two answers in a condition, the one that makes it false.
      {R"({"planned":"yes","other":"no","other_text":"x"})", "other_text", "other",
       ", but \"other\" is No. One of the two is wrong"},
      {R"({"planned":"no","other":"yes","other_text":"x"})", "other_text", "planned",
       ", but \"planned\" is No. One of the two is wrong"},
      {R"({"planned":"no","other":"no","other_text":"x"})", "other_text", "planned",
       ", but \"planned\" is No and \"other\" is No. These answers cannot all be right"},
      {R"({"planned":"yes","other_text":"x"})", "other_text", "other",
       ", but \"other\" is not answered. Please answer it too"},
      {R"({"other_text":"x"})", "other_text", "planned",
       "\"planned\" is not answered and \"other\" is not answered. Please answer them too"},
      // A date is not repeated.
      {R"({"last_visit":"2019","visit_remark":"x"})", "visit_remark", "last_visit",
       ", but \"last_visit\" has another answer. One of the two"},
  };
  fbss::Response response(small_screen::load());
  for (const Conflict& row : table) {
    CAPTURE(row.record);
    const auto read = response.read(std::string_view(row.record));
    REQUIRE(read.problems().size() == 1);
    const fbss::Problem& problem = read.problems().front();
    CAPTURE(problem.message);
    CHECK(problem.code == fbss::ErrorCode::answer_not_applicable);
    CHECK(problem.question == row.question);
    CHECK(problem.other_question == row.other);
    CHECK(problem.pointer == "/" + std::string(row.question));
    CHECK(problem.message.starts_with("\"" + std::string(row.question) + "\" is only asked when "));
    CHECK(problem.message.find(row.told) != std::string::npos);
  }
}

TEST_CASE("the condition is told in plain words") {
  fbss::Response response(small_screen::load());
  const auto read = response.read(std::string_view(R"({"earlier":"none","rehab":"followed"})"));
  REQUIRE(read.problems().size() == 1);
  const std::string words = response.questionnaire().plain_words_asked(
      small_screen::item(response.questionnaire(), "rehab"));
  REQUIRE(words.starts_with("Asked only when "));
  REQUIRE(words.ends_with("."));
  const std::string condition = words.substr(16, words.size() - 17);
  CHECK(read.problems()[0].message.find("is only asked when " + condition + ", but ") !=
        std::string::npos);
}

TEST_CASE("conflicts cascade: what hangs on a question that is not asked is not asked either") {
  fbss::Response response(small_screen::load());
  const auto read = response.read(
      std::string_view(R"({"depression":"no","depression_treated":"yes","treatment":"medicine"})"));
  REQUIRE(read.problems().size() == 2);
  CHECK(read.problems()[0].question == "depression_treated");
  CHECK(read.problems()[1].question == "treatment");
  CHECK(read.problems()[1].other_question == "depression_treated");
  CHECK(read.problems()[1].message.find("\"depression_treated\" is not asked either") !=
        std::string::npos);

  const auto unasked =
      response.read(std::string_view(R"({"depression":"no","treatment":"talking"})"));
  REQUIRE(unasked.problems().size() == 1);
  CHECK(unasked.problems()[0].message.find("but \"depression_treated\" is not asked.") !=
        std::string::npos);
}

TEST_CASE("unknown and declined pass where the question is not asked") {
  fbss::Response response(small_screen::load());
  CHECK(response
            .read(std::string_view(
                R"({"depression":"no","depression_treated":"unknown","treatment":"declined"})"))
            .ok());
  CHECK(response.check().empty());
}

TEST_CASE("answers set one by one are checked when asked for, not before") {
  fbss::Response response(small_screen::load());
  REQUIRE(response.answer("depression", true).ok());
  REQUIRE(response.answer("depression_treated", true).ok());
  CHECK(response.check().empty());
  REQUIRE(response.answer("depression", false).ok());
  REQUIRE(response.check().size() == 1);
  CHECK(response.check()[0].question == "depression_treated");
  CHECK(response.retract("depression_treated"));
  CHECK(response.check().empty());
}

TEST_CASE("checking does not disturb what it checks") {
  fbss::Response response(small_screen::load());
  REQUIRE(response.answer("planned", true).ok());
  REQUIRE(response.answer("other", false).ok());
  REQUIRE(response.answer("other_text", "x").ok());
  const std::string before = response.to_json();
  const auto first = response.check(), second = response.check();
  REQUIRE(first.size() == 1);
  REQUIRE(second.size() == 1);
  CHECK(first[0].message == second[0].message);
  CHECK(response.to_json() == before);
  CHECK(response.state(small_screen::item(response.questionnaire(), "other_text")) ==
        fbss::AnswerState::not_enabled);
}

TEST_CASE("a date of the assessment that is set after a later answer") {
  fbss::Response response(small_screen::load());
  REQUIRE(response.answer("last_visit", "2026-11-22").ok());
  REQUIRE(response.set_date("2026-11-21").ok());
  const auto problems = response.check();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == fbss::ErrorCode::bad_date);
  CHECK(problems[0].question == "last_visit");
  REQUIRE(response.set_date("2026-11-22").ok());
  CHECK(response.check().empty());
}
