// SPDX-License-Identifier: Apache-2.0
// Rules of every shape over the small screen: with and without a gate, over questions that are
// asked only after others, with remarks, a tally and notices.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

#include "../response/small_screen.hpp"

namespace small_rules {

inline constexpr std::string_view rule_count = R"json(
  "rules": [
    {"id": "rf_multiple", "kind": "factor", "title": "Several earlier operations",
     "present_when": "%earlier = 'two_or_more'",
     "cites": [{"source": "s", "heading": "h", "phrase": "operation"}],
     "notes": [{"when": "%earlier = 'one'", "text": "One earlier operation is recorded."}]},
    {"id": "rf_depression", "kind": "factor", "title": "Untreated depression",
     "present_when": "%depression and %depression_treated = false",
     "cites": [{"source": "s", "heading": "h", "phrase": "depression"}]},
    {"id": "rf_rehab", "kind": "factor", "title": "Program not followed", "brief": "rehabilitation",
     "applies_when": "%earlier in ('one' | 'two_or_more') and %rehab != 'no_program'",
     "present_when": "%rehab = 'not_followed'",
     "cites": [{"source": "s", "heading": "h", "phrase": "program"}],
     "notes": [{"when": "%earlier = 'none'", "text": "There was no earlier operation.",
                "brief": "no earlier operation"}]},
    {"id": "rf_walking", "kind": "factor", "title": "No walking planned",
     "present_when": "%plans_walking.not()",
     "cites": [{"source": "s", "heading": "h", "phrase": "exercises"}]},
    {"id": "rf_condition", "kind": "factor", "title": "Another condition",
     "applies_when": "%planned", "present_when": "%other",
     "cites": [{"source": "s", "heading": "h", "phrase": "condition"}]},
    {"id": "step_any", "kind": "step", "title": "A step is open",
     "present_when": "(%depression and %depression_treated = false) or %planned",
     "cites": [{"source": "s", "heading": "h", "phrase": "depression"}]},
    {"id": "dose_walking", "kind": "dose", "title": "Few repetitions",
     "applies_when": "%plans_walking", "present_when": "%repetitions < 10",
     "interpretation": "Fewer than 10.",
     "cites": [{"source": "s", "heading": "h", "phrase": "exercises"}]},
    {"id": "treated_with_medicine", "kind": "note", "title": "Medicine",
     "present_when": "%treatment = 'medicine'",
     "cites": [{"source": "s", "heading": "h", "phrase": "depression"}]},
    {"id": "either", "kind": "note", "title": "Either of two",
     "applies_when": "%other", "present_when": "%planned or %depression",
     "cites": [{"source": "s", "heading": "h", "phrase": "operation"}]}
  ],
  "tallies": [{"id": "listed", "kind": "factor", "noun": "listed factors",
               "statement": "A count and nothing more."}],
  "notices": [{"id": "always", "text": "Tests only."},
              {"id": "odd", "text": "Check this.", "when": "%planned and %earlier = 'two_or_more'"}]
})json";

inline const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load(rule_count);
  return loaded;
}

inline fbss::Response read(std::string_view record) {
  fbss::Response response(questionnaire());
  const auto done = response.read(record);
  for (const fbss::Problem& problem : done.problems()) MESSAGE(problem.message);
  REQUIRE(done.ok());
  return response;
}

inline fbss::Assessment assess(std::string_view record) {
  auto assessment = fbss::assess(read(record));
  REQUIRE(assessment.ok());
  return std::move(*assessment);
}

inline const fbss::Finding& finding(const fbss::Assessment& assessment, std::string_view rule) {
  for (const fbss::Finding& finding : assessment.findings)
    if (finding.rule->id == rule) return finding;
  FAIL("no such rule");
  return assessment.findings.front();
}

template <class Items>
std::string ids(const Items& items) {
  std::string out;
  for (const auto* item : items) out += (out.empty() ? "" : " ") + item->id;
  return out;
}

}  // namespace small_rules
