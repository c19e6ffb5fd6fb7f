// SPDX-License-Identifier: Apache-2.0
// Whole records: names, duplicates, the record's id and sample mark, and that all problems are
// reported together and leave nothing behind.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/response.hpp>

#include "small_screen.hpp"

namespace {

struct Expected {
  const char* code;
  const char* question;
  const char* pointer;
  const char* told;
};

struct Case {
  const char* name;
  std::string record;
  std::vector<Expected> problems;
};

}  // namespace

TEST_CASE("records that are refused, with every problem") {
  const Case cases[] = {
      {"a question that does not exist",
       R"({"depresion":"yes"})",
       {{"unknown_question", "depresion", "/depresion",
         "There is no question \"depresion\" in small_screen. Did you mean \"depression\"? Nothing "
         "was evaluated."}}},
      {"a name that no question resembles",
       R"({"xq":1})",
       {{"unknown_question", "xq", "/xq", "There is no question \"xq\" in small_screen. Nothing"}}},
      {"a name that begins with _",
       R"({"_note":"x"})",
       {{"unknown_question", "_note", "/_note", "There is no question \"_note\""}}},
      {"a name that may be a person's is repeated nowhere",
       R"({"a/b~c d":1})",
       {{"unknown_question", "", "", "no question in small_screen of a name"}}},
      {"an empty name",
       R"({"":1})",
       {{"unknown_question", "", "", "no question in small_screen of a name"}}},
      {"a list", "[]", {{"wrong_type", "", "", "A record is a JSON object"}}},
      {"a text", "\"yes\"", {{"wrong_type", "", "", "A record is a JSON object"}}},
      {"null", "null", {{"wrong_type", "", "", "A record is a JSON object"}}},
      {"empty input", "", {{"not_json", "", "", ""}}},
      {"half a record", "{\"planned\":", {{"not_json", "", "", ""}}},
      {"NaN", "{\"weight\":NaN}", {{"not_json", "", "", ""}}},
      {"bytes that are no UTF-8", "{\"other_text\":\"\xFF\"}", {{"not_json", "", "", ""}}},
      {"Booleans that disagree",
       R"({"planned":"yes","planned":"no"})",
       {{"duplicate_answer", "planned", "/planned",
         "\"planned\" is answered twice, as Yes and as No. Please keep one."}}},
      {"the same answer twice",
       R"({"earlier":"one","earlier":"one"})",
       {{"duplicate_answer", "earlier", "/earlier", "as One and as One."}}},
      {"four answers to one question are one problem",
       R"({"planned":true,"planned":false,"planned":"maybe","planned":7})",
       {{"duplicate_answer", "planned", "/planned",
         "\"planned\" is answered 4 times, first as Yes and then as No. Please keep one."}}},
      {"an answer and no answer",
       R"({"planned":null,"planned":"no"})",
       {{"duplicate_answer", "planned", "/planned", "as no answer and as No."}}},
      {"one of the two may not be repeated",
       R"({"planned":"maybe","planned":"no"})",
       {{"duplicate_answer", "planned", "/planned",
         "\"planned\" is answered twice. Please keep one."}}},
      {"two questions answered twice",
       R"({"planned":true,"weight":1,"planned":false,"weight":2.5})",
       {{"duplicate_answer", "planned", "/planned", "as Yes and as No"},
        {"duplicate_answer", "weight", "/weight", "as 1 and as 2.5"}}},
      {"everything that is wrong is told at once",
       R"({"planned":1,"earlier":"2","extra":0,"exercises":["yoga","rowing",4],"weight":"x"})",
       {{"wrong_type", "planned", "/planned", ""},
        {"not_an_option", "earlier", "/earlier", ""},
        {"unknown_question", "extra", "/extra", ""},
        {"not_an_option", "exercises", "/exercises/1", ""},
        {"wrong_type", "exercises", "/exercises/2", ""},
        {"out_of_range", "weight", "/weight", ""}}},
      {"conflicts are told beside refusals",
       R"({"depression":"no","depression_treated":"yes","weight":"x"})",
       {{"out_of_range", "weight", "/weight", ""},
        {"answer_not_applicable", "depression_treated", "/depression_treated", ""}}},
      {"what may follow from a refused answer alone is not told",
       R"({"depression":"perhaps","depression_treated":"yes","treatment":"medicine"})",
       {{"not_an_option", "depression", "/depression", ""}}},
      {"an id that is a list",
       R"({"_id":[1]})",
       {{"wrong_type", "", "/_id", "a text or a number"}}},
      {"an id that is a Boolean", R"({"_id":true})", {{"wrong_type", "", "/_id", ""}}},
      {"an id with an escape sequence",
       R"({"_id":"7\u001b[2J"})",
       {{"control_character", "", "/_id", "\"_id\" holds a control character (U+001B)."}}},
      {"an id that is too long",
       "{\"_id\":\"" + std::string(121, '7') + "\"}",
       {{"too_long", "", "/_id", "\"_id\" takes at most 120 characters. You gave 121."}}},
      {"a number as id that is too long",
       "{\"_id\":" + std::string(121, '7') + "}",
       {{"too_long", "", "/_id", "You gave 121."}}},
      {"a chart with two patients",
       R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"a"}},
           {"resource":{"resourceType":"Patient","id":"b"}}]})",
       {{"more_than_one_patient", "", "/entry", "holds 2 patients"}}},
      {"a chart with one",
       R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}}]})",
       {{"wrong_type", "", "/resourceType", "This is an FHIR resource."}}},
      {"another resource",
       R"({"resourceType":"QuestionnaireResponse","planned":"yes"})",
       {{"wrong_type", "", "/resourceType", "This is an FHIR resource."}}},
      {"a name in capitals may be a person's",
       R"({"Erika_Mustermann":1})",
       {{"unknown_question", "", "", "of a name that the record gives"}}},
      {"two ids", R"({"_id":1,"_id":1})", {{"duplicate_answer", "", "/_id", "given twice"}}},
      {"a sample mark that is a text",
       R"({"_sample":"yes"})",
       {{"wrong_type", "", "/_sample", "true or false"}}},
      {"two sample marks",
       R"({"_sample":true,"_sample":true})",
       {{"duplicate_answer", "", "/_sample", "given twice"}}},
  };
  fbss::Response response(small_screen::load());
  for (const Case& row : cases) {
    CAPTURE(row.name);
    REQUIRE(
        response.read(std::string_view(R"({"_id":"left over","_sample":true,"weight":3})")).ok());
    const auto read = response.read(row.record);
    REQUIRE(read.problems().size() == row.problems.size());
    for (std::size_t i = 0; i < row.problems.size(); ++i) {
      const fbss::Problem& problem = read.problems()[i];
      const Expected& expected = row.problems[i];
      CAPTURE(problem.message);
      CHECK(fbss::code_word(problem.code) == expected.code);
      CHECK(problem.question == expected.question);
      CHECK(problem.pointer == expected.pointer);
      CHECK(problem.message.find(expected.told) != std::string::npos);
    }
    CHECK(response.to_json() == "{}");
    CHECK(response.record_id().empty());
    CHECK_FALSE(response.sample());
  }
}

