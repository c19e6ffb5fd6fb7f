// SPDX-License-Identifier: Apache-2.0
// A form's items as a person reads them: texts, help, options, units, conditions as written.
#include <doctest/doctest.h>

#include <fbss/filling.hpp>

#include "../form_cases.hpp"

using namespace fbss;

namespace {

std::vector<FormItem> items(const std::string& json) {
  const auto form = Form::load(form_cases::form_of(json));
  REQUIRE(form);
  return items_of(*form);
}

std::string condition(const std::string& enable_when) {
  const auto all = items(R"([{"linkId":"a","type":"boolean","text":"A"},)"
                         R"({"linkId":"b","type":"choice","text":"B","answerOption":[)"
                         R"({"valueCoding":{"code":"x","display":"The x"}}]},)"
                         R"({"linkId":"c","type":"string","text":"C",)" +
                         enable_when + "}]");
  REQUIRE(all.size() == 3);
  return all[2].question.asked_when;
}

}  // namespace

TEST_CASE(
    "every type of FHIR R4 has its place in our item tree, and says whether words answer it") {
  struct Row {
    std::string_view word;
    ItemType type;
    bool takes_words;
  };
  for (const Row& row :
       {Row{"boolean", ItemType::yes_no, true}, Row{"decimal", ItemType::decimal, true},
        Row{"integer", ItemType::integer, true}, Row{"date", ItemType::date, true},
        Row{"dateTime", ItemType::date_time, true}, Row{"time", ItemType::time, true},
        Row{"string", ItemType::text, true}, Row{"text", ItemType::long_text, true},
        Row{"url", ItemType::url, true},
        Row{"choice", ItemType::choice, false},  // it offers nothing here
        Row{"open-choice", ItemType::open_choice, true},
        Row{"attachment", ItemType::attachment, false},
        Row{"reference", ItemType::reference, false}, Row{"quantity", ItemType::quantity, true},
        Row{"display", ItemType::display, false}}) {
    INFO(row.word);
    const auto all =
        items(R"([{"linkId":"q","text":"Q","type":")" + std::string(row.word) + "\"}]");
    REQUIRE(all.size() == 1);
    CHECK(all[0].type == row.word);
    CHECK(all[0].question.type == row.type);
    CHECK(all[0].takes_words() == row.takes_words);
  }
}

TEST_CASE("help is that of its question, a prefix stands before the text, depth is counted") {
  const auto all = items(
      R"([{"linkId":"g","type":"group","text":"Group","repeats":true,"item":[)"
      R"({"linkId":"q","type":"integer","prefix":"1.","text":"How many?","required":true,"item":[)"
      R"({"linkId":"h","type":"display","text":"Count all.","extension":[{"url":)"
      R"("http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",)"
      R"("valueCodeableConcept":)"
      R"({"coding":[{"code":"help"}]}}]}]},)"
      R"({"linkId":"d","type":"display","text":"Rest now."}]}])");
  REQUIRE(all.size() == 3);
  CHECK(all[0].question.several);
  CHECK(all[1].question.text == "1. How many?");
  CHECK(all[1].question.help == "Count all.");
  CHECK(all[1].required);
  CHECK(all[1].depth == 1);
  CHECK(all[2].question.text == "Rest now.");
}

TEST_CASE("two options of one code name their systems") {
  const auto all =
      items(R"([{"linkId":"q","type":"choice","answerOption":[)"
            R"({"valueCoding":{"system":"http://a.example","code":"x","display":"One"}},)"
            R"({"valueCoding":{"system":"http://b.example","code":"x","display":"Two"}},)"
            R"({"valueCoding":{"code":"y"}},{"valueString":"free"},{"valueInteger":3}]}])");
  REQUIRE(all.size() == 1);
  std::vector<std::string> codes;
  for (const Option& option : all[0].question.options) codes.push_back(option.code);
  CHECK(codes ==
        std::vector<std::string>{"http://a.example|x", "http://b.example|x", "y", "free", "3"});
  CHECK(all[0].question.text == "q");  // without a text its linkId says what it is
}

TEST_CASE("conditions are as the form writes them") {
  CHECK(condition(R"("required":true)").empty());
  CHECK(condition(R"("enableWhen":[{"question":"a","operator":"=","answerBoolean":true}])") ==
        "a = true");
  CHECK(condition(R"("enableWhen":[{"question":"a","operator":"exists","answerBoolean":false}])") ==
        "a is not answered");
  CHECK(condition(R"("enableBehavior":"all","enableWhen":[)"
                  R"({"question":"a","operator":"exists","answerBoolean":true},)"
                  R"({"question":"b","operator":"!=","answerCoding":{"code":"x"}}])") ==
        "a is answered and b != x");
  CHECK(condition(R"("enableBehavior":"any","enableWhen":[)"
                  R"({"question":"a","operator":"=","answerBoolean":true},)"
                  R"({"question":"b","operator":"=","answerCoding":{"code":"x"}}],"extension":[)" +
                  form_cases::expression("enableWhenExpression", "1 = 1") + "]") ==
        "(a = true or b = x) and 1 = 1");
}
