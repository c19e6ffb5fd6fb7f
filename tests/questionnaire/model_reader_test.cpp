// SPDX-License-Identifier: Apache-2.0
// What a file says reaches the model, and each fault of its structure is found at its place.
#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;

TEST_CASE("a file's content is read as written") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  CHECK(sample.id() == "sample");
  CHECK(sample.version() == "1.0.0");
  CHECK(sample.title() == "A sample");
  CHECK(sample.term() == "A term");
  CHECK(sample.intended_use() == "For tests.");
  CHECK(sample.evidence() == "None.");
  CHECK(sample.absent_means() == "Absent means nothing more.");
  REQUIRE(sample.attributes().size() == 1);
  CHECK(sample.attributes()[0].name == "Developer");
  CHECK(sample.attributes()[0].value == "The project");
  REQUIRE(sample.sources().size() == 1);
  CHECK(sample.sources()[0].publisher == "A publisher");
  CHECK(sample.sources()[0].evidence == "cites no studies");
  CHECK(sample.sources()[0].published == "2019");

  REQUIRE(sample.questions().size() == 8);
  const fbss::Item& smoking = *sample.questions()[1];
  CHECK(smoking.type == fbss::ItemType::choice);
  REQUIRE(smoking.options.size() == 3);
  CHECK(smoking.options[1].code == "some_days");
  CHECK(smoking.options[1].text == "Some days");
  CHECK_FALSE(smoking.several);
  REQUIRE(smoking.why.has_value());
  CHECK(smoking.why->phrase == "Smoke");
  const fbss::Item& exercises = *sample.question("exercises");
  CHECK(exercises.several);
  CHECK(exercises.options[2].exclusive);
  CHECK_FALSE(exercises.options[1].exclusive);
  const fbss::Item& repetitions = *sample.question("repetitions");
  CHECK(repetitions.unit == "repetitions");
  CHECK(repetitions.least == 0);
  CHECK(repetitions.most == 999);
  CHECK(sample.question("treated")->asked_when == "%diabetes");

  REQUIRE(sample.rules().size() == 1);
  const fbss::Rule& rule = sample.rules()[0];
  CHECK(rule.kind == "factor");
  CHECK(rule.applies_when == "%diabetes");
  CHECK(rule.present_when == "%smokes");
  CHECK(rule.cites[0].heading == "Risks");
  CHECK(rule.interpretation == "Read as at least two.");
  CHECK(rule.notes[0].when == "%smoking = 'never'");
  CHECK(rule.notes[0].cites[0].phrase == "Smoke");
  CHECK(rule.steps[0].timing == "before surgery");
  CHECK(rule.steps[0].cites[0].phrase == "avoid smoking");
  CHECK(sample.tallies()[0].noun == "factors");
  CHECK(sample.notices()[0].when == "%diabetes and %smokes");
}

TEST_CASE("what is optional may be left out, and is read where it stands") {
  const auto text = sample_with(
      R"("code": "daily", "text": "Every day")",
      R"("code": "daily", "text": "Every day", "coding": [{"system": "http://snomed.info/sct",
         "code": "449868002", "display": "Smokes tobacco daily"}])");
  const fbss::Questionnaire coded = load_sample(text);
  REQUIRE(coded.question("smoking")->options[0].codings.size() == 1);
  CHECK(coded.question("smoking")->options[0].codings[0].code == "449868002");

  const fbss::Questionnaire optional = load_sample(
      sample_with(R"("title": "History",)", R"("title": "History", "optional": true,)"));
  CHECK(optional.items()[0].optional);
}

