// SPDX-License-Identifier: Apache-2.0
// The handout on paper: the blank form has every question with its boxes, the cards every word of
// the exercises, and both what every output carries; nothing that was typed acts as markup.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "fixture.hpp"
#include "tags.hpp"

namespace {

using tags::Tag;
using tags::tags_of;

/// Cards, numbers below, at and without the source's, and an answer that is unknown.
constexpr std::string_view plan = R"({
  "_id": "plan-3", "_sample": true, "had_spine_surgery": "yes",
  "doctor_consulted_about_exercise": "no", "professional_guides_exercise": "yes",
  "guide_told_all_three": "unknown", "exercises_planned": ["abdominal_bracing", "swimming",
  "cervical_mobility"], "extreme_or_twisting_exercise": "no", "swimming_advice_given": "no",
  "abdominal_bracing_repetitions": 8, "abdominal_bracing_times_per_day": 27,
  "abdominal_bracing_breath_held": "yes", "cervical_mobility_times_per_day": "declined"})";

const fbss::Questionnaire& rehab() {
  static const fbss::Questionnaire loaded = fixture::must_load(fbss::load_builtin("rehab_plan"));
  return loaded;
}

std::vector<fbss::Questionnaire> builtins() {
  std::vector<fbss::Questionnaire> all;
  for (const std::string_view id : fbss::builtin_ids())
    all.push_back(fixture::must_load(fbss::load_builtin(id)));
  return all;
}

struct Page {
  fbss::Questionnaire questionnaire;
  std::string html;
};

std::vector<Page> pages() {
  std::vector<Page> all;
  for (const fbss::Questionnaire& one : builtins()) all.push_back({one, fbss::handout(one)});
  for (const std::string_view record : {plan, std::string_view("{}")})
    all.push_back({rehab(), fbss::handout(fixture::screen(record, "2026-11-21", rehab()))});
  return all;
}

bool holds(const std::string& words, std::string_view part) {
  return words.find(fixture::squeezed(part)) != std::string::npos;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) ++found;
  return found;
}

void check_citation(const std::string& words, const fbss::Citation& cite) {
  CHECK_MESSAGE(holds(words, "“" + cite.phrase + "”"), cite.phrase);
  CHECK_MESSAGE(holds(words, cite.heading), cite.heading);
}

}  // namespace

TEST_CASE("a page is well formed, its headings are in order, and nothing is fetched") {
  for (const Page& page : pages()) {
    std::set<std::string> ids;
    std::vector<std::string> targets;
    int level = 0;
    std::size_t mains = 0, titles = 0;
    for (const Tag& tag : tags_of(page.html)) {
      if (tag.closing) continue;
      for (const std::string_view banned : {"script", "link", "img", "iframe", "object", "form"})
        CHECK(tag.name != banned);
      for (const auto& [name, value] : tag.attributes) {
        if (name == "id") {
          const std::string id = value;  // clang 14 lets no lambda name a structured binding
          CHECK_MESSAGE(ids.insert(id).second, id);
        }
        if (name == "aria-labelledby") targets.push_back(value);
        CHECK((name != "src" && name != "href" && name != "style" && name.rfind("on", 0) != 0));
      }
      mains += tag.name == "main";
      titles += tag.name == "h1";
      if (tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6') {
        CHECK(tag.name[1] - '0' <= level + 1);
        level = tag.name[1] - '0';
      }
    }
    for (const std::string& target : targets) CHECK_MESSAGE(ids.count(target) == 1, target);
    CHECK(mains == 1);
    CHECK(titles == 1);
    for (const std::string_view banned : {"http:", "https:", "url(", "@import", "//"})
      CHECK(page.html.find(banned) == std::string::npos);
    CHECK(page.html.find("content=\"default-src 'none'; style-src 'unsafe-inline'\"") !=
          std::string::npos);
  }
}

