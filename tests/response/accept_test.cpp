// SPDX-License-Identifier: Apache-2.0
// What a question takes and what it refuses: a table of single answers, as a record holds them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/response.hpp>

#include "small_screen.hpp"

namespace {

struct Taken {
  const char* question;
  const char* value;  // JSON
  const char* text;   // answer_text
  const char* label;  // answer_label
};

struct Refused {
  const char* question;
  const char* value;
  const char* code;
  const char* pointer;
  const char* told;  // stands in the message
};

// The answers without which the question is not asked.
std::string record(const std::string& question, const std::string& value) {
  std::string before;
  if (question == "rehab") before = R"("earlier":"one",)";
  if (question == "depression_treated") before = R"("depression":true,)";
  if (question == "repetitions") before = R"("exercises":["walking"],)";
  if (question == "other_text") before = R"("other":"yes","planned":"yes",)";
  return "{" + before + "\"" + question + "\":" + value + "}";
}

const std::string x120(120, 'x');

}  // namespace

TEST_CASE("answers that are taken") {
  const std::string longest = "\"" + x120 + "\"";
  const std::string wide = "\"Bekhterev \xC3\xA9\xE2\x82\xAC\"";
  const Taken table[] = {
      {"planned", "true", "yes", "Yes"},
      {"planned", "\"no\"", "no", "No"},
      {"planned", "\"unknown\"", "unknown", "Unknown"},
      {"planned", "\"declined\"", "declined", "Declined"},
      {"planned", "null", "", "Not asked"},
      {"earlier", "\"two_or_more\"", "two_or_more", "Two or more"},
      {"rehab", "\"no_program\"", "no_program", "No program given"},
      {"exercises", "[\"yoga\",\"walking\"]", "yoga, walking", "Yoga, Walking"},
      {"exercises", "\"yoga\"", "yoga", "Yoga"},
      {"exercises", "[\"none\"]", "none", "None"},
      {"exercises", "[\"unknown\"]", "unknown", "Unknown"},
      {"repetitions", "10", "10", "10"},
      {"repetitions", "0", "0", "0"},
      {"repetitions", "999", "999", "999"},
      {"repetitions", "10.0", "10", "10"},
      {"repetitions", "1e1", "10", "10"},
      {"repetitions", "\"12\"", "12", "12"},
      {"repetitions", "\"declined\"", "declined", "Declined"},
      {"weight", "72.50", "72.50", "72.50"},
      {"weight", "\"-3\"", "-3", "-3"},
      {"last_visit", "\"2026\"", "2026", "2026"},
      {"last_visit", "\"2026-05\"", "2026-05", "2026-05"},
      {"last_visit", "\"2024-02-29\"", "2024-02-29", "2024-02-29"},
      {"last_visit", "\"2026-11-21\"", "2026-11-21", "2026-11-21"},  // the day itself
      {"last_visit", "\"2026-11\"", "2026-11", "2026-11"},           // not surely after
      {"other_text", longest.c_str(), x120.c_str(), x120.c_str()},
      {"other_text", wide.c_str(), "Bekhterev \xC3\xA9\xE2\x82\xAC",
       "Bekhterev \xC3\xA9\xE2\x82\xAC"},
      {"other_text", "\"<script>alert(1)</script> & =1+1\"", "<script>alert(1)</script> & =1+1",
       "<script>alert(1)</script> & =1+1"},
  };
  fbss::Response response(small_screen::load());
  REQUIRE(response.set_date("2026-11-21").ok());
  for (const Taken& row : table) {
    CAPTURE(row.question);
    CAPTURE(row.value);
    const auto read = response.read(record(row.question, row.value));
    for (const fbss::Problem& problem : read.problems()) MESSAGE(problem.message);
    REQUIRE(read.ok());
    const fbss::Item& item = small_screen::item(response.questionnaire(), row.question);
    CHECK(response.answer_text(item) == row.text);
    CHECK(response.answer_label(item) == row.label);
  }
}

