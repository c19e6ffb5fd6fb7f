// SPDX-License-Identifier: Apache-2.0
// Filling in a response step by step: places, answers that are taken or not, repetitions, what is
// dropped, the end, and going on with a response that is there.
#include <doctest/doctest.h>

#include <fbss/document.hpp>
#include <fbss/filling.hpp>
#include <fbss/validate.hpp>

#include "../form_cases.hpp"

using namespace fbss;

namespace {

Form load(const std::string& items, const std::string& others = {}) {
  auto form = Form::load(form_cases::form_of(items, others));
  REQUIRE(form);
  return *form;
}

std::string paths(const Filling& filling) {
  std::string all;
  for (const Place& place : filling.places()) all += (all.empty() ? "" : " ") + place.path;
  return all;
}

std::string answers_at(const Filling& filling, std::string_view path) {
  for (const Place& place : filling.places()) {
    if (place.path != path) continue;
    std::string all;
    for (const std::string& answer : place.answers) all += (all.empty() ? "" : "; ") + answer;
    return all;
  }
  return "no such place";
}

std::string rules(const FormIssues& issues) {
  std::string all;
  for (const FormIssue& issue : issues)
    all += (all.empty() ? "" : " ") + std::string(rule_word(issue.rule));
  return all;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::string diary = R"([{"linkId":"pain","type":"boolean"},)"
                          R"({"linkId":"day","type":"group","repeats":true,"enableWhen":[)"
                          R"({"question":"pain","operator":"=","answerBoolean":true}],"item":[)"
                          R"({"linkId":"n","type":"integer","required":true},)"
                          R"({"linkId":"why","type":"string","enableWhen":[)"
                          R"({"question":"n","operator":">","answerInteger":5}]}]}])";

}  // namespace

TEST_CASE("places come and go with answers, each repetition by itself") {
  Filling filling(load(diary));
  CHECK(paths(filling) == "pain");
  CHECK(filling.answer("pain", {"yes"}).empty());
  CHECK(paths(filling) == "pain day day/n");
  CHECK(filling.answer("day/n", {"7"}).empty());
  CHECK(paths(filling) == "pain day day/n day/why");
  filling.add_repetition("day");
  CHECK(paths(filling) == "pain day day/n day/why day[1] day[1]/n");
  CHECK_FALSE(filling.places()[1].can_follow);
  CHECK(filling.places()[4].can_follow);
  CHECK_FALSE(filling.places()[4].holds_answers);
  CHECK(filling.answer("day[1]/n", {"2"}).empty());
  CHECK(filling.places()[4].holds_answers);
  CHECK(answers_at(filling, "day/n") == "7");
  CHECK(answers_at(filling, "day[1]/n") == "2");
}

TEST_CASE("answers that are no longer asked for are dropped and named") {
  Filling filling(load(diary));
  REQUIRE(filling.answer("pain", {"yes"}).empty());
  REQUIRE(filling.answer("day/n", {"7"}).empty());
  REQUIRE(filling.answer("day/why", {"cold"}).empty());
  CHECK(filling.answer("day/n", {"3"}).empty());
  CHECK(filling.dropped() == std::vector<std::string>{"why"});
  CHECK_FALSE(holds(filling.response(), "cold"));
  CHECK(filling.answer("pain", {"no"}).empty());
  CHECK(filling.dropped() == std::vector<std::string>{"n"});
  CHECK(paths(filling) == "pain");
}

TEST_CASE("an answer that breaks a rule is not taken, and the message does not repeat it") {
  struct Row {
    std::string_view item, word, rule;
  };
  const std::string bound = R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/)";
  const std::string most = R"("type":"integer")" + bound + R"(maxValue","valueInteger":9}])";
  const std::string regex = R"("type":"string")" + bound + R"(regex","valueString":"[a-z]+"}])";
  const std::string unit =
      R"("type":"quantity")" + bound + R"(questionnaire-unitOption","valueCoding":{"code":"kg"}}])";
  for (const Row& row :
       {Row{R"("type":"boolean")", "perhaps", "invalidValue"},
        Row{R"("type":"integer")", "1.5", "invalidValue"},
        Row{R"("type":"integer")", "007", "invalidValue"},
        Row{R"("type":"integer")", "99999999999", "invalidValue"},
        Row{R"("type":"decimal")", "1,5", "invalidValue"},
        Row{R"("type":"decimal")", ".5", "invalidValue"}, Row{most, "10", "maxValue"},
        Row{R"("type":"date")", "2026-02-30", "invalidValue"},
        Row{R"("type":"date")", "yesterday", "invalidValue"},
        Row{R"("type":"dateTime")", "2026-02-20T14:30", "invalidValue"},
        Row{R"("type":"time")", "25:00", "invalidValue"}, Row{regex, "ABC", "regex"},
        Row{R"("type":"string","maxLength":3)", "abcd", "maxLength"},
        Row{R"("type":"choice","answerOption":[{"valueCoding":{"code":"x"}}])", "y",
            "invalidValue"},
        Row{unit, "heavy", "invalidValue"}, Row{unit, "3 lb", "invalidUnit"},
        Row{R"("type":"attachment")", "scan.pdf", "invalidValue"}}) {
    INFO(row.item << ' ' << row.word);
    Filling filling(load(R"([{"linkId":"q",)" + std::string(row.item) + "}]"));
    const std::string before = filling.response();
    const FormIssues wrong = filling.answer("q", {std::string(row.word)});
    REQUIRE(rules(wrong) == row.rule);
    CHECK_FALSE(holds(wrong[0].message, row.word));
    CHECK(filling.response() == before);
  }
}