TEST_CASE("it is black on white, and no percent sign stands outside the style sheet") {
  for (const Page& page : pages()) {
    CHECK(fixture::without(page.html, "<style>", "</style>").find('%') == std::string::npos);
    const std::string style = tags::style_of(page.html);
    for (std::size_t at = style.find('#'); at != std::string::npos; at = style.find('#', at + 1)) {
      const std::string colour = style.substr(at, 5);
      CHECK_MESSAGE((colour == "#000;" || colour == "#fff;"), colour);
    }
    for (const std::string_view grey : {"rgb", "hsl", "opacity", "gray", "grey"})
      CHECK(style.find(grey) == std::string::npos);
  }
}

TEST_CASE("every handout says what it is, what it rests on, and of what content it is") {
  for (const Page& page : pages()) {
    const fbss::Questionnaire& q = page.questionnaire;
    const std::string words = fixture::words_of_html(page.html);
    INFO(std::string(q.id()));
    for (const std::string_view text : {q.title(), q.intended_use(), q.evidence(), q.sha256()})
      CHECK(holds(words, text));
    CHECK(holds(words, std::string(q.id()) + ' ' + std::string(q.version())));
    CHECK(holds(words, "Engine fbss "));
    CHECK(holds(words, "does not screen for emergencies"));
    CHECK(count(words, "persistent spinal pain syndrome type 2") == 1);
    for (const fbss::Notice& notice : q.notices())
      CHECK(holds(words, notice.text) == notice.when.empty());
    for (const fbss::Source& source : q.sources())
      for (const std::string& text :
           {source.title, source.publisher, source.kind, source.published, source.evidence})
        CHECK_MESSAGE(holds(words, text), text);
  }
}

TEST_CASE("the blank form has every question, its boxes, when it is asked, and its source") {
  for (const fbss::Questionnaire& q : builtins()) {
    if (!q.exercises().empty()) continue;
    const std::string page = fbss::handout(q);
    const std::string words = fixture::words_of_html(page);
    std::size_t boxes = 0;
    for (const fbss::Item& section : q.items()) CHECK(holds(words, section.text));
    for (const fbss::Item* question : q.questions()) {
      INFO(question->id);
      const std::size_t at =
          page.find("<article class=\"question\" aria-labelledby=\"question-" + question->id + '"');
      REQUIRE(at != std::string::npos);
      const std::string own =
          fixture::words_of_html(page.substr(at, page.find("</article>", at) - at));
      CHECK(holds(own, question->text));
      CHECK(holds(own, ' ' + question->id + ' '));
      CHECK(holds(own, question->help));
      CHECK(holds(own, q.plain_words_asked(*question)));
      for (const fbss::Option& option : question->options) CHECK(holds(own, option.text));
      if (question->type == fbss::ItemType::yes_no) CHECK(holds(own, "Yes No"));
      CHECK(holds(own, "Unknown Declined"));
      if (question->options.empty() && question->type != fbss::ItemType::yes_no)
        CHECK(holds(own, "Answer"));
      REQUIRE(question->why);
      check_citation(own, *question->why);
      boxes += question->options.size() + 2 + 2 * (question->type == fbss::ItemType::yes_no);
    }
    CHECK(count(page, "class=\"box\"") == boxes);
    CHECK(count(page, "<span>Notes</span>") == q.questions().size());
    for (const std::string_view line :
         {"Record", "Date", "Filled in by", "Checked by", "Signature"})
      CHECK(holds(words, line));
  }
}

