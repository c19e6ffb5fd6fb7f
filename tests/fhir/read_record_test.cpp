// SPDX-License-Identifier: Apache-2.0
// Whole QuestionnaireResponses: which are taken and as which record, and every refusal with its
// place in the resource. The values of answers are in read_answer_test.cpp.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <fbss/fhir.hpp>

#include "fhir_json.hpp"
#include "response_cases.hpp"

using namespace response_cases;

TEST_CASE("questions are found wherever they stand, and what is no question is passed over") {
  const std::string planned = item("planned", coding("yes"));
  const Taken cases[] = {
      {"in their section", with_items(R"({"linkId":"all","text":"All","item":[)" + planned + "]}"),
       R"({"planned":"yes"})"},
      {"below other groups",
       with_items(R"({"linkId":"g","item":[{"linkId":"h","item":[)" + planned + "]}]}"),
       R"({"planned":"yes"})"},
      {"within an answer",
       with_items(R"({"linkId":"depression","answer":[{"valueBoolean":true,"item":[)" +
                  item("depression_treated", R"({"valueBoolean":false})") + "]}]}"),
       R"({"depression":"yes","depression_treated":"no"})"},
      {"within the answer of a question that has none",
       with_items(R"({"linkId":"other","answer":[{"item":[)" + planned + "]}]}"),
       R"({"planned":"yes"})"},
      {"in another order", with_items(item("weight", R"({"valueDecimal":1})") + ',' + planned),
       R"({"planned":"yes","weight":1})"},
      {"an item without an answer", with_items(R"({"linkId":"planned","text":"?"})"), "{}"},
      {"rules that another engine computed are worked out anew",
       with_items(item("planned_rule", R"({"valueString":"absent"})") + ',' +
                  item("planned_rule.help", R"({"valueString":"x"})") + ',' +
                  item("fbss.tally.listed", R"({"valueInteger":3})") + ',' + planned),
       R"({"planned":"yes"})"},
      {"questions within such an answer",
       with_items(R"({"linkId":"planned_rule","answer":[{"valueString":"x","item":[)" + planned +
                  "]}]}"),
       R"({"planned":"yes"})"},
      {"displays and groups that we do not know",
       with_items(R"({"linkId":"fbss.about","text":"About"},{"linkId":"x","text":"y"},)" + planned),
       R"({"planned":"yes"})"},
      {"no items at all", resource(R"("status":"completed")"), "{}"},
      {"companions and ids of elements",
       with_items(R"({"id":"i","linkId":"planned","_linkId":{"id":"j"},"text":"t","_text":{},
                      "definition":"http://example.org/d","extension":[],
                      "answer":[{"id":"k","valueBoolean":true,"_valueBoolean":{"id":"l"}}]})"),
       R"({"planned":"yes"})"},
  };
  for (const Taken& one : cases) check_taken(one);
}

TEST_CASE("whose response it is, and to what") {
  const auto to = [](std::string_view canonical) {
    return resource(R"("status":"amended","questionnaire":")" + std::string(canonical) + '"');
  };
  const Taken cases[] = {
      {"the canonical url under any base",
       to("https://site.example/r4/Questionnaire/small_screen|1"), "{}"},
      {"without a version", to("https://site.example/Questionnaire/small_screen"), "{}"},
      {"another minor version", to("https://site.example/Questionnaire/small_screen|1.7.2"), "{}"},
      {"no canonical url", resource(R"("status":"in-progress")"), "{}"},
      {"everything that R4 has beside the answers",
       resource(R"("id":"r1","meta":{"versionId":"3"},"language":"en","text":{},"contained":[],
                   "extension":[],"basedOn":[],"partOf":[],"status":"completed","_status":{},
                   "subject":{"reference":"Patient/p"},"encounter":{},"authored":"2030-01-01",
                   "author":{},"source":{})"),
       R"({"_id":"r1"})"},
      {"the identifier of an export",
       resource(R"("id":"r1","status":"completed","identifier":{"value":"Ward 7/12",
                   "system":"https://site.example/record-id"})"),
       R"({"_id":"Ward 7/12"})"},
      {"one that was a number", resource(R"("status":"completed","identifier":{"value":"-12.50",
                   "system":"https://site.example/record-number"})"),
       R"({"_id":-12.50})"},
      {"an identifier of somebody else's",
       resource(R"("id":"r1","status":"completed","identifier":{"value":"x",
                   "system":"http://site.example/mrn"})"),
       R"({"_id":"r1"})"},
      {"test data", resource(R"("status":"completed","meta":{"security":[
                   {"system":"http://site.example","code":"HTEST"},
                   {"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",
                    "code":"HTEST"}]})"),
       R"({"_sample":true})"},
      {"another label", resource(R"("status":"completed","meta":{"security":[
                   {"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",
                    "code":"TREAT"}]})"),
       "{}"},
  };
  for (const Taken& one : cases) check_taken(one);
}