TEST_CASE("faults of the structure, each with its place") {
  const Fault faults[] = {
      // Keys.
      {sample_with(R"("unit":)", R"("units":)"), ErrorCode::unknown_key,
       "/sections/0/questions/4/units", R"("units":)", "Did you mean \"unit\"?"},
      {sample_with(R"("version": "1.0.0",)", R"("version": "1.0.0", "author": "x",)"),
       ErrorCode::unknown_key, "/author", R"("author")"},
      {sample_with(R"("title": "First",)", ""), ErrorCode::missing_key, "/rules/0",
       "{\n      \"id\": \"first_rule\"", "\"title\""},
      {sample_with(R"("version": "1.0.0",)", ""), ErrorCode::missing_key, "", "{", "\"version\""},
      {sample_with(R"("heading": "Risks", )", ""), ErrorCode::missing_key,
       "/sections/0/questions/0/why", R"({ "source": "article", "phrase": "diabetes")"},
      {sample_with(R"("version": "1.0.0",)", "\"version\": \"1.0.0\",\n\"version\": \"2\","),
       ErrorCode::duplicate_key, "/version", R"("version": "2")", "line 3"},
      // Ids.
      {sample_with(R"("id": "remark")", R"("id": "history")"), ErrorCode::duplicate_id,
       "/sections/0/questions/7/id", R"("history",
          "type")",
       "line 17"},
      {sample_with(R"("id": "first_rule")", R"("id": "hours")"), ErrorCode::duplicate_id,
       "/rules/0/id", R"("hours",
      "kind")",
       "sections, questions and rules"},
      {sample_with(R"("id": "first_rule")", R"("id": "history")"), ErrorCode::duplicate_id,
       "/rules/0/id", R"("history",
      "kind")",
       "line 17"},
      {sample_with(R"("plans_yoga": )", R"("hours": )"), ErrorCode::duplicate_id,
       "/variables/hours", R"("hours": "iif)"},
      {sample_with(R"("code": "never")", R"("code": "daily")"), ErrorCode::duplicate_id,
       "/sections/0/questions/1/options/2/code", R"("daily", "text": "Never")"},
      {sample_with(R"("id": "remark")", R"("id": "Remark")"), ErrorCode::bad_id,
       "/sections/0/questions/7/id", R"("Remark")", "snake_case"},
      {sample_with(R"("id": "remark")", R"("id": "resource")"), ErrorCode::bad_id,
       "/sections/0/questions/7/id", R"("resource")"},
      {sample_with(R"("id": "first_rule")", R"("id": "status")"), ErrorCode::bad_id, "/rules/0/id",
       R"("status")"},
      {sample_with(R"("plans_yoga": )", R"("plansYoga": )"), ErrorCode::bad_id,
       "/variables/plansYoga", R"("plansYoga")"},
      {sample_with(R"("id": "note")", R"("id": "1st")"), ErrorCode::bad_id, "/notices/0/id",
       R"("1st")"},
      // Values.
      {sample_with(R"("type": "integer")", R"("type": "number")"), ErrorCode::bad_value,
       "/sections/0/questions/4/type", R"("number")", "\"integer\""},
      {sample_with(R"("title": "First")", R"("title": 1)"), ErrorCode::bad_value, "/rules/0/title",
       "1,\n      \"applies", "a text in quotes"},
      {sample_with(R"("title": "First")", R"("title": "  ")"), ErrorCode::bad_value,
       "/rules/0/title", R"("  ")"},
      {sample_with(R"("title": "First")", R"("title": "a\nb")"), ErrorCode::bad_value,
       "/rules/0/title", R"("a\nb")", "U+000A"},
      {sample_with(R"("timing": "before surgery")", R"("timing": "before")"), ErrorCode::bad_value,
       "/rules/0/steps/0/timing", R"("before",)", "\"after surgery\""},
      {sample_with(R"("most": 999)", R"("most": 9.5)"), ErrorCode::bad_value,
       "/sections/0/questions/4/most", "9.5"},
      {sample_with(R"("least": 0)", R"("least": 1000)"), ErrorCode::bad_value,
       "/sections/0/questions/4", "{\n          \"id\": \"repetitions\""},
      {sample_with(R"("type": "date",)", R"("type": "date", "most": 3,)"), ErrorCode::bad_value,
       "/sections/0/questions/6", ""},
      {sample_with(R"("type": "text",)", R"("type": "text", "several": true,)"),
       ErrorCode::bad_value, "/sections/0/questions/7", ""},
      {sample_with(R"("type": "text",)", R"("type": "text", "options": [],)"), ErrorCode::bad_value,
       "/sections/0/questions/7/options", "[],"},
      {sample_with(R"("why": { "source": "article", "heading": "Risks", "phrase": "Smoke" })",
                   R"("why": "because")"),
       ErrorCode::bad_value, "/sections/0/questions/1/why", R"("because")", "an object"},
      {sample_with(R"(0123456789abcdef")", R"(0123456789ABCDEF")"), ErrorCode::bad_value,
       "/sources/0/text_sha256", ""},
      {sample_with(R"("attributes": [ {)", R"("attributes": [ 7, {)"), ErrorCode::bad_value,
       "/attributes/0", "7, {"},
      {sample_with("\"phrase\": \"avoid smoking\"", "\"phrase\": \"avoid\u00A0smoking\""),
       ErrorCode::bad_value, "/rules/0/steps/0/cites/0/phrase", "\"avoid\u00A0", "U+00A0"},
      {sample_with(R"("unit": "repetitions")", R"("unit": "")"), ErrorCode::bad_value,
       "/sections/0/questions/4/unit", R"("",
          "least")"},
      {sample_with(R"("sections": [)",
                   R"("sections": [ { "id": "empty", "title": "Empty", "questions": [] },)"),
       ErrorCode::bad_value, "/sections/0/questions", "[] },"},
      // Options.
      {sample_with(R"("code": "never")", R"("code": "Never")"), ErrorCode::bad_id,
       "/sections/0/questions/1/options/2/code", R"("Never", "text")"},
      {sample_with(R"({ "code": "never", "text": "Never" })",
                   R"({ "code": "unknown", "text": "Unknown" })"),
       ErrorCode::reserved_option, "/sections/0/questions/1/options/2/code", R"("unknown")"},
      {sample_with(R"({ "code": "never", "text": "Never" })",
                   R"({ "code": "declined", "text": "Declined" })"),
       ErrorCode::reserved_option, "/sections/0/questions/1/options/2/code", R"("declined")"},
      {sample_with(R"({ "code": "none", "text": "None", "exclusive": true })",
                   R"({ "code": "none", "text": "None" })"),
       ErrorCode::bad_value, "/sections/0/questions/3/options", "", "\"none\""},
      {sample_with(R"("text": "Yoga" })", R"("text": "Yoga", "exclusive": true })"),
       ErrorCode::bad_value, "/sections/0/questions/3/options", ""},
      {sample_with(R"("text": "Never" })", R"("text": "Never", "exclusive": true })"),
       ErrorCode::bad_value, "/sections/0/questions/1/options", ""},
      // References.
      {sample_with(R"("source": "article", "heading": "Steps")",
                   R"("source": "articel", "heading": "Steps")"),
       ErrorCode::bad_reference, "/rules/0/steps/0/cites/0/source", R"("articel")",
       "Did you mean \"article\"?"},
      {sample_with(R"("id": "factors", "kind": "factor")", R"("id": "factors", "kind": "factors")"),
       ErrorCode::bad_reference, "/tallies/0/kind", R"("factors", "noun")",
       "Did you mean \"factor\"?"},
      // Citations.
      {sample_with(
           R"("cites": [ { "source": "article", "heading": "Risks",
                   "phrase": "Smoke for 5 times thrice a day" } ],)",
           ""),
       ErrorCode::not_cited, "/rules/0", "{\n      \"id\": \"first_rule\""},
      {sample_with(
           R"("cites": [ { "source": "article", "heading": "Steps", "phrase": "avoid smoking" } ])",
           R"("cites": [])"),
       ErrorCode::not_cited, "/rules/0/steps/0", R"({ "timing")"},
      {sample_with(R"("phrase": "avoid smoking")", R"("phrase": "a b c d e f g h i j k l m")"),
       ErrorCode::phrase_too_long, "/rules/0/steps/0/cites/0/phrase", R"("a b c)", "13 words"},
  };
  for (const Fault& fault : faults) check_fault(fault);
}