TEST_CASE("without answers the cards of all exercises, with every word and citation") {
  const std::string page = fbss::handout(rehab());
  const std::string words = fixture::words_of_html(page);
  CHECK(count(page, "id=\"card-") == rehab().exercises().size());
  for (const fbss::Exercise& exercise : rehab().exercises()) {
    INFO(exercise.id);
    CHECK(holds(words, exercise.title));
    for (const fbss::Citation& cite : exercise.cites) check_citation(words, cite);
    std::vector<fbss::Statement> statements = exercise.steps;
    statements.insert(statements.end(), exercise.cautions.begin(), exercise.cautions.end());
    if (exercise.position) statements.push_back(*exercise.position);
    for (const auto& conflict : exercise.conflicts) {
      statements.push_back({conflict.text, conflict.cites});
      CHECK(holds(words, "Conflict " + conflict.name + ' '));
    }
    for (const auto& amount : {exercise.repetitions, exercise.times_a_day})
      if (amount) statements.push_back({amount->text, amount->cites});
    for (const fbss::Statement& statement : statements) {
      CHECK_MESSAGE(holds(words, statement.text), statement.text);
      for (const fbss::Citation& cite : statement.cites) check_citation(words, cite);
    }
  }
  CHECK(holds(words, "Conflict X2 "));
  CHECK(holds(words, "Conflict X3 "));
  CHECK(count(page, "class=\"box\"") == 0);
}

TEST_CASE("with answers the planned exercises, the plan's numbers, and what was found") {
  const fbss::Assessment assessment = fixture::screen(plan, "2026-11-21", rehab());
  const std::string page = fbss::handout(assessment);
  const std::string words = fixture::words_of_html(page);
  CHECK(holds(words, "SAMPLE DATA: this record describes no real patient."));
  CHECK(holds(words, "Record plan-3"));
  CHECK(holds(words, "Date 2026-11-21"));
  CHECK(count(page, "id=\"card-") == 3);
  for (const std::string_view id : {"abdominal_bracing", "swimming", "cervical_mobility"})
    CHECK(count(page, "<h3 id=\"card-" + std::string(id) + "\">") == 1);

  CHECK(holds(words,
              "In the source In the plan Repetitions 10 “Repeat the exercise for 10 times” 8 Times "
              "a day at least 2 “for at least 2-3 times a day.” 27 Notes "));
  CHECK(holds(
      words, "Repetitions Not stated by the source. Times a day Not stated by the source. Notes "));
  CHECK(holds(words,
              "Repetitions 5 “Repeat the exercise for 5 times for thrice a day.” not asked Times a "
              "day 3 “Repeat the exercise for 5 times for thrice a day.” declined Notes "));

  for (const fbss::Finding& finding : assessment.findings) {
    INFO(finding.rule->id);
    const bool shown =
        finding.status == fbss::Status::present || finding.status == fbss::Status::unknown;
    CHECK(count(page, "<code>" + finding.rule->id + "</code>") == (shown ? 1 : 0));
    if (!shown) continue;
    CHECK(holds(words, finding.rule->interpretation));
    for (const fbss::Citation& cite : finding.rule->cites) check_citation(words, cite);
    for (const fbss::Given& given : finding.because) CHECK(holds(words, given.label));
  }
  CHECK(holds(words, "present caution_breath_held"));
  CHECK(holds(words, "present dose_abdominal_bracing"));
  CHECK(holds(words, "unknown ready_guide_not_told"));
}

TEST_CASE("a plan without exercises says so") {
  const std::string words =
      fixture::words_of_html(fbss::handout(fixture::screen("{}", "", rehab())));
  CHECK(holds(words, "No exercise of this questionnaire is recorded as planned."));
  CHECK_FALSE(holds(words, "SAMPLE DATA"));
}

TEST_CASE("what a caller gave as the record's id is text") {
  fbss::Assessment assessment = fixture::screen(plan, "2026-11-21", rehab());
  const std::size_t tags = tags_of(fbss::handout(assessment)).size();
  for (const std::string_view typed :
       {"<script>alert(1)</script>", "</style><b>", "\" onload=\"alert(1)", "{{title}}", "50%"}) {
    assessment.record_id = typed;
    const std::string page = fbss::handout(assessment);
    CHECK(tags_of(page).size() == tags);
    CHECK(fixture::without(page, "<style>", "</style>").find('%') == std::string::npos);
  }
}
