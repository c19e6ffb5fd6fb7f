// SPDX-License-Identifier: Apache-2.0
// Holds every report and handout of every case, explained and with other answers too, and the
// questionnaires' own words, against the list of words that are never used: nothing here weighs,
// grades, foretells or instructs. Quotations are exempt, and so are the few sentences below, which
// deny.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include <fbss/report.hpp>

#include "builtins.hpp"
#include "plain.hpp"

namespace {

/// A word that begins so is banned, whatever follows.
constexpr std::string_view banned_stems[] = {
    "percent",   "probab",   "likel",   "unlikel",  "predict", "scor",     "risk",
    "recommend", "complian", "complie", "noncompl", "prognos", "forecast", "stratif",
    "triage",    "warning",  "alert",   "danger",   "critical"};

/// A word that is exactly this is banned.
constexpr std::string_view banned_words[] = {
    "odds",   "chance", "chances", "low",     "lower",   "medium",  "moderate",
    "high",   "higher", "severe",  "mild",    "red",     "amber",   "yellow",
    "green",  "order",  "orders",  "ordered", "need",    "needs",   "must",
    "should", "fail",   "fails",   "failed",  "failure", "average", "ranked"};

/// Names and denials: the only sentences of ours in which a banned word may stand.
constexpr std::string_view allowed[] = {
    "failed back surgery syndrome (FBSS)",
    "the sources here say Failed Back Syndrome (FBS)",
    "“Failed” does not mean that the operation was done wrongly.",
    "Not for emergencies or time-critical decisions.",
    "Not an order.",
    "or that a higher count means a worse outcome",
    "not a risk estimate",
    "not a score",
    "no scored assessment",
};

/// Nobody is praised, and what the sources claim beyond what is cited is not repeated.
constexpr std::string_view promotion[] = {"Zachary",
                                          "Dr.",
                                          "MD -",
                                          "precision diagnostics",
                                          "minimally invasive",
                                          "advanced dramatically",
                                          "new hope",
                                          "hope is lost",
                                          "no alternative other than exercise",
                                          "only best option",
                                          "Studies have shown",
                                          "best options",
                                          "peer-reviewed",
                                          "clinically proven"};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

std::string banned_in(std::string_view text) {
  std::string found;
  for (const std::string& word : words_of(content::lower(text))) {
    const bool exact = std::count(std::begin(banned_words), std::end(banned_words), word) > 0;
    const bool stem = std::any_of(std::begin(banned_stems), std::end(banned_stems),
                                  [&](std::string_view part) { return word.rfind(part, 0) == 0; });
    if (exact || stem) found += word + ' ';
  }
  return found;
}

/// Calls `use` with each text of an exercise card and its citations.
template <class Use>
void for_each_statement(const fbss::Exercise& exercise, const Use& use) {
  use(exercise.title + '\n' + exercise.interpretation, exercise.cites);
  if (exercise.position) use(exercise.position->text, exercise.position->cites);
  for (const auto* list : {&exercise.steps, &exercise.cautions})
    for (const fbss::Statement& statement : *list) use(statement.text, statement.cites);
  for (const auto* amount : {&exercise.repetitions, &exercise.times_a_day})
    if (*amount) use((*amount)->name + ": " + (*amount)->text, (*amount)->cites);
  for (const auto& conflict : exercise.conflicts) use(conflict.text, conflict.cites);
}

/// What sources say, rule ids and the allowed sentences, in lower case; long ones first, so that
/// none is broken by a shorter one within it.
std::vector<std::string> exempt_parts() {
  std::set<std::string> parts;
  const auto add = [&parts](const fbss::Citation& citation) {
    parts.insert(content::lower(citation.phrase));
    parts.insert(content::lower(citation.heading));
  };
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    for (const fbss::Source& source : questionnaire.sources())
      parts.insert(content::lower(source.title));
    for (const fbss::Item* question : questionnaire.questions())
      if (question->why) add(*question->why);
    for (const fbss::Rule& rule : questionnaire.rules()) {
      parts.insert(rule.id);  // a name for programs, not words for people
      for (const fbss::Citation& citation : rule.cites) add(citation);
      for (const fbss::Note& note : rule.notes)
        for (const fbss::Citation& citation : note.cites) add(citation);
      for (const fbss::Step& step : rule.steps)
        for (const fbss::Citation& citation : step.cites) add(citation);
    }
    for (const fbss::Exercise& exercise : questionnaire.exercises())
      for_each_statement(exercise, [&](std::string_view, const std::vector<fbss::Citation>& cites) {
        std::for_each(cites.begin(), cites.end(), add);
      });
    for (const fbss::Citation& citation : questionnaire.term_cites()) add(citation);
  }
  for (const std::string_view sentence : allowed) parts.insert(content::lower(sentence));
  std::vector<std::string> longest_first(parts.begin(), parts.end());
  std::stable_sort(longest_first.begin(), longest_first.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return longest_first;
}

/// The text, in lower case, without what sources say and without the allowed sentences.
std::string our_words(std::string_view text) {
  static const std::vector<std::string> exempt = exempt_parts();
  std::string words = content::lower(text);
  for (const std::string& part : exempt) content::remove_all(words, part);
  return words;
}

void check_wording(const std::string& text) {
  CHECK(banned_in(our_words(text)) == "");
  CHECK_FALSE(content::holds(text, "%"));
  for (const std::string_view praise : promotion) {
    INFO("must not say: ", praise);
    CHECK_FALSE(content::holds(text, praise));
  }
}

/// What the clinician typed is not ours.
std::string without_typed(std::string text, const fbss::Response& response) {
  for (const fbss::Item* question : response.questionnaire().questions())
    if (question->type == fbss::ItemType::text &&
        response.state(*question) == fbss::AnswerState::answered)
      content::remove_all(text, response.answer_text(*question));
  return text;
}

/// Expressions are a language for programs, with a percent sign in front of its names. Those that
/// hold others go first.
std::string without_expressions(std::string text, const fbss::Assessment& assessment) {
  std::vector<std::string_view> expressions;
  for (const fbss::Explanation& explanation : assessment.explanations)
    for (const auto* parts : {&explanation.applies_when, &explanation.present_when})
      for (const fbss::SubExpression& part : *parts) expressions.push_back(part.expression);
  std::stable_sort(expressions.begin(), expressions.end(),
                   [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  for (const std::string_view expression : expressions) content::remove_all(text, expression);
  return text;
}

void check_what_if(const fbss::Response& response, const fbss::OtherAnswer& answer) {
  const auto what_if = fbss::what_if(response, std::span(&answer, 1));
  REQUIRE(what_if.ok());
  for (const content::PlainReport& report : content::plain_reports(*what_if)) {
    INFO(report.format);
    check_wording(without_typed(report.text, response));
  }
}

}  // namespace

TEST_CASE("the check itself finds what is banned") {
  CHECK(banned_in("a high-risk patient") == "high risk ");
  CHECK(banned_in("Needs an order; PREDICTED") == "needs order predicted ");
  CHECK(banned_in(our_words("This is a tally, not a risk estimate.")) == "");
  CHECK(banned_in(our_words("a risk estimate")) == "risk ");
  CHECK(banned_in("listed factors, below, scope, credit, borders") == "");
}

TEST_CASE("no report of any case holds a banned word, a percent sign or promotion") {
  for (const content::AssessedCase& one : content::assessed_cases()) {
    INFO("case ", one.id);
    for (const content::PlainReport& report : one.reports) {
      INFO(report.format);
      check_wording(without_typed(report.text, one.response));
    }
    CHECK_FALSE(content::holds(content::without_style(fbss::report_html(one.assessment)), "%"));
  }
}

TEST_CASE("nor does a report that explains, beside the expressions") {
  for (const content::AssessedCase& one : content::assessed_cases()) {
    INFO("case ", one.id);
    const auto explained = fbss::assess(one.response, {.truth_tables = true});
    REQUIRE(explained.ok());
    for (const content::PlainReport& report : content::plain_reports(*explained)) {
      INFO(report.format);
      CHECK(content::holds(report.text, "%"));
      check_wording(without_expressions(without_typed(report.text, one.response), *explained));
    }
  }
}

TEST_CASE("nor does a report of what other answers would change") {
  for (const content::AssessedCase& one : content::assessed_cases()) {
    INFO("case ", one.id);
    const fbss::Item& first = *one.response.questionnaire().questions().front();
    check_what_if(one.response, {first.id, {"unknown"}});
  }
  // Every answer to every question, on the first case in which it is asked.
  for (const fbss::Questionnaire& questionnaire : content::builtins())
    for (const fbss::Item* question : questionnaire.questions()) {
      INFO(question->id);
      const auto& cases = content::assessed_cases();
      const auto asked = std::find_if(cases.begin(), cases.end(), [&](const auto& one) {
        return one.response.questionnaire().id() == questionnaire.id() &&
               one.response.enabled(*question);
      });
      REQUIRE(asked != cases.end());
      for (const std::string& value : content::values_of(*question)) {
        INFO(value);
        const auto options = content::options_in(value);
        check_what_if(asked->response, {question->id, {options.begin(), options.end()}});
      }
    }
}

TEST_CASE("nor does a handout, blank or with answers") {
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    INFO(questionnaire.id());
    check_wording(content::plain_html(fbss::handout(questionnaire)));
  }
  for (const content::AssessedCase& one : content::assessed_cases()) {
    INFO("case ", one.id);
    check_wording(without_typed(content::plain_html(fbss::handout(one.assessment)), one.response));
  }
}

TEST_CASE("nor do the words of the questionnaires themselves") {
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    INFO(questionnaire.id());
    std::string text;
    const auto add = [&text](std::string_view more) { text.append(more).append("\n"); };
    for (const std::string_view words :
         {questionnaire.title(), questionnaire.term(), questionnaire.intended_use(),
          questionnaire.evidence(), questionnaire.absent_means()})
      add(words);
    for (const fbss::Item& section : questionnaire.items()) add(section.text);
    for (const fbss::Item* question : questionnaire.questions()) {
      add(question->text);
      add(question->help);
      add(questionnaire.plain_words_asked(*question));
      for (const fbss::Option& option : question->options) add(option.text);
      for (const fbss::ChartRule& rule : question->chart) add(rule.text);
    }
    for (const fbss::Rule& rule : questionnaire.rules()) {
      for (const std::string& words : {rule.title, rule.brief, rule.place, rule.interpretation,
                                       questionnaire.plain_words(rule)})
        add(words);
      for (const fbss::Note& note : rule.notes) add(note.text + '\n' + note.brief);
      for (const fbss::Step& step : rule.steps) add(step.text);
    }
    for (const fbss::Exercise& exercise : questionnaire.exercises())
      for_each_statement(exercise, [&](std::string_view words, const auto&) { add(words); });
    for (const fbss::TallyDefinition& tally : questionnaire.tallies()) {
      add(tally.noun);
      add(tally.statement);
    }
    for (const fbss::Notice& notice : questionnaire.notices()) add(notice.text);
    for (const fbss::Attribute& attribute : questionnaire.attributes())
      add(attribute.name + '\n' + attribute.value);
    check_wording(text);
  }
}
