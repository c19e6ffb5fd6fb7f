// SPDX-License-Identifier: Apache-2.0
// A small questionnaire with one question of every type and with questions that are asked only
// after others, so that these tests do not depend on the content of the built-in ones.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace small_screen {

// In front of the rules, which the tests of the assessment bring along.
inline constexpr std::string_view question_count = R"json({
  "id": "small_screen", "version": "1", "title": "A small screen", "term": "t",
  "intended_use": "Tests.", "evidence": "None.", "absent_means": "No match.",
  "attributes": [],
  "sources": [{"id": "s", "title": "t", "publisher": "p", "kind": "k", "published": "2026",
    "evidence": "e",
    "text_sha256": "0000000000000000000000000000000000000000000000000000000000000000"}],
  "sections": [{"id": "all", "title": "All", "questions": [
    {"id": "planned", "type": "yes_no", "text": "Is an operation planned?",
     "why": {"source": "s", "heading": "h", "phrase": "operation"}},
    {"id": "earlier", "type": "choice", "text": "How many earlier operations?",
     "options": [{"code": "none", "text": "None"}, {"code": "one", "text": "One"},
                 {"code": "two_or_more", "text": "Two or more"}],
     "why": {"source": "s", "heading": "h", "phrase": "operation"}},
    {"id": "rehab", "type": "choice", "text": "Was the program followed?",
     "asked_when": "%earlier in ('one' | 'two_or_more')",
     "options": [{"code": "followed", "text": "Followed"},
                 {"code": "not_followed", "text": "Not followed"},
                 {"code": "no_program", "text": "No program given"}],
     "why": {"source": "s", "heading": "h", "phrase": "program"}},
    {"id": "depression", "type": "yes_no", "text": "Is there depression?",
     "why": {"source": "s", "heading": "h", "phrase": "depression"}},
    {"id": "depression_treated", "type": "yes_no", "text": "Is it treated?",
     "asked_when": "%depression",
     "why": {"source": "s", "heading": "h", "phrase": "depression"}},
    {"id": "treatment", "type": "choice", "text": "With what?",
     "asked_when": "%depression_treated",
     "options": [{"code": "medicine", "text": "Medicine"}, {"code": "talking", "text": "Talking"}],
     "why": {"source": "s", "heading": "h", "phrase": "depression"}},
    {"id": "exercises", "type": "choice", "several": true, "text": "Which exercises?",
     "options": [{"code": "yoga", "text": "Yoga"}, {"code": "walking", "text": "Walking"},
                 {"code": "swimming", "text": "Swimming"},
                 {"code": "none", "text": "None", "exclusive": true}],
     "why": {"source": "s", "heading": "h", "phrase": "exercises"}},
    {"id": "repetitions", "type": "integer", "text": "How many?", "unit": "repetitions",
     "least": 0, "most": 999, "asked_when": "%plans_walking",
     "why": {"source": "s", "heading": "h", "phrase": "exercises"}},
    {"id": "weight", "type": "decimal", "text": "Weight?", "unit": "kg",
     "why": {"source": "s", "heading": "h", "phrase": "weight"}},
    {"id": "last_visit", "type": "date", "text": "When was the last visit?",
     "why": {"source": "s", "heading": "h", "phrase": "visit"}},
    {"id": "other", "type": "yes_no", "text": "Is there another condition?",
     "why": {"source": "s", "heading": "h", "phrase": "condition"}},
    {"id": "other_text", "type": "text", "text": "Which?", "asked_when": "%other and %planned",
     "why": {"source": "s", "heading": "h", "phrase": "condition"}},
    {"id": "visit_remark", "type": "text", "text": "Anything on that visit?",
     "asked_when": "%last_visit > @2020",
     "why": {"source": "s", "heading": "h", "phrase": "visit"}}
  ]}],
  "variables": {"plans_walking": "iif(%exercises.exists(), %exercises contains 'walking')"},
)json";

inline constexpr std::string_view one_rule = R"json(
  "rules": [{"id": "planned_rule", "kind": "factor", "title": "Operation planned",
    "present_when": "%planned", "cites": [{"source": "s", "heading": "h", "phrase": "operation"}]}],
  "tallies": [], "notices": []})json";

/// Loads the questions with these rules, tallies and notices; says what is wrong where it cannot.
inline fbss::Questionnaire load(std::string_view rules = one_rule) {
  auto loaded = fbss::load_questionnaire(std::string(question_count) + std::string(rules));
  for (const fbss::Problem& problem : loaded.problems())
    MESSAGE(problem.pointer << ": " << problem.message);
  REQUIRE(loaded.ok());
  return std::move(*loaded);
}

inline const fbss::Item& item(const fbss::Questionnaire& questionnaire, std::string_view id) {
  const fbss::Item* found = questionnaire.question(id);
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace small_screen
