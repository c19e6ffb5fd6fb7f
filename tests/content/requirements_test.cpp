// SPDX-License-Identifier: Apache-2.0
// What every report carries, in each of the four formats: with each finding its rule, its state and
// its source; the statements of use and of evidence; the tally behind the list.
#include <doctest/doctest.h>

#include <algorithm>

#include <fbss/report.hpp>

#include "builtins.hpp"
#include "plain.hpp"

namespace {

using content::AssessedCase;
using content::holds;
using content::PlainReport;
using fbss::Finding;

/// Calls `look` with each report of each case.
template <class Look>
void every_report(const Look& look) {
  for (const AssessedCase& one : content::assessed_cases())
    for (const PlainReport& report : one.reports) {
      INFO("case ", one.id, ", ", report.format);
      look(one.assessment, report);
    }
}

/// Where in the report each finding begins: at its title in the formats for people, at its rule id
/// in JSON. Sorted.
struct Place {
  std::size_t begin;
  const Finding* finding;
};

std::vector<Place> places_of(const fbss::Assessment& assessment, const PlainReport& report) {
  std::vector<Place> places;
  for (const Finding& finding : assessment.findings) {
    INFO(finding.rule->id);
    const std::size_t id = report.text.find(finding.rule->id);
    REQUIRE(id != std::string::npos);
    places.push_back(
        {report.format == "json" ? id : report.text.rfind(finding.rule->title, id), &finding});
    REQUIRE(places.back().begin != std::string::npos);
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.begin < b.begin; });
  return places;
}

/// The question without the hints behind it.
std::string asked(const fbss::Item& question) {
  return question.text.substr(0, question.text.find('?') + 1);
}

void check_block(const std::string& block, const Finding& finding, const PlainReport& report,
                 const fbss::Questionnaire& questionnaire) {
  const fbss::Rule& rule = *finding.rule;
  INFO(rule.id, "\n", block);
  std::string state(fbss::status_word(finding.status));
  if (report.format != "json") std::replace(state.begin(), state.end(), '_', ' ');
  CHECK(holds(block, rule.id));
  // Some titles are the words of the source: the citation comes behind the title.
  const std::size_t behind_title = block.find(rule.title) + rule.title.size();
  CHECK(holds(block.substr(0, block.find(rule.cites.front().phrase, behind_title)), state));
  for (const fbss::Citation& citation : rule.cites) {
    CHECK(holds(block, citation.phrase));
    CHECK(holds(block, citation.heading));
    const fbss::Source& source = *questionnaire.source(citation.source);
    CHECK(holds(block, report.format == "json" ? source.id : source.title));
  }
  CHECK(holds(block, rule.interpretation));
  CHECK(holds(block, questionnaire.plain_words(rule)));
  const auto named = [&](const fbss::Item& question) {
    return report.format == "json" ? question.id : asked(question);
  };
  for (const fbss::Given& given : finding.because) {
    CHECK(holds(block, named(*given.question)));
    CHECK(holds(block, given.label));
  }
  for (const fbss::Item* question : finding.would_settle) CHECK(holds(block, named(*question)));
  for (const fbss::Note* note : finding.notes) CHECK(holds(block, note->text));
  for (const fbss::Step& step : rule.steps)
    for (const fbss::Citation& citation : step.cites) CHECK(holds(block, citation.phrase));
}

}  // namespace

TEST_CASE("each finding carries its rule, state, source, reasons and reading") {
  every_report([](const fbss::Assessment& assessment, const PlainReport& report) {
    const std::vector<Place> places = places_of(assessment, report);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::size_t end = i + 1 < places.size() ? places[i + 1].begin : report.text.size();
      check_block(report.text.substr(places[i].begin, end - places[i].begin), *places[i].finding,
                  report, assessment.questionnaire);
    }
  });
}

TEST_CASE("for people, findings stand by status: present, unknown, absent, not applicable") {
  using fbss::Status;
  constexpr Status order[] = {Status::present, Status::unknown, Status::absent,
                              Status::not_applicable};
  every_report([&](const fbss::Assessment& assessment, const PlainReport& report) {
    if (report.format == "json") return;
    const auto rank = [&](const Place& place) {
      return std::find(std::begin(order), std::end(order), place.finding->status) - order;
    };
    const std::vector<Place> places = places_of(assessment, report);
    CHECK(std::is_sorted(places.begin(), places.end(),
                         [&](const Place& a, const Place& b) { return rank(a) < rank(b); }));
  });
}

