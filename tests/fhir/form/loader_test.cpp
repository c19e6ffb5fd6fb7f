// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include <fbss/form.hpp>

#include "../form_cases.hpp"

using namespace fbss;
using form_cases::calculated;
using form_cases::variable;

namespace {

// "code pointer" of each problem for which the form cannot be run; "loads" where there is none.
std::string refusal(const std::string& json) {
  const auto form = Form::load(json);
  if (form) return "loads";
  std::string text;
  for (const Problem& problem : form.problems())
    text +=
        (text.empty() ? "" : ", ") + std::string(code_word(problem.code)) + ' ' + problem.pointer;
  return text;
}

std::string items(const std::string& list) {
  return refusal(form_cases::form_of(list));
}

std::string value_of(const std::string& link_id) {
  return "%resource.descendants().where(linkId = '" + link_id + "').answer.value";
}

}  // namespace

TEST_CASE("what cannot be run at all is refused, with its place") {
  CHECK(refusal("") == "not_json ");
  CHECK(refusal("[]") == "wrong_type ");
  CHECK(refusal(R"({"resourceType":"Patient"})") == "wrong_type ");
  CHECK(refusal(R"({"resourceType":"Questionnaire"})") == "loads");
  CHECK(items(R"([{"type":"string"}])") == "missing_key /item/0");
  CHECK(items(R"([{"linkId":"a"}])") == "missing_key /item/0");
  CHECK(items(R"([{"linkId":"a","type":"group","item":[{"linkId":"b","type":"coding"}]}])") ==
        "bad_value /item/0/item/0");
  CHECK(items(R"([5])") == "missing_key /item/0, missing_key /item/0");
}

TEST_CASE("the url, version and title; an issue names its item") {
  const auto form = Form::load(R"({"resourceType":"Questionnaire","url":"u","version":"v",)"
                               R"("title":"t","status":"active","item":[{"linkId":"a",)"
                               R"("type":"group"}]})");
  REQUIRE(form);
  CHECK(form->url() == "u");
  CHECK(form->version() == "v");
  CHECK(form->title() == "t");
  REQUIRE(form->issues().size() == 1);
  CHECK(form->issues()[0].link_id == "a");
}

TEST_CASE("values that depend on themselves are refused") {
  CHECK(items('[' + calculated("a", value_of("a")) + ']') == "dependency_cycle /item/0");
  CHECK(items('[' + calculated("a", value_of("b")) + ',' + calculated("b", value_of("a")) + ']') ==
        "dependency_cycle /item/0");
  CHECK(refusal(form_cases::form_of("[]", ",\"extension\":[" + variable("x", "%y + 1") + ',' +
                                              variable("y", "%x + 1") + ']')) ==
        "dependency_cycle ");
  // By way of a variable.
  CHECK(refusal(form_cases::form_of('[' + calculated("a", "%x") + ']',
                                    ",\"extension\":[" + variable("x", value_of("a")) + ']')) ==
        "dependency_cycle /item/0");
  // A group that an item only passes on its way, and one that it sums up from within, are none.
  CHECK(items(R"([{"linkId":"g","type":"group","item":[{"linkId":"n","type":"integer"},)" +
              calculated("sum", "%resource.item.where(linkId = 'g').item.answer.value.sum()") +
              "]}]") == "loads");
}

TEST_CASE("chains of dependences are bounded") {
  std::string list;
  for (int i = 0; i < 2000; ++i)
    list += (i > 0 ? "," : "") +
            calculated("q" + std::to_string(i), value_of("q" + std::to_string(i + 1)));
  CHECK(items('[' + list + ",{\"linkId\":\"q2000\",\"type\":\"integer\"}]")
            .starts_with("limit_exceeded"));
  // The other way round each one's chain is worked out before it.
  list.clear();
  for (int i = 1; i < 2000; ++i)
    list += "," + calculated("q" + std::to_string(i), value_of("q" + std::to_string(i - 1)));
  CHECK(items("[{\"linkId\":\"q0\",\"type\":\"integer\"}" + list + ']') == "loads");
  std::string gated;
  for (int i = 0; i < 2000; ++i)
    gated += (i > 0 ? "," : "") + (R"({"linkId":"q)" + std::to_string(i)) +
             R"(","type":"boolean","enableWhen":[{"question":"q)" + std::to_string(i + 1) +
             R"(","operator":"exists","answerBoolean":true}]})";
  CHECK(items('[' + gated + "]").starts_with("limit_exceeded"));
}

TEST_CASE("the questionnaire has limits of its own") {
  FormOptions options;
  options.limits.questionnaire_bytes = 10;
  const auto form = Form::load(R"({"resourceType":"Questionnaire"})", std::move(options));
  REQUIRE_FALSE(form);
  CHECK(form.problems()[0].code == ErrorCode::too_large);
}