TEST_CASE("answers that are refused, each with its code, place and way out") {
  const std::string too_long = "\"" + x120 + "y\"";
  const std::string too_wide = "\"" + x120 + "\xC3\xA9\"";
  const std::string long_number(400, '7');
  const Refused table[] = {
      // yes_no and choice
      {"planned", "1", "wrong_type", "/planned",
       "\"planned\" needs one of: yes, no, unknown, declined. You gave 1."},
      {"planned", "[true]", "wrong_type", "/planned", "You gave a list."},
      {"planned", "\"maybe\"", "not_an_option", "/planned",
       "\"planned\" does not take this answer. Use yes, no, unknown or declined."},
      {"planned", "\"Yes\"", "not_an_option", "/planned", "Use yes, no"},
      {"planned", "\"true\"", "not_an_option", "/planned", "Use yes, no"},
      {"earlier", "true", "wrong_type", "/earlier",
       "\"earlier\" needs one of: none, one, two_or_more, unknown, declined. You gave true."},
      {"earlier", "2", "wrong_type", "/earlier", "You gave 2."},
      {"earlier", "{\"a\":1}", "wrong_type", "/earlier", "You gave an object."},
      {"earlier", "[\"one\"]", "wrong_type", "/earlier", "You gave a list."},
      {"earlier", "\"2\"", "not_an_option", "/earlier",
       "\"earlier\" does not take this answer. Use none, one, two_or_more, unknown or declined."},
      {"earlier", "\"\"", "not_an_option", "/earlier", "Use none, one"},
      {"earlier", "\"Two or more\"", "not_an_option", "/earlier", "Use none, one"},
      // several options
      {"exercises", "[]", "wrong_type", "/exercises",
       "\"exercises\" is an empty list. Give [\"none\"] if none applies, or leave the question "
       "out."},
      {"exercises", "[\"yoga\",\"none\"]", "exclusive_option", "/exercises",
       "\"exercises\" holds \"none\" together with another option, which it excludes."},
      {"exercises", "[\"unknown\",\"yoga\"]", "exclusive_option", "/exercises/0",
       "holds \"unknown\" together with another answer"},
      {"exercises", "[\"yoga\",\"walking\",\"yoga\"]", "duplicate_answer", "/exercises/2",
       "\"exercises\" holds \"yoga\" twice. Please keep one."},
      {"exercises", "[\"yoga\",\"rowing\"]", "not_an_option", "/exercises/1",
       "Use yoga, walking, swimming, none, unknown or declined."},
      {"exercises", "[\"yoga\",3]", "wrong_type", "/exercises/1", "You gave 3."},
      {"exercises", "[[\"yoga\"]]", "wrong_type", "/exercises/0", "You gave a list."},
      {"exercises", "[null]", "wrong_type", "/exercises/0", "You gave null."},
      {"exercises", "\"yoga,walking\"", "not_an_option", "/exercises", "Use yoga"},
      // numbers
      {"repetitions", "-10", "out_of_range", "/repetitions",
       "\"repetitions\" must be a whole number from 0 to 999. You gave -10."},
      {"repetitions", "1000", "out_of_range", "/repetitions", "from 0 to 999. You gave 1000."},
      {"repetitions", "2.5", "out_of_range", "/repetitions", "from 0 to 999. You gave 2.5."},
      {"repetitions", "1e400", "out_of_range", "/repetitions", "from 0 to 999. You gave 1e400."},
      {"repetitions", "\"2.5\"", "out_of_range", "/repetitions", "You gave 2.5."},
      {"repetitions", "\"10 times\"", "out_of_range", "/repetitions",
       "\"repetitions\" must be a whole number from 0 to 999. You gave a text that is no number."},
      {"repetitions", "\"NaN\"", "out_of_range", "/repetitions", "a text that is no number."},
      {"repetitions", "\"555-1234\"", "out_of_range", "/repetitions", "a text that is no number."},
      {"repetitions", "\"\"", "out_of_range", "/repetitions", "a text that is no number."},
      {"repetitions", long_number.c_str(), "out_of_range", "/repetitions",
       "You gave a very long number."},
      {"repetitions", "true", "wrong_type", "/repetitions",
       "must be a whole number from 0 to 999. You gave true."},
      {"repetitions", "[10]", "wrong_type", "/repetitions", "You gave a list."},
      {"weight", "\"heavy\"", "out_of_range", "/weight", "\"weight\" must be a number."},
      {"weight", "false", "wrong_type", "/weight", "You gave false."},
      // dates
      {"last_visit", "\"2026-02-30\"", "bad_date", "/last_visit",
       "\"last_visit\": 2026-02-30 is not a calendar date. Use YYYY, YYYY-MM or YYYY-MM-DD."},
      {"last_visit", "\"2025-02-29\"", "bad_date", "/last_visit", "2025-02-29 is not a calendar"},
      {"last_visit", "\"2026-13\"", "bad_date", "/last_visit", "2026-13 is not a calendar date."},
      {"last_visit", "\"01.05.2026\"", "bad_date", "/last_visit",
       "\"last_visit\": this is not a calendar date. Use YYYY, YYYY-MM or YYYY-MM-DD."},
      {"last_visit", "\"2026-5-1\"", "bad_date", "/last_visit", "this is not a calendar date."},
      {"last_visit", "\"2026-05-01T10:00:00Z\"", "bad_date", "/last_visit", "this is not"},
      {"last_visit", "\"2026-11-22\"", "bad_date", "/last_visit",
       "\"last_visit\": 2026-11-22 is after the assessment date given by the caller."},
      {"last_visit", "\"2026-12\"", "bad_date", "/last_visit", "2026-12 is after"},
      {"last_visit", "\"2027\"", "bad_date", "/last_visit", "2027 is after"},
      {"last_visit", "2026", "wrong_type", "/last_visit",
       "\"last_visit\" needs a date, given as text."},
      // texts
      {"other_text", "\"a\\u001b[2J\"", "control_character", "/other_text",
       "\"other_text\" holds a control character (U+001B). Nothing was evaluated; the text is not "
       "repeated."},
      {"other_text", "\"a\\nb\"", "control_character", "/other_text", "(U+000A)"},
      {"other_text", "\"a\\u202eb\"", "control_character", "/other_text", "(U+202E)"},
      {"other_text", too_long.c_str(), "too_long", "/other_text",
       "\"other_text\" takes at most 120 characters. You gave 121."},
      {"other_text", too_wide.c_str(), "too_long", "/other_text", "You gave 121."},
      {"other_text", "\"  \"", "wrong_type", "/other_text", "is an empty text."},
      {"other_text", "42", "wrong_type", "/other_text",
       "\"other_text\" needs a text. You gave 42."},
      {"other_text", "true", "wrong_type", "/other_text", "You gave true."},
  };
  fbss::Response response(small_screen::load());
  REQUIRE(response.set_date("2026-11-21").ok());
  for (const Refused& row : table) {
    CAPTURE(row.question);
    CAPTURE(row.value);
    const auto read = response.read(record(row.question, row.value));
    REQUIRE(read.problems().size() == 1);
    const fbss::Problem& problem = read.problems().front();
    CHECK(fbss::code_word(problem.code) == row.code);
    CHECK(problem.question == row.question);
    CHECK(problem.pointer == row.pointer);
    CAPTURE(problem.message);
    CHECK(problem.message.find(row.told) != std::string::npos);
    CHECK(response.to_json() == "{}");
  }
}

