// SPDX-License-Identifier: Apache-2.0
// Setting and reading single answers: states, what is asked, and a record out and in again.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <fbss/response.hpp>

#include "small_screen.hpp"

using fbss::AnswerState;
using small_screen::item;

namespace {

std::vector<std::string> open_ids(const fbss::Response& response) {
  std::vector<std::string> ids;
  for (const fbss::Item* question : response.open_questions()) ids.push_back(question->id);
  return ids;
}

fbss::ErrorCode only_code(const fbss::Result<void>& result) {
  REQUIRE(result.problems().size() == 1);
  return result.problems()[0].code;
}

}  // namespace

TEST_CASE("a question passes through its states") {
  fbss::Response response(small_screen::load());
  const fbss::Item& treated = item(response.questionnaire(), "depression_treated");
  CHECK(response.state(treated) == AnswerState::not_enabled);
  CHECK_FALSE(response.enabled(treated));
  REQUIRE(response.answer("depression", "unknown").ok());
  CHECK(response.state(treated) == AnswerState::not_enabled);
  REQUIRE(response.answer("depression", "yes").ok());
  CHECK(response.state(treated) == AnswerState::not_asked);
  CHECK(response.enabled(treated));
  REQUIRE(response.answer("depression_treated", "unknown").ok());
  CHECK(response.state(treated) == AnswerState::unknown);
  REQUIRE(response.answer("depression_treated", "declined").ok());
  CHECK(response.state(treated) == AnswerState::declined);
  REQUIRE(response.answer("depression_treated", true).ok());
  CHECK(response.state(treated) == AnswerState::answered);
  CHECK(response.retract("depression_treated"));
  CHECK(response.state(treated) == AnswerState::not_asked);
  CHECK_FALSE(response.retract("depression_treated"));
  CHECK_FALSE(response.retract("no_such_question"));
  REQUIRE(response.answer("depression", false).ok());
  CHECK(response.state(treated) == AnswerState::not_enabled);
}

TEST_CASE("questions that hang on others are asked step by step") {
  fbss::Response response(small_screen::load());
  using Ids = std::vector<std::string>;
  CHECK(open_ids(response) ==
        Ids{"planned", "earlier", "depression", "exercises", "weight", "last_visit", "other"});
  REQUIRE(response.answer("depression", true).ok());
  REQUIRE(response.answer("depression_treated", true).ok());
  REQUIRE(response.answer("earlier", "one").ok());
  const std::array<std::string_view, 2> two{"yoga", "walking"};
  REQUIRE(response.answer("exercises", two).ok());
  REQUIRE(response.answer("planned", "declined").ok());
  CHECK(open_ids(response) ==
        Ids{"planned", "rehab", "treatment", "repetitions", "weight", "last_visit", "other"});
  // The cascade falls with the first of its answers.
  REQUIRE(response.answer("treatment", "talking").ok());
  REQUIRE(response.answer("depression", false).ok());
  CHECK(response.state(item(response.questionnaire(), "treatment")) == AnswerState::not_enabled);
}

TEST_CASE("the kinds of answer() and their refusals; the earlier answer stays") {
  fbss::Response response(small_screen::load());
  const fbss::Questionnaire& q = response.questionnaire();
  REQUIRE(response.answer("repetitions", 12).ok());
  REQUIRE(response.answer("repetitions", std::int64_t{13}).ok());
  CHECK(only_code(response.answer("repetitions", 1000)) == fbss::ErrorCode::out_of_range);
  CHECK(response.answer_text(item(q, "repetitions")) == "13");
  CHECK(only_code(response.answer("repetitions", true)) == fbss::ErrorCode::wrong_type);
  CHECK(only_code(response.answer("planned", 1)) == fbss::ErrorCode::wrong_type);
  CHECK(only_code(response.answer("planed", true)) == fbss::ErrorCode::unknown_question);
  CHECK(only_code(response.answer("other_text", "a\x07")) == fbss::ErrorCode::control_character);
  CHECK(only_code(response.answer("other_text", "\xC3")) == fbss::ErrorCode::wrong_type);
  const std::array<std::string_view, 2> both{"none", "yoga"};
  CHECK(only_code(response.answer("exercises", both)) == fbss::ErrorCode::exclusive_option);
  CHECK(only_code(response.answer("exercises", std::span<const std::string_view>())) ==
        fbss::ErrorCode::wrong_type);
  CHECK(only_code(response.answer("planned", both)) == fbss::ErrorCode::wrong_type);
  REQUIRE(response.answer("other_text", std::string("short")).ok());
  REQUIRE(response.answer("other_text", std::string(100, 'z')).ok());
  CHECK(response.answer_text(item(q, "other_text")) == std::string(100, 'z'));
  REQUIRE(response.answer("weight", "007.50").ok());
  CHECK(response.answer_text(item(q, "weight")) == "7.50");
}

TEST_CASE("an item of no question has no answer") {
  const fbss::Response response(small_screen::load());
  fbss::Item stranger;
  stranger.id = "stranger";
  CHECK(response.state(stranger) == AnswerState::not_enabled);
  CHECK(response.answer_text(stranger).empty());
  CHECK(response.answer_label(stranger).empty());
}

TEST_CASE("the date of the assessment") {
  fbss::Response response(small_screen::load());
  CHECK(response.date().empty());
  for (const char* bad : {"", "2026", "2026-11", "2026-02-30", "21.11.2026", "2026-11-21T00"})
    CHECK(only_code(response.set_date(bad)) == fbss::ErrorCode::bad_date);
  REQUIRE(response.set_date("2026-11-21").ok());
  CHECK(response.date() == "2026-11-21");
  response.clear();
  CHECK(response.date() == "2026-11-21");
  CHECK(only_code(response.answer("last_visit", "2026-11-22")) == fbss::ErrorCode::bad_date);
}

TEST_CASE("a record goes out and comes in again") {
  const std::string record =
      R"({"_id":"A \"1\"","_sample":true,"planned":"yes","earlier":"two_or_more",)"
      R"("rehab":"declined","depression":"unknown","exercises":["walking"],"repetitions":10,)"
      R"("weight":72.50,"last_visit":"2026-05","other":"yes","other_text":"a \\ \"b\" <c>"})";
  fbss::Response response(small_screen::load());
  REQUIRE(response.read(record).ok());
  CHECK(response.to_json() == record);
  fbss::Response again(small_screen::load());
  REQUIRE(again.read(response.to_json()).ok());
  CHECK(again.to_json() == record);
  REQUIRE(again.read(std::string_view(R"({"_id":7})")).ok());
  CHECK(again.to_json() == R"({"_id":7})");
}

TEST_CASE("a copy is a record of its own") {
  fbss::Response response(small_screen::load());
  REQUIRE(response
              .read(std::string_view(
                  R"({"_id":"1","planned":true,"other":true,"other_text":"asthma"})"))
              .ok());
  fbss::Response copy = response;
  REQUIRE(response.answer("other_text", "something else").ok());
  REQUIRE(response.answer("planned", false).ok());
  CHECK(copy.to_json() == R"({"_id":"1","planned":"yes","other":"yes","other_text":"asthma"})");
  CHECK(copy.check().empty());
  CHECK(response.check().size() == 1);
  copy = response;
  CHECK(copy.to_json() == response.to_json());
  const fbss::Response moved = std::move(copy);
  CHECK(moved.to_json() == response.to_json());
}