TEST_CASE("a record that is larger or deeper than the limits is refused") {
  fbss::Limits limits;
  limits.record_bytes = 100;
  limits.record_depth = 3;
  fbss::Response response(small_screen::load(), limits);
  const auto large = response.read("{\"weight\":" + std::string(100, '1') + "}");
  REQUIRE(large.problems().size() == 1);
  CHECK(large.problems()[0].code == fbss::ErrorCode::too_large);
  const auto deep = response.read(std::string_view("{\"weight\":[[[[[1]]]]]}"));
  REQUIRE(deep.problems().size() == 1);
  CHECK(deep.problems()[0].code == fbss::ErrorCode::too_deep);
}

TEST_CASE("very many unknown names are refused quickly and with a bounded number of problems") {
  std::string record = "{\"weight\":1";
  for (int i = 0; i < 50'000; ++i) record += ",\"q" + std::to_string(i) + "\":1";
  fbss::Response response(small_screen::load());
  CHECK(response.read(record + "}").problems().size() == 1000);
}

TEST_CASE("the record's id and sample mark") {
  fbss::Response response(small_screen::load());
  REQUIRE(response.read(std::string_view(R"({"_id":"A-17","_sample":true,"planned":"yes"})")).ok());
  CHECK(response.record_id() == "A-17");
  CHECK_FALSE(response.record_id_is_number());
  CHECK(response.sample());
  REQUIRE(response.read(std::string_view(R"({"planned":"yes","_id":12345678901234567890})")).ok());
  CHECK(response.record_id() == "12345678901234567890");
  CHECK(response.record_id_is_number());
  CHECK_FALSE(response.sample());
  REQUIRE(response.read(std::string_view(R"({"_id":null,"_sample":null})")).ok());
  CHECK(response.record_id().empty());

  REQUIRE(response.set_record_id("B").ok());
  CHECK(response.record_id() == "B");
  CHECK_FALSE(response.record_id_is_number());
  const auto refused = response.set_record_id("C\x1B");
  REQUIRE(refused.problems().size() == 1);
  CHECK(refused.problems()[0].code == fbss::ErrorCode::control_character);
  CHECK(response.record_id() == "B");
}

TEST_CASE("a record can be read from a Document, in any order of its members") {
  fbss::Document document;
  REQUIRE(document
              .parse(R"({"treatment":"talking","depression_treated":true,"depression":"yes",
                             "planned":false})")
              .ok());
  fbss::Response response(small_screen::load());
  REQUIRE(response.read(document).ok());
  CHECK(response.to_json() ==
        R"({"planned":"no","depression":"yes","depression_treated":"yes","treatment":"talking"})");
}
