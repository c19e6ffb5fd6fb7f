// SPDX-License-Identifier: Apache-2.0
// The patient's chart on the command line: which record it is, and which names do not go together.
#include "charts.hpp"

#include <doctest/doctest.h>

#include "commands.hpp"

using namespace fbss::app;
using Words = std::vector<std::string>;

namespace {

Options options_of(const Words& words) {
  const auto options = parse_options(screen_command().spec, words);
  REQUIRE(options.ok());
  return *options;
}

}  // namespace

TEST_CASE("charts: the record is the Bundle's identifier, else its id, else its patient") {
  const struct {
    const char *bundle, *patient, *id, *pointer;
  } cases[] = {
      {R"({"identifier": {"system": "urn:s", "value": "v-1"}, "id": "b-1"})", "Patient/p1", "v-1",
       "/identifier/value"},
      {R"({"identifier": {"system": "urn:s"}, "id": "b-1"})", "Patient/p1", "b-1", "/id"},
      {R"({})", "Patient/p1", "p1", ""},
      {R"({})", "urn:uuid:4-2", "urn:uuid:4-2", ""},
      {R"({})", "entry 1", "", ""},
      {R"({"id": "b-1"})", "entry 1", "b-1", "/id"},
      {R"({})", "", "", ""},
  };
  for (const auto& row : cases) {
    fbss::Document bundle;
    REQUIRE(bundle.parse(row.bundle).ok());
    const ChartId named = chart_id(bundle.root(), row.patient);
    CHECK(named.id == row.id);
    CHECK(named.pointer == row.pointer);
  }
}

TEST_CASE("charts: a response takes the chart's recorded answers, its id and its mark") {
  fbss::Document bundle;
  fbss::RecordReader reader;
  fbss::Response response(*fbss::load_builtin("preop_screen"));
  fbss::Chart chart;
  chart.patient = "Patient/p1";
  chart.sample = true;
  const auto fill = [&](const std::string& members, const std::string& entries) {
    const std::string text = R"({"resourceType": "Bundle", )" + members +
                             R"("entry": [{"resource": {"resourceType": "Patient", "id": "p1"}})" +
                             entries + "]}";
    REQUIRE(bundle.parse(text).ok());
    return take_recorded(response, reader, bundle.root(), chart);
  };
  REQUIRE(fill("", "").ok());
  CHECK(response.record_id() == "p1");
  CHECK(response.sample());

  chart.sample = false;
  const std::string recorded = R"(, {"resource": {"resourceType": "QuestionnaireResponse",
      "id": "r1", "status": "completed", "subject": {"reference": "Patient/p1"},
      "questionnaire": "https://a.example/Questionnaire/preop_screen|1.0.0",
      "item": [{"linkId": "diabetes", "answer": [{"valueBoolean": true}]}]}})";
  REQUIRE(fill(R"("id": "b-1", )", recorded).ok());
  CHECK(response.record_id() == "b-1");
  CHECK_FALSE(response.sample());
  CHECK(response.answer_text(*response.questionnaire().question("diabetes")) == "yes");

  const auto refused = fill(R"("identifier": {"value": "a\nb"}, )", "");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.problems().front().code == fbss::ErrorCode::control_character);
  CHECK(refused.problems().front().pointer == "/identifier/value");
}

TEST_CASE("charts: standard input is one of the files at most") {
  for (const Words& words : {Words{"--chart", "-"}, Words{"--chart", "a.json", "-"},
                             Words{"--chart", "a.json", "--value-sets", "-"}, Words{"-"}})
    CHECK_FALSE(reads_input_twice(options_of(words)));
  for (const Words& words : {Words{"--chart", "-", "-"}, Words{"--chart", "-", "--value-sets", "-"},
                             Words{"--chart", "a.json", "--value-sets", "-", "--value-sets", "-"},
                             Words{"-q", "-", "--chart", "-"}, Words{"--value-sets", "-", "-"}}) {
    const auto problem = reads_input_twice(options_of(words));
    REQUIRE(problem);
    CHECK(problem->code == fbss::ErrorCode::usage);
  }
}
