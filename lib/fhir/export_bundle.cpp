// SPDX-License-Identifier: Apache-2.0
// An assessment out: a Bundle (FHIR R4) of the QuestionnaireResponse, an Observation for each
// finding and, behind them, one for each tally. Every Observation stands by itself: it names its
// source word for word, the answers that led to it, what the tool is for and what its evidence is
// worth. Never a RiskAssessment, never a percentage.
//
// `present` and `absent` are values. `unknown` is no value but a reason why there is none
// (dataAbsentReason; obs-6 allows one of the two), and so is `not_applicable`: "there is no proper
// value" is what the standard's `not-applicable` means. So nobody who reads values takes either for
// "absent".
//
// What a chart suggests is left out: it is no answer.
#include <algorithm>
#include <string>
#include <string_view>

#include <fbss/fhir.hpp>
#include <fbss/version.hpp>

#include "base/sha256.hpp"
#include "fhir/elements.hpp"
#include "fhir/export_response.hpp"
#include "fhir/names.hpp"
#include "questionnaire/citation_words.hpp"
#include "response/accept.hpp"

namespace fbss {
namespace fhir {
namespace {

using json::Writer;

constexpr std::string_view category_system =
    "http://terminology.hl7.org/CodeSystem/observation-category";

// “phrase” (publisher, “title”, under “heading”)
std::string citation_text(const Questionnaire& questionnaire, const Citation& cite) {
  return "“" + cite.phrase + "” (" + origin(questionnaire, cite) + ')';
}

// "Sentence. “phrase” (…); “phrase” (…)"
std::string with_citations(const Questionnaire& questionnaire, std::string text,
                           const std::vector<Citation>& cites) {
  for (const Citation& cite : cites)
    text += (&cite == cites.data() ? " " : "; ") + citation_text(questionnaire, cite);
  return text;
}

// A UUID of version 8 (RFC 9562, appendix B.2): the SHA-256 of what it names.
std::string uuid_of(std::string_view name) {
  const std::string digits = sha256(name);
  constexpr std::string_view variants = "89ab";  // the upper two bits are 10
  const char variant =
      variants[static_cast<std::size_t>(std::string_view("0123456789abcdef").find(digits[16])) % 4];
  return digits.substr(0, 8) + '-' + digits.substr(8, 4) + "-8" + digits.substr(13, 3) + '-' +
         variant + digits.substr(17, 3) + '-' + digits.substr(20, 12);
}

class BundleWriter {
 public:
  BundleWriter(Writer& out, const Response& response, const Assessment& assessment,
               const FhirOptions& options)
      : out_(out),
        response_(response),
        assessment_(assessment),
        questionnaire_(assessment.questionnaire),
        options_(options),
        names_(options.base, questionnaire_),
        subject_(assessment.chart ? patient_reference(assessment.chart->patient) : ""),
        // All that the content rests on.
        seed_(std::string(questionnaire_.sha256()) + '\n' + std::string(version()) + '\n' +
              options.base + '\n' + subject_ + '\n' + std::string(response.date()) + '\n' +
              response.to_json() + '\n'),
        response_url_(url_of("response")) {}

  void write() {
    out_.begin_object().member("resourceType", "Bundle");
    if (assessment_.sample) {
      out_.key("meta").begin_object();
      write_test_data_label(out_);
      out_.end_object();
    }
    out_.member("type", "collection").key("entry").begin_array();
    begin_entry(response_url_);
    write_response(out_, response_, options_, subject_);
    end_entry();
    for (const Finding& finding : assessment_.findings) write_finding(finding);
    for (const Tally& tally : assessment_.tallies) write_tally(tally);
    out_.end_array().end_object();
  }

 private:
  std::string url_of(std::string_view part) const {
    return "urn:uuid:" + uuid_of(seed_ + std::string(part));
  }
  std::string url_of(const Finding& finding) const { return url_of("rule/" + finding.rule->id); }

  void begin_entry(std::string_view url) {
    out_.begin_object().member("fullUrl", url).key("resource");
  }
  void end_entry() { out_.end_object(); }

  // Up to the value.
  void begin_observation(std::string_view system, std::string_view code, std::string_view title) {
    out_.begin_object().member("resourceType", "Observation");
    write_meta(out_, questionnaire_, names_, assessment_.sample);
    out_.member("status", "final").key("category").begin_array();
    write_concept(out_, category_system, "survey", "Survey");
    out_.end_array().key("code");
    write_concept(out_, system, code, title, questionnaire_.version(), title);
    if (!subject_.empty())
      out_.key("subject").begin_object().member("reference", subject_).end_object();
    if (!assessment_.date.empty()) out_.member("effectiveDateTime", assessment_.date);
  }

  void write_source(std::string_view url, std::string_view type) {
    out_.begin_object().member("reference", url).member("type", type).end_object();
  }

  void write_engine() {
    out_.key("device").begin_object().member("type", "Device");
    out_.member("display", "fbss " + std::string(version())).end_object();
  }

  void write_finding(const Finding& finding) {
    const Rule& rule = *finding.rule;
    begin_entry(url_of(finding));
    begin_observation(names_.rules(), rule.id, rule.title);
    write_status(finding.status);
    write_finding_notes(finding);
    write_engine();
    out_.key("derivedFrom").begin_array();
    write_source(response_url_, "QuestionnaireResponse");
    out_.end_array();
    out_.key("component").begin_array();
    write_text_part("plain_words", "Rule in plain words", questionnaire_.plain_words(rule));
    write_text_part("interpretation", "How the source's words are read", rule.interpretation);
    write_text_part("place", "Place in the source's list", rule.place);
    out_.end_array().end_object();
    end_entry();
  }

