// SPDX-License-Identifier: Apache-2.0
// Exercise cards in a file: read as written, each fault at its place, numbers and phrases held
// against what is cited beside them.
#include <doctest/doctest.h>

#include "base/sha256.hpp"
#include "sample.hpp"

using fbss::ErrorCode;

namespace {

const std::string cards = R"json("exercises": [
    {
      "id": "breathing",
      "title": "Breathing",
      "planned_when": "%plans_yoga",
      "cites": [ { "source": "article", "heading": "Exercises", "phrase": "Breathe" } ],
      "position": { "text": "Lying.",
                    "cites": [ { "source": "article", "heading": "Lying", "phrase": "lie" } ] },
      "steps": [ { "text": "Breathe in.",
                   "cites": [ { "source": "article", "heading": "Steps", "phrase": "in" } ] } ],
      "repetitions": { "text": "at least 5",
                       "question": "repetitions",
                       "cites": [
                         { "source": "article", "heading": "Dose", "phrase": "5 times" } ] },
      "times_a_day": { "text": "3",
                       "cites": [
                         { "source": "article", "heading": "Dose", "phrase": "thrice" } ] },
      "cautions": [ { "text": "Gently.",
                      "cites": [
                        { "source": "article", "heading": "Care", "phrase": "gently" } ] } ],
      "conflicts": [ { "name": "X9", "text": "In and out.",
                       "cites": [ { "source": "article", "heading": "Odd", "phrase": "out" } ] } ],
      "interpretation": "Read plainly."
    },
    {
      "id": "silent",
      "title": "Silent",
      "planned_when": "%plans_yoga",
      "cites": [ { "source": "article", "heading": "Exercises", "phrase": "Silence" } ]
    }
  ],
  )json";