TEST_CASE("answers are written as FHIR has them") {
  struct Row {
    std::string_view item, word, json;
  };
  for (const Row& row :
       {Row{R"("type":"boolean")", "no", R"({"valueBoolean":false})"},
        Row{R"("type":"integer")", "-4", R"({"valueInteger":-4})"},
        Row{R"("type":"decimal")", "1.50", R"({"valueDecimal":1.50})"},
        Row{R"("type":"date")", "2026-11", R"({"valueDate":"2026-11"})"},
        Row{R"("type":"dateTime")", "2026-11-21T14:30:00Z",
            R"({"valueDateTime":"2026-11-21T14:30:00Z"})"},
        Row{R"("type":"time")", "14:30", R"({"valueTime":"14:30:00"})"},
        Row{R"("type":"string")", "a \"b\"", R"({"valueString":"a \"b\""})"},
        Row{R"("type":"url")", "https://a.example/x", R"({"valueUri":"https://a.example/x"})"},
        Row{R"("type":"quantity")", "2.5 km",
            R"({"valueQuantity":{"value":2.5,"unit":"km",)"
            R"("system":"http://unitsofmeasure.org","code":"km"}})"},
        Row{R"("type":"quantity")", "2", R"({"valueQuantity":{"value":2}})"},
        Row{R"("type":"open-choice","answerOption":[{"valueCoding":{"code":"x"}}])", "x",
            R"({"valueCoding":{"code":"x"}})"},
        Row{R"("type":"open-choice","answerOption":[{"valueCoding":{"code":"x"}}])", "other",
            R"({"valueString":"other"})"},
        Row{R"("type":"choice","answerOption":[{"valueString":"mild"}])", "mild",
            R"({"valueString":"mild"})"}}) {
    INFO(row.item << ' ' << row.word);
    const Form form = load(R"([{"linkId":"q",)" + std::string(row.item) + "}]");
    Filling filling(form);
    REQUIRE(filling.answer("q", {std::string(row.word)}).empty());
    CHECK_MESSAGE(holds(filling.response(), R"("answer":[)" + std::string(row.json) + ']'),
                  filling.response());
    FormSession session(form);
    REQUIRE(session.read(filling.response()));
    CHECK_FALSE(has_errors(validate(session)));
  }
}

TEST_CASE("unknown and declined are reasons without a value, or the form's own options") {
  Filling plain(load(R"([{"linkId":"q","type":"integer"}])"));
  CHECK(plain.answer("q", NoValue::declined).empty());
  CHECK(answers_at(plain, "q") == "declined");
  CHECK(holds(plain.response(), R"("valueCode":"asked-declined")"));
  CHECK_FALSE(has_errors(plain.finish()));

  Filling with_option(load(
      R"([{"linkId":"q","type":"choice","answerOption":[{"valueCoding":{"system":)"
      R"("http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"asked-unknown"}}]}])"));
  CHECK(with_option.answer("q", NoValue::unknown).empty());
  CHECK(answers_at(with_option, "q") == "unknown");
  CHECK(holds(with_option.response(), R"("valueCoding":{)"));
}