  void write_status(Status status) {
    switch (status) {
      case Status::present:
      case Status::absent:
        out_.key("valueCodeableConcept");
        return write_concept(out_, names_.status(), status_word(status),
                             status == Status::present ? "Present" : "Absent");
      case Status::unknown:
        out_.key("dataAbsentReason");
        return write_concept(out_, absent_reason_system, "unknown", "Unknown");
      case Status::not_applicable:
        out_.key("dataAbsentReason");
        return write_concept(out_, absent_reason_system, "not-applicable", "Not Applicable");
    }
  }

  void write_note(std::string_view text) { out_.begin_object().member("text", text).end_object(); }

  void write_finding_notes(const Finding& finding) {
    const Rule& rule = *finding.rule;
    out_.key("note").begin_array();
    for (const Citation& cite : rule.cites)
      write_note("Source: " + citation_text(questionnaire_, cite));
    for (const Given& given : finding.because)
      write_note("Answer: " + named(*given.question) + " → " + shown(given));
    write_settling(finding);
    for (const ComparedNumber& number : finding.numbers)
      write_note(with_citations(questionnaire_,
                                "Number: " + number.named->name + ", recorded " +
                                    (number.recorded.empty() ? "none" : number.recorded) +
                                    ", source " + number.named->text + '.',
                                number.named->cites));
    for (const Note* note : finding.notes)
      write_note(with_citations(questionnaire_, "Note: " + note->text, note->cites));
    for (const Step& step : rule.steps)
      write_note(with_citations(
          questionnaire_, "The source names a step " + step.timing + ": " + step.text, step.cites));
    if (finding.status == Status::absent) write_note(questionnaire_.absent_means());
    write_about();
    out_.end_array();
  }

  // A step "in general" is none against the factor.
  static std::string step_text(const Step& step) {
    if (step.timing == "in general") return "In general: " + step.text;
    return "The source names a step " + step.timing + ": " + step.text;
  }

  // An annotation is Markdown, so what a person typed is not repeated in it.
  static std::string shown(const Given& given) {
    return takes_free_text(*given.question) ? "a text, see the QuestionnaireResponse" : given.label;
  }

  static std::string named(const Item& question) {
    return question.text + " (" + question.id + ')';
  }

  void write_settling(const Finding& finding) {
    if (finding.status != Status::unknown) return;
    for (const Item* question : finding.would_settle)
      write_note("Would settle it: " + named(*question));
    if (!finding.would_settle.empty()) return;
    std::string open;
    for (const Item* question : questionnaire_.questions_of(*finding.rule))
      if (is_open(question)) open += (open.empty() ? "" : "; ") + named(*question);
    write_note(open.empty() ? "Would settle it: the date of the assessment, which is not given."
                            : "No single answer would settle it; these together: " + open);
  }

  bool is_open(const Item* question) const {
    const AnswerState state = response_.state(*question);
    return state != AnswerState::answered && state != AnswerState::not_enabled;
  }

  // What must stand wherever a result is shown.
  void write_about() {
    if (assessment_.sample) write_note("SAMPLE DATA: this record describes no real patient.");
    write_note("Intended use: " + std::string(questionnaire_.intended_use()));
    write_note("Evidence: " + std::string(questionnaire_.evidence()));
    for (const Notice* notice : assessment_.notices) write_note(notice->text);
  }

  // The count stands in its sentence, and that beside what it does not say: never alone.
  void write_tally(const Tally& tally) {
    const TallyDefinition& definition = *tally.definition;
    begin_entry(url_of("tally/" + definition.id));
    begin_observation(names_.tallies(), definition.id, "Tally of the " + definition.noun);
    out_.member("valueString", tally.sentence + ' ' + definition.statement);
    out_.key("note").begin_array();
    write_about();
    out_.end_array();
    write_engine();
    out_.key("derivedFrom").begin_array();
    write_source(response_url_, "QuestionnaireResponse");
    for (const Finding& finding : assessment_.findings)
      if (finding.rule->kind == definition.kind) write_source(url_of(finding), "Observation");
    out_.end_array();
    out_.key("component").begin_array();
    write_number_part("listed", "Listed", tally.listed);
    write_number_part("present", "Present", tally.present);
    write_number_part("absent", "Absent", tally.absent);
    write_number_part("unknown", "Could not be determined", tally.unknown);
    write_number_part("not_applicable", "Not applicable", tally.not_applicable);
    write_number_part("at_least", "At least", tally.at_least());
    write_number_part("at_most", "At most", tally.at_most());
    out_.end_array().end_object();
    end_entry();
  }

  void begin_part(std::string_view code, std::string_view display) {
    out_.begin_object().key("code");
    write_concept(out_, names_.parts(), code, display);
  }

  void write_text_part(std::string_view code, std::string_view display, std::string_view text) {
    if (text.empty()) return;
    begin_part(code, display);
    out_.member("valueString", text).end_object();
  }

  void write_number_part(std::string_view code, std::string_view display, int number) {
    begin_part(code, display);
    out_.member("valueInteger", number).end_object();
  }

  Writer& out_;
  const Response& response_;
  const Assessment& assessment_;
  const Questionnaire& questionnaire_;
  const FhirOptions& options_;
  Names names_;
  std::string subject_, seed_, response_url_;
};

}  // namespace
}  // namespace fhir

std::string export_bundle(const Response& response, const Assessment& assessment,
                          const FhirOptions& options) {
  std::string text;
  json::Writer out(text, 2);
  fhir::BundleWriter(out, response, assessment, options).write();
  return text + '\n';
}

}  // namespace fbss
