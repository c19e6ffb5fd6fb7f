// SPDX-License-Identifier: Apache-2.0
// The report for programs. In: an Assessment. Out: the JSON of the command-line contract, its keys
// in the contract's order, further keys behind them. Answers are text as a record holds them, also
// numbers and Booleans, so that a reader meets one type.
#include <fbss/report.hpp>
#include <fbss/version.hpp>

#include "json/write.hpp"

namespace fbss {
namespace {

using json::Writer;

void write_ids(Writer& out, std::string_view key, const std::vector<const Item*>& questions) {
  out.key(key).begin_array();
  for (const Item* question : questions) out.string(question->id);
  out.end_array();
}

void write_answers(Writer& out, std::string_view key, const std::vector<Given>& answers) {
  out.key(key).begin_array();
  for (const Given& given : answers) {
    out.begin_object();
    out.member("question", given.question->id).member("answer", given.answer);
    out.member("label", given.label);
    out.end_object();
  }
  out.end_array();
}

void write_citations(Writer& out, std::string_view key, std::span<const Citation> citations) {
  out.key(key).begin_array();
  for (const Citation& cite : citations) {
    out.begin_object();
    out.member("source", cite.source).member("heading", cite.heading);
    out.member("phrase", cite.phrase);
    out.end_object();
  }
  out.end_array();
}

void write_finding(Writer& out, const Questionnaire& questionnaire, const Finding& finding) {
  const Rule& rule = *finding.rule;
  out.begin_object();
  out.member("rule", rule.id).member("kind", rule.kind).member("title", rule.title);
  out.member("status", status_word(finding.status));
  write_answers(out, "because", finding.because);
  write_ids(out, "would_settle", finding.would_settle);
  write_citations(out, "citations", rule.cites);
  out.member("interpretation", rule.interpretation);
  out.member("place", rule.place);
  out.member("plain_words", questionnaire.plain_words(rule));
  out.key("notes").begin_array();
  for (const Note* note : finding.notes) {
    out.begin_object().member("text", note->text);
    write_citations(out, "citations", note->cites);
    out.end_object();
  }
  out.end_array();
  out.key("steps").begin_array();
  for (const Step& step : rule.steps) {
    out.begin_object().member("timing", step.timing).member("text", step.text);
    write_citations(out, "citations", step.cites);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_tally(Writer& out, const Tally& tally) {
  out.begin_object().member("id", tally.definition->id);
  out.member("listed", tally.listed).member("present", tally.present);
  out.member("absent", tally.absent).member("unknown", tally.unknown);
  out.member("not_applicable", tally.not_applicable);
  out.member("at_least", tally.at_least()).member("at_most", tally.at_most());
  out.member("statement", tally.definition->statement).member("sentence", tally.sentence);
  out.end_object();
}

void write_record(Writer& out, const Assessment& assessment) {
  out.key("id");
  if (assessment.record_id.empty())
    out.null();
  else if (assessment.record_id_is_number)
    out.raw(assessment.record_id);
  else
    out.string(assessment.record_id);
  out.key("sample").boolean(assessment.sample);
}

void write_about(Writer& out, const Questionnaire& questionnaire) {
  out.member("title", questionnaire.title()).member("term", questionnaire.term());
  write_citations(out, "term_citations", questionnaire.term_cites());
  out.member("absent_means", questionnaire.absent_means());
  out.member("intended_use", questionnaire.intended_use());
  out.member("evidence", questionnaire.evidence());
  out.key("sources").begin_array();
  for (const Source& source : questionnaire.sources()) {
    out.begin_object().member("id", source.id).member("title", source.title);
    out.member("publisher", source.publisher).member("kind", source.kind);
    out.member("published", source.published).member("evidence", source.evidence);
    out.member("text_sha256", source.text_sha256).end_object();
  }
  out.end_array();
  out.key("attributes").begin_array();
  for (const Attribute& attribute : questionnaire.attributes())
    out.begin_object().member("name", attribute.name).member("value", attribute.value).end_object();
  out.end_array();
}

std::string write_report(const Assessment& assessment, int indent) {
  const Questionnaire& questionnaire = assessment.questionnaire;
  std::string text;
  Writer out(text, indent);
  out.begin_object();
  out.key("questionnaire").begin_object();
  out.member("id", questionnaire.id()).member("version", questionnaire.version());
  out.member("sha256", questionnaire.sha256()).end_object();
  out.key("engine").begin_object();
  out.member("name", "fbss").member("version", version()).end_object();
  out.key("on");
  if (assessment.date.empty())
    out.null();
  else
    out.string(assessment.date);

  out.key("findings").begin_array();
  for (const Finding& finding : assessment.findings) write_finding(out, questionnaire, finding);
  out.end_array();
  out.key("tallies").begin_array();
  for (const Tally& tally : assessment.tallies) write_tally(out, tally);
  out.end_array();
  out.key("unanswered").begin_object();
  write_ids(out, "not_asked", assessment.not_asked);
  write_ids(out, "unknown", assessment.unknown);
  write_ids(out, "declined", assessment.declined);
  out.end_object();
  out.key("notices").begin_array();
  for (const Notice* notice : assessment.notices)
    out.begin_object().member("id", notice->id).member("text", notice->text).end_object();
  out.end_array();

  write_record(out, assessment);
  write_answers(out, "answers", assessment.answers);
  write_about(out, questionnaire);
  out.end_object();
  return text;
}

}  // namespace

std::string report_json(const Assessment& assessment) {
  return write_report(assessment, 2) + '\n';
}

std::string report_json_line(const Assessment& assessment) {
  return write_report(assessment, 0);
}

}  // namespace fbss