TEST_CASE("a question that repeats takes several answers, another one only one") {
  Filling filling(
      load(R"([{"linkId":"one","type":"string"},)"
           R"({"linkId":"many","type":"string","repeats":true,"extension":[)"
           R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs",)"
           R"("valueInteger":2}]},)"
           R"({"linkId":"pick","type":"choice","repeats":true,"answerOption":[)"
           R"({"valueCoding":{"code":"x"}},)"
           R"({"valueCoding":{"code":"none"},"extension":[{"url":)"
           R"("http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",)"
           R"("valueBoolean":true}]}]}])"));
  CHECK(rules(filling.answer("one", {"a", "b"})) == "repeats");
  CHECK(filling.answer("many", {"a", "b"}).empty());
  CHECK(answers_at(filling, "many") == "a; b");
  CHECK(rules(filling.answer("many", {"a", "b", "c"})) == "maxCount");
  CHECK(answers_at(filling, "many") == "a; b");
  CHECK(rules(filling.answer("pick", {"x", "none"})) == "exclusiveAnswerOption");
}

TEST_CASE("what is below a question is asked once that has a value, and stays with it") {
  Filling filling(
      load(R"([{"linkId":"q","type":"boolean","item":[{"linkId":"more","type":"string"}]}])"));
  CHECK(paths(filling) == "q");
  REQUIRE(filling.answer("q", {"no"}).empty());
  CHECK(paths(filling) == "q q/more");
  REQUIRE(filling.answer("q/more", {"text"}).empty());
  REQUIRE(filling.answer("q", {"yes"}).empty());
  CHECK(answers_at(filling, "q/more") == "text");
  REQUIRE(filling.answer("q", NoValue::unknown).empty());
  CHECK(paths(filling) == "q");
}

TEST_CASE("hidden items have no place, read-only ones have") {
  Filling filling(load(
      R"([{"linkId":"h","type":"string","extension":[{"url":)"
      R"("http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueBoolean":true}]},)"
      R"({"linkId":"r","type":"string","readOnly":true}])"));
  CHECK(paths(filling) == "r");
  CHECK_FALSE(filling.places()[0].item->is_asked());
}

TEST_CASE("the end: completed where the rules are kept, in-progress with the reasons where not") {
  Filling filling(load(diary));
  REQUIRE(filling.answer("pain", {"yes"}).empty());
  REQUIRE(filling.answer("day/n", {"1"}).empty());
  filling.add_repetition("day");
  CHECK_FALSE(has_errors(filling.finish()));
  CHECK(holds(filling.response(), R"("status":"completed")"));
  CHECK(paths(filling) == "pain day day/n");  // the empty repetition went

  Filling open(load(R"([{"linkId":"q","type":"string","required":true}])"));
  CHECK(rules(open.finish()) == "required");
  CHECK(holds(open.response(), R"("status":"in-progress")"));
}

TEST_CASE("answers are taken back") {
  Filling filling(load(diary));
  CHECK_FALSE(filling.retract("pain"));
  REQUIRE(filling.answer("pain", {"yes"}).empty());
  REQUIRE(filling.answer("day/n", {"1"}).empty());
  CHECK(filling.retract("pain"));
  CHECK(filling.dropped() == std::vector<std::string>{"n"});
  CHECK_FALSE(holds(filling.response(), R"("answer")"));
}