TEST_CASE("a choice of exactly yes and no is to be yes_no") {
  const auto text = sample_with(
      R"("type": "text",
          "text": "Any remark?",)",
      R"("type": "choice",
          "text": "Any remark?", "options": [ { "code": "no", "text": "No" },
          { "code": "yes", "text": "Yes" } ],)");
  check_fault({text, ErrorCode::bad_value, "/sections/0/questions/7/options",
               "[ { \"code\": \"no\"", "yes_no"});
}

TEST_CASE("a phrase of exactly twelve words is taken") {
  load_sample(
      sample_with(R"("phrase": "avoid smoking")", R"("phrase": "a b c d e f g h i j k l")"));
}

TEST_CASE("all faults of a file are reported together, in its order") {
  std::string text = sample_with(R"("version": "1.0.0",)", R"("version": 1,)");
  const auto replace = [&](std::string_view what, std::string_view by) {
    text.replace(text.find(what), what.size(), by);
  };
  replace(R"("timing": "before surgery")", R"("timing": "now")");
  replace(R"("smokes": "%smoking in)", R"("smokes": "%smokin in)");
  const auto loaded = fbss::load_questionnaire(text, "f.json");
  REQUIRE(loaded.problems().size() == 3);
  CHECK(loaded.problems()[0].code == ErrorCode::bad_value);
  CHECK(loaded.problems()[0].pointer == "/version");
  CHECK(loaded.problems()[1].code == ErrorCode::unknown_variable);
  CHECK(loaded.problems()[1].pointer == "/variables/smokes");
  CHECK(loaded.problems()[2].code == ErrorCode::bad_value);
  CHECK(loaded.problems()[2].pointer == "/rules/0/steps/0/timing");
}

TEST_CASE("a file that is no object, and one without a question") {
  const auto list = fbss::load_questionnaire("[1]", "f.json");
  REQUIRE_FALSE(list.ok());
  CHECK(list.problems().front().code == ErrorCode::bad_value);
  const auto empty = fbss::load_questionnaire("{}", "f.json");
  REQUIRE_FALSE(empty.ok());
  for (const fbss::Problem& problem : empty.problems())
    CHECK(problem.code == ErrorCode::missing_key);
  CHECK(empty.problems().size() == 13);
}

TEST_CASE("more than a hundred problems are cut off, more than a thousand things refused") {
  std::string many;
  for (int i = 0; i < 150; ++i) many += "\"x" + std::to_string(i) + "\": 1, ";
  const auto cut =
      fbss::load_questionnaire(sample_with(R"("version":)", many + R"("version":)"), "f.json");
  REQUIRE(cut.problems().size() == 101);
  CHECK(cut.problems()[99].code == ErrorCode::unknown_key);
  CHECK(cut.problems()[100].code == ErrorCode::limit_exceeded);
  CHECK(cut.problems()[100].message.find("50 ") == 0);

  std::string notices;
  for (int i = 0; i < 1000; ++i)
    notices += "{\"id\": \"n" + std::to_string(i) + "\", \"text\": \"x\"}, ";
  check_fault({sample_with(R"("notices": [)", "\"notices\": [" + notices), ErrorCode::too_large, "",
               "{", "1000"});
}
