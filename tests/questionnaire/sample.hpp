// SPDX-License-Identifier: Apache-2.0
// A small questionnaire for tests, and ways to change it: every test states only what differs.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

/// Each key stands on a line of its own, so that lines and columns in tests mean something.
inline const std::string sample_text = R"json({
  "id": "sample",
  "version": "1.0.0",
  "title": "A sample",
  "term": "A term",
  "intended_use": "For tests.",
  "evidence": "None.",
  "absent_means": "Absent means nothing more.",
  "attributes": [ { "name": "Developer", "value": "The project" } ],
  "sources": [
    { "id": "article", "title": "An article", "publisher": "A publisher", "kind": "web article",
      "published": "2019", "evidence": "cites no studies",
      "text_sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  ],
  "sections": [
    {
      "id": "history",
      "title": "History",
      "questions": [
        {
          "id": "diabetes",
          "type": "yes_no",
          "text": "Does the patient have diabetes?",
          "why": { "source": "article", "heading": "Risks", "phrase": "diabetes" }
        },
        {
          "id": "smoking",
          "type": "choice",
          "text": "Does the patient smoke today? Count cigars.",
          "options": [
            { "code": "daily", "text": "Every day" },
            { "code": "some_days", "text": "Some days" },
            { "code": "never", "text": "Never" }
          ],
          "why": { "source": "article", "heading": "Risks", "phrase": "Smoke" }
        },
        {
          "id": "treated",
          "type": "yes_no",
          "text": "Is the diabetes treated?",
          "asked_when": "%diabetes",
          "why": { "source": "article", "heading": "Risks", "phrase": "untreated" }
        },
        {
          "id": "exercises",
          "type": "choice",
          "several": true,
          "text": "Which exercises are planned?",
          "options": [
            { "code": "walking", "text": "Walking" },
            { "code": "yoga", "text": "Yoga" },
            { "code": "none", "text": "None", "exclusive": true }
          ],
          "why": { "source": "article", "heading": "Exercises", "phrase": "Walking" }
        },
        {
          "id": "repetitions",
          "type": "integer",
          "text": "How many repetitions?",
          "unit": "repetitions",
          "least": 0,
          "most": 999,
          "why": { "source": "article", "heading": "Exercises", "phrase": "5 times" }
        },
        {
          "id": "hours",
          "type": "decimal",
          "text": "How many hours?",
          "why": { "source": "article", "heading": "Exercises", "phrase": "hours" }
        },
        {
          "id": "surgery_date",
          "type": "date",
          "text": "When was the operation?",
          "why": { "source": "article", "heading": "Exercises", "phrase": "after surgery" }
        },
        {
          "id": "remark",
          "type": "text",
          "text": "Any remark?",
          "why": { "source": "article", "heading": "Exercises", "phrase": "remarks" }
        }
      ]
    }
  ],
  "variables": {
    "plans_yoga": "iif(%exercises.exists(), %exercises contains 'yoga')",
    "smokes": "%smoking in ('daily' | 'some_days')"
  },
  "rules": [
    {
      "id": "first_rule",
      "kind": "factor",
      "title": "First",
      "applies_when": "%diabetes",
      "present_when": "%smokes",
      "cites": [ { "source": "article", "heading": "Risks",
                   "phrase": "Smoke for 5 times thrice a day" } ],
      "interpretation": "Read as at least two.",
      "notes": [ { "when": "%smoking = 'never'", "text": "Never smoked",
                   "cites": [ { "source": "article", "heading": "Risks", "phrase": "Smoke" } ] } ],
      "steps": [ { "timing": "before surgery", "text": "Stop.",
        "cites": [ { "source": "article", "heading": "Steps", "phrase": "avoid smoking" } ] } ]
    }
  ],
  "tallies": [ { "id": "factors", "kind": "factor", "noun": "factors", "statement": "A tally." } ],
  "notices": [ { "id": "note", "text": "Check this.", "when": "%diabetes and %smokes" } ]
}
)json";

/// The sample with the first occurrence of `what` replaced; `what` must occur.
inline std::string sample_with(std::string_view what, std::string_view by) {
  std::string text = sample_text;
  const std::size_t at = text.find(what);
  REQUIRE_MESSAGE(at != std::string::npos, "the sample does not hold ", std::string(what));
  return text.replace(at, what.size(), by);
}

