// SPDX-License-Identifier: Apache-2.0
// Answers out: a Response to a QuestionnaireResponse (FHIR R4). Sections are its groups; questions
// without an answer are left out, and so are the rules, which whoever reads it works out anew.
//
// What a Response holds is what its author stands by, however much of it is open: the status is
// `completed`. Then a question that is not asked has no item, also where unknown or declined is
// recorded for it. Only answers that contradict each other make it `in-progress`, and then all of
// them are in it.
#include "fhir/export_response.hpp"

#include <cstdint>
#include <vector>

#include "fhir/elements.hpp"
#include "fhir/names.hpp"
#include "questionnaire/heading.hpp"
#include "questionnaire/model.hpp"
#include "response/state.hpp"

namespace fbss {
namespace fhir {
namespace {

using json::Writer;

class ResponseWriter {
 public:
  ResponseWriter(Writer& out, const Response& response, const FhirOptions& options)
      : out_(out),
        response_(response),
        state_(response.internal()),
        names_(options.base, response.questionnaire()),
        canonical_(canonical_url(response.questionnaire(), options)),
        is_sound_(response.check().empty()) {}

  void write(std::string_view subject) {
    out_.begin_object().member("resourceType", "QuestionnaireResponse");
    write_meta(out_, response_.questionnaire(), names_, response_.sample());
    write_identifier();
    out_.member("questionnaire", canonical_);
    out_.member("status", is_sound_ ? "completed" : "in-progress");
    if (!subject.empty())
      out_.key("subject").begin_object().member("reference", subject).end_object();
    if (!response_.date().empty()) out_.member("authored", response_.date());
    write_sections();
    out_.end_object();
  }

 private:
  void write_identifier() {
    if (response_.record_id().empty()) return;
    out_.key("identifier").begin_object();
    out_.member("system",
                response_.record_id_is_number() ? names_.record_number() : names_.record_id());
    out_.member("value", response_.record_id()).end_object();
  }

  // FHIR has no empty lists: the lists begin with the first answer of the whole, and of a section.
  void write_sections() {
    const Item* open = nullptr;
    for (std::uint32_t slot = 0; slot < state_.slots.size(); ++slot) {
      if (!is_written(slot)) continue;
      const Item* section = state_.model().sections[slot];
      if (!open) out_.key("item").begin_array();
      if (open && open != section) end_section();
      if (open != section) begin_section(*section);
      open = section;
      write_question(state_.question(slot), state_.slots[slot]);
    }
    if (!open) return;
    end_section();
    out_.end_array();
  }

  bool is_written(std::uint32_t slot) const {
    if (state_.slots[slot].recorded == Recorded::nothing) return false;
    return !is_sound_ || state_.enabled(slot) == Truth::yes;
  }

  void begin_section(const Item& section) {
    out_.begin_object().member("linkId", section.id).member("text", heading_of(section));
    out_.key("item").begin_array();
  }

  void end_section() { out_.end_array().end_object(); }

  void write_question(const Item& question, const Answer& answer) {
    out_.begin_object().member("linkId", question.id).member("text", question.text);
    out_.key("answer").begin_array();
    if (answer.recorded == Recorded::values)
      write_values(question, answer);
    else
      write_absence(question, answer.recorded == Recorded::unknown);
    out_.end_array().end_object();
  }

  // Where there are options, why there is no value is one of them; else FHIR's extension says so.
  void write_absence(const Item& question, bool is_unknown) {
    const std::string_view code = is_unknown ? asked_unknown : asked_declined;
    out_.begin_object();
    if (question.type == ItemType::yes_no || question.type == ItemType::choice) {
      out_.key("valueCoding");
      write_coding(out_, absent_reason_system, code,
                   is_unknown ? asked_unknown_text : asked_declined_text);
    } else {
      out_.key("extension").begin_array().begin_object();
      out_.member("url", absent_reason_extension).member("valueCode", code);
      out_.end_object().end_array();
    }
    out_.end_object();
  }

  void write_values(const Item& question, const Answer& answer) {
    for (const fhirpath::Value& value : answer.values) {
      out_.begin_object();
      switch (question.type) {
        case ItemType::yes_no:
          write_option(question, value.boolean() ? "yes" : "no", value.boolean() ? "Yes" : "No");
          break;
        case ItemType::choice:
          write_option(question, value.string(), text_of(question, value.string()));
          break;
        case ItemType::integer:
          out_.member("valueInteger", value.integer());
          break;
        case ItemType::decimal:
          out_.key("valueDecimal").raw(answer.text);
          break;
        case ItemType::date:
          out_.member("valueDate", answer.text);
          break;
        default:
          out_.member("valueString", answer.text);
          break;
      }
      out_.end_object();
    }
  }

  void write_option(const Item& question, std::string_view code, std::string_view text) {
    out_.key("valueCoding");
    write_coding(out_, names_.answers(question), code, text);
  }

  static std::string_view text_of(const Item& question, std::string_view code) {
    for (const Option& option : question.options)
      if (option.code == code) return option.text;
    return {};
  }

  Writer& out_;
  const Response& response_;
  const Response::State& state_;
  Names names_;
  std::string canonical_;
  bool is_sound_;
};

}  // namespace

void write_response(Writer& out, const Response& response, const FhirOptions& options,
                    std::string_view subject) {
  ResponseWriter(out, response, options).write(subject);
}

}  // namespace fhir

std::string export_response(const Response& response, const FhirOptions& options) {
  std::string text;
  json::Writer out(text, 2);
  fhir::write_response(out, response, options);
  return text + '\n';
}

}  // namespace fbss
