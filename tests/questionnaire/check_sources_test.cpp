// SPDX-License-Identifier: Apache-2.0
// Citations against their sources: small ones written here, and, where they are at hand, the real
// ones.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "sample.hpp"

using fbss::ErrorCode;
using fbss::SourceText;

namespace {

const std::string article =
    "Before any heading, a line about pain.\n"
    "\n"
    "Risks of the Operation?\n"
    "\n"
    "Certain patients:\n"
    "\n"
    "  • Smoke or lead sedentary\u00A0lifestyles\n"
    "\n"
    "  Indented Line\n"
    "\n"
    "  • Fail to follow post-surgery programs\n"
    "\n"
    "Maintain health—avoid smoking, doesn’t it.\n"
    "\n"
    "\n"
    "2. Steps\n"
    "\n"
    "Obtain multiple opinions.\n"
    "\n"
    "Swimming as the Best Exercise- Another exercise is swimming 2-3 times a day.\n"
    "\n"
    "After it, a paragraph of its own.\n"
    "\n"
    "Yoga or Exercise for All – Yoga is fine.\r\n"
    "\r\n"
    "Conclusion\r\n"
    "\r\n"
    "All ends well\r\n"
    "goes on here\r\n";

/// The same with the no-break space as a plain one, as citations are written.
std::string sum_of_article() {
  std::string plain = article;
  const std::string_view no_break = "\u00A0";
  plain.replace(plain.find(no_break), no_break.size(), " ");
  return fbss::sha256(plain);
}

/// A questionnaire whose only rule cites that place, and its note a phrase under "Conclusion"; its
/// other citations stand in the article.
fbss::Questionnaire citing(const std::string& heading, const std::string& phrase,
                           const std::string& note_phrase = "All ends well") {
  const auto quoted = [](const std::string& text) { return "\"" + text + "\""; };
  const std::string cites = R"("source": "article", "heading": )" + quoted("2. Steps") +
                            R"(, "phrase": "Obtain multiple opinions" })";
  const std::string note_cites =
      R"("source": "article", "heading": "Conclusion", "phrase": )" + quoted(note_phrase) + "}";
  const std::string text = R"({ "id": "s", "version": "1", "title": "t", "term": "t",
      "intended_use": "t", "evidence": "t", "absent_means": "t", "attributes": [],
      "sources": [ { "id": "article", "title": "An article", "publisher": "p", "kind": "k",
        "published": "2019", "evidence": "e", "text_sha256": ")" +
                           sum_of_article() + R"(" } ],
      "sections": [ { "id": "a", "title": "t", "questions": [ { "id": "q", "type": "yes_no",
        "text": "Q?", "why": { )" +
                           cites + R"( } ] } ],
      "rules": [ { "id": "r", "kind": "k", "title": "t", "present_when": "%q",
        "cites": [ { "source": "article", "heading": )" +
                           quoted(heading) + R"(, "phrase": )" + quoted(phrase) + R"( } ],
        "notes": [ { "when": "%q", "text": "t", "cites": [ { )" +
                           note_cites + R"( ] } ],
        "steps": [ { "timing": "in general", "text": "t", "cites": [ { )" +
                           cites + R"( ] } ] } ],
      "tallies": [], "notices": [] })";
  return load_sample(text);
}

fbss::Problems check(const std::string& heading, const std::string& phrase) {
  const std::vector<SourceText> texts = {{"other.txt", "Another text\n"}, {"article.txt", article}};
  return fbss::check_sources(citing(heading, phrase), texts);
}

}  // namespace

TEST_CASE("citations that stand in the source") {
  struct Row {
    const char* heading;
    const char* phrase;
  };
  const Row rows[] = {
      {"Risks of the Operation?", "Smoke or lead sedentary lifestyles"},  // U+00A0 as a space
      {"Risks of the Operation?", "Certain patients"},
      {"Risks of the Operation?", "post-surgery programs"},
      {"Risks of the Operation?", "Indented Line"},  // an indented line is no heading
      {"Risks of the Operation?", "avoid smoking"},  // a dash parts words
      {"Risks of the Operation?", "doesn’t it."},
      {"2. Steps", "Obtain multiple opinions."},
      {"Swimming as the Best Exercise", "2-3 times a day"},
      {"Swimming", "Another exercise"},
      {"Yoga or Exercise", "Yoga is fine."},
      {"Yoga or Exercise for All", "Yoga is fine."},
      {"Conclusion", "All ends well"},
      {"", "a line about pain"},
      {"", "After it, a paragraph"},  // a run-in heading heads its own line only
  };
  for (const Row& row : rows) {
    CAPTURE(row.heading);
    CAPTURE(row.phrase);
    const auto problems = check(row.heading, row.phrase);
    for (const auto& problem : problems) MESSAGE(problem.message);
    CHECK(problems.empty());
  }
}

TEST_CASE("citations that do not, with what is wrong") {
  struct Row {
    const char* heading;
    const char* phrase;
    ErrorCode code;
    const char* word;
  };
  const Row rows[] = {
      {"Risks of the Operation?", "Smokes", ErrorCode::phrase_not_in_source, "copy it"},
      {"Risks of the Operation?", "smoke", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "Smok", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "moke or lead", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "Smoke  or", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "surgery programs", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "doesn", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation?", "lifestyles Indented", ErrorCode::phrase_not_in_source, ""},
      {"Swimming", "3 times a day", ErrorCode::phrase_not_in_source, ""},
      {"Swimming", "After it", ErrorCode::phrase_not_in_source, "leave \"heading\" empty"},
      {"2. Steps", "Yoga is fine", ErrorCode::phrase_not_in_source,
       "stands under \"Yoga or Exercise for All\""},
      {"2. Steps", "Smoke or lead", ErrorCode::phrase_not_in_source, "Risks of the Operation?"},
      {"", "All ends well", ErrorCode::phrase_not_in_source, "stands under \"Conclusion\""},
      {"Conclusion", "well goes", ErrorCode::phrase_not_in_source, ""},
      {"Risks of the Operation", "Certain patients", ErrorCode::heading_not_in_source,
       "Did you mean \"Risks of the Operation?\"?"},
      {"Steps", "Obtain multiple opinions", ErrorCode::heading_not_in_source, ""},
      {"Swim", "Another exercise", ErrorCode::heading_not_in_source, ""},
      {"Indented Line", "Fail to follow", ErrorCode::heading_not_in_source, ""},
      {"Certain patients:", "Fail to follow", ErrorCode::heading_not_in_source, ""},
      {"All ends well", "goes on here", ErrorCode::heading_not_in_source, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.heading);
    CAPTURE(row.phrase);
    const auto problems = check(row.heading, row.phrase);
    REQUIRE(problems.size() == 1);
    CAPTURE(problems[0].message);
    CHECK(problems[0].code == row.code);
    CHECK(problems[0].pointer == (row.code == ErrorCode::heading_not_in_source
                                      ? "/rules/0/cites/0/heading"
                                      : "/rules/0/cites/0/phrase"));
    CHECK(problems[0].message.find("Rule r") == 0);
    CHECK(problems[0].message.find(row.word) != std::string::npos);
  }
}

TEST_CASE("a note's citations are looked up too") {
  const auto problems = fbss::check_sources(
      citing("2. Steps", "Obtain multiple opinions.", "All ends badly"), {{{"a.txt", article}}});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::phrase_not_in_source);
  CHECK(problems[0].pointer == "/rules/0/notes/0/cites/0/phrase");
}

TEST_CASE("a source that no text holds is reported once") {
  const fbss::Questionnaire sample = citing("2. Steps", "Obtain multiple opinions.");
  // One changed letter makes another text; so do bytes that are no UTF-8.
  const std::vector<SourceText> texts = {{"article.txt", article + " "}, {"x", "\xFF\xFE"}};
  const auto problems = fbss::check_sources(sample, texts);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::source_not_found);
  CHECK(problems[0].pointer == "/sources/0/text_sha256");
  CHECK(problems[0].message.find("An article") != std::string::npos);
  CHECK(fbss::check_sources(sample, {}).size() == 1);
}

TEST_CASE("every citation of the built-in questionnaires stands in its source") {
  const std::filesystem::path folder = std::filesystem::path(FBSS_SHARED_DIR) / "sources";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: the folder of the sources is not there");
    return;
  }
  std::vector<SourceText> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    texts.push_back({entry.path().filename().string(), read_bytes(entry.path().string())});
  for (const std::string_view id : fbss::builtin_ids()) {
    CAPTURE(id);
    const auto builtin = fbss::load_builtin(id);
    REQUIRE(builtin.ok());
    for (const auto& problem : fbss::check_sources(*builtin, texts))
      FAIL_CHECK(problem.pointer, ": ", problem.message);
  }
}

TEST_CASE("the headings of the real sources, whole lines and run-in ones") {
  const std::filesystem::path folder = std::filesystem::path(FBSS_SHARED_DIR) / "sources";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: the folder of the sources is not there");
    return;
  }
  std::vector<SourceText> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    texts.push_back({entry.path().filename().string(), read_bytes(entry.path().string())});
  struct Row {
    const char* sum;
    const char* heading;
    const char* phrase;
  };
  const char* napier = "2f48eaa95ab6c93255be1ce6c5dc33635af3fb74306a858b495136b655d266ed";
  const char* epain = "9c394038273eb796f54fceb2314eeadbb1c189c6cff4f7f5fb0fca6d1fd22363";
  const Row rows[] = {
      {napier, "What Is Failed Back Syndrome?",
       "pain that persists or reappears after spinal surgery"},
      {napier, "2. Advanced Pain Management", "more advanced techniques can be considered"},
      {napier, "3. Revision Surgery", "revision surgery may be necessary"},
      {napier, "FAQs", "consult your spine surgeon or a specialist for evaluation."},
      {napier, "Diagnosis: Identifying the Source of Persistent Pain", "To view bone structure"},
      {epain, "6 Exercises for the Failed Back Syndrome",
       "diffuse, dull and aching pain in the back"},
      {epain, "6 Exercises for Failed Back Syndrome (FBS)", "only an expert can guide you"},
      {epain, "Abdominal Bracing Exercises", "Repeat the exercise for 10 times"},
      {epain, "Yoga or Exercise", "stick to the slower or gentler version"},
      {epain, "Swimming", "Hence, following medical advice is important."},
      {epain, "Cervical Mobility Exercise", "Repeat the exercise for 5 times for thrice a day."},
      {epain, "Shoulder Circles", "Repeat the exercise for 2-3 times in a day."},
      {epain, "", "should be done regularly once it is detected"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.heading);
    CAPTURE(row.phrase);
    std::string text = sample_text;
    const std::string sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    text.replace(text.find(sum), sum.size(), row.sum);
    const std::string place = R"("heading": "Steps", "phrase": "avoid smoking")";
    text.replace(
        text.find(place), place.size(),
        std::string(R"("heading": ")") + row.heading + R"(", "phrase": ")" + row.phrase + "\"");
    for (const auto& problem : fbss::check_sources(load_sample(text), texts))
      if (problem.pointer.find("/rules/0/steps/0") == 0) FAIL_CHECK(problem.message);
  }
}
