// SPDX-License-Identifier: Apache-2.0
// Answers in: which QuestionnaireResponses are taken and as which record, and every refusal with
// its place in the resource.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"
#include "fhir_json.hpp"

namespace {

const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load();
  return loaded;
}

// A resource with these members behind its type.
std::string resource(std::string_view members) {
  return R"({"resourceType":"QuestionnaireResponse",)" + std::string(members) + '}';
}

// A completed response with these items.
std::string with_items(std::string_view items) {
  return resource(R"("status":"completed","item":[)" + std::string(items) + ']');
}

// An item with these answers.
std::string item(std::string_view link, std::string_view answers) {
  return R"({"linkId":")" + std::string(link) + R"(","answer":[)" + std::string(answers) + "]}";
}

// One item with one answer.
std::string answered(std::string_view link, std::string_view answer) {
  return with_items(item(link, answer));
}

std::string coding(std::string_view code, std::string_view system) {
  return R"({"valueCoding":{"system":")" + std::string(system) + R"(","code":")" +
         std::string(code) + R"("}})";
}
std::string coding(std::string_view code) {
  return R"({"valueCoding":{"code":")" + std::string(code) + R"("}})";
}
std::string absence(std::string_view code) {
  return coding(code, "http://terminology.hl7.org/CodeSystem/data-absent-reason");
}
std::string extension(std::string_view code) {
  return R"("extension":[{"url":"http://example.org/other","valueString":"x"},
            {"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":")" +
         std::string(code) + R"("}])";
}

struct Taken {
  std::string name;
  std::string resource;
  const char* record;  // what it says, in this library's own form
};

struct Told {
  const char* code;
  const char* question;
  const char* pointer;
  const char* message;  // a part of it
};

struct Refused {
  std::string name;
  std::string resource;
  std::vector<Told> problems;
};

void check_taken(const Taken& one) {
  INFO(one.name);
  fbss::Response response(questionnaire());
  const auto read = fbss::read_record(response, one.resource);
  for (const fbss::Problem& problem : read.problems())
    MESSAGE(problem.pointer << ": " << problem.message);
  CHECK(read.ok());
  CHECK(response.to_json() == one.record);
}

void check_refused(const Refused& one) {
  INFO(one.name);
  fbss::Response response(questionnaire());
  REQUIRE(response.set_date("2026-11-21").ok());
  const auto read = fbss::read_record(response, one.resource);
  CHECK(response.to_json() == "{}");
  REQUIRE(read.problems().size() == one.problems.size());
  for (std::size_t i = 0; i < one.problems.size(); ++i) {
    const fbss::Problem& problem = read.problems()[i];
    const Told& expected = one.problems[i];
    CHECK(fbss::code_word(problem.code) == expected.code);
    CHECK(problem.question == expected.question);
    CHECK(problem.pointer == expected.pointer);
    CHECK_MESSAGE(problem.message.find(expected.message) != std::string::npos, problem.message);
    CHECK(problem.message.find("secret") == std::string::npos);
  }
}

constexpr const char* first_answer = "/item/0/answer/0";

}  // namespace

TEST_CASE("values of each type") {
  const Taken cases[] = {
      {"yes", answered("planned", coding("yes")), R"({"planned":"yes"})"},
      {"no, in the questionnaire's system under any base",
       answered("planned", coding("no", "http://a.example/x/CodeSystem/small_screen")),
       R"({"planned":"no"})"},
      {"a Boolean", answered("planned", R"({"valueBoolean":true})"), R"({"planned":"yes"})"},
      {"an option in the question's system",
       answered("earlier", coding("one", "urn:x/CodeSystem/small_screen/earlier")),
       R"({"earlier":"one"})"},
      {"several options", answered("exercises", coding("yoga") + ',' + coding("walking")),
       R"({"exercises":["yoga","walking"]})"},
      {"one of several", answered("exercises", coding("none")), R"({"exercises":["none"]})"},
      {"a decimal keeps its digits", answered("weight", R"({"valueDecimal":70.50})"),
       R"({"weight":70.50})"},
      {"a decimal that is whole", answered("weight", R"({"valueInteger":70})"), R"({"weight":70})"},
      {"a whole number",
       with_items(item("exercises", coding("walking")) + ',' +
                  item("repetitions", R"({"valueInteger":12})")),
       R"({"exercises":["walking"],"repetitions":12})"},
      {"a date", answered("last_visit", R"({"valueDate":"2019-05"})"),
       R"({"last_visit":"2019-05"})"},
      {"a text",
       with_items(item("planned", coding("yes")) + ',' + item("other", coding("yes")) + ',' +
                  item("other_text", R"({"valueString":"a \"b\" – c"})")),
       R"({"planned":"yes","other":"yes","other_text":"a \"b\" – c"})"},
  };
  for (const Taken& one : cases) check_taken(one);
}

