// SPDX-License-Identifier: Apache-2.0
// The questionnaire file itself: its shape, what each factor is placed as, and that every quotation
// stands in its source.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include <fbss/questionnaire.hpp>

#include "builtins.hpp"

namespace {

std::vector<fbss::SourceText> shared_sources() {
  std::vector<fbss::SourceText> texts;
  const std::string folder = std::string(FBSS_SHARED_DIR) + "/sources";
  if (!content::exists(folder)) {
    MESSAGE("skipped: no folder of sources beside the project");
    return texts;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    texts.push_back({entry.path().filename().string(), content::read_file(entry.path().string())});
  return texts;
}

}  // namespace

TEST_CASE("fourteen core questions and five optional ones, in sections") {
  std::size_t core = 0;
  std::size_t optional = 0;
  for (const fbss::Item& section : content::screen().items())
    (section.optional ? optional : core) += section.items.size();
  CHECK(core == 14);
  CHECK(optional == 5);
  for (const fbss::Item* question : content::screen().questions()) {
    INFO(question->id);
    CHECK(question->why.has_value());
    CHECK_FALSE(question->help.empty());
  }
}

TEST_CASE("nine factors from six lines, three of them shared; eight steps and one note") {
  std::set<std::string> lines;
  int factors = 0;
  int steps = 0;
  int shared = 0;
  for (const fbss::Rule& rule : content::screen().rules()) {
    INFO(rule.id);
    CHECK_FALSE(rule.interpretation.empty());
    CHECK((rule.kind == "factor") == !rule.place.empty());
    CHECK((rule.kind == "factor") == !rule.brief.empty());
    steps += rule.kind == "step" ? 1 : 0;
    if (rule.kind != "factor") continue;
    ++factors;
    lines.insert(rule.cites.front().phrase);
    const bool is_shared = content::holds(rule.place, "shared with");
    shared += is_shared ? 1 : 0;
    const auto on_the_line = std::count_if(
        content::screen().rules().begin(), content::screen().rules().end(),
        [&](const fbss::Rule& other) {
          return other.kind == "factor" && other.cites.front().phrase == rule.cites.front().phrase;
        });
    CHECK((on_the_line == 2) == is_shared);
  }
  CHECK(factors == 9);
  CHECK(lines.size() == 6);
  CHECK(shared == 6);
  CHECK(steps == 8);
  CHECK(content::screen().rules().size() == 18);
}

TEST_CASE("which steps the source names against which factor, and when") {
  struct Expected {
    const char* rule;
    const char* timing;
  };
  const Expected all[] = {
      {"rf_multiple_prior_surgeries", "in general"},
      {"rf_extensive_or_complex", "in general"},
      {"rf_diabetes", ""},
      {"rf_osteoporosis", ""},
      {"rf_smoking", "before surgery"},
      {"rf_sedentary", "before surgery"},
      {"rf_untreated_depression", "before surgery"},
      {"rf_untreated_anxiety", "before surgery"},
      {"rf_rehab_not_followed", "after surgery"},
  };
  for (const Expected& expected : all) {
    INFO(expected.rule);
    const fbss::Rule* rule = content::screen().rule(expected.rule);
    REQUIRE(rule);
    CHECK(rule->steps.empty() == std::string_view(expected.timing).empty());
    for (const fbss::Step& step : rule->steps) CHECK(step.timing == expected.timing);
  }
}

TEST_CASE("every phrase stands in its source under its heading") {
  const std::vector<fbss::SourceText> texts = shared_sources();
  if (texts.empty()) return;
  for (const fbss::Problem& problem : fbss::check_sources(content::screen(), texts))
    FAIL_CHECK(problem.pointer, ": ", problem.message);
}

TEST_CASE("what the term quotes stands in the source, too") {
  const std::string_view term = content::screen().term();
  const std::string_view open = "“";
  const std::string_view close = "”";
  const std::size_t begin = term.rfind(open) + open.size();
  const std::string_view quote = term.substr(begin, term.rfind(close) - begin);
  CHECK(content::holds(quote, "mean the surgery itself was done incorrectly"));
  const std::vector<fbss::SourceText> texts = shared_sources();
  if (texts.empty()) return;
  CHECK(std::any_of(texts.begin(), texts.end(), [&](const fbss::SourceText& source) {
    return content::holds(source.text, quote);
  }));
}

TEST_CASE("a phrase that is altered by one letter is found out") {
  const std::vector<fbss::SourceText> texts = shared_sources();
  if (texts.empty()) return;
  std::string file(fbss::builtin_text("preop_screen"));
  const std::string phrase = "\"phrase\": \"avoid smoking\"";
  const std::size_t at = file.find(phrase);
  REQUIRE(at != std::string::npos);
  file.replace(at, phrase.size(), "\"phrase\": \"avoids smoking\"");
  const auto altered = fbss::load_questionnaire(file);
  REQUIRE(altered.ok());
  const fbss::Problems problems = fbss::check_sources(*altered, texts);
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().code == fbss::ErrorCode::phrase_not_in_source);
}
