// SPDX-License-Identifier: Apache-2.0
// What a chart suggests: the cases of cases/chart/ (every row of the table of codes and every trap
// that it names; chart_case.hpp says how they are written), and what holds of all charts.
#include <fbss/prefill.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "chart_case.hpp"

namespace {

using namespace fbss;
using chart_cases::Case;

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = [] {
    std::set<std::filesystem::path> paths;
    for (const auto& file :
         std::filesystem::directory_iterator(FBSS_SOURCE_DIR "/tests/fhir/cases/chart"))
      paths.insert(file.path());
    std::vector<Case> read;
    for (const auto& path : paths)
      for (Case& one : chart_cases::read_cases(path)) read.push_back(std::move(one));
    return read;
  }();
  return cases;
}

bool can_run(const Case& one) {
  static const bool has_snomed =
      CodeLists().value_sets().knows("https://fbss.example/fhir/ValueSet/diabetes-snomed");
  return has_snomed || !one.has_snomed;
}

/// A site's lists, and a prefill with them.
struct Site {
  explicit Site(const Case& one)
      : lists(lists_of(one)), prefill(*load_builtin(one.questionnaire), lists) {}

  static CodeLists lists_of(const Case& one) {
    CodeLists made;
    for (const std::string& list : one.lists) REQUIRE(made.add(list));
    return made;
  }

  Chart run(const std::string& bundle) {
    const auto parsed = document.parse(bundle, chart_limits());
    REQUIRE_MESSAGE(parsed.ok(), bundle);
    auto chart = prefill.run(document.root());
    for (const Problem& problem : chart.problems()) FAIL_CHECK(problem.message);
    REQUIRE(chart);
    return *std::move(chart);
  }

  CodeLists lists;
  Prefill prefill;
  Document document;
};

std::vector<std::string> texts_of(const Chart& chart) {
  std::vector<std::string> texts;
  for (const Suggestion& suggestion : chart.suggestions) {
    texts.emplace_back();
    for (const ChartFact& fact : suggestion.facts) texts.push_back(fact.text);
  }
  return texts;
}

/// `- yes Condition/c1 "text"` is held against the line and, where it has one, the text.
bool fits(const std::string& expected, const std::string& line, const std::string& text) {
  const std::size_t quote = expected.find(" \"");
  if (quote == std::string::npos) return expected == line;
  return expected.substr(0, quote) == line && expected.substr(quote) == " \"" + text + "\"";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

std::string outcome(const Chart& chart) {
  auto lines = chart_cases::lines_of(chart);
  // What is ignored stands in the chart's order.
  const auto ignored = std::ranges::find_if(
      lines, [](const std::string& line) { return line.starts_with("-> ignored"); });
  std::sort(ignored, lines.end());
  return joined(lines);
}

Problems problems_of(const std::string& bundle) {
  const CodeLists lists;
  Prefill prefill(*load_builtin("preop_screen"), lists);
  Document document;
  REQUIRE(document.parse(bundle));
  const auto chart = prefill.run(document.root());
  return chart.problems();
}

std::string codes_of(const Problems& problems) {
  std::string out;
  for (const Problem& problem : problems) out += std::string(code_word(problem.code)) + " ";
  return out;
}

}  // namespace

TEST_CASE("the cases of charts") {
  std::size_t skipped = 0;
  for (const Case& one : all_cases()) {
    if (!can_run(one)) {
      ++skipped;
      continue;
    }
    INFO(one.file, ":", one.line, ": ", one.name);
    Site site(one);
    const Chart chart = site.run(one.bundle());
    const auto lines = chart_cases::lines_of(chart);
    auto texts = texts_of(chart);
    texts.resize(lines.size());
    bool fit = lines.size() == one.expected.size();
    for (std::size_t i = 0; fit && i < lines.size(); ++i)
      fit = fits(one.expected[i], lines[i], texts[i]);
    INFO("expected:\n", joined(one.expected));
    INFO("came out:\n", joined(lines), joined(texts));
    CHECK(fit);
  }
  if (skipped > 0) MESSAGE("skipped ", skipped, " cases with codes of SNOMED CT, not compiled in");
  CHECK(all_cases().size() > 150);
}