TEST_CASE("what Response::read() refuses points into the resource") {
  const Refused cases[] = {
      {"out of range",
       with_items(item("exercises", coding("walking")) + ',' +
                  item("repetitions", R"({"valueInteger":1000})")),
       {{"out_of_range", "repetitions", "/item/1/answer/0/valueInteger", "from 0 to 999"}}},
      {"a date that does not exist",
       answered("last_visit", R"({"valueDate":"2019-02-30"})"),
       {{"bad_date", "last_visit", "/item/0/answer/0/valueDate", "not a calendar date"}}},
      {"a date after that of the assessment",
       answered("last_visit", R"({"valueDate":"2026-11-22"})"),
       {{"bad_date", "last_visit", "/item/0/answer/0/valueDate", "after the assessment date"}}},
      {"several answers where one is taken",
       answered("earlier", coding("none") + ',' + coding("one")),
       {{"wrong_type", "earlier", "/item/0/answer", "You gave a list."}}},
      {"one of several that is no option",
       answered("exercises", coding("yoga") + ',' + coding("secret")),
       {{"not_an_option", "exercises", "/item/0/answer/1/valueCoding/code",
         "Use yoga, walking, swimming, none, unknown or declined."}}},
      {"the same option twice",
       answered("exercises", coding("yoga") + ',' + coding("yoga")),
       {{"duplicate_answer", "exercises", "/item/0/answer/1/valueCoding/code",
         "holds \"yoga\" twice. Please keep one."}}},
      {"an option that excludes the others",
       answered("exercises", coding("yoga") + ',' + coding("none")),
       {{"exclusive_option", "exercises", "/item/0/answer", "together with another option"}}},
      {"unknown beside an option",
       answered("exercises", coding("yoga") + ',' + absence("asked-unknown")),
       {{"exclusive_option", "exercises", "/item/0/answer/1/valueCoding/code",
         "holds \"unknown\" together with another answer"}}},
      {"not asked beside an option",
       answered("exercises", coding("yoga") + ',' + absence("not-asked")),
       {{"exclusive_option", "exercises", "/item/0/answer/1/valueCoding/code",
         "beside one that says that there is none"}}},
      {"an empty list",
       answered("exercises", ""),
       {{"wrong_type", "exercises", "/item/0/answer", "Give [\"none\"] if none applies"}}},
      {"a control character",
       with_items(item("planned", coding("yes")) + ',' + item("other", coding("yes")) + ',' +
                  item("other_text", R"({"valueString":"secret\u001b[2J"})")),
       {{"control_character", "other_text", "/item/2/answer/0/valueString", "(U+001B)"}}},
      {"a text that is too long",
       with_items(item("planned", coding("yes")) + ',' + item("other", coding("yes")) + ',' +
                  item("other_text", R"({"valueString":")" + std::string(121, 'x') + "\"}")),
       {{"too_long", "other_text", "/item/2/answer/0/valueString", "You gave 121."}}},
      {"an answer to a question that another answer says is not asked",
       with_items(R"({"linkId":"g","item":[)" + item("depression", coding("no")) + "]}," +
                  item("depression_treated", coding("yes"))),
       {{"answer_not_applicable", "depression_treated", "/item/1/answer/0/valueCoding/code",
         "but \"depression\" is No"}}},
      {"a record id with a control character",
       resource(R"("id":"secret\u0007","status":"completed")"),
       {{"control_character", "", "/id", "The record’s id holds a control character (U+0007)"}}},
      {"an identifier that is too long",
       resource(R"("status":"completed","identifier":{"system":"x/record-id","value":")" +
                std::string(121, 'x') + "\"}"),
       {{"too_long", "", "/identifier/value", "The record’s id takes at most 120 characters"}}},
  };
  for (const Refused& one : cases) check_refused(one);
}

