// SPDX-License-Identifier: Apache-2.0
// What every report that people read must hold, whatever its format: the requirements R1 to R27 of
// the wording study that concern a screen, checked on all three formats at once.
#include "report/outline.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/utf8.hpp"
#include "fixture.hpp"

using fbss::Finding;
using fbss::Status;

namespace {

void check_holds(const fixture::Format& format, std::string_view words, std::string_view expected) {
  INFO(format.name, ": ", std::string(expected));
  CHECK(words.find(fixture::squeezed(expected)) != std::string_view::npos);
}

/// Findings in the order that a report must have: by state, then by kind, then as in the file.
std::vector<const Finding*> in_report_order(const fbss::Assessment& assessment) {
  std::vector<const Finding*> order;
  for (const Status status :
       {Status::present, Status::unknown, Status::absent, Status::not_applicable})
    for (const std::string_view kind : {"factor", "step", "note"})
      for (const Finding& finding : assessment.findings)
        if (finding.status == status && finding.rule->kind == kind) order.push_back(&finding);
  return order;
}

/// The words of one finding, from its rule's id to that of the next finding or to the tally.
std::string words_of(const fixture::Format& format, const std::vector<const Finding*>& order,
                     std::size_t index, std::string_view end_of_list) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= index; ++i) {
    start = format.words.find(" " + order[i]->rule->id, start + 1);
    REQUIRE_MESSAGE(start != std::string::npos, format.name, ": ", order[i]->rule->id);
  }
  const std::size_t end = index + 1 < order.size()
                              ? format.words.find(" " + order[index + 1]->rule->id, start + 1)
                              : format.words.find(end_of_list, start + 1);
  REQUIRE(end != std::string::npos);
  return format.words.substr(start, end - start);
}

std::string state_of(Status status) {
  switch (status) {
    case Status::present:
      return "present";
    case Status::absent:
      return "absent";
    case Status::unknown:
      return "unknown";
    case Status::not_applicable:
      break;
  }
  return "not applicable";
}

std::string until_question_mark(const std::string& text) {
  return text.substr(0, std::min(text.find('?'), text.size() - 1) + 1);
}

}  // namespace

TEST_CASE(
    "every finding carries state, citation, interpretation, answers and notes (R1 R2 R3 R9)") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    const std::vector<const Finding*> order = in_report_order(assessment);
    REQUIRE(order.size() == assessment.findings.size());
    for (const fixture::Format& format : fixture::formats(assessment)) {
      const std::string tally = format.headings_upper ? "TALLY OF" : "Tally of";
      for (std::size_t i = 0; i < order.size(); ++i) {
        const Finding& finding = *order[i];
        const std::string words = words_of(format, order, i, tally);
        const std::size_t id = format.words.find(" " + finding.rule->id);
        CHECK(format.words.rfind(finding.rule->title, id) != std::string::npos);
        // The state stands right before the id (text, HTML) or right behind the label (Markdown).
        CHECK(format.words.substr(id < 40 ? 0 : id - 40, 40).find(state_of(finding.status)) !=
              std::string::npos);
        check_holds(format, words, finding.rule->place);
        check_holds(format, words, finding.rule->interpretation);
        check_holds(format, words, assessment.questionnaire.plain_words(*finding.rule));
        for (const fbss::Citation& cite : finding.rule->cites) {
          check_holds(format, words, "“" + cite.phrase + "”");
          check_holds(format, words, cite.heading);
          check_holds(format, words, assessment.questionnaire.source(cite.source)->title);
          check_holds(format, words, assessment.questionnaire.source(cite.source)->publisher);
        }
        for (const fbss::Given& given : finding.because) {
          check_holds(format, words, until_question_mark(given.question->text));
          check_holds(format, words, given.label);
        }
        if (finding.status != Status::unknown) CHECK_FALSE(finding.because.empty());
        for (const fbss::Item* question : finding.would_settle)
          check_holds(format, words, until_question_mark(question->text));
        for (const fbss::Note* note : finding.notes) check_holds(format, words, note->text);
      }
    }
  }
}

TEST_CASE("a finding that is unknown names why each question is open (R8)") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  const std::vector<const Finding*> order = in_report_order(assessment);
  const struct {
    std::string_view rule, state;
  } cases[] = {
      {"rf_osteoporosis", "unknown"}, {"rf_smoking", "declined"}, {"step_plan_rehab", "not asked"}};
  for (const fixture::Format& format : fixture::formats(assessment))
    for (const auto& expected : cases)
      for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i]->rule->id == expected.rule) {
          const std::string words = words_of(format, order, i, "ABSENT");
          const std::size_t settled = words.find("Settled by");
          REQUIRE(settled != std::string::npos);
          const std::size_t source = words.find("Source", settled);
          check_holds(format, words.substr(settled, source - settled), expected.state);
        }
}