TEST_CASE("a suggestion has all that its label tells") {
  for (const Case& one : all_cases()) {
    if (!can_run(one)) continue;
    INFO(one.file, ":", one.line);
    Site site(one);
    const Chart chart = site.run(one.bundle());
    CHECK_FALSE(chart.patient.empty());
    for (const Suggestion& suggestion : chart.suggestions) {
      REQUIRE(suggestion.question);
      REQUIRE_FALSE(suggestion.facts.empty());
      const bool is_suggested = suggestion.kind == SuggestionKind::suggested;
      CHECK(suggestion.answer.empty() != is_suggested);
      CHECK(suggestion.label.empty() != is_suggested);
      if (is_suggested) {
        const ChartFact& first = suggestion.facts.front();
        CHECK(first.answer == suggestion.answer);
        CHECK(first.label == suggestion.label);
        CHECK_FALSE(first.resource.empty());
        CHECK_FALSE(first.coding.code.empty());
        CHECK_FALSE(first.date.empty());
      }
      for (const ChartFact& fact : suggestion.facts) {
        CHECK(fact.answer.empty() == fact.label.empty());
        if (suggestion.kind == SuggestionKind::shown) CHECK(fact.answer.empty());
        // Shown facts say why.
        if (fact.answer.empty() && !fact.date.empty()) CHECK_FALSE(fact.text.empty());
      }
    }
  }
}

TEST_CASE("the order of the entries changes nothing") {
  std::mt19937 random(20260301);
  for (const Case& one : all_cases()) {
    // "entry 2" is a name by place.
    if (!can_run(one) || one.resources.size() < 2 ||
        one.name.find("without an id") != one.name.npos)
      continue;
    INFO(one.file, ":", one.line);
    Site site(one);
    const std::string as_written = outcome(site.run(one.bundle()));
    Case shuffled = one;
    for (int i = 0; i < 10; ++i) {
      std::shuffle(shuffled.resources.begin(), shuffled.resources.end(), random);
      CHECK(outcome(site.run(shuffled.bundle())) == as_written);
    }
  }
}

TEST_CASE("of any part of a chart nothing concludes no, none or never without a record of it") {
  // All cases of one questionnaire as one chart, of which parts are taken.
  std::vector<std::string> pool;
  Case chart;
  for (const Case& one : all_cases()) {
    if (one.questionnaire != chart.questionnaire || one.file.ends_with("patient.txt")) continue;
    pool.insert(pool.end(), one.resources.begin(), one.resources.end());
  }
  chart.lists = {R"({"resourceType":"ValueSet","compose":{"include":[{
      "system":"http://site.example/codes","concept":[{"code":"OP1"}]}]},
      "url":"https://fbss.example/fhir/ValueSet/spine-operations-site"})"};
  Site site(chart);
  std::mt19937 random(7);
  std::size_t suggested = 0;
  for (int i = 0; i < 400; ++i) {
    std::shuffle(pool.begin(), pool.end(), random);
    chart.resources.assign(pool.begin(), pool.begin() + static_cast<int>(random() % 12));
    const std::string bundle = chart.bundle();
    for (const Suggestion& suggestion : site.run(bundle).suggestions) {
      suggested += !suggestion.answer.empty();
      CHECK(suggestion.answer != "no");
      CHECK(suggestion.answer != "none");
      if (suggestion.answer == "never")
        CHECK((bundle.find("LA18978-9") != bundle.npos || bundle.find("266919005") != bundle.npos));
    }
  }
  CHECK(suggested > 200);
}

TEST_CASE("resources of another patient change nothing but what is ignored") {
  for (const Case& one : all_cases()) {
    if (!can_run(one) || one.file.ends_with("patient.txt")) continue;
    INFO(one.file, ":", one.line);
    Site site(one);
    const std::string alone = outcome(site.run(one.bundle()));
    Case both = one;
    both.resources.push_back(
        R"({"resource":{"resourceType":"Condition","id":"of-another","recordedDate":"2026-09-01",
           "subject":{"reference":"Patient/p2"},"clinicalStatus":{"coding":[{"code":"active"}]},
           "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"E11.9"}]}}})");
    both.resources.push_back(
        R"({"resource":{"resourceType":"Observation","id":"of-another","status":"final",
           "subject":{"reference":"Patient/p2"},"effectiveDateTime":"2026-09-01",
           "code":{"coding":[{"system":"http://loinc.org","code":"72166-2"}]},
           "valueCodeableConcept":{"coding":[
             {"system":"http://loinc.org","code":"LA18978-9"}]}}})");
    Chart chart = site.run(both.bundle());
    REQUIRE(chart.ignored.size() >= 2);
    std::erase_if(chart.ignored, [](const IgnoredResource& ignored) {
      return ignored.resource.ends_with("/of-another") &&
             ignored.reason == "belongs to another patient";
    });
    CHECK(outcome(chart) == alone);
  }
}