TEST_CASE("the tally is one sentence behind the list, never without its statement") {
  every_report([](const fbss::Assessment& assessment, const PlainReport& report) {
    CHECK(holds(report.text, "This is a tally, not a risk estimate.") ==
          !assessment.tallies.empty());
    for (const fbss::Tally& tally : assessment.tallies) {
      const std::size_t sentence = report.text.find(tally.sentence);
      REQUIRE(sentence != std::string::npos);
      CHECK(report.text.find(tally.sentence, sentence + 1) == std::string::npos);
      CHECK(holds(report.text, tally.definition->statement));
      CHECK(sentence > places_of(assessment, report).back().begin);
    }
  });
}

TEST_CASE("every report says what it is for, what it rests on and what absent means") {
  every_report([](const fbss::Assessment& assessment, const PlainReport& report) {
    const fbss::Questionnaire& questionnaire = assessment.questionnaire;
    for (const std::string_view words :
         {questionnaire.title(), questionnaire.term(), questionnaire.intended_use(),
          questionnaire.evidence(), questionnaire.version(), questionnaire.sha256()})
      CHECK(holds(report.text, words));
    const bool some_absent =
        std::any_of(assessment.findings.begin(), assessment.findings.end(),
                    [](const Finding& finding) { return finding.status == fbss::Status::absent; });
    if (some_absent) CHECK(holds(report.text, questionnaire.absent_means()));
    for (const fbss::Source& source : questionnaire.sources()) {
      CHECK(holds(report.text, source.title));
      CHECK(holds(report.text, source.publisher));
      CHECK(holds(report.text, source.published));
      CHECK(holds(report.text, source.evidence));
    }
    for (const fbss::Notice* notice : assessment.notices) CHECK(holds(report.text, notice->text));
    for (const fbss::Given& given : assessment.answers)
      if (given.question->type == fbss::ItemType::text ||
          given.question->type == fbss::ItemType::date)
        CHECK(holds(report.text, given.answer));
    CHECK(holds(report.text,
                "The sources list no emergency signs. "
                "This questionnaire does not screen for emergencies."));
  });
}

TEST_CASE("the statements of use and of evidence say what they have to") {
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    INFO(questionnaire.id());
    const auto says = [](std::string_view text, std::string_view part) {
      INFO("should say: ", part, "\nsays: ", text);
      CHECK(holds(text, part));
    };
    for (const char* part : {"health care professionals", "Not for patients", "Not for emergencies",
                             "time-critical", "Not an order", "Not a diagnosis"})
      says(questionnaire.intended_use(), part);
    for (const char* part : {"two web articles", "Oct 30", "May 24, 2019", "no studies",
                             "not been validated", "no performance data"})
      says(questionnaire.evidence(), part);
    says(questionnaire.absent_means(),
         "the answers do not match this line of the source, nothing more");
    says(questionnaire.term(), "persistent spinal pain syndrome type 2");
    CHECK(questionnaire.attributes().size() == 13);
  }
}

TEST_CASE("all thirteen attributes are in the JSON report") {
  every_report([](const fbss::Assessment& assessment, const PlainReport& report) {
    if (report.format != "json") return;
    for (const fbss::Attribute& attribute : assessment.questionnaire.attributes()) {
      CHECK(holds(report.text, attribute.name));
      CHECK(holds(report.text, attribute.value));
    }
  });
}

TEST_CASE("sample data is marked as such, and other data is not") {
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    fbss::Response response(questionnaire);
    for (const bool sample : {true, false}) {
      response.set_sample(sample);
      const auto assessment = fbss::assess(response);
      REQUIRE(assessment.ok());
      for (const PlainReport& report : content::plain_reports(*assessment)) {
        if (report.format == "json") continue;  // says it as a Boolean
        INFO(report.format);
        CHECK(holds(content::lower(report.text), "sample data") == sample);
      }
      CHECK(holds(fbss::report_json(*assessment), "\"sample\": true") == sample);
    }
  }
}