TEST_CASE("the sections stand in their order, and the tally only behind the list (R6)") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    for (const fixture::Format& format : fixture::formats(assessment)) {
      std::size_t at = 0;
      for (std::string heading : {"Present", "Could not be determined", "Absent", "Not applicable",
                                  "Tally of the listed factors", "Questions without an answer",
                                  "About this report", "Sources", "Questionnaire and engine"}) {
        INFO(format.name, ": ", heading);
        if (format.headings_upper) heading = fbss::to_upper(heading);
        at = format.raw.find(format.heading_before + heading + format.heading_behind, at);
        REQUIRE(at != std::string::npos);
      }
      const fbss::Tally& tally = assessment.tallies.front();
      const std::size_t sentence = format.words.find(tally.sentence);
      REQUIRE(sentence != std::string::npos);
      CHECK(format.words.find(tally.sentence, sentence + 1) == std::string::npos);
      const std::string last_rule = " " + in_report_order(assessment).back()->rule->id;
      CHECK(sentence > format.words.find(last_rule));
      // The statement follows the count at once.
      CHECK(format.words.substr(sentence + tally.sentence.size() + 1,
                                tally.definition->statement.size()) == tally.definition->statement);
    }
  }
}

TEST_CASE("the head has title, record, date, version, hash, engine and the mark of sample data") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  const fbss::Questionnaire& questionnaire = assessment.questionnaire;
  for (const fixture::Format& format : fixture::formats(assessment)) {
    const std::string head = format.words.substr(0, format.words.find(questionnaire.term()));
    check_holds(format, head, questionnaire.title());
    check_holds(format, head, "case-17");
    check_holds(format, head, "2026-11-21");
    check_holds(format, head, "preop_screen " + std::string(questionnaire.version()));
    check_holds(format, head, questionnaire.sha256().substr(0, 12));
    check_holds(format, head, "fbss 0.1.0");
    check_holds(format, head, "SAMPLE DATA");
    check_holds(format, format.words, questionnaire.term());
    check_holds(format, format.words, questionnaire.sha256());
  }
  assessment.sample = false;
  assessment.date.clear();
  assessment.record_id.clear();
  for (const fixture::Format& format : fixture::formats(assessment)) {
    CHECK(format.words.find("SAMPLE") == std::string::npos);
    check_holds(format, format.words, "not given");
  }
}

TEST_CASE("what the report rests on stands in every report (R13 R14 R17 R22 R26)") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    const fbss::Questionnaire& questionnaire = assessment.questionnaire;
    for (const fixture::Format& format : fixture::formats(assessment)) {
      check_holds(format, format.words, questionnaire.intended_use());
      check_holds(format, format.words, questionnaire.evidence());
      for (const fbss::Notice* notice : assessment.notices)
        check_holds(format, format.words, notice->text);
      for (const fbss::Source& source : questionnaire.sources()) {
        const std::size_t behind = format.words.rfind(source.title);
        for (const std::string& detail :
             {source.publisher, source.kind, source.published, source.evidence})
          check_holds(format, format.words.substr(behind), detail);
      }
      const bool some_absent =
          std::any_of(assessment.findings.begin(), assessment.findings.end(),
                      [](const Finding& finding) { return finding.status == Status::absent; });
      const std::size_t absent_means = format.words.find(questionnaire.absent_means());
      CHECK((absent_means != std::string::npos) == some_absent);
    }
  }
}

TEST_CASE("a factor says whether the source names a step against it, and when") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  const std::vector<const Finding*> order = in_report_order(assessment);
  const struct {
    std::string_view rule, label;
  } cases[] = {
      {"rf_multiple_prior_surgeries", "Source names no step for this"},
      {"rf_extensive_or_complex", "Source names no step for this"},
      {"rf_diabetes", "Source names no step for this"},
      {"rf_osteoporosis", "Source names no step for this"},
      {"rf_smoking", "Source names a step before surgery"},
      {"rf_sedentary", "Source names a step before surgery"},
      {"rf_untreated_depression", "Source names a step before surgery"},
      {"rf_untreated_anxiety", "Source names a step before surgery"},
      {"rf_rehab_not_followed", "Source names a step after surgery"},
  };
  for (const fixture::Format& format : fixture::formats(assessment)) {
    std::size_t checked = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
      for (const auto& expected : cases)
        if (order[i]->rule->id == expected.rule) {
          const std::string words =
              words_of(format, order, i, format.headings_upper ? "TALLY" : "Tally");
          check_holds(format, words, expected.label);
          for (const fbss::Step& step : order[i]->rule->steps) {
            check_holds(format, words, step.text);
            for (const fbss::Citation& cite : step.cites)
              check_holds(format, words, "“" + cite.phrase + "”");
          }
          ++checked;
        }
    CHECK(checked == 9);
  }
}

