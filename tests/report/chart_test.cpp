// SPDX-License-Identifier: Apache-2.0
// What a chart suggests, beside the answers and by itself: every format shows each suggestion with
// its label and where it comes from (R11), takes none of them for an answer, and lets no text of a
// chart act as markup or steer a terminal.
#include "report/chart.hpp"

#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <fbss/document.hpp>

#include "base/utf8.hpp"
#include "fixture.hpp"
#include "tags.hpp"

namespace {

constexpr std::string_view icd = "http://hl7.org/fhir/sid/icd-10-cm";
constexpr std::string_view snomed = "http://snomed.info/sct";
constexpr std::string_view loinc = "http://loinc.org";

fbss::ChartFact fact(std::string_view resource, fbss::Coding coding, std::string_view date,
                     std::string_view answer = {}, std::string_view label = {}) {
  fbss::ChartFact made;
  made.resource = resource;
  made.coding = std::move(coding);
  made.date = date;
  made.answer = answer;
  made.label = label;
  return made;
}

fbss::Suggestion suggestion(std::string_view question, fbss::SuggestionKind kind,
                            std::string_view answer, std::string_view label,
                            std::vector<fbss::ChartFact> facts) {
  fbss::Suggestion made;
  made.question = fixture::preop().question(question);
  REQUIRE(made.question != nullptr);
  made.kind = kind;
  made.answer = answer;
  made.label = label;
  made.facts = std::move(facts);
  return made;
}

/// A suggestion of every kind, and something left out.
fbss::Chart chart() {
  using fbss::SuggestionKind;
  fbss::Chart made;
  made.patient = "Patient/p1";
  made.suggestions.push_back(
      suggestion("diabetes", SuggestionKind::suggested, "yes", "Yes",
                 {fact("Condition/c1", {std::string(icd), "E11.9", "Type 2 diabetes"}, "2026-03-01",
                       "yes", "Yes"),
                  fact("Condition/c2", {std::string(icd), "R73.03", "Prediabetes"}, "")}));
  made.suggestions.push_back(suggestion("smoking_status", SuggestionKind::disagree, "", "",
                                        {fact("Observation/o1", {std::string(loinc), "72166-2", ""},
                                              "2026-02-03", "former", "Former smoker"),
                                         fact("Observation/o2", {std::string(loinc), "72166-2", ""},
                                              "2026-02-03", "never", "Never smoked")}));
  fbss::ChartFact minutes =
      fact("Observation/o3", {std::string(loinc), "82290-8", "minutes a week"}, "2026-01");
  minutes.value = "150 min/wk";
  minutes.text = "Recorded activity.";
  made.suggestions.push_back(
      suggestion("sedentary_lifestyle", SuggestionKind::shown, "", "", {minutes}));
  made.suggestions.push_back(
      suggestion("depression_treated", SuggestionKind::suggested, "yes", "Yes",
                 {fact("MedicationRequest/m1", {"http://site.example/codes", "X1", "a drug"},
                       "2025-12-24", "yes", "Yes")}));
  made.ignored = {{"Observation/o9", "belongs to another patient"},
                  {"Condition/c7", "was entered in error"},
                  {"Condition/c9", "belongs to another patient"}};
  return made;
}

fbss::Assessment with_chart(std::string_view record) {
  fbss::Assessment assessment = fixture::screen(record);
  assessment.chart = chart();
  return assessment;
}

/// The section on the chart, up to the next one.
std::string section_of(const fixture::Format& format) {
  const std::size_t begin =
      format.words.find(format.headings_upper ? "FROM THE CHART" : "From the chart");
  REQUIRE_MESSAGE(begin != std::string::npos, format.name);
  const std::size_t end =
      format.words.find(format.headings_upper ? "ABOUT THIS" : "About this", begin);
  REQUIRE_MESSAGE(end != std::string::npos, format.name);
  return format.words.substr(begin, end - begin);
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("every format shows each suggestion, its label and where it comes from (R11)") {
  for (const fixture::Format& format : fixture::formats(with_chart(fixture::nothing))) {
    const std::string section = section_of(format);
    INFO(format.name, ": ", section);
    for (const std::string_view expected : {
             "Patient/p1",
             "until a person confirms it, its question counts as not asked",
             "What a chart lacks is never read as no.",
             "Does the patient have diabetes (any type)?",
             "from chart, confirm",
             "Condition/c1, ICD-10-CM E11.9 “Type 2 diabetes”, 2026-03-01",
             "Condition/c2, ICD-10-CM R73.03 “Prediabetes”, no date",
             "The chart’s facts disagree; nothing is suggested.",
             "Former smoker",
             "Observation/o1, LOINC 72166-2, 2026-02-03",
             "Never smoked",
             "Observation/o2, LOINC 72166-2, 2026-02-03",
             "Shown only; nothing is suggested.",
             "150 min/wk. Recorded activity.",
             "Observation/o3, LOINC 82290-8 “minutes a week”, 2026-01",
             "MedicationRequest/m1, http://site.example/codes X1 “a drug”, 2025-12-24",
             "Left out of the chart",
             "Observation/o9, Condition/c9",
             "Condition/c7",
         })
      CHECK_MESSAGE(holds(section, expected), expected);
  }
}

TEST_CASE("a chart answers nothing: findings, tallies and open questions stay as they are") {
  const fbss::Assessment with = with_chart(fixture::nothing);
  const fbss::Assessment without = fixture::screen(fixture::nothing);
  const auto before_chart = [](const std::string& text) {
    return text.substr(text.find("TALLY OF"), text.find("FROM THE CHART") - text.find("TALLY OF"));
  };
  const std::string plain = fbss::report_text(without);
  const std::string until_about = plain.substr(plain.find("TALLY OF"));
  CHECK(until_about.rfind(before_chart(fbss::report_text(with)), 0) == 0);
}

TEST_CASE("the recorded answer stands beside, and a difference is said, never who is right") {
  const struct {
    std::string_view record, recorded, compared;
  } cases[] = {
      {R"({})", "not asked", ""},
      {R"({"diabetes": "yes"})", "Yes", "Same as the recorded answer."},
      {R"({"diabetes": "no"})", "No", "Differs from the recorded answer."},
      {R"({"diabetes": "unknown"})", "unknown", ""},
      {R"({"diabetes": "declined"})", "declined", ""},
  };
  for (const auto& row : cases) {
    const fbss::Assessment assessment = with_chart(row.record);
    const fbss::report::Part part = fbss::report::chart_part(*assessment.chart, &assessment);
    const fbss::report::Card& card = part.cards.front();
    INFO(std::string(row.record));
    REQUIRE(card.id == "diabetes");
    REQUIRE(card.rows.size() == 3);
    CHECK(card.rows[0].label == "Recorded");
    CHECK(card.rows[0].entries.front().front().text == row.recorded);
    CHECK(card.rows[1].label == "Chart");
    REQUIRE(card.rows[1].entries.size() == (row.compared.empty() ? 1 : 2));
    if (!row.compared.empty()) CHECK(card.rows[1].entries[1].front().text == row.compared);
    // Not enabled, since depression itself is not answered.
    CHECK(part.cards[3].rows[0].entries.front().front().text ==
          "not asked: that depends on another answer");
  }
}

TEST_CASE("an unknown finding names the suggestion that would settle it; a settled one none") {
  const auto row_of = [](std::string_view record, std::string_view rule) {
    fbss::Assessment assessment = with_chart(record);
    const fbss::report::Outline outline = fbss::report::make_outline(assessment);
    for (const auto& section : outline.sections)
      for (const auto& group : section.groups)
        for (const auto& finding : group.findings)
          for (const auto& row : finding.rows)
            if (finding.id == rule && row.label == "Chart") {
              CHECK(row.entries.size() == 1);
              return row.entries.front().front().text + " " + row.entries.front().back().text;
            }
    return std::string();
  };
  CHECK(row_of("{}", "rf_diabetes") ==
        "Does the patient have diabetes (any type)? the chart suggests “Yes”, to be confirmed");
  CHECK(row_of(R"({"diabetes": "no"})", "rf_diabetes").empty());
  CHECK(row_of("{}", "rf_osteoporosis").empty());
  CHECK(row_of("{}", "rf_smoking").empty());    // its facts disagree
  CHECK(row_of("{}", "rf_sedentary").empty());  // its facts are shown only
}

TEST_CASE("text of a chart is text: no markup, no control character, no line too wide") {
  fbss::Assessment assessment = with_chart(fixture::nothing);
  fbss::Chart& chart = *assessment.chart;
  const std::string hostile = "<script>*a*</script> [b](c) \x1b[31m\xE2\x80\xAE & `d`\n# e";
  chart.patient = hostile;
  fbss::ChartFact& first = chart.suggestions[0].facts[0];
  first.resource = first.date = first.label = first.text = first.value = hostile;
  first.coding = {hostile, hostile, hostile};
  chart.suggestions[0].label = hostile;
  chart.ignored[0] = {hostile, hostile};

  const std::string html = fbss::report_html(assessment);
  CHECK_FALSE(holds(html, "<script"));
  std::set<std::string> ids;
  for (const tags::Tag& tag : tags::tags_of(html)) {
    CHECK(tag.name != "script");
    const auto id = tag.attributes.find("id");
    if (id != tag.attributes.end()) CHECK_MESSAGE(ids.insert(id->second).second, id->second);
  }
  const std::string markdown = fbss::report_markdown(assessment);
  for (const std::string_view live : {" <script", " *a*", " [b](c)", " `d`", "\n# e"})
    CHECK_MESSAGE(!holds(markdown, live), live);
  const std::string alone = fbss::chart_text(fixture::preop(), chart, {.width = 60});
  for (const std::string& text :
       {fbss::report_text(assessment, {.width = 60}), markdown, html, alone}) {
    CHECK_FALSE(holds(text, "\x1b"));
    CHECK_FALSE(holds(text, "\xE2\x80\xAE"));
  }
  std::istringstream lines(alone + fbss::report_text(assessment, {.width = 60}));
  for (std::string line; std::getline(lines, line);)
    CHECK_MESSAGE(fbss::count_columns(line) <= 60, line);
  fbss::Document document;
  CHECK(document.parse(fbss::report_json(assessment)).ok());
  CHECK(document.parse(fbss::chart_json(fixture::preop(), chart)).ok());
}

TEST_CASE("JSON: suggestions with their facts; only where a chart was given") {
  fbss::Document document;
  REQUIRE(document.parse(fbss::report_json(fixture::screen(fixture::nothing))).ok());
  for (const std::string_view key : {"patient", "suggestions", "ignored"})
    CHECK_FALSE(document.root().find(key));

  REQUIRE(document.parse(fbss::report_json(with_chart(R"({"diabetes": "no"})"))).ok());
  CHECK(document.root().find("patient").text() == "Patient/p1");
  const fbss::JsonNode all = document.root().find("suggestions");
  REQUIRE(all.size() == 4);
  const fbss::JsonNode diabetes = all.first();
  CHECK(diabetes.find("question").text() == "diabetes");
  CHECK(diabetes.find("kind").text() == "suggested");
  CHECK(diabetes.find("answer").text() == "yes");
  CHECK(diabetes.find("answer_label").text() == "Yes");
  CHECK(diabetes.find("label").text() == "from chart, confirm");
  CHECK(diabetes.find("recorded").text() == "no");
  CHECK(diabetes.find("differs").boolean());
  REQUIRE(diabetes.find("facts").size() == 2);
  const fbss::JsonNode one = diabetes.find("facts").first();
  CHECK(one.find("resource").text() == "Condition/c1");
  CHECK(one.find("system").text() == icd);
  CHECK(one.find("code").text() == "E11.9");
  CHECK(one.find("display").text() == "Type 2 diabetes");
  CHECK(one.find("date").text() == "2026-03-01");
  CHECK(one.find("answer").text() == "yes");
  CHECK(one.find("against").size() == 0);
  CHECK(one.find("text").kind() == fbss::JsonKind::null);
  CHECK(one.find("value").kind() == fbss::JsonKind::null);
  CHECK(one.next().find("date").kind() == fbss::JsonKind::null);
  CHECK(one.next().find("answer").kind() == fbss::JsonKind::null);
  const fbss::JsonNode smoking = diabetes.next();
  CHECK(smoking.find("kind").text() == "disagree");
  CHECK(smoking.find("answer").kind() == fbss::JsonKind::null);
  CHECK(smoking.find("recorded").kind() == fbss::JsonKind::null);
  CHECK_FALSE(smoking.find("differs").boolean());
  CHECK(smoking.next().find("kind").text() == "shown");
  CHECK(smoking.next().find("facts").first().find("value").text() == "150 min/wk");
  CHECK(document.root().find("ignored").size() == 3);
  CHECK(document.root().find("ignored").first().find("resource").text() == "Observation/o9");
}

TEST_CASE("where nothing is suggested, what the facts say still differs or does not") {
  using fbss::SuggestionKind;
  const auto says = [](std::string_view answer, std::vector<std::string> against = {}) {
    fbss::ChartFact made = fact("Observation/o1", {}, "2026-02-03", answer, answer);
    made.against = std::move(against);
    return made;
  };
  const struct {
    std::string_view about, recorded;
    SuggestionKind kind;
    std::vector<fbss::ChartFact> facts;
    bool differs;
  } cases[] = {
      {"smokes now; on which days is not told",
       "never",
       SuggestionKind::shown,
       {says("", {"never", "former"})},
       true},
      {"and the second of these answers",
       "former",
       SuggestionKind::shown,
       {says("", {"never", "former"})},
       true},
      {"what it does not contradict",
       "current_every_day",
       SuggestionKind::shown,
       {says("", {"never", "former"})},
       false},
      {"a fact that says nothing of answers", "never", SuggestionKind::shown, {says("")}, false},
      {"a third answer",
       "never",
       SuggestionKind::disagree,
       {says("former"), says("current_every_day")},
       true},
      {"one of those that disagree",
       "former",
       SuggestionKind::disagree,
       {says("former"), says("current_every_day")},
       false},
      {"spoken for, and contradicted",
       "former",
       SuggestionKind::disagree,
       {says("former"), says("", {"former"})},
       true},
      {"nothing recorded",
       "unknown",
       SuggestionKind::disagree,
       {says("former"), says("", {"former"})},
       false},
  };
  for (const auto& row : cases) {
    INFO(std::string(row.about));
    const std::string record = R"({"smoking_status": ")" + std::string(row.recorded) + "\"}";
    fbss::Assessment assessment = fixture::screen(record);
    assessment.chart.emplace().suggestions = {
        suggestion("smoking_status", row.kind, "", "", row.facts)};
    for (const fixture::Format& format : fixture::formats(assessment))
      CHECK_MESSAGE(holds(section_of(format), "Differs from the recorded answer.") == row.differs,
                    format.name);
    fbss::Document document;
    REQUIRE(document.parse(fbss::report_json(assessment)).ok());
    CHECK(document.root().find("suggestions").first().find("differs").boolean() == row.differs);
  }
}

TEST_CASE("an answer of several options differs only where the suggested one is not among them") {
  const auto plan = fixture::must_load(fbss::load_builtin("rehab_plan"));
  fbss::Assessment assessment =
      fixture::screen(R"({"had_spine_surgery": "yes", "exercises_planned": ["yoga", "walking"]})",
                      "2026-11-21", plan);
  for (const auto& row :
       {std::pair{"walking", false}, {"yoga", false}, {"walk", true}, {"swimming", true}}) {
    const std::string answer = row.first;
    fbss::Suggestion made;
    made.question = plan.question("exercises_planned");
    made.kind = fbss::SuggestionKind::suggested;
    made.answer = made.label = answer;
    assessment.chart.emplace();
    assessment.chart->suggestions = {made};
    fbss::Document document;
    REQUIRE(document.parse(fbss::report_json(assessment)).ok());
    const fbss::JsonNode first = document.root().find("suggestions").first();
    CHECK_MESSAGE(first.find("differs").boolean() == row.second, answer);
    CHECK(first.find("recorded").size() == 2);
  }
}

TEST_CASE("by itself: the same section, marked as sample data where the chart is") {
  fbss::Chart sample = chart();
  sample.sample = true;
  const std::string text = fixture::squeezed(fbss::chart_text(fixture::preop(), sample));
  CHECK(holds(text, "SAMPLE DATA"));
  CHECK(holds(text, fbss::report::content_text(fixture::preop())));
  CHECK(holds(text, "Chart from chart, confirm → Yes Facts Speaks for → Yes Condition/c1"));
  CHECK_FALSE(holds(text, "Recorded not asked"));
  CHECK_FALSE(holds(fbss::chart_text(fixture::preop(), chart()), "SAMPLE DATA"));
  CHECK(holds(fbss::chart_text(fixture::preop(), {}), "This chart says nothing"));

  fbss::Document document;
  REQUIRE(document.parse(fbss::chart_json(fixture::preop(), sample)).ok());
  CHECK(document.root().find("questionnaire").find("id").text() == "preop_screen");
  CHECK(document.root().find("engine").find("name").text() == "fbss");
  CHECK(document.root().find("sample").boolean());
  CHECK_FALSE(document.root().find("suggestions").first().find("recorded"));
}

TEST_CASE("a fact in one line") {
  const fbss::Chart made = chart();
  const fbss::Item& smoking = *fixture::preop().question("smoking_status");
  const auto line = [](const fbss::Suggestion& suggestion, std::size_t index) {
    return fbss::fact_line(*suggestion.question, suggestion.facts[index]);
  };
  CHECK(line(made.suggestions[0], 0) ==
        "Speaks for Yes (Condition/c1, ICD-10-CM E11.9 “Type 2 diabetes”, 2026-03-01)");
  CHECK(line(made.suggestions[0], 1) ==
        "Recorded (Condition/c2, ICD-10-CM R73.03 “Prediabetes”, no date)");
  CHECK(line(made.suggestions[2], 0) ==
        "150 min/wk. Recorded activity. (Observation/o3, LOINC 82290-8 “minutes a week”, 2026-01)");
  fbss::ChartFact several =
      fact("Procedure/p1", {std::string(snomed), "387731002", ""}, "2019", "former", "Former");
  several.text = "On 2 dates";
  CHECK(fbss::fact_line(smoking, several) ==
        "On 2 dates. Speaks for Former (Procedure/p1, SNOMED CT 387731002, 2019)");
  several.against = {"never", "current_every_day"};
  CHECK(fbss::fact_line(smoking, several) ==
        "On 2 dates. Speaks for Former and against Never smoked, Smokes every day (Procedure/p1, "
        "SNOMED CT 387731002, 2019)");
  several.answer.clear();
  several.coding = {};
  CHECK(fbss::fact_line(smoking, several) ==
        "On 2 dates. Speaks against Never smoked, Smokes every day (Procedure/p1, 2019)");
}

TEST_CASE("what if: the suggestions stand behind what would change") {
  fbss::Response response(fixture::preop());
  REQUIRE(response.read(R"({"diabetes": "no"})").ok());
  auto changed = fbss::what_if(response, "diabetes", "yes");
  REQUIRE(changed.ok());
  CHECK_FALSE(holds(fbss::what_if_text(*changed), "FROM THE CHART"));
  changed->before.chart = chart();
  // Beside what is recorded, not beside what was tried out.
  CHECK(holds(fixture::squeezed(fbss::what_if_text(*changed)),
              "Recorded No Chart from chart, confirm → Yes Differs from the recorded answer."));
  fbss::Document document;
  REQUIRE(document.parse(fbss::what_if_json(*changed)).ok());
  REQUIRE(document.root().find("suggestions").size() == 4);
  CHECK(document.root().find("suggestions").first().find("recorded").text() == "no");
  CHECK(document.root().find("suggestions").first().find("differs").boolean());
}