TEST_CASE("reasons why there is no value") {
  const Taken cases[] = {
      {"asked-unknown", answered("planned", absence("asked-unknown")), R"({"planned":"unknown"})"},
      {"unknown", answered("earlier", absence("unknown")), R"({"earlier":"unknown"})"},
      {"temp-unknown", answered("earlier", absence("temp-unknown")), R"({"earlier":"unknown"})"},
      {"asked-declined", answered("exercises", absence("asked-declined")),
       R"({"exercises":"declined"})"},
      {"not-asked is no answer", answered("planned", absence("not-asked")), "{}"},
      {"as an extension of the answer", answered("weight", '{' + extension("asked-unknown") + '}'),
       R"({"weight":"unknown"})"},
      {"also where there are options", answered("earlier", '{' + extension("asked-declined") + '}'),
       R"({"earlier":"declined"})"},
      {"as an extension of the value that is not there",
       answered("weight", R"({"_valueDecimal":{)" + extension("asked-declined") + "}}"),
       R"({"weight":"declined"})"},
      {"as an extension of a Coding without a code",
       answered("planned", R"({"valueCoding":{)" + extension("asked-unknown") + "}}"),
       R"({"planned":"unknown"})"},
      {"as a Coding where there are no options", answered("last_visit", absence("asked-unknown")),
       R"({"last_visit":"unknown"})"},
      {"other extensions say nothing here",
       answered("planned",
                R"({"extension":[{"url":"http://example.org/score","valueDecimal":3}],
                    "valueBoolean":false})"),
       R"({"planned":"no"})"},
      {"a question that is not asked may be unknown",
       with_items(item("depression", coding("no")) + ',' +
                  item("depression_treated", absence("asked-unknown"))),
       R"({"depression":"no","depression_treated":"unknown"})"},
  };
  for (const Taken& one : cases) check_taken(one);
}

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