TEST_CASE("unanswered questions are listed apart, and none is dropped (R8)") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  REQUIRE(assessment.not_asked.size() > 0);
  REQUIRE(assessment.unknown.size() == 2);
  REQUIRE(assessment.declined.size() == 1);
  for (const fixture::Format& format : fixture::formats(assessment)) {
    const std::string heading = "Questions without an answer";
    std::string rest = format.words.substr(
        format.words.find(format.headings_upper ? fbss::to_upper(heading) : heading));
    std::size_t at = 0;
    const auto expect_list = [&](std::string_view label, const auto& questions) {
      at = rest.find(label, at);
      REQUIRE(at != std::string::npos);
      for (const fbss::Item* question : questions) {
        at = rest.find(until_question_mark(question->text), at);
        REQUIRE(at != std::string::npos);
      }
    };
    rest = rest.substr(rest.find("read as no."));
    expect_list("Not asked", assessment.not_asked);
    expect_list("Unknown", assessment.unknown);
    expect_list("Declined", assessment.declined);
  }
}

TEST_CASE("free text is quoted as the clinician's own, behind the tally") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  for (const fixture::Format& format : fixture::formats(assessment)) {
    const std::size_t words = format.words.find("“rheumatoid arthritis”");
    REQUIRE(words != std::string::npos);
    CHECK(words > format.words.find(assessment.tallies.front().sentence));
    CHECK(format.words.find("not counted and not interpreted") < words);
  }
  for (const fixture::Format& format : fixture::formats(fixture::screen(fixture::nothing)))
    CHECK(format.words.find("own words") == std::string::npos);
}

TEST_CASE("an odd but allowed answer asks for a check, apart from the standing notices") {
  const fbss::Assessment assessment = fixture::screen(fixture::no_operation);
  const fbss::report::Outline outline = fbss::report::make_outline(assessment);
  std::vector<std::string> ids;
  for (const fbss::report::Part& part : outline.parts) ids.push_back(part.id);
  CHECK(ids == std::vector<std::string>{"tally_listed_factors", "checks", "unanswered", "about",
                                        "sources", "identity"});
}

TEST_CASE("the words that the report itself adds hold none that the wording study bans (R5 R18)") {
  for (const std::string_view record : fixture::records) {
    fbss::report::Outline outline = fbss::report::make_outline(fixture::screen(record));
    std::string own = outline.sample + outline.running + outline.glance.heading;
    for (const fbss::report::Section& section : outline.sections) {
      if (section.id != "absent") own += section.heading + section.intro;
      for (const fbss::report::Group& group : section.groups) {
        own += group.heading + group.remark;
        for (const fbss::report::FindingText& finding : group.findings)
          for (const fbss::report::Row& row : finding.rows) own += row.label;
      }
    }
    for (const fbss::report::Part& part : outline.parts) {
      own += part.heading;
      if (part.id != "tally_listed_factors" && part.id != "checks")
        for (const std::string& paragraph : part.paragraphs) own += paragraph;
      if (part.id != "sources")  // its labels are titles
        for (const fbss::report::Row& row : part.rows) own += row.label;
    }
    const std::string lower = fbss::to_lower(own);
    for (const std::string_view banned :
         {"%", "percent", "odds", "probab", "likel", "predict", "score", "risk", "severe",
          "moderate", "compliant", "recommend", "order", "fail", "needs"}) {
      INFO(std::string(banned));
      CHECK(lower.find(banned) == std::string::npos);
    }
  }
}