TEST_CASE("exactly one Patient, or nothing is read") {
  const std::string condition = R"({"resource":{"resourceType":"Condition","id":"c1"}})";
  const auto bundle = [](const std::string& entries) {
    return R"({"resourceType":"Bundle","entry":[)" + entries + "]}";
  };
  const std::string patient = R"({"resource":{"resourceType":"Patient","id":"p1"}})";
  CHECK(codes_of(problems_of(bundle(patient))).empty());
  CHECK(codes_of(problems_of(bundle(condition))) == "no_patient ");
  CHECK(codes_of(problems_of(bundle(""))) == "no_patient ");
  CHECK(codes_of(problems_of(R"({"resourceType":"Bundle"})")) == "no_patient ");
  CHECK(codes_of(problems_of(bundle(patient + "," + condition + "," + patient))) ==
        "more_than_one_patient ");
  for (const char* other : {"{}", "[]", "1", "\"Bundle\"", "null", R"({"resourceType":"Patient"})"})
    CHECK(codes_of(problems_of(other)) == "wrong_type ");
  const CodeLists lists;
  Prefill prefill(*load_builtin("preop_screen"), lists);
  CHECK(codes_of(prefill.run({}).problems()) == "wrong_type ");
  for (const Problem& problem : problems_of(bundle(patient + "," + patient)))
    CHECK(problem.message.find("2 Patients") != std::string::npos);
}

TEST_CASE("resources of any shape are read without harm, and none makes a suggestion") {
  const std::string shapes[] = {"1",      "\"x\"",        "null",
                                "[]",     "{}",           "true",
                                "[[{}]]", R"([{"a":1}])", R"({"coding":{"code":1}})"};
  for (const char* type : {"Condition", "Observation", "Procedure", "ServiceRequest", "Appointment",
                           "MedicationRequest", "CarePlan", "Encounter", "ImagingStudy"}) {
    for (const char* member : {"subject", "code", "status", "clinicalStatus", "verificationStatus",
                               "recordedDate", "valueQuantity", "participant", "id", "contained"}) {
      for (const std::string& shape : shapes) {
        const std::string json = std::string(R"({"resourceType":"Bundle","entry":[
            {"resource":{"resourceType":"Patient","id":"p1"}},
            {"resource":{"resourceType":")") +
                                 type + R"(","subject":{"reference":"Patient/p1"},")" + member +
                                 "\":" + shape + "}}," + shape + "]}";
        INFO(json);
        static const CodeLists lists;
        static Prefill prefill(*load_builtin("preop_screen"), lists);
        Document document;
        REQUIRE(document.parse(json));
        const auto chart = prefill.run(document.root());
        if (chart) CHECK(chart->suggestions.empty());
        if (!chart) CHECK(codes_of(chart.problems()) == "rule_error ");
      }
    }
  }
}

TEST_CASE("a chart is parsed within a limit of its own") {
  Limits limits;
  CHECK(limits.chart_bytes == 16 * 1024 * 1024);
  CHECK(chart_limits(limits).record_bytes == limits.chart_bytes);
  limits.chart_bytes = 60;
  Document document;
  const auto parsed =
      document.parse(R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{}}]})",
                     chart_limits(limits));
  CHECK(codes_of(parsed.problems()) == "too_large ");
}

TEST_CASE("a chart that takes too much work is refused, not cut") {
  std::string entries = R"({"resource":{"resourceType":"Patient","id":"p1"}})";
  for (int i = 0; i < 300; ++i)
    entries += R"(,{"resource":{"resourceType":"Observation","status":"final",
        "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-03-01",
        "code":{"coding":[{"system":"http://loinc.org","code":"72166-2"}]},"valueInteger":1}})";
  Limits limits;
  limits.evaluation_steps = 100'000;
  const CodeLists lists;
  Prefill prefill(*load_builtin("preop_screen"), lists, limits);
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","entry":[)" + entries + "]}"));
  const auto chart = prefill.run(document.root());
  CHECK(codes_of(chart.problems()) == "rule_error ");
  CHECK(chart.problems().front().message.find("limit_exceeded") != std::string::npos);
}
