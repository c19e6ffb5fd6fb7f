// SPDX-License-Identifier: Apache-2.0
// lib/fhir/run/draft.cpp: responses with other answers than those that were read.
#include "fhir/run/draft.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include <fbss/form.hpp>

using namespace fbss;
using form::Draft;
using form::DraftOptions;

namespace {

constexpr const char* questionnaire_json = R"({"resourceType": "Questionnaire", "status": "draft",
 "item": [
  {"linkId": "a", "type": "boolean", "text": "A?", "item": [
    {"linkId": "a1", "type": "string", "text": "Which?"}]},
  {"linkId": "note", "type": "display", "text": "Note"},
  {"linkId": "g", "type": "group", "text": "G", "repeats": true, "item": [
    {"linkId": "g1", "type": "integer"},
    {"linkId": "g2", "type": "group", "item": [{"linkId": "g3", "type": "string"}]}]},
  {"linkId": "z", "type": "string", "enableWhen": [
    {"question": "a", "operator": "=", "answerBoolean": true}]}]})";

using Change = std::function<void(Draft&, const FormSession::State&, const Form::Model&)>;

std::string changed(std::string_view items, const Change& change,
                    const DraftOptions& options = {}) {
  auto loaded = Form::load(questionnaire_json);
  REQUIRE(loaded);
  FormSession session(*loaded);
  REQUIRE(session.read(R"({"resourceType":"QuestionnaireResponse","status":"in-progress")" +
                       std::string(items.empty() ? "" : ",\"item\":") + std::string(items) + '}'));
  Draft draft(session.state());
  change(draft, session.state(), loaded->model());
  std::string out;
  json::Writer writer(out);
  draft.write(writer, options);
  constexpr std::string_view head =
      R"({"resourceType":"QuestionnaireResponse","status":"in-progress")";
  REQUIRE(out.starts_with(head));
  return out.substr(head.size());
}

void nothing(Draft&, const FormSession::State&, const Form::Model&) {}

Change answer(const char* link_id, std::vector<form::Answer> answers, std::size_t which = 0) {
  return [=](Draft& draft, const FormSession::State& state, const Form::Model& model) {
    draft.answer(state.instances_of(model.find(link_id))[which], answers);
  };
}

}  // namespace

TEST_CASE("an answer is added together with what holds it, in the form's order") {
  CHECK(changed("", nothing) == "}");
  CHECK(changed("", answer("g3", {{"valueString", "\"x\""}})) ==
        R"(,"item":[{"linkId":"g","text":"G","item":[{"linkId":"g2","item":[)"
        R"({"linkId":"g3","answer":[{"valueString":"x"}]}]}]}]})");
  CHECK(changed(R"([{"linkId":"z","answer":[{"valueString":"last"}]}])",
                answer("a", {{"valueBoolean", "true"}})) ==
        R"(,"item":[{"linkId":"a","text":"A?","answer":[{"valueBoolean":true}]},)"
        R"({"linkId":"z","answer":[{"valueString":"last"}]}]})");
}

TEST_CASE("what the response has stays: members, strays, answers with their items") {
  CHECK(changed(R"([{"id":"i","linkId":"a","text":"own","answer":[{"valueBoolean":false,)"
                R"("item":[{"linkId":"other"},{"linkId":"a1"}]}]},{"linkId":"stray","x":1.50}])",
                nothing) ==
        R"(,"item":[{"id":"i","linkId":"a","text":"own","answer":[{"valueBoolean":false,)"
        R"("item":[{"linkId":"a1"},{"linkId":"other"}]}]},{"linkId":"stray","x":1.50}]})");
}

TEST_CASE("what is no list is copied as it is") {
  CHECK(changed(R"([{"linkId":"a","answer":[5],"item":"none"}])", nothing) ==
        R"(,"item":[{"linkId":"a","answer":[5],"item":"none"}]})");
}

TEST_CASE("a new answer takes the items below the old one over; without one they go") {
  const char* items =
      R"([{"linkId":"a","answer":[{"valueBoolean":false,"item":[{"linkId":"a1"}]}]}])";
  CHECK(changed(items, answer("a", {{"valueBoolean", "true"}})) ==
        R"(,"item":[{"linkId":"a","answer":[{"valueBoolean":true,"item":[{"linkId":"a1"}]}]}]})");
  // R4: below a question there are items below its answers alone.
  CHECK(changed(items, answer("a", {})) == R"(,"item":[{"linkId":"a"}]})");
  CHECK(changed("",
                [](Draft& draft, const auto& state, const auto& model) {
                  answer("a", {{"valueBoolean", "true", R"([{"url":"u"}])"}})(draft, state, model);
                  answer("a1", {{"valueString", "\"x\""}})(draft, state, model);
                }) == R"(,"item":[{"linkId":"a","text":"A?","answer":[{"extension":[{"url":"u"}],)"
                      R"("valueBoolean":true,"item":[{"linkId":"a1","text":"Which?",)"
                      R"("answer":[{"valueString":"x"}]}]}]}]})");
}