TEST_CASE("kinds without words of their own keep the file's order under their own name") {
  const fbss::Questionnaire questionnaire = fixture::must_load(fbss::load_questionnaire(R"({
    "id": "two_kinds", "version": "1.0.0", "title": "Two kinds", "term": "A term.",
    "intended_use": "For tests.", "evidence": "None.", "absent_means": "Absent is absent.",
    "attributes": [], "tallies": [], "notices": [],
    "sources": [{"id": "s", "title": "Title", "publisher": "Publisher", "kind": "page",
                 "published": "today", "evidence": "none", "text_sha256":
                 "0000000000000000000000000000000000000000000000000000000000000000"}],
    "sections": [{"id": "part", "title": "Part", "questions": [
      {"id": "tired", "type": "yes_no", "text": "Is the patient tired?",
       "why": {"source": "s", "heading": "", "phrase": "tired"}}]}],
    "rules": [
      {"id": "r_sign", "kind": "early_sign", "title": "Tired", "present_when": "%tired = true",
       "cites": [{"source": "s", "heading": "", "phrase": "tired"},
                 {"source": "s", "heading": "Sleep", "phrase": "so tired"}]},
      {"id": "r_late", "kind": "late_sign", "title": "Still tired", "present_when": "%tired = true",
       "cites": [{"source": "s", "heading": "", "phrase": "tired"}]},
      {"id": "r_sign_again", "kind": "early_sign", "title": "Sleepy",
       "present_when": "%tired = true",
       "cites": [{"source": "s", "heading": "", "phrase": "tired"}]}]})"));
  const fbss::Assessment assessment =
      fixture::screen(R"({"tired": "yes"})", "2026-11-21", questionnaire);
  const fbss::report::Outline outline = fbss::report::make_outline(assessment);
  CHECK(outline.glance.rows.empty());
  const fbss::report::Section& present = outline.sections.front();
  REQUIRE(present.groups.size() == 2);
  CHECK(present.groups[0].heading == "Early sign");
  CHECK(present.groups[1].heading == "Late sign");
  REQUIRE(present.groups[0].findings.size() == 2);
  CHECK(present.groups[0].findings[1].id == "r_sign_again");
  const fbss::report::Row& sources = present.groups[0].findings[0].rows[1];
  CHECK(sources.label == "Sources");
  REQUIRE(sources.entries.size() == 2);
  CHECK(sources.entries[0][1].text == "Publisher, “Title”");
  CHECK(sources.entries[1][1].text == "Publisher, “Title”, under “Sleep”");
  for (const fixture::Format& format : fixture::formats(assessment)) {
    CHECK(format.words.find("glance") == std::string::npos);
    CHECK(format.words.find("Nothing was found absent.") != std::string::npos);
  }
}

TEST_CASE(
    "a date that no rule reads is shown, with the time up to the assessment where both are known") {
  const fbss::Questionnaire followup = fixture::must_load(fbss::load_builtin("postop_followup"));
  const struct {
    std::string_view recorded, assessed, time;
  } cases[] = {{"2026-01-15", "2026-11-21", "10 whole months before"},
               {"2026-10-21", "2026-11-21", "1 whole month before"},
               {"2026-11-20", "2026-11-21", "1 day before"},
               {"2026-11-21", "2026-11-21", "0 days before"},
               {"2026-01", "2026-11-21", ""},
               {"2026-01-15", "", ""}};
  for (const auto& row : cases) {
    const std::string record =
        R"({"had_spine_surgery": "yes", "surgery_date": ")" + std::string(row.recorded) + "\"}";
    for (const fixture::Format& format :
         fixture::formats(fixture::screen(record, row.assessed, followup))) {
      check_holds(format, format.words, row.recorded);
      check_holds(format, format.words, row.time);
      if (row.time.empty())
        CHECK(format.words.find("before the date of the assessment") == std::string::npos);
    }
  }
}

TEST_CASE("no text steers a terminal or reverses the order of what is read") {
  const struct {
    std::string_view text, shown;
  } cases[] = {
      {"plain", "plain"},
      {"", ""},
      {"two\nlines\tand a tab", "two lines and a tab"},
      {"\x1b[2Jgone", "[U+001B][2Jgone"},
      {"a\x7f", "a[U+007F]"},
      {"\xc2\x9b"
       "31m",
       "[U+009B]31m"},
      {"\xe2\x80\xae"
       "abc",
       "[U+202E]abc"},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"broken \xff byte", "broken \xef\xbf\xbd byte"},
  };
  for (const auto& row : cases) CHECK(fbss::report::visible(row.text) == row.shown);
}

TEST_CASE("the same assessment gives the same bytes, also from a questionnaire loaded anew (R20)") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment one = fixture::screen(record);
    const fbss::Assessment two = fixture::screen(
        record, "2026-11-21", fixture::must_load(fbss::load_builtin("preop_screen")));
    CHECK(fbss::report_text(one) == fbss::report_text(two));
    CHECK(fbss::report_markdown(one) == fbss::report_markdown(two));
    CHECK(fbss::report_html(one) == fbss::report_html(two));
    CHECK(fbss::report_json(one) == fbss::report_json(two));
  }
}