TEST_CASE("both places of a question that is answered twice are named") {
  const Refused cases[] = {
      {"with answers that disagree",
       with_items(item("planned", coding("yes")) + R"(,{"linkId":"g","item":[)" +
                  item("planned", coding("no")) + "]}"),
       {{"duplicate_answer", "planned", "/item/1/item/0",
         "\"planned\" is answered twice, as Yes and as No. Please keep one. The first two stand at "
         "/item/0 and /item/1/item/0."}}},
      {"of which one says that it was not asked",
       with_items(item("planned", absence("not-asked")) + ',' + item("planned", coding("no"))),
       {{"duplicate_answer", "planned", "/item/1", "as no answer and as No."}}},
      {"of which one is refused too",
       with_items(item("planned", coding("yes")) + ',' +
                  item("planned", R"({"valueString":"secret"})")),
       {{"wrong_type", "planned", "/item/1/answer/0/valueString", "needs a valueBoolean"},
        {"duplicate_answer", "planned", "/item/1", "\"planned\" is answered twice."}}},
      {"three times",
       with_items(item("weight", R"({"valueInteger":1})") + ',' +
                  item("weight", R"({"valueInteger":2})") + ',' +
                  item("weight", R"({"valueInteger":3})")),
       {{"duplicate_answer", "weight", "/item/1",
         "is answered 3 times, first as 1 and then as 2."}}},
  };
  for (const Refused& one : cases) check_refused(one);
}

