// SPDX-License-Identifier: Apache-2.0
// The report for programs. In: an Assessment. Out: the JSON of the command-line contract, its keys
// in the contract's order, further keys behind them. Answers are as a JSON record holds them: text,
// "yes" and "no" among it; numbers; arrays where several options may be chosen.
#include <fbss/report.hpp>
#include <fbss/version.hpp>

#include "report/chart.hpp"
#include "report/json_parts.hpp"

namespace fbss {

using json::Writer;

void report::write_ids(Writer& out, std::string_view key,
                       const std::vector<const Item*>& questions) {
  out.key(key).begin_array();
  for (const Item* question : questions) out.string(question->id);
  out.end_array();
}

void report::write_identity(Writer& out, const Questionnaire& questionnaire) {
  out.key("questionnaire").begin_object();
  out.member("id", questionnaire.id()).member("version", questionnaire.version());
  out.member("sha256", questionnaire.sha256()).end_object();
  out.key("engine").begin_object();
  out.member("name", "fbss").member("version", version()).end_object();
}

void report::write_identity(Writer& out, const Assessment& assessment) {
  write_identity(out, assessment.questionnaire);
  out.key("on");
  if (assessment.date.empty())
    out.null();
  else
    out.string(assessment.date);
}

void report::write_record(Writer& out, const Assessment& assessment) {
  out.key("id");
  if (assessment.record_id.empty())
    out.null();
  else if (assessment.record_id_is_number)
    out.raw(assessment.record_id);
  else
    out.string(assessment.record_id);
  out.key("sample").boolean(assessment.sample);
}

namespace {

using report::write_ids;

/// Leaves the object open.
void begin_answer(Writer& out, const Given& given) {
  out.begin_object();
  out.member("question", given.question->id).key("answer").raw(given.json);
  out.member("label", given.label);
}

void write_answers(Writer& out, std::string_view key, const std::vector<Given>& answers) {
  out.key(key).begin_array();
  for (const Given& given : answers) {
    begin_answer(out, given);
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

std::string_view state_word(AnswerState state) {
  switch (state) {
    case AnswerState::not_enabled:
      return "not_enabled";
    case AnswerState::not_asked:
      return "not_asked";
    case AnswerState::unknown:
      return "unknown";
    case AnswerState::declined:
      return "declined";
    case AnswerState::answered:
      return "answered";
  }
  return "";
}

void write_parts(Writer& out, std::string_view key, const std::vector<SubExpression>& parts) {
  out.key(key).begin_array();
  for (const SubExpression& part : parts) {
    out.begin_object().member("expression", part.expression);
    out.member("depth", static_cast<std::int64_t>(part.depth)).key("truth");
    if (part.truth)
      out.string(truth_word(*part.truth));
    else
      out.null();
    out.member("value", part.value).end_object();
  }
  out.end_array();
}

void write_explanation(Writer& out, const Explanation& explanation) {
  out.key("explanation").begin_object();
  write_parts(out, "applies_when", explanation.applies_when);
  write_parts(out, "present_when", explanation.present_when);
  out.key("answers").begin_array();
  for (const ReadAnswer& read : explanation.answers) {
    begin_answer(out, read.given);
    out.member("state", state_word(read.state)).end_object();
  }
  out.end_array();
  out.member("plain_words", explanation.plain_words).end_object();
}

void write_settling(Writer& out, const std::vector<SettlingQuestion>& questions) {
  out.key("settles_most").begin_array();
  for (const SettlingQuestion& settling : questions) {
    out.begin_object().member("question", settling.question->id);
    out.member("fewest", settling.fewest).member("most", settling.most).end_object();
  }
  out.end_array();
}

void write_finding(Writer& out, const Questionnaire& questionnaire, const Finding& finding,
                   const Explanation* explanation) {
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
  out.key("numbers").begin_array();
  for (const ComparedNumber& number : finding.numbers) {
    out.begin_object().member("question", number.question->id).key("recorded");
    if (number.recorded.empty())
      out.null();
    else
      out.raw(number.recorded);
    out.member("in_source", number.named->text);
    write_citations(out, "citations", number.named->cites);
    out.end_object();
  }
  out.end_array();
  if (explanation) write_explanation(out, *explanation);
  out.end_object();
}

void write_statement(Writer& out, std::string_view text, std::span<const Citation> citations) {
  out.member("text", text);
  write_citations(out, "citations", citations);
  out.end_object();
}

void write_statements(Writer& out, std::string_view key, const std::vector<Statement>& statements) {
  out.key(key).begin_array();
  for (const Statement& statement : statements)
    write_statement(out.begin_object(), statement.text, statement.cites);
  out.end_array();
}

void write_amount(Writer& out, std::string_view key, const std::optional<Amount>& amount) {
  out.key(key);
  if (amount)
    write_statement(out.begin_object(), amount->text, amount->cites);
  else
    out.null();
}

/// What a source does not state is null or an empty array.
void write_exercise(Writer& out, const Exercise& exercise) {
  out.begin_object().member("id", exercise.id).member("title", exercise.title);
  write_citations(out, "citations", exercise.cites);
  out.key("position");
  if (exercise.position)
    write_statement(out.begin_object(), exercise.position->text, exercise.position->cites);
  else
    out.null();
  write_statements(out, "steps", exercise.steps);
  write_amount(out, "repetitions", exercise.repetitions);
  write_amount(out, "times_a_day", exercise.times_a_day);
  write_statements(out, "cautions", exercise.cautions);
  out.key("conflicts").begin_array();
  for (const SourceConflict& conflict : exercise.conflicts)
    write_statement(out.begin_object().member("name", conflict.name), conflict.text,
                    conflict.cites);
  out.end_array();
  out.member("interpretation", exercise.interpretation).end_object();
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
  report::write_identity(out, assessment);
  out.key("findings").begin_array();
  for (std::size_t i = 0; i < assessment.findings.size(); ++i)
    write_finding(out, questionnaire, assessment.findings[i],
                  assessment.explanations.empty() ? nullptr : &assessment.explanations[i]);
  out.end_array();
  out.key("tallies").begin_array();
  for (const Tally& tally : assessment.tallies) write_tally(out, tally);
  out.end_array();
  out.key("unanswered").begin_object();
  write_ids(out, "not_asked", assessment.not_asked);
  write_ids(out, "unknown", assessment.unknown);
  write_ids(out, "declined", assessment.declined);
  write_settling(out, assessment.settles_most);
  out.end_object();
  out.key("notices").begin_array();
  for (const Notice* notice : assessment.notices)
    out.begin_object().member("id", notice->id).member("text", notice->text).end_object();
  out.end_array();

  report::write_record(out, assessment);
  write_answers(out, "answers", assessment.answers);
  out.key("exercises").begin_array();
  for (const Exercise* exercise : assessment.exercises) write_exercise(out, *exercise);
  out.end_array();
  write_about(out, questionnaire);
  if (assessment.chart) report::write_chart(out, *assessment.chart, &assessment);
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