TEST_CASE("what a value is refused for") {
  const Refused cases[] = {
      {"a text for a yes or no",
       answered("planned", R"({"valueString":"yes"})"),
       {{"wrong_type", "planned", "/item/0/answer/0/valueString",
         "\"planned\" needs a valueBoolean or a valueCoding; this is a valueString. Nothing was "
         "evaluated."}}},
      {"a text for an option",
       answered("earlier", R"({"valueString":"one"})"),
       {{"wrong_type", "earlier", "/item/0/answer/0/valueString", "needs a valueCoding; this"}}},
      {"a dateTime for a date",
       answered("last_visit", R"({"valueDateTime":"2019-05-01T23:00:00Z"})"),
       {{"wrong_type", "last_visit", "/item/0/answer/0/valueDateTime",
         "needs a valueDate; this is a valueDateTime. A dateTime has a time zone"}}},
      {"a text for a date",
       answered("last_visit", R"({"valueString":"2019"})"),
       {{"wrong_type", "last_visit", "/item/0/answer/0/valueString", "needs a valueDate"}}},
      {"a decimal for a whole number",
       answered("repetitions", R"({"valueDecimal":3})"),
       {{"wrong_type", "repetitions", "/item/0/answer/0/valueDecimal", "needs a valueInteger"}}},
      {"a Quantity",
       answered("weight", R"({"valueQuantity":{"value":70}})"),
       {{"wrong_type", "weight", "/item/0/answer/0/valueQuantity",
         "needs a valueDecimal or a valueInteger; this is a valueQuantity."}}},
      {"a date for a text",
       answered("other_text", R"({"valueDate":"2019"})"),
       {{"wrong_type", "other_text", "/item/0/answer/0/valueDate", "needs a valueString"}}},
      {"a number in quotes",
       answered("weight", R"({"valueDecimal":"70"})"),
       {{"wrong_type", "weight", "/item/0/answer/0/valueDecimal", "must be a JSON number"}}},
      {"a Boolean in quotes",
       answered("planned", R"({"valueBoolean":"true"})"),
       {{"wrong_type", "planned", "/item/0/answer/0/valueBoolean", "must be true or false"}}},
      {"a Coding that is a text",
       answered("planned", R"({"valueCoding":"yes"})"),
       {{"wrong_type", "planned", "/item/0/answer/0/valueCoding", "must be a JSON object"}}},
      {"a null",
       answered("planned", R"({"valueBoolean":null})"),
       {{"wrong_type", "planned", "/item/0/answer/0/valueBoolean", "must be true or false"}}},
      {"a code that is no option",
       answered("earlier", coding("secret")),
       {{"not_an_option", "earlier", "/item/0/answer/0/valueCoding/code",
         "does not take this answer. Use none, one, two_or_more, unknown or declined."}}},
      {"an option of another question",
       answered("earlier", coding("none", "http://x/CodeSystem/small_screen/exercises")),
       {{"not_an_option", "earlier", "/item/0/answer/0/valueCoding/system",
         "(which ends with /CodeSystem/small_screen/earlier). Codes are not translated."}}},
      {"a code of another questionnaire",
       answered("planned", coding("yes", "http://x/CodeSystem/small_screen_2")),
       {{"not_an_option", "planned", "/item/0/answer/0/valueCoding/system",
         "(which ends with /CodeSystem/small_screen)"}}},
      {"a code of a public terminology",
       answered("planned", coding("373066001", "http://snomed.info/sct")),
       {{"not_an_option", "planned", "/item/0/answer/0/valueCoding/system", "another code"}}},
      {"a display without a code",
       answered("planned", R"({"valueCoding":{"display":"secret"}})"),
       {{"wrong_type", "planned", "/item/0/answer/0/valueCoding",
         "has a valueCoding without a code"}}},
      {"a reason that is not taken",
       answered("planned", absence("masked")),
       {{"not_an_option", "planned", "/item/0/answer/0/valueCoding/code",
         "for a reason that is not taken here. Use asked-unknown, asked-declined or not-asked."}}},
      {"such a reason in an extension",
       answered("weight", '{' + extension("secret") + '}'),
       {{"not_an_option", "weight", "/item/0/answer/0/extension/1/valueCode", "for a reason"}}},
      {"a value, and a reason for none",
       answered("weight", R"({"valueDecimal":3,)" + extension("asked-unknown") + '}'),
       {{"wrong_type", "weight", "/item/0/answer/0/extension/1",
         "has a value and a reason why there is none"}}},
      {"two values",
       answered("planned", R"({"valueBoolean":true,"valueCoding":{"code":"no"}})"),
       {{"duplicate_answer", "planned", first_answer,
         "two values, valueBoolean and valueCoding. Please keep one."}}},
      {"one value twice",
       answered("planned", R"({"valueBoolean":true,"valueBoolean":false})"),
       {{"duplicate_answer", "planned", "/item/0/answer/0/valueBoolean",
         "in which \"valueBoolean\" is given twice"}}},
      {"no value",
       answered("planned", "{}"),
       {{"wrong_type", "planned", first_answer, "an answer without a value"}}},
      {"an answer that is no object",
       answered("planned", "true"),
       {{"wrong_type", "planned", first_answer, "an answer that is no JSON object"}}},
      {"an element that R4 does not have",
       answered("planned", R"({"valueSecret":"x"})"),
       {{"wrong_type", "planned", first_answer, "an element that FHIR R4 does not have"}}},
      {"what changes the meaning of an answer",
       answered("planned", R"({"valueBoolean":true,"modifierExtension":[{"url":"u"}]})"),
       {{"wrong_type", "planned", "/item/0/answer/0/modifierExtension", "modifierExtension"}}},
  };
  for (const Refused& one : cases) check_refused(one);
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