TEST_CASE("what a resource is refused for") {
  const auto to = [](std::string_view canonical) {
    return resource(R"("status":"completed","questionnaire":")" + std::string(canonical) + '"');
  };
  const Refused cases[] = {
      {"another questionnaire",
       to("https://x/Questionnaire/postop_followup|1.0.0"),
       {{"other_questionnaire", "", "/questionnaire",
         "The response is to \"postop_followup\", not to small_screen."}}},
      {"one whose name may be anything",
       to("https://x/Questionnaire/My secret|1"),
       {{"other_questionnaire", "", "/questionnaire", "is to another questionnaire, not to"}}},
      {"a url of no questionnaire",
       to("https://x/secret"),
       {{"other_questionnaire", "", "/questionnaire", "is to another questionnaire"}}},
      {"one that the resource contains",
       to("#q1"),
       {{"other_questionnaire", "", "/questionnaire", "is to another questionnaire"}}},
      {"a longer name",
       to("https://x/Questionnaire/small_screen_2|1"),
       {{"other_questionnaire", "", "/questionnaire", "is to \"small_screen_2\""}}},
      {"another major version",
       to("https://x/Questionnaire/small_screen|2.0.0"),
       {{"other_questionnaire", "", "/questionnaire",
         "another version of small_screen than 1. Another major number"}}},
      {"a major version that begins alike",
       to("https://x/Questionnaire/small_screen|10.0"),
       {{"other_questionnaire", "", "/questionnaire", "another version of small_screen"}}},
      {"a version that is a word",
       to("https://x/Questionnaire/small_screen|secret"),
       {{"other_questionnaire", "", "/questionnaire", "another version of small_screen"}}},
      {"a canonical url that is no text",
       resource(
           R"("status":"completed","questionnaire":{"reference":"Questionnaire/small_screen"})"),
       {{"other_questionnaire", "", "/questionnaire", "is to another questionnaire"}}},
      {"entered in error",
       resource(R"("status":"entered-in-error")"),
       {{"withdrawn", "", "/status", "is entered-in-error: its answers are not to be used."}}},
      {"stopped", resource(R"("status":"stopped")"), {{"withdrawn", "", "/status", "is stopped"}}},
      {"no status",
       resource(R"("item":[])"),
       {{"wrong_type", "", "", "needs a status: completed, amended or in-progress"}}},
      {"a status that does not exist",
       resource(R"("status":"secret")"),
       {{"wrong_type", "", "/status", "needs a status"}}},
      {"a question that does not exist",
       answered("depresion", coding("yes")),
       {{"unknown_question", "depresion", "/item/0/linkId",
         "There is no question \"depresion\" in small_screen. Did you mean \"depression\"?"}}},
      {"a linkId that may be a name",
       answered("My secret", coding("yes")),
       {{"unknown_question", "", "/item/0/linkId", "of a name that the record gives"}}},
      {"a section with an answer",
       answered("all", coding("yes")),
       {{"wrong_type", "", "/item/0/answer", "\"all\" is a section, which takes no answer."}}},
      {"an item without a linkId",
       with_items(R"({"answer":[{"valueBoolean":true}]})"),
       {{"wrong_type", "", "/item/0", "An item needs a linkId"}}},
      {"a linkId that is a number",
       with_items(R"({"linkId":1})"),
       {{"wrong_type", "", "/item/0/linkId", "An item needs a linkId"}}},
      {"an item that is a text",
       with_items("\"secret\""),
       {{"wrong_type", "", "/item/0", "An item is a JSON object."}}},
      {"items that stand in no list",
       resource(R"("status":"completed","item":{"linkId":"planned"})"),
       {{"wrong_type", "", "/item", "Items stand in a list."}}},
      {"answers that stand in no list",
       with_items(R"({"linkId":"planned","answer":{"valueBoolean":true}})"),
       {{"wrong_type", "planned", "/item/0/answer", "has answers that stand in no list"}}},
      {"an element of the resource that R4 does not have",
       resource(R"("status":"completed","items":[])"),
       {{"wrong_type", "", "", "an element that FHIR R4 does not have here"}}},
      {"an element of an item that R4 does not have",
       with_items(R"({"linkId":"planned","secret":[]})"),
       {{"wrong_type", "", "/item/0", "The elements are linkId, definition"}}},
      {"answers given twice",
       with_items(R"({"linkId":"planned","answer":[],"answer":[{"valueBoolean":true}]})"),
       {{"duplicate_answer", "", "/item/0/answer", "\"answer\" is given twice"},
        {"wrong_type", "planned", "/item/0/answer", "You gave a list."}}},
      {"items given twice",
       resource(R"("status":"completed","item":[],"item":[])"),
       {{"duplicate_answer", "", "/item", "\"item\" is given twice"}}},
      {"what changes the meaning of the resource",
       resource(R"("status":"completed","modifierExtension":[])"),
       {{"wrong_type", "", "/modifierExtension", "changes the meaning"}}},
      {"what changes the meaning of an item",
       with_items(R"({"linkId":"planned","modifierExtension":[]})"),
       {{"wrong_type", "", "/item/0/modifierExtension", "changes the meaning"}}},
      {"rules that we do not know",
       resource(R"("status":"completed","implicitRules":"http://example.org/secret")"),
       {{"wrong_type", "", "/implicitRules", "follows implicitRules"}}},
      {"an id that is a number",
       resource(R"("status":"completed","id":7)"),
       {{"wrong_type", "", "/id", "The id of a resource is a text."}}},
      {"an identifier without a value",
       resource(R"("status":"completed","identifier":{"system":"x/record-id"})"),
       {{"wrong_type", "", "/identifier", "The identifier needs a value."}}},
      {"an identifier with two values",
       resource(R"("status":"completed","identifier":{"value":"a","value":"b"})"),
       {{"duplicate_answer", "", "/identifier/value", "\"value\" is given twice"}}},
      {"a number that is none",
       resource(R"("status":"completed","identifier":{"system":"x/record-number","value":"1a"})"),
       {{"wrong_type", "", "/identifier/value", "must be the digits of a number"}}},
      {"no JSON", R"({"resourceType":"QuestionnaireResponse")", {{"not_json", "", "", ""}}},
  };
  for (const Refused& one : cases) check_refused(one);
}

TEST_CASE("everything that is wrong is told at once, and nothing that follows from it") {
  check_refused(
      {"many",
       resource(R"("status":"stopped","questionnaire":"https://x/Questionnaire/other|1","item":[)" +
                item("depression", R"({"valueString":"yes"})") + ',' +
                item("depression_treated", coding("yes")) + ',' + item("earlier", coding("many")) +
                ',' + item("nobody", coding("yes")) + ',' +
                item("weight", R"({"valueDecimal":1})") + ',' + item("exercises", coding("none")) +
                ',' + item("repetitions", R"({"valueInteger":3})") + ']'),
       {{"other_questionnaire", "", "/questionnaire", ""},
        {"withdrawn", "", "/status", ""},
        {"wrong_type", "depression", "/item/0/answer/0/valueString", ""},
        {"unknown_question", "nobody", "/item/3/linkId", ""},
        {"not_an_option", "earlier", "/item/2/answer/0/valueCoding/code", ""},
        {"answer_not_applicable", "repetitions", "/item/6/answer/0/valueInteger", ""}}});
}

TEST_CASE("the number of problems is bounded") {
  std::string items = item("planned", "{}");
  for (int i = 0; i < 5'000; ++i) items += ',' + item("planned", "{}");
  fbss::Response response(questionnaire());
  const auto read = fbss::read_record(response, with_items(items));
  CHECK(read.problems().size() == 1'000);
  CHECK(read.problems().back().message.ends_with("Further problems are not listed."));
}

TEST_CASE("deep nesting is refused as everywhere, and does no harm where it is allowed") {
  std::string deep;
  constexpr int levels = 20'000;
  for (int i = 0; i < levels; ++i) deep += R"({"linkId":"g","item":[)";
  deep += item("planned", coding("yes"));
  for (int i = 0; i < levels; ++i) deep += "]}";
  fbss::Response strict(questionnaire());
  const auto refused = fbss::read_record(strict, with_items(deep));
  REQUIRE(refused.problems().size() == 1);
  CHECK(refused.problems().front().code == fbss::ErrorCode::too_deep);

  fbss::Response wide(questionnaire(), {.record_depth = 100'000});
  CHECK(fbss::read_record(wide, with_items(deep)).ok());
  CHECK(wide.to_json() == R"({"planned":"yes"})");
}

TEST_CASE("other records are read as ever") {
  fbss::Response response(questionnaire());
  CHECK(fbss::read_record(response, R"({"_id":7,"planned":"yes"})").ok());
  CHECK(response.to_json() == R"({"_id":7,"planned":"yes"})");
  const auto refused = fbss::read_record(response, R"({"resourceType":"Patient"})");
  REQUIRE(refused.problems().size() == 1);
  CHECK(refused.problems().front().pointer == "/resourceType");
  CHECK(refused.problems().front().message.find("or a QuestionnaireResponse") != std::string::npos);
  CHECK_FALSE(fbss::read_record(response, "[]").ok());
  CHECK(fbss::is_questionnaire_response(
      fhir_json::parsed(R"({"resourceType":"QuestionnaireResponse"})").root()));
  for (const char* other : {R"({"resourceType":"Questionnaire"})", "{}", "[]", "\"x\"",
                            R"({"resourceType":["QuestionnaireResponse"]})"})
    CHECK_FALSE(fbss::is_questionnaire_response(fhir_json::parsed(other).root()));
}

TEST_CASE("the date of the assessment is the caller's") {
  fbss::Response response(questionnaire());
  REQUIRE(response.set_date("2026-11-21").ok());
  REQUIRE(fbss::read_record(response, resource(R"("status":"completed","authored":"2020-01-01")"))
              .ok());
  CHECK(response.date() == "2026-11-21");
}

TEST_CASE("a reader says what a record calls itself, also where it is refused") {
  struct Case {
    std::string record, id;
    bool is_number;
  };
  const Case cases[] = {
      {R"({"_id":"a","planned":"maybe"})", "a", false},
      {R"({"_id":7})", "7", true},
      {R"({"_id":[1]})", "", false},
      {R"({"_id":1,"_id":1})", "", false},
      {"{}", "", false},
      {"nothing", "", false},
      {resource(R"("status":"stopped","id":"r1")"), "r1", false},
      {resource(R"("identifier":{"system":"x/record-number","value":"12"})"), "12", true},
      {resource(R"("status":"completed","id":"a\u0007")"), "", false},
      {resource(R"("status":"completed")"), "", false},
  };
  fbss::RecordReader reader;
  fbss::Response response(questionnaire());
  for (const Case& one : cases) {
    INFO(one.record);
    static_cast<void>(reader.read(response, one.record).ok());
    CHECK(reader.record_id() == one.id);
    CHECK(reader.record_id_is_number() == one.is_number);
  }
}