TEST_CASE("each repetition of a group has answers of its own") {
  CHECK(changed(R"([{"linkId":"g"},{"linkId":"g"}])", answer("g1", {{"valueInteger", "2"}}, 1)) ==
        R"(,"item":[{"linkId":"g"},{"linkId":"g","item":[)"
        R"({"linkId":"g1","answer":[{"valueInteger":2}]}]}]})");
  CHECK(changed("", [](Draft& draft, const auto& state, const auto& model) {
          draft.repeat(state.instances_of(model.find("g")).front(), 2);
        }) == R"(,"item":[{"linkId":"g","text":"G"},{"linkId":"g","text":"G"}]})");
  CHECK(changed(R"([{"linkId":"g","id":"i"},{"linkId":"g","id":"j"}])",
                [](Draft& draft, const auto& state, const auto& model) {
                  draft.repeat(state.instances_of(model.find("g")).front(), 1);
                }) ==
        R"(,"item":[{"linkId":"g","id":"i"},{"linkId":"g","text":"G"},{"linkId":"g","id":"j"}]})");
}

TEST_CASE("items that say nothing stay or go, those that say more stay") {
  const char* items = R"([{"linkId":"a","text":"A?"},{"linkId":"g","item":[{"linkId":"g1"},)"
                      R"({"linkId":"g2"}]},{"linkId":"z","id":"i"}])";
  CHECK(changed(items, nothing, {.silent = form::Silent::groups_stay}) ==
        R"(,"item":[{"linkId":"g","item":[{"linkId":"g2"}]},{"linkId":"z","id":"i"}]})");
  CHECK(changed(items, nothing, {.silent = form::Silent::go}) ==
        R"(,"item":[{"linkId":"z","id":"i"}]})");
}

TEST_CASE("the response's status is what it becomes") {
  auto loaded = Form::load(questionnaire_json);
  REQUIRE(loaded);
  FormSession session(*loaded);
  REQUIRE(
      session.read(R"({"resourceType":"QuestionnaireResponse","status":"in-progress","id":"i"})"));
  std::string out;
  json::Writer writer(out);
  Draft(session.state()).write(writer, {.status = "completed"});
  CHECK(out == R"({"resourceType":"QuestionnaireResponse","status":"completed","id":"i"})");
}

TEST_CASE("unanswered items may be written, those that are not enabled left out") {
  CHECK(changed("", nothing, {.with_unanswered = true}) ==
        R"(,"item":[{"linkId":"a","text":"A?"}]})");
  CHECK(changed(R"([{"linkId":"a","answer":[{"valueBoolean":true}]},{"linkId":"g"}])", nothing,
                {.with_unanswered = true}) ==
        R"(,"item":[{"linkId":"a","answer":[{"valueBoolean":true,"item":[{"linkId":"a1",)"
        R"("text":"Which?"}]}]},{"linkId":"g","item":[{"linkId":"g1"},{"linkId":"g2",)"
        R"("item":[{"linkId":"g3"}]}]},{"linkId":"z"}]})");
  const char* disabled = R"([{"linkId":"z","answer":[{"valueString":"hidden"}]}])";
  CHECK(changed(disabled, nothing) == ",\"item\":" + std::string(disabled) + '}');
  CHECK(changed(disabled, nothing, {.without_disabled = true}) == "}");
}

TEST_CASE("what stands below surplus answers stands below the last") {
  CHECK(changed(R"([{"linkId":"a","answer":[{"valueBoolean":true},{"valueBoolean":false,"item":[)"
                R"({"linkId":"a1","x":1}]}]}])",
                answer("a", {{"valueBoolean", "true"}})) ==
        R"(,"item":[{"linkId":"a","answer":[{"valueBoolean":true,"item":[)"
        R"({"linkId":"a1","x":1}]}]}]})");
}

TEST_CASE("members stay in their places; a status may be another") {
  CHECK(changed(R"([{"answer":[{"item":[{"linkId":"a1"}],"valueBoolean":true}],"linkId":"a",)"
                R"("_text":{"id":"t"}}],"meta":{})",
                answer("z", {{"valueString", "\"x\""}})) ==
        R"(,"item":[{"answer":[{"item":[{"linkId":"a1"}],"valueBoolean":true}],"linkId":"a",)"
        R"("_text":{"id":"t"}},{"linkId":"z","answer":[{"valueString":"x"}]}],"meta":{}})");
  auto loaded = Form::load(questionnaire_json);
  REQUIRE(loaded);
  FormSession session(*loaded);
  for (const char* before : {R"("status":"in-progress")", R"("language":"en")"}) {
    REQUIRE(session.read(R"({"resourceType":"QuestionnaireResponse",)" + std::string(before) +
                         R"(,"id":"i"})"));
    std::string out;
    json::Writer writer(out);
    Draft(session.state()).write(writer, {.status = "completed"});
    CHECK(out.find(R"("status":"completed")") != out.npos);
    CHECK(out.find("in-progress") == out.npos);
  }
}

TEST_CASE("writing a draft shows what is hidden from expressions, and hides it again") {
  auto loaded = Form::load(questionnaire_json);
  REQUIRE(loaded);
  FormSession session(*loaded);
  const std::string response = R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)"
                               R"("item":[{"linkId":"z","answer":[{"valueString":"hidden"}]}]})";
  REQUIRE(session.read(response));
  const auto written = [&] {
    std::string out;
    json::write(out, *session.state().response.get());
    return out;
  };
  const std::string seen = written();
  CHECK(seen.find("hidden") == seen.npos);
  std::string out;
  json::Writer writer(out);
  Draft(session.state()).write(writer);
  CHECK(out == response);
  CHECK(written() == seen);
}