TEST_CASE("a response is gone on with, and what else it holds stays") {
  Filling filling(load(diary, R"(,"version":"2")"));
  CHECK(filling
            .resume(R"({"resourceType":"QuestionnaireResponse","id":"r1",)"
                    R"("questionnaire":"http://example.org/q|1","status":"completed",)"
                    R"("author":{"display":"Dr. A"},"item":[{"linkId":"pain","id":"i1",)"
                    R"("answer":[{"id":"a1","valueBoolean":true}]}]})")
            .ok());
  CHECK(answers_at(filling, "pain") == "Yes");
  REQUIRE(filling.answer("day/n", {"3"}).empty());
  for (const std::string_view kept : {R"("id":"r1")", R"("author":{"display":"Dr. A"})",
                                      R"("id":"i1")", R"("id":"a1")", R"("status":"in-progress")"})
    CHECK_MESSAGE(holds(filling.response(), kept), kept);
}

TEST_CASE("a response that does not fit is refused, and nothing of it stays") {
  const std::string head = R"({"resourceType":"QuestionnaireResponse","status":)";
  for (const auto& row : {
           std::pair<std::string, ErrorCode>{"{", ErrorCode::not_json},
           {R"({"resourceType":"Patient"})", ErrorCode::wrong_type},
           {head + R"("in-progress","questionnaire":"http://b.example/q"})",
            ErrorCode::other_questionnaire},
           {head + R"("entered-in-error"})", ErrorCode::withdrawn},
           {head + R"("in-progress","item":[{"linkId":"other"}]})", ErrorCode::bad_value},
           {head +
                R"("in-progress","item":[{"linkId":"pain","answer":[{"valueString":"secret"}]}]})",
            ErrorCode::bad_value},
       }) {
    const std::string& json = row.first;
    INFO(json);
    Filling filling(load(diary));
    const auto read = filling.resume(json);
    REQUIRE_FALSE(read.ok());
    CHECK(read.problems().front().code == row.second);
    CHECK_FALSE(holds(read.problems().front().message, "secret"));
    CHECK(paths(filling) == "pain");
    CHECK(answers_at(filling, "pain").empty());
  }
}

TEST_CASE("what the form begins with is filled in where a question is first enabled, once") {
  const Form form = load(
      R"([{"linkId":"a","type":"integer","initial":[{"valueInteger":3}]},)"
      R"({"linkId":"late","type":"boolean","initial":[{"valueBoolean":true}],"enableWhen":[)"
      R"({"question":"a","operator":">","answerInteger":4}]},)"
      R"({"linkId":"c","type":"choice","repeats":true,"answerOption":[)"
      R"({"valueCoding":{"code":"x"},"initialSelected":true},{"valueCoding":{"code":"y"}}]}])");
  Filling filling(form);
  const auto initial_ones = [&] {
    std::string all;
    for (const Place& place : filling.places())
      if (place.is_initial) all += place.path + ' ';
    return all;
  };
  CHECK(initial_ones() == "a c ");
  CHECK(answers_at(filling, "a") == "3");
  CHECK(answers_at(filling, "c") == "x");
  CHECK(filling.answer("a", {"5"}).empty());
  CHECK(initial_ones() == "late c ");
  CHECK(filling.retract("late"));
  CHECK(filling.answer("a", {"4"}).empty());
  CHECK(filling.answer("a", {"6"}).empty());
  CHECK(answers_at(filling, "late").empty());  // a person took it back
  CHECK_FALSE(filling.answer("c", {"z"}).empty());
  CHECK(initial_ones() == "c ");  // a refused answer changes nothing
  CHECK(filling.answer("c", {"x"}).empty());
  CHECK(initial_ones().empty());  // the same, but given
}

TEST_CASE("a response that is gone on with gets no initial values") {
  const std::string items = R"([{"linkId":"a","type":"integer","initial":[{"valueInteger":3}]}])";
  Filling filling(load(items));
  REQUIRE(filling.resume(form_cases::response_of("[]", "in-progress")));
  CHECK(answers_at(filling, "a").empty());
  // A response that is refused leaves a new one.
  Filling other(load(items));
  REQUIRE_FALSE(other.resume("{"));
  CHECK(answers_at(other, "a") == "3");
}
