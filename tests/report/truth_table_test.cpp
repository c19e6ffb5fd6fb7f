// SPDX-License-Identifier: Apache-2.0
// The truth tables of a report: in every format, where they are asked for and only there; and the
// question that settles most.
#include <fbss/document.hpp>

#include "fixture.hpp"

namespace {

fbss::Assessment with_tables(std::string_view record) {
  fbss::Response response(fixture::preop());
  REQUIRE(response.read(record).ok());
  auto assessment = fbss::assess(response, {.truth_tables = true});
  REQUIRE(assessment.ok());
  return std::move(*assessment);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every format shows each part with its value, and the answers read") {
  const auto assessment = with_tables(R"({"depression": "no", "anxiety": "yes"})");
  for (const fixture::Format& format : fixture::formats(assessment)) {
    CAPTURE(format.name);
    std::string words = format.words;
    fixture::replace_all(words, "&#37;", "%");
    const std::string arrow = format.name == "html" ? " " : " → ";
    CHECK(has(words, "%depression = true" + arrow + "false"));
    CHECK(has(words, "%depression_treated = false" + arrow + "unknown"));
    CHECK(has(words, "%depression = true and %depression_treated = false" + arrow + "false"));
    CHECK(has(words, "Applies when"));
    CHECK(has(words, "Answers read"));
    CHECK(has(words, "Asked only when the answer to"));
    CHECK(has(words, "not read as no"));
  }
}

TEST_CASE("without being asked for there is none") {
  for (const fixture::Format& format : fixture::formats(fixture::screen(fixture::mixed))) {
    CAPTURE(format.name);
    CHECK_FALSE(has(format.words, "%depression = true"));
    CHECK_FALSE(has(format.words, "Answers read"));
  }
  CHECK_FALSE(has(fbss::report_json(fixture::screen(fixture::mixed)), "\"explanation\""));
}

TEST_CASE("JSON holds the same as data") {
  const auto assessment = with_tables(R"({"depression": "no"})");
  fbss::Document document;
  REQUIRE(document.parse(fbss::report_json(assessment)).ok());
  bool found = false;
  for (auto finding = document.root().find("findings").first(); finding; finding = finding.next()) {
    const auto explanation = finding.find("explanation");
    REQUIRE(explanation.kind() == fbss::JsonKind::object);
    if (finding.find("rule").text() != "rf_untreated_depression") continue;
    found = true;
    CHECK(explanation.find("applies_when").size() == 0);
    const auto parts = explanation.find("present_when");
    REQUIRE(parts.size() == 3);
    CHECK(parts.first().find("expression").text() == "%depression = true");
    CHECK(parts.first().find("depth").text() == "1");
    CHECK(parts.first().find("truth").text() == "false");
    CHECK(parts.first().next().find("truth").text() == "unknown");
    const auto whole = parts.first().next().next();
    CHECK(whole.find("depth").text() == "0");
    CHECK(whole.find("value").text() == "false");
    const auto read = explanation.find("answers").first();
    CHECK(read.find("question").text() == "depression");
    CHECK(read.find("state").text() == "answered");
    CHECK(read.find("label").text() == "No");
    CHECK(read.next().find("state").text() == "not_enabled");
    CHECK(explanation.find("plain_words").text() == finding.find("plain_words").text());
  }
  CHECK(found);
}

TEST_CASE("the question that settles most is named once, in JSON all of them in order") {
  const auto assessment = fixture::screen(fixture::nothing);
  REQUIRE_FALSE(assessment.settles_most.empty());
  for (const fixture::Format& format : fixture::formats(assessment)) {
    CAPTURE(format.name);
    const std::size_t first = format.words.find("Settles most");
    REQUIRE(first != std::string::npos);
    CHECK(format.words.find("Settles most", first + 1) == std::string::npos);
    CHECK(has(format.words, "of those left open"));
  }
  fbss::Document document;
  REQUIRE(document.parse(fbss::report_json(assessment)).ok());
  auto listed = document.root().find("unanswered").find("settles_most").first();
  for (const fbss::SettlingQuestion& settling : assessment.settles_most) {
    REQUIRE(static_cast<bool>(listed));
    CHECK(listed.find("question").text() == settling.question->id);
    CHECK(listed.find("fewest").text() == std::to_string(settling.fewest));
    CHECK(listed.find("most").text() == std::to_string(settling.most));
    listed = listed.next();
  }
  CHECK_FALSE(static_cast<bool>(listed));
}
