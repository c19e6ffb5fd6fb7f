// SPDX-License-Identifier: Apache-2.0
// Exercise cards and recorded numbers beside the source's, in every format that reports have.
#include <algorithm>
#include <string>

#include "fixture.hpp"
#include "report/outline.hpp"

using fbss::JsonKind;
using fbss::JsonNode;

namespace {

const fbss::Questionnaire& rehab() {
  static const fbss::Questionnaire questionnaire =
      fixture::must_load(fbss::load_builtin("rehab_plan"));
  return questionnaire;
}

fbss::Assessment plan(std::string_view record) {
  return fixture::screen(record, "2026-11-21", rehab());
}

constexpr std::string_view bracing = R"({
  "had_spine_surgery": "yes", "exercises_planned": ["abdominal_bracing", "isokinetic"],
  "abdominal_bracing_repetitions": 8, "abdominal_bracing_times_per_day": "unknown"})";
constexpr std::string_view as_in_source = R"({
  "had_spine_surgery": "yes", "exercises_planned": ["shoulder_circles"],
  "shoulder_circles_repetitions": 10, "shoulder_circles_times_per_day": 3})";
constexpr std::string_view no_numbers = R"({
  "had_spine_surgery": "yes", "exercises_planned": ["cervical_mobility"]})";
constexpr std::string_view no_exercise = R"({
  "had_spine_surgery": "yes", "exercises_planned": ["none"]})";

const fbss::Finding& finding(const fbss::Assessment& assessment, std::string_view rule) {
  const auto found = std::ranges::find_if(
      assessment.findings, [&](const fbss::Finding& each) { return each.rule->id == rule; });
  REQUIRE(found != assessment.findings.end());
  return *found;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string row_text(const fbss::report::Card& card, std::string_view label) {
  for (const fbss::report::Row& row : card.rows) {
    if (row.label != label) continue;
    std::string text;
    for (const fbss::report::Sentence& entry : row.entries)
      for (const fbss::report::Piece& piece : entry) text += piece.text + '\n';
    return text;
  }
  return "no such row";
}

JsonNode json_finding(JsonNode root, std::string_view rule) {
  for (JsonNode each = root.find("findings").first(); each; each = each.next())
    if (each.find("rule").text() == rule) return each;
  return {};
}

}  // namespace

TEST_CASE("the cards of planned exercises are shown, in the file's order, and no others") {
  for (const fixture::Format& format : fixture::formats(plan(bracing))) {
    INFO(format.name);
    const std::size_t first = format.words.find("Abdominal bracing Source");
    const std::size_t markdown_first = format.words.find("Abdominal bracing - Source");
    CHECK(std::min(first, markdown_first) != std::string::npos);
    CHECK(holds(format.words, "On the out-breath, draw the navel in towards the spine."));
    CHECK(holds(format.words, "“as you exhale, tuck your tummy in”"));
    CHECK(holds(format.words, "Conflict X2"));
    CHECK(holds(format.words, "The source names this exercise and gives no steps."));
    CHECK_FALSE(holds(format.words, "Conflict X3"));
    CHECK_FALSE(holds(format.words, "Walk regularly."));
  }
  for (const std::string_view record : {no_exercise, fixture::nothing})
    for (const fixture::Format& format : fixture::formats(plan(record)))
      CHECK_FALSE(holds(format.words, "Whoever guides the exercises may say otherwise."));
  for (const fixture::Format& format : fixture::formats(fixture::screen(fixture::mixed)))
    CHECK_FALSE(holds(format.words, "Exercise cards"));
}

TEST_CASE("nine cards; three say that the source gives no steps; X2 and X3 stand on theirs") {
  REQUIRE(rehab().exercises().size() == 9);
  int without_steps = 0;
  for (const fbss::Exercise& exercise : rehab().exercises()) {
    INFO(exercise.id);
    const fbss::report::Card card = fbss::report::make_card(rehab(), exercise);
    CHECK(card.title == exercise.title);
    const std::string steps = row_text(card, "Steps");
    without_steps += steps == "The source names this exercise and gives no steps.\n" ? 1 : 0;
    CHECK(holds(row_text(card, "Position"), "Not stated") == !exercise.position.has_value());
    CHECK(holds(row_text(card, "Repetitions"), "Not stated") == !exercise.repetitions.has_value());
    CHECK(holds(row_text(card, "Times a day"), "Not stated") == !exercise.times_a_day.has_value());
    CHECK(holds(row_text(card, "Source"), "ePainAssist"));
    CHECK((row_text(card, "Conflict X2") != "no such row") == (exercise.id == "abdominal_bracing"));
    CHECK((row_text(card, "Conflict X3") != "no such row") == (exercise.id == "cervical_mobility"));
  }
  CHECK(without_steps == 3);
}

