// SPDX-License-Identifier: Apache-2.0
// What a file says of a patient's chart: read as written, and each fault at its place.
#include "questionnaire/chart_reader.hpp"

#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;

namespace {

/// The sample with chart rules for its question on smoking.
std::string with_rules(const std::string& rules, const std::string& variables = "") {
  std::string text =
      sample_with(R"("why": { "source": "article", "heading": "Risks", "phrase": "Smoke" })",
                  R"("why": { "source": "article", "heading": "Risks",
            "phrase": "Smoke" }, "chart": [ )" +
                      rules + " ]");
  const std::string anchor = "\"variables\": {";
  if (!variables.empty())
    text.insert(text.find(anchor), "\"chart_variables\": { " + variables + " },\n  ");
  return text;
}

const std::string find = R"x("find": "%chart.ofType(Observation)")x";

}  // namespace

TEST_CASE("chart variables and rules are read as written") {
  const fbss::Questionnaire sample =
      load_sample(with_rules("{ " + find + R"(, "suggests": "never", "text": "As recorded." },
         { "find": "%notes", "shows": "A note.", "speaks_against": [ "never", "daily" ] })",
                             R"x("notes": "%chart.ofType(Observation)")x"));
  REQUIRE(sample.chart_variables().size() == 1);
  CHECK(sample.chart_variables()[0].name == "notes");
  CHECK(sample.chart_variables()[0].value == "%chart.ofType(Observation)");
  const fbss::Item& smoking = *sample.question("smoking");
  REQUIRE(smoking.chart.size() == 2);
  CHECK(smoking.chart[0].find == "%chart.ofType(Observation)");
  CHECK(smoking.chart[0].suggests == "never");
  CHECK(smoking.chart[0].text == "As recorded.");
  CHECK(smoking.chart[0].speaks_against.empty());
  CHECK(smoking.chart[1].suggests.empty());
  CHECK(smoking.chart[1].text == "A note.");
  CHECK(smoking.chart[1].speaks_against == std::vector<std::string>{"never", "daily"});
  CHECK(sample.question("diabetes")->chart.empty());
}

TEST_CASE("code lists of questions and options are read") {
  const fbss::Questionnaire sample = load_sample(sample_with(
      R"("code": "daily", "text": "Every day")",
      R"("code": "daily", "text": "Every day", "code_list": "http://x.example/daily")"));
  CHECK(sample.question("smoking")->options[0].code_list == "http://x.example/daily");
  CHECK(sample.question("smoking")->options[1].code_list.empty());
  CHECK(sample.question("smoking")->code_list.empty());
  const fbss::Questionnaire other = load_sample(sample_with(
      R"("text": "Any remark?",)", R"("text": "Any remark?", "code_list": "http://x.example/r",)"));
  CHECK(other.question("remark")->code_list == "http://x.example/r");
}

TEST_CASE("faults of chart rules and variables, each with its place") {
  const std::string at = "/sections/0/questions/1/chart/0";
  const Fault faults[] = {
      {with_rules(R"({ "suggests": "never" })"), ErrorCode::missing_key, at,
       R"({ "suggests": "never" })", "\"find\""},
      {with_rules("{ " + find + " }"), ErrorCode::missing_key, at, "{ \"find\"", "\"shows\""},
      {with_rules("{ " + find + R"(, "suggests": "nevr" })"), ErrorCode::unknown_option,
       at + "/suggests", "\"nevr\"", "Did you mean \"never\"?"},
      {with_rules("{ " + find + R"(, "suggests": "unknown" })"), ErrorCode::unknown_option,
       at + "/suggests", "\"unknown\"", "Only a person"},
      {with_rules("{ " + find + R"(, "suggests": "never", "shows": "x" })"), ErrorCode::unknown_key,
       at + "/shows", R"("shows")"},
      {with_rules("{ " + find + R"(, "shows": "x", "text": "y" })"), ErrorCode::unknown_key,
       at + "/text", R"("text": "y")"},
      {with_rules("{ " + find + R"(, "shows": "x", "speaks_against": [ "often" ] })"),
       ErrorCode::unknown_option, at + "/speaks_against/0", "\"often\""},
      {with_rules("{ " + find + R"(, "shows": "x", "speaks_against": [ 1 ] })"),
       ErrorCode::bad_value, at + "/speaks_against/0", "1 ]"},
      {with_rules("{ " + find + R"(, "suggests": "never", "speaks_against": [ "never" ] })"),
       ErrorCode::bad_value, at + "/speaks_against/0", R"("never" ] })", "remove one"},
      {sample_with(R"("unit": "repetitions",)",
                   R"("unit": "repetitions", "chart": [ { )" + find + R"(, "suggests": "3" } ],)"),
       ErrorCode::bad_value, "/sections/0/questions/4/chart/0/suggests", "\"3\"", "\"shows\""},
      {with_rules("{ " + find + R"(, "shows": "x" })", R"("chart": "entry")"), ErrorCode::bad_id,
       "/chart_variables/chart", R"("chart": "entry")"},
      {with_rules("{ " + find + R"(, "shows": "x" })", R"("Notes": "entry")"), ErrorCode::bad_id,
       "/chart_variables/Notes", R"("Notes")"},
      {with_rules("{ " + find + R"(, "shows": "x" })", R"("notes": 1)"), ErrorCode::bad_value,
       "/chart_variables/notes", "1 }", "in quotes"}};
  for (const Fault& fault : faults) check_fault(fault);
}

TEST_CASE("questions of other types may show") {
  const fbss::Questionnaire sample = load_sample(sample_with(
      R"("unit": "repetitions",)",
      R"("unit": "repetitions", "chart": [ { )" + find + R"(, "shows": "Recorded." } ],)"));
  CHECK(sample.question("repetitions")->chart[0].text == "Recorded.");
}