TEST_CASE("text that a person typed is never repeated") {
  const char* records[] = {
      R"({"planned":"Zaphod Beeblebrox"})",
      R"({"earlier":"Zaphod"})",
      R"({"exercises":["Zaphod"]})",
      R"({"exercises":["walking"],"repetitions":"Zaphod"})",
      R"({"weight":"Zaphod 3"})",
      R"({"last_visit":"Zaphod"})",
      R"({"planned":true,"other":true,"other_text":"Zaphod\u0007"})",
      R"({"other":false,"other_text":"Zaphod"})",
      R"({"other":true,"planned":true,"other_text":"Zaphod","other_text":"Zaphod B"})",
      R"({"_id":"Zaphod\n"})",
      R"({"Zaphod Beeblebrox, born 1979":"yes"})",
  };
  fbss::Response response(small_screen::load());
  for (const char* record : records) {
    CAPTURE(record);
    const auto read = response.read(std::string_view(record));
    REQUIRE_FALSE(read.ok());
    for (const fbss::Problem& problem : read.problems())
      CHECK(problem.message.find("Zaphod") == std::string::npos);
  }
}

TEST_CASE("a list that is wrong in very many places is refused with a bounded number of problems") {
  std::string list = "[1";
  for (int i = 0; i < 100'000; ++i) list += ",1";
  fbss::Response response(small_screen::load());
  const auto read = response.read("{\"exercises\":" + list + "]}");
  REQUIRE(read.problems().size() == 1000);
  CHECK(read.problems().back().message.ends_with("Further problems are not listed."));
}