TEST_CASE("a quote from another place than the card's brings its origin") {
  fbss::Exercise exercise = *rehab().exercise("yoga");
  exercise.steps = {{"First.", {{"napier", "Elsewhere", "from there"}, exercise.cites.front()}}};
  exercise.interpretation = "Read so.";
  const fbss::report::Card card = fbss::report::make_card(rehab(), exercise);
  CHECK(row_text(card, "Steps") == "1. First.\n" + exercise.cites.front().phrase +
                                       "\nfrom there\nNapier Spine, “Failed Back Syndrome: Causes "
                                       "and Treatments”, under “Elsewhere”\n");
  CHECK(row_text(card, "How we read it") == "Read so.\n");
}

TEST_CASE("recorded and source numbers stand side by side, whatever the finding") {
  const std::string_view on_purpose = "The person guiding may have set a different number";
  const fbss::Assessment differs = plan(bracing);
  CHECK(finding(differs, "dose_abdominal_bracing").status == fbss::Status::present);
  REQUIRE(finding(differs, "dose_abdominal_bracing").numbers.size() == 2);
  CHECK(finding(differs, "dose_abdominal_bracing").numbers[0].recorded == "8");
  CHECK(finding(differs, "dose_abdominal_bracing").numbers[1].recorded.empty());
  CHECK(finding(differs, "dose_shoulder_circles").numbers.empty());
  for (const fixture::Format& format : fixture::formats(differs)) {
    INFO(format.name);
    CHECK(holds(format.words, "Repetitions: recorded 8, source 10"));
    CHECK(holds(format.words, "Times a day: recorded unknown, source at least 2"));
    CHECK(holds(format.words, on_purpose));
  }
  const fbss::Assessment same = plan(as_in_source);
  CHECK(finding(same, "dose_shoulder_circles").status == fbss::Status::absent);
  for (const fixture::Format& format : fixture::formats(same)) {
    CHECK(holds(format.words, "Repetitions: recorded 10, source 10 in each direction"));
    CHECK(holds(format.words, "Times a day: recorded 3, source 2 to 3"));
    CHECK_FALSE(holds(format.words, on_purpose));
  }
  const fbss::Assessment open = plan(no_numbers);
  CHECK(finding(open, "dose_cervical_mobility").status == fbss::Status::unknown);
  for (const fixture::Format& format : fixture::formats(open))
    CHECK_FALSE(holds(format.words, "recorded not asked"));
}

TEST_CASE("JSON: numbers as numbers, several options as an array, cards with what is stated") {
  const fbss::Assessment assessment = plan(bracing);
  fbss::Document document;
  const std::string report = fbss::report_json(assessment);
  REQUIRE(document.parse(report).ok());
  const JsonNode root = document.root();

  const JsonNode dose = json_finding(root, "dose_abdominal_bracing");
  const JsonNode had = dose.find("because").first();
  CHECK(had.find("answer").kind() == JsonKind::string);
  CHECK(had.find("answer").text() == "yes");
  const JsonNode planned = had.next();
  REQUIRE(planned.find("answer").kind() == JsonKind::array);
  CHECK(planned.find("answer").first().text() == "abdominal_bracing");
  CHECK(planned.find("answer").size() == 2);
  CHECK(planned.find("label").text() == "Abdominal bracing, Isokinetic exercises");
  const JsonNode repetitions = planned.next();
  CHECK(repetitions.find("answer").kind() == JsonKind::number);
  CHECK(repetitions.find("answer").text() == "8");

  const JsonNode recorded = dose.find("numbers").first();
  CHECK(recorded.find("question").text() == "abdominal_bracing_repetitions");
  CHECK(recorded.find("recorded").kind() == JsonKind::number);
  CHECK(recorded.find("recorded").text() == "8");
  CHECK(recorded.find("in_source").text() == "10");
  CHECK(recorded.find("citations").size() == 1);
  CHECK(recorded.next().find("recorded").kind() == JsonKind::null);

  const JsonNode cards = root.find("exercises");
  REQUIRE(cards.size() == 2);
  const JsonNode full = cards.first();
  CHECK(full.find("id").text() == "abdominal_bracing");
  CHECK(full.find("position").find("citations").size() == 3);
  CHECK(full.find("steps").size() == 3);
  CHECK(full.find("repetitions").find("text").text() == "10");
  CHECK(full.find("times_a_day").find("text").text() == "at least 2");
  CHECK(full.find("cautions").size() == 1);
  CHECK(full.find("conflicts").first().find("name").text() == "X2");
  const JsonNode bare = full.next();
  CHECK(bare.find("position").kind() == JsonKind::null);
  CHECK(bare.find("steps").size() == 0);
  CHECK(bare.find("repetitions").kind() == JsonKind::null);
}

TEST_CASE("every report says that no emergency signs are screened for") {
  for (const std::string_view record : {bracing, as_in_source, no_exercise, fixture::nothing}) {
    const fbss::Assessment assessment = plan(record);
    for (const fixture::Format& format : fixture::formats(assessment))
      CHECK(holds(format.words, "This questionnaire does not screen for emergencies."));
    CHECK(holds(fbss::report_json(assessment),
                "This questionnaire does not screen for "
                "emergencies."));
  }
}
