// SPDX-License-Identifier: Apache-2.0
// What an export says beside the file's texts: every statement with its source.
#include "fhir/wording.hpp"

#include <doctest/doctest.h>

#include "../response/small_screen.hpp"

namespace {

using small_screen::load;

constexpr std::string_view rule = R"json(
  "rules": [{"id": "planned_rule", "kind": "factor", "title": "Operation planned",
    "place": "line 1 of the list", "present_when": "%planned",
    "cites": [{"source": "s", "heading": "h", "phrase": "operation"},
              {"source": "s", "heading": "", "phrase": "planned"}],
    "interpretation": "Read plainly.",
    "notes": [{"when": "%planned", "text": "Noted.",
               "cites": [{"source": "s", "heading": "", "phrase": "note"}]}],
    "steps": [
      {"timing": "before surgery", "text": "Wait.",
       "cites": [{"source": "s", "heading": "", "phrase": "wait"}]},
      {"timing": "in general", "text": "The source names asking twice.",
       "cites": [{"source": "s", "heading": "", "phrase": "ask"}]}]}],
  "tallies": [], "notices": []})json";

}  // namespace

TEST_CASE("help of a rule: its place, the rule in plain words, sources, reading, steps") {
  const fbss::Questionnaire questionnaire = load(rule);
  CHECK(fbss::fhir::rule_help(questionnaire, questionnaire.rules()[0]) ==
        "Rule planned_rule: line 1 of the list. Present when the answer to “Is an operation "
        "planned?” is “Yes”. Sources: “operation” (p, “t”, under “h”); “planned” (p, “t”). How we "
        "read it: Read plainly. The source names a step before surgery: Wait. Source: “wait” (p, "
        "“t”). The source names asking twice. Source: “ask” (p, “t”).");
  CHECK(fbss::fhir::note_text(questionnaire, questionnaire.rules()[0].notes[0]) ==
        "Noted. Source: “note” (p, “t”).");
}

TEST_CASE("help of a question: how to answer, then what it rests on") {
  const fbss::Questionnaire questionnaire = load();
  fbss::Item question = small_screen::item(questionnaire, "planned");
  CHECK(fbss::fhir::question_help(questionnaire, question) ==
        "Source: “operation” (p, “t”, under “h”).");
  question.help = "Any operation.";
  CHECK(fbss::fhir::question_help(questionnaire, question) ==
        "Any operation. Source: “operation” (p, “t”, under “h”).");
  question.why.reset();
  CHECK(fbss::fhir::question_help(questionnaire, question) == "Any operation.");
}

TEST_CASE("the description carries use, evidence, version and content") {
  const fbss::Questionnaire questionnaire = load();
  const std::string text = fbss::fhir::description(questionnaire);
  for (const std::string_view part :
       {std::string_view("**Intended use.** Tests."), std::string_view("**Evidence.** None."),
        std::string_view("never read as no. No match."),
        std::string_view("small_screen 1, content"), questionnaire.sha256()}) {
    INFO(std::string(part));
    CHECK(text.find(part) != std::string::npos);
  }
}