/// The sample with other conditions of its rule. A quote within them is not escaped.
inline std::string sample_with_rule(std::string_view present_when,
                                    std::string_view applies_when = "",
                                    std::string_view variables = "") {
  std::string text = sample_with(R"("present_when": "%smokes")",
                                 "\"present_when\": \"" + std::string(present_when) + "\"");
  const std::string gate = R"("applies_when": "%diabetes",)";
  text.replace(
      text.find(gate), gate.size(),
      applies_when.empty() ? "" : "\"applies_when\": \"" + std::string(applies_when) + "\",");
  const std::string smokes = R"("smokes":)";
  if (!variables.empty()) text.insert(text.find(smokes), std::string(variables) + ", ");
  return text;
}

inline fbss::Questionnaire load_sample(const std::string& text) {
  auto loaded = fbss::load_questionnaire(text, "sample.json");
  for (const fbss::Problem& problem : loaded.problems()) MESSAGE(problem.message);
  REQUIRE(loaded.ok());
  return *loaded;
}

/// The bytes of a file; empty where there is none.
inline std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

struct Position {
  std::uint32_t line = 1, column = 1;
};

/// Where the first occurrence of `what` stands.
inline Position position_of(std::string_view text, std::string_view what) {
  const std::size_t at = text.find(what);
  REQUIRE_MESSAGE(at != std::string_view::npos, "the text does not hold ", std::string(what));
  Position position;
  for (char c : text.substr(0, at)) {
    if (c == '\n') {
      ++position.line;
      position.column = 1;
    } else {
      ++position.column;
    }
  }
  return position;
}

/// A faulty file: what must be found, where (`at` is the text at whose first occurrence the fault
/// stands; empty: not looked at), and a word of the message.
struct Fault {
  std::string text;
  fbss::ErrorCode code;
  std::string pointer;
  std::string at;
  std::string word = "";
};

/// The fault is reported, alone.
inline void check_fault(const Fault& fault) {
  const auto loaded = fbss::load_questionnaire(fault.text, "sample.json");
  std::string all;
  for (const fbss::Problem& problem : loaded.problems())
    all += std::string(fbss::code_word(problem.code)) + " " + problem.pointer + ": " +
           problem.message + "\n";
  CAPTURE(fault.pointer);
  CAPTURE(fault.at);
  CAPTURE(all);
  REQUIRE(loaded.problems().size() == 1);
  const fbss::Problem& problem = loaded.problems().front();
  CHECK(fbss::code_word(problem.code) == fbss::code_word(fault.code));
  CHECK(problem.file == "sample.json");
  CHECK(problem.pointer == fault.pointer);
  CHECK(problem.message.find(fault.word) != std::string::npos);
  CHECK(problem.message.back() != ' ');
  if (fault.at.empty()) return;
  const Position position = position_of(fault.text, fault.at);
  CHECK(problem.line == position.line);
  CHECK(problem.column == position.column);
}

/// An expression in one of the sample's rules: what must be found, and at which of its characters.
struct ExpressionFault {
  std::string expression;
  fbss::ErrorCode code;
  std::size_t character;  // 1-based
  std::string word = "";
  std::string variables = "";
};

inline void check_expression_fault(const ExpressionFault& fault) {
  CAPTURE(fault.expression);
  const std::string text = sample_with_rule(fault.expression, "", fault.variables);
  const auto loaded = fbss::load_questionnaire(text, "sample.json");
  std::string all;
  for (const fbss::Problem& problem : loaded.problems())
    all += std::string(fbss::code_word(problem.code)) + ": " + problem.message + "\n";
  CAPTURE(all);
  REQUIRE(loaded.problems().size() == 1);
  const fbss::Problem& problem = loaded.problems().front();
  CHECK(fbss::code_word(problem.code) == fbss::code_word(fault.code));
  CHECK(problem.pointer == "/rules/0/present_when");
  CHECK(problem.message.find(fault.word) != std::string::npos);
  CHECK(problem.message.find("rule first_rule, present_when") != std::string::npos);
  const std::string before = "\"present_when\": \"";
  const Position start = position_of(text, before);
  CHECK(problem.line == start.line);
  CHECK(problem.column == start.column + before.size() + fault.character - 1);
}
