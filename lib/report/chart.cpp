// SPDX-License-Identifier: Apache-2.0
// What the patient's chart says; see chart.hpp. A suggestion and a recorded answer stand side by
// side, and which of them is right is not said.
#include "report/chart.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fbss/report.hpp>

#include "report/json_parts.hpp"
#include "report/text_page.hpp"
#include "response/answer_words.hpp"

namespace fbss {
namespace report {
namespace {

/// What people call the systems that charts are coded in; any other is shown by its url.
constexpr std::pair<std::string_view, std::string_view> system_names[] = {
    {"http://snomed.info/sct", "SNOMED CT"},
    {"http://loinc.org", "LOINC"},
    {"http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"},
    {"http://hl7.org/fhir/sid/icd-10", "ICD-10"},
    {"http://id.who.int/icd/release/11/mms", "ICD-11"},
    {"http://www.cms.gov/Medicare/Coding/ICD10", "ICD-10-PCS"},
    {"http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm"},
    {"http://dicom.nema.org/resources/ontology/DCM", "DICOM"},
};

std::string_view system_name(std::string_view system) {
  for (const auto& [url, name] : system_names)
    if (url == system) return name;
  return system;
}

/// "Condition/c1, ICD-10-CM E11.9 “Type 2 diabetes mellitus”, 2026-03-01"
std::string fact_origin(const ChartFact& fact) {
  std::string out = fact.resource;
  if (!fact.coding.code.empty()) {
    out += ", ";
    if (!fact.coding.system.empty()) out += std::string(system_name(fact.coding.system)) + ' ';
    out += fact.coding.code;
    if (!fact.coding.display.empty()) out += " “" + fact.coding.display + "”";
  }
  return out + ", " + (fact.date.empty() ? "no date" : fact.date);
}

/// "40 min/wk. The source gives no amount. Speaks for → Yes and against → No"; at least "Recorded".
Sentence fact_words(const Item& question, const ChartFact& fact) {
  std::string lead = fact.value;
  const auto add = [&lead](std::string_view words) {
    if (!lead.empty()) lead += lead.ends_with('.') ? " " : ". ";
    lead += words;
  };
  if (!fact.text.empty()) add(fact.text);
  Sentence sentence;
  if (!fact.answer.empty()) {
    add("Speaks for");
    sentence = {{Ink::plain, std::exchange(lead, "and against"), {}},
                {Ink::strong, fact.label, {}}};
  } else if (!fact.against.empty()) {
    add("Speaks against");
  } else {
    if (lead.empty()) lead = "Recorded";
    return {{Ink::plain, lead, {}}};
  }
  if (fact.against.empty()) return sentence;
  std::string answers;
  for (const std::string& answer : fact.against)
    answers += (answers.empty() ? "" : ", ") + answer_words(question, answer);
  sentence.push_back({Ink::plain, lead, {}});
  sentence.push_back({Ink::strong, answers, {}});
  return sentence;
}

Sentence fact_sentence(const Item& question, const ChartFact& fact) {
  Sentence sentence = fact_words(question, fact);
  sentence.push_back({Ink::origin, fact_origin(fact), {}});
  return sentence;
}

/// The recorded value of a question, or null.
const Given* recorded_value(const Assessment& assessment, const Suggestion& suggestion) {
  for (const Given& given : assessment.answers)
    if (given.question->id == suggestion.question->id) return &given;
  return nullptr;
}

/// Whether the answer is the recorded one, or one of several.
bool is_recorded(const Given& given, const std::string& answer) {
  if (!given.question->several) return given.answer == answer;
  const std::string all = ", " + given.answer + ", ";
  return all.find(", " + answer + ", ") != std::string::npos;
}

enum class Comparison : std::uint8_t {
  none,     ///< nothing is recorded, or the chart speaks neither for nor against an answer
  same,     ///< the suggested answer is recorded
  differs,  ///< a fact contradicts what is recorded, or those that speak for an answer mean another
};

/// The recorded answer beside what the chart says; facts may differ from it without a suggestion.
Comparison compare(const Given* given, const Suggestion& suggestion) {
  if (!given) return Comparison::none;
  const auto holds = [&](const std::string& answer) { return is_recorded(*given, answer); };
  bool speaks = false, speaks_for_it = false;
  for (const ChartFact& fact : suggestion.facts) {
    if (std::ranges::any_of(fact.against, holds)) return Comparison::differs;
    if (fact.answer.empty()) continue;
    speaks = true;
    speaks_for_it = speaks_for_it || holds(fact.answer);
  }
  if (suggestion.kind == SuggestionKind::suggested)
    return holds(suggestion.answer) ? Comparison::same : Comparison::differs;
  return speaks && !speaks_for_it ? Comparison::differs : Comparison::none;
}

/// "not asked", "unknown", "declined"
std::string_view recorded_state(const Assessment& assessment, const Suggestion& suggestion) {
  const Item* question = assessment.questionnaire.question(suggestion.question->id);
  const std::string_view state = open_state(assessment, question);
  return state.empty() ? "not asked: that depends on another answer" : state;
}

Row recorded_row(const Assessment& assessment, const Suggestion& suggestion) {
  const Given* given = recorded_value(assessment, suggestion);
  const std::string_view state = given ? given->label : recorded_state(assessment, suggestion);
  return {"Recorded", {{{Ink::plain, std::string(state), {}}}}};
}

Row suggestion_row(const Suggestion& suggestion, const Assessment* beside) {
  Row row{"Chart", {}};
  switch (suggestion.kind) {
    case SuggestionKind::suggested:
      row.entries.push_back(
          {{Ink::plain, std::string(chart_label), {}}, {Ink::strong, suggestion.label, {}}});
      break;
    case SuggestionKind::disagree:
      row.entries.push_back(
          {{Ink::plain, "The chart’s facts disagree; nothing is suggested.", {}}});
      break;
    case SuggestionKind::shown:
      row.entries.push_back({{Ink::plain, "Shown only; nothing is suggested.", {}}});
      break;
  }
  const Given* given = beside ? recorded_value(*beside, suggestion) : nullptr;
  const Comparison compared = compare(given, suggestion);
  if (compared == Comparison::same)
    row.entries.push_back({{Ink::plain, "Same as the recorded answer.", {}}});
  if (compared == Comparison::differs)
    row.entries.push_back({{Ink::plain, "Differs from the recorded answer.", {}}});
  return row;
}

Card suggestion_card(const Suggestion& suggestion, const Assessment* beside) {
  Card card{suggestion.question->id, wording(*suggestion.question), {}};
  if (beside) card.rows.push_back(recorded_row(*beside, suggestion));
  card.rows.push_back(suggestion_row(suggestion, beside));
  Row facts{suggestion.facts.size() == 1 ? "Fact" : "Facts", {}};
  for (const ChartFact& fact : suggestion.facts)
    facts.entries.push_back(fact_sentence(*suggestion.question, fact));
  if (!facts.entries.empty()) card.rows.push_back(std::move(facts));
  return card;
}

/// One row a reason, in the order in which they first occur. The id is none that a question has.
Card ignored_card(const Chart& chart) {
  Card card{"left-out", "Left out of the chart", {}};
  for (const IgnoredResource& ignored : chart.ignored) {
    const auto same = [&](const Row& row) { return row.label == ignored.reason; };
    auto at = std::find_if(card.rows.begin(), card.rows.end(), same);
    if (at == card.rows.end()) {
      card.rows.push_back({ignored.reason, {{{Ink::plain, {}, {}}}}});
      at = card.rows.end() - 1;
    }
    std::string& names = at->entries.front().front().text;
    names += (names.empty() ? "" : ", ") + ignored.resource;
  }
  return card;
}

void write_or_null(json::Writer& out, std::string_view key, std::string_view text) {
  out.key(key);
  if (text.empty())
    out.null();
  else
    out.string(text);
}

void write_fact(json::Writer& out, const ChartFact& fact) {
  out.begin_object().member("resource", fact.resource);
  write_or_null(out, "system", fact.coding.system);
  write_or_null(out, "code", fact.coding.code);
  write_or_null(out, "display", fact.coding.display);
  write_or_null(out, "date", fact.date);
  write_or_null(out, "answer", fact.answer);
  write_or_null(out, "answer_label", fact.label);
  out.key("against").begin_array();
  for (const std::string& answer : fact.against) out.string(answer);
  out.end_array();
  write_or_null(out, "text", fact.text);
  write_or_null(out, "value", fact.value);
  out.end_object();
}

void write_recorded(json::Writer& out, const Assessment& assessment, const Suggestion& suggestion) {
  const Given* given = recorded_value(assessment, suggestion);
  const std::string_view state = given ? "" : recorded_state(assessment, suggestion);
  out.key("recorded");
  if (given)
    out.raw(given->json);
  else if (state == "unknown" || state == "declined")
    out.string(state);
  else
    out.null();
  out.key("differs").boolean(compare(given, suggestion) == Comparison::differs);
}

}  // namespace

Part chart_part(const Chart& chart, const Assessment* beside) {
  Part part{"chart",
            "From the chart, to be confirmed",
            {"A suggestion is no answer: until a person confirms it, its question counts as not "
             "asked. What a chart lacks is never read as no."},
            {{"Patient", {{{Ink::plain, chart.patient, {}}}}}}};
  if (chart.suggestions.empty())
    part.paragraphs.emplace_back("This chart says nothing about these questions.");
  for (const Suggestion& suggestion : chart.suggestions)
    part.cards.push_back(suggestion_card(suggestion, beside));
  if (!chart.ignored.empty()) part.cards.push_back(ignored_card(chart));
  return part;
}

Row suggested_row(const Chart& chart, const std::vector<const Item*>& questions) {
  Row row{"Chart", {}};
  for (const Suggestion& suggestion : chart.suggestions) {
    const bool would_settle =
        std::any_of(questions.begin(), questions.end(),
                    [&](const Item* question) { return question->id == suggestion.question->id; });
    if (would_settle && suggestion.kind == SuggestionKind::suggested)
      row.entries.push_back(question_and(
          *suggestion.question, "the chart suggests “" + suggestion.label + "”, to be confirmed"));
  }
  return row;
}

void write_chart(json::Writer& out, const Chart& chart, const Assessment* beside) {
  write_or_null(out, "patient", chart.patient);
  out.key("suggestions").begin_array();
  for (const Suggestion& suggestion : chart.suggestions) {
    out.begin_object().member("question", suggestion.question->id);
    out.member("kind", suggestion_word(suggestion.kind));
    write_or_null(out, "answer", suggestion.answer);
    write_or_null(out, "answer_label", suggestion.label);
    out.member("label", chart_label);
    if (beside) write_recorded(out, *beside, suggestion);
    out.key("facts").begin_array();
    for (const ChartFact& fact : suggestion.facts) write_fact(out, fact);
    out.end_array().end_object();
  }
  out.end_array();
  out.key("ignored").begin_array();
  for (const IgnoredResource& ignored : chart.ignored)
    out.begin_object()
        .member("resource", ignored.resource)
        .member("reason", ignored.reason)
        .end_object();
  out.end_array();
}

}  // namespace report

std::string chart_text(const Questionnaire& questionnaire, const Chart& chart,
                       const TextOptions& options) {
  report::TextPage page(options);
  page.title(questionnaire.title());
  if (chart.sample) {
    page.wrap(report::words_of(report::sample_mark, report::Style::bold), 0);
    page.blank();
  }
  page.wrap(report::words_of(report::content_text(questionnaire)), 0);
  page.part(report::chart_part(chart, nullptr));
  return page.take();
}

std::string chart_json(const Questionnaire& questionnaire, const Chart& chart) {
  std::string text;
  json::Writer out(text, 2);
  out.begin_object();
  report::write_identity(out, questionnaire);
  report::write_chart(out, chart, nullptr);
  out.key("sample").boolean(chart.sample).end_object();
  return text + '\n';
}

std::string fact_line(const Item& question, const ChartFact& fact) {
  std::string out;
  for (const report::Piece& piece : report::fact_words(question, fact))
    out += (out.empty() ? "" : " ") + piece.text;
  return out + " (" + report::fact_origin(fact) + ')';
}

}  // namespace fbss
