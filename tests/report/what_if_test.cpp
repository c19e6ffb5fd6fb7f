// SPDX-License-Identifier: Apache-2.0
// What other answers would change: text and JSON name what differs and nothing else, answers stand
// in JSON as a record holds them, and no line is wider than asked for.
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>

#include "base/utf8.hpp"
#include "fixture.hpp"

namespace {

fbss::Response record(std::string_view questionnaire, std::string_view answers) {
  fbss::Response response(fixture::must_load(fbss::load_builtin(questionnaire)));
  REQUIRE(response.read(answers).ok());
  return response;
}

fbss::WhatIf with(const fbss::Response& response, const std::vector<fbss::OtherAnswer>& answers) {
  auto what_if = fbss::what_if(response, answers);
  REQUIRE(what_if.ok());
  return *std::move(what_if);
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("side by side, only what differs") {
  const auto changed =
      with(record("preop_screen", R"({"smoking_status": "current_every_day", "diabetes": "no"})"),
           {{"smoking_status", {"former"}}});
  const std::string text = fixture::squeezed(fbss::what_if_text(changed));
  for (const std::string_view part :
       {"Smokes every day", "Former smoker", "Smoking present absent",
        "Present 1 to 8 of 9 0 to 7 of 9", "Absent 1 2", "Two sets of answers are compared"})
    CHECK_MESSAGE(holds(text, part), part);
  for (const std::string_view part : {"Diabetes", "Could not be determined", "SAMPLE DATA"})
    CHECK_MESSAGE(!holds(text, part), part);
}

TEST_CASE("nothing changes") {
  const auto same = with(record("preop_screen", R"({"diabetes": "no"})"), {{"diabetes", {"no"}}});
  const std::string text = fbss::what_if_text(same);
  CHECK(holds(text, "No finding would change."));
  CHECK_FALSE(holds(text, "before"));
}

TEST_CASE("no line is wider than asked for") {
  const auto changed =
      with(record("postop_followup",
                  R"({"_sample": true, "had_spine_surgery": "yes", "pain_after_surgery": "returned",
                      "suspect_scar_tissue": "yes", "mri_done": "no"})"),
           {{"pain_after_surgery", {"none"}}});
  for (const int width : {40, 60, 80, 100}) {
    std::istringstream lines(fbss::what_if_text(changed, {.width = width}));
    for (std::string line; std::getline(lines, line);)
      CHECK_MESSAGE(fbss::count_columns(line) <= static_cast<std::size_t>(width), line);
  }
  CHECK(holds(fbss::what_if_text(changed), "SAMPLE DATA"));
  CHECK(holds(fbss::what_if_text(changed), "no longer asked"));
}

TEST_CASE("answers in JSON are those of a record, and null where there is none") {
  const auto changed =
      with(record("rehab_plan",
                  R"({"had_spine_surgery": "yes", "exercises_planned": ["abdominal_bracing"],
                      "abdominal_bracing_repetitions": 8})"),
           {{"exercises_planned", {"abdominal_bracing", "yoga"}},
            {"abdominal_bracing_repetitions", {"10"}},
            {"yoga_gentle_version", {"unknown"}}});
  fbss::Document document;
  REQUIRE(document.parse(fbss::what_if_json(changed)).ok());
  auto answer = document.root().find("what_if").first();
  CHECK(answer.find("question").text() == "exercises_planned");
  CHECK(answer.find("before").kind() == fbss::JsonKind::array);
  CHECK(answer.find("after").size() == 2);
  answer = answer.next();
  CHECK(answer.find("question").text() == "yoga_gentle_version");
  CHECK(answer.find("before").kind() == fbss::JsonKind::null);
  CHECK(answer.find("after").text() == "unknown");
  CHECK(answer.find("label_before").text() == "Not asked");
  answer = answer.next();
  CHECK(answer.find("before").kind() == fbss::JsonKind::number);
  CHECK(answer.find("after").text() == "10");
  CHECK_FALSE(static_cast<bool>(answer.next()));
}