/// The sample with the cards and a rule that compares numbers, changed in one place.
std::string with_cards(std::string_view what = {}, std::string_view by = {}) {
  std::string text = sample_with("\"rules\": [", cards + "\"rules\": [");
  const std::string cites = "\"present_when\": \"%smokes\",";
  text.replace(text.find(cites), cites.size(), cites + "\n      \"exercise\": \"breathing\",");
  if (what.empty()) return text;
  const std::size_t at = text.find(what);
  REQUIRE_MESSAGE(at != std::string::npos, "the file does not hold ", std::string(what));
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("cards are read as written, and what is left out stays out") {
  const fbss::Questionnaire sample = load_sample(with_cards());
  REQUIRE(sample.exercises().size() == 2);
  const fbss::Exercise& full = sample.exercises()[0];
  CHECK(full.id == "breathing");
  CHECK(full.title == "Breathing");
  CHECK(full.planned_when == "%plans_yoga");
  CHECK(full.cites[0].phrase == "Breathe");
  CHECK(full.position->text == "Lying.");
  CHECK(full.position->cites[0].heading == "Lying");
  CHECK(full.steps[0].text == "Breathe in.");
  CHECK(full.repetitions->name == "repetitions");
  CHECK(full.repetitions->text == "at least 5");
  CHECK(full.repetitions->question == "repetitions");
  CHECK(full.times_a_day->name == "times a day");
  CHECK(full.times_a_day->question.empty());
  CHECK(full.cautions[0].cites[0].phrase == "gently");
  CHECK(full.conflicts[0].name == "X9");
  CHECK(full.conflicts[0].text == "In and out.");
  CHECK(full.interpretation == "Read plainly.");
  CHECK(sample.rules()[0].exercise == "breathing");
  CHECK(sample.exercise("breathing") == &full);
  CHECK(sample.exercise("nothing") == nullptr);

  const fbss::Exercise& bare = sample.exercises()[1];
  CHECK_FALSE(bare.position.has_value());
  CHECK(bare.steps.empty());
  CHECK_FALSE(bare.repetitions.has_value());
  CHECK_FALSE(bare.times_a_day.has_value());
  CHECK(bare.cautions.empty());
  CHECK(bare.conflicts.empty());
}

TEST_CASE("a file without cards has none") {
  CHECK(load_sample(sample_text).exercises().empty());
  CHECK(load_sample(sample_text).rules()[0].exercise.empty());
}

TEST_CASE("each fault of a card at its place") {
  const Fault faults[] = {
      {with_cards(R"("id": "silent")", R"("id": "breathing")"), ErrorCode::duplicate_id,
       "/exercises/1/id", "", "exercises"},
      {with_cards(R"("title": "Silent")", R"("tile": "Silent", "title": "Silent")"),
       ErrorCode::unknown_key, "/exercises/1/tile", "", "title"},
      {with_cards(R"("text": "Lying.")", R"("words": "Lying.", "text": "Lying.")"),
       ErrorCode::unknown_key, "/exercises/0/position/words", ""},
      {with_cards(R"("name": "X9", )", ""), ErrorCode::missing_key, "/exercises/0/conflicts/0", "",
       "name"},
      {with_cards(R"("phrase": "gently" } ])", R"("phrase": "gently" } ], "cite": [])"),
       ErrorCode::unknown_key, "/exercises/0/cautions/0/cite", "", "cites"},
      {with_cards(R"({ "source": "article", "heading": "Care", "phrase": "gently" })", ""),
       ErrorCode::not_cited, "/exercises/0/cautions/0", ""},
      {with_cards(R"({ "source": "article", "heading": "Exercises", "phrase": "Silence" })", ""),
       ErrorCode::not_cited, "/exercises/1", ""},
      {with_cards(R"("question": "repetitions")", R"("question": "repetition")"),
       ErrorCode::bad_reference, "/exercises/0/repetitions/question", ""},
      {with_cards(R"("question": "repetitions")", R"("question": "hours")"),
       ErrorCode::bad_reference, "/exercises/0/repetitions/question", "", "integer"},
      {with_cards(R"("exercise": "breathing")", R"("exercise": "breating")"),
       ErrorCode::bad_reference, "/rules/0/exercise", "\"breating\"", "breathing"},
      {with_cards(R"("exercise": "breathing")", R"("exercise": "silent")"),
       ErrorCode::bad_reference, "/rules/0/exercise", "", "question"},
  };
  for (const Fault& fault : faults) check_fault(fault);
}

TEST_CASE("when a card is shown is a condition like any other") {
  const std::string planned = R"("planned_when": "%plans_yoga")";
  const auto when = [&](const std::string& condition) {
    return with_cards(planned, "\"planned_when\": \"" + condition + "\"");
  };
  const std::string pointer = "/exercises/0/planned_when";
  const Fault faults[] = {
      {when("%exercises contains 'yoga'"), ErrorCode::guesses_unanswered, pointer, "",
       "exercise breathing, planned_when"},
      {when("%smoking = 'weekly'"), ErrorCode::unknown_option, pointer, "", "weekly"},
      {when("%smoking"), ErrorCode::not_boolean, pointer, ""},
      {when("true"), ErrorCode::guesses_unanswered, pointer, ""},
      {when("%repetitions > 7"), ErrorCode::number_not_cited, pointer, "", "exercise"},
  };
  for (const Fault& fault : faults) check_fault(fault);
}

TEST_CASE("a number on a card stands in a phrase beside it, or in the interpretation") {
  check_fault({with_cards("at least 5", "at least 6"), ErrorCode::number_not_cited,
               "/exercises/0/repetitions/text", "6\",\n", "the number 6"});
  check_fault({with_cards("\"Breathe in.\"", "\"Breathe in twice.\""), ErrorCode::number_not_cited,
               "/exercises/0/steps/0/text", "twice", "the number twice"});
  // The phrase stands beside another statement of the same card.
  check_fault({with_cards("\"Gently.\"", "\"Gently, thrice.\""), ErrorCode::number_not_cited,
               "/exercises/0/cautions/0/text", "thrice."});
  check_fault({with_cards("\"In and out.\"", "\"In 4 times.\""), ErrorCode::number_not_cited,
               "/exercises/0/conflicts/0/text", "4 times"});
  check_fault({with_cards("\"Lying.\"", "\"Lying for 20 s.\""), ErrorCode::number_not_cited,
               "/exercises/0/position/text", "20 s"});
  std::string declared = with_cards("at least 5", "at least 6");
  const std::string read = "Read plainly.";
  load_sample(declared.replace(declared.find(read), read.size(), "Read as six."));
}

TEST_CASE("every phrase of a card is looked up in its source") {
  const std::string article =
      "Exercises\n\nBreathe. Silence. Walking 5 times, hours after surgery, remarks, yoga.\n\n"
      "Risks\n\ndiabetes Smoke untreated, Smoke for 5 times thrice a day.\n\n"
      "Steps\n\nin, avoid smoking.\n\nLying\n\nlie.\n\nDose\n\n5 times, thrice.\n\n"
      "Care\n\ngently.\n\nOdd\n\nout.\n";
  const auto problems = [&](std::string_view what, std::string_view by) {
    std::string text = with_cards(what, by);
    const std::string sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    text.replace(text.find(sum), sum.size(), fbss::sha256(article));
    const fbss::SourceText source{"article.txt", article};
    return fbss::check_sources(load_sample(text), {&source, 1});
  };
  for (const fbss::Problem& problem : problems("", "")) FAIL_CHECK(problem.message);

  const auto is_found = [&](std::string_view phrase, std::string_view pointer) {
    const std::string what = "\"phrase\": \"" + std::string(phrase) + "\" }";
    const fbss::Problems found = problems(what, "\"phrase\": \"elsewhere 5 3\" }");
    CAPTURE(std::string(pointer));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == ErrorCode::phrase_not_in_source);
    CHECK(found[0].pointer == std::string(pointer) + "/phrase");
    CHECK(found[0].message.find("Exercise ") != std::string::npos);
  };
  is_found("Breathe", "/exercises/0/cites/0");
  is_found("lie", "/exercises/0/position/cites/0");
  is_found("in", "/exercises/0/steps/0/cites/0");
  is_found("thrice", "/exercises/0/times_a_day/cites/0");
  is_found("gently", "/exercises/0/cautions/0/cites/0");
  is_found("out", "/exercises/0/conflicts/0/cites/0");
  is_found("Silence", "/exercises/1/cites/0");
}
