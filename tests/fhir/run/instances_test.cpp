// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "../form_cases.hpp"
#include "fhir/run/session.hpp"

using namespace fbss;

namespace {

const std::string items =
    R"([{"linkId":"a","type":"string"},)"
    R"({"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"b","type":"string"},)"
    R"({"linkId":"q","type":"string","repeats":true,"item":[{"linkId":"n","type":"string"}]}]},)"
    R"({"linkId":"z","type":"group","item":[{"linkId":"y","type":"string"}]}])";

// "linkId path" of every instance, with "-" before those that the response leaves out.
std::string listed(const FormSession::State& state) {
  std::string text;
  for (std::uint32_t i = 0; i < state.instances.size(); ++i) {
    std::string path = state.path_of(i);
    path.erase(0, std::string("QuestionnaireResponse").size());
    text += (state.instances[i].is_present() ? "" : "-") + std::string(state.item_of(i).link_id) +
            path + ' ';
  }
  return text;
}

}  // namespace

TEST_CASE("every item has an instance, in the form's order, wherever the response has it") {
  const auto form = Form::load(form_cases::form_of(items));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of("[]")));
  CHECK(listed(session.state()) == "-a -g -b -q -n -z -y ");
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"g","item":[{"linkId":"b"}]},{"linkId":"a"},{"linkId":"g","item":[)"
      R"({"linkId":"q","answer":[{"valueString":"1"},{"valueString":"2","item":[)"
      R"({"linkId":"n"}]}]}]}])")));
  CHECK(listed(session.state()) ==
        "a.item[1] g.item[0] b.item[0].item[0] -q.item[0] -n.item[0] "
        "g.item[2] -b.item[2] q.item[2].item[0] -n.item[2].item[0].answer[0] "
        "n.item[2].item[0].answer[1].item[0] -z -y ");
  const auto& state = session.state();
  CHECK(state.disordered.size() == 1);
  CHECK(state.path_of(state.disordered[0]) == "QuestionnaireResponse.item[1]");
  const std::uint32_t q = state.model.find("q");
  REQUIRE(state.instances_of(q).size() == 2);
  const std::uint32_t second = state.instances_of(q)[1];
  CHECK(state.instances[second].answer_count == 2);
  CHECK(state.path_of(second, 1) == "QuestionnaireResponse.item[2].item[0].answer[1]");
  CHECK(state.instances[state.instances_of(state.model.find("g"))[1]].repetition == 1);
}

TEST_CASE("what fits nowhere is a stray") {
  const auto form = Form::load(form_cases::form_of(items));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"x"},{"linkId":"a","answer":[{"valueString":"1","item":[)"
      R"({"linkId":"b"}]}]},5])")));
  const auto& state = session.state();
  REQUIRE(state.strays.size() == 3);
  CHECK(state.strays[0].item == form::none);
  CHECK(state.path_of(state.strays[0]) == "QuestionnaireResponse.item[0]");
  CHECK(state.path_of(state.strays[1]) == "QuestionnaireResponse.item[2]");
  CHECK(state.path_of(state.strays[2]) == "QuestionnaireResponse.item[1].answer[0].item[0]");
  CHECK(state.strays[2].item == state.model.find("b"));
}

TEST_CASE("two items of one linkId take the response's items in turn") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"a","type":"string"},{"linkId":"a","type":"integer"},)"
      R"({"linkId":"g","type":"group","item":[{"linkId":"a","type":"boolean"}]}])"));
  REQUIRE(form);
  FormSession session(*form);
  REQUIRE(session.read(form_cases::response_of(
      R"([{"linkId":"a"},{"linkId":"a"},{"linkId":"g","item":[{"linkId":"a"}]}])")));
  CHECK(listed(session.state()) == "a.item[0] a.item[1] g.item[2] a.item[2].item[0] ");
  CHECK(session.state().strays.empty());
}

TEST_CASE("a response cannot have more occurrences of items than the limit") {
  std::string many;
  for (int i = 0; i < 50; ++i)
    many += R"({"linkId":"i)" + std::to_string(i) + R"(","type":"string"},)";
  many.pop_back();
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"g","type":"group","repeats":true,"item":[)" + many + "]}]"));
  REQUIRE(form);
  std::string groups = R"({"linkId":"g"})";
  for (int i = 0; i < 9; ++i) groups += R"(,{"linkId":"g"})";
  FormSessionOptions options;
  options.limits.form_instances = 510;
  FormSession session(*form, options);
  CHECK(session.read(form_cases::response_of('[' + groups + ']')));
  const auto refused = session.read(form_cases::response_of('[' + groups + R"(,{"linkId":"g"}])"));
  REQUIRE_FALSE(refused);
  CHECK(refused.problems()[0].code == ErrorCode::too_large);
  CHECK(session.state().instances.empty());
  CHECK(session.read(form_cases::response_of('[' + groups + ']')));
}

TEST_CASE("what is no response is refused") {
  const auto form = Form::load(form_cases::form_of("[]"));
  REQUIRE(form);
  FormSession session(*form);
  CHECK(session.read("{").problems()[0].code == ErrorCode::not_json);
  CHECK(session.read(R"({"resourceType":"Patient"})").problems()[0].code == ErrorCode::wrong_type);
}
