// SPDX-License-Identifier: Apache-2.0
// ItemHead -> JSON; see item_writer.hpp.
#include "fhir/item_writer.hpp"

#include <optional>
#include <utility>

#include "fhir/enable_when.hpp"
#include "fhir/expressions.hpp"
#include "fhir/names.hpp"
#include "fhirpath/plan.hpp"

namespace fbss::fhir {

using json::Writer;

namespace extension {

Extension flag(std::string_view url, bool value) {
  return {std::string(url), [value](Writer& out) { out.key("valueBoolean").boolean(value); }};
}

Extension integer(std::string_view url, std::int64_t value) {
  return {std::string(url), [value](Writer& out) { out.member("valueInteger", value); }};
}

Extension coding(std::string_view url, Coding coding) {
  return {std::string(url), [coding = std::move(coding)](Writer& out) {
            write_coding(out.key("valueCoding"), coding);
          }};
}

Extension expression(std::string_view url, std::string text, std::string name) {
  return {std::string(url), [text = std::move(text), name = std::move(name)](Writer& out) {
            out.key("valueExpression").begin_object();
            if (!name.empty()) out.member("name", name);
            out.member("language", "text/fhirpath").member("expression", text).end_object();
          }};
}

Extension control(std::string_view code) {
  return {"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
          [code = std::string(code)](Writer& out) {
            out.key("valueCodeableConcept").begin_object().key("coding").begin_array();
            write_coding(out, {"http://hl7.org/fhir/questionnaire-item-control", code, {}});
            out.end_array().end_object();
          }};
}

}  // namespace extension

namespace {

void write_line(Writer& out, const EnableLine& line, const std::string& code_system) {
  out.begin_object().member("question", line.question->id).member("operator", line.sign);
  if (line.question->type == ItemType::integer)
    out.key("answerInteger").raw(line.value);
  else if (line.question->type == ItemType::decimal)
    out.key("answerDecimal").raw(line.value);
  else
    write_coding(out.key("answerCoding"), {code_system, line.value, {}});
  out.end_object();
}

}  // namespace

void write_coding(Writer& out, const Coding& coding) {
  out.begin_object();
  if (!coding.system.empty()) out.member("system", coding.system);
  if (!coding.code.empty()) out.member("code", coding.code);
  if (!coding.display.empty()) out.member("display", coding.display);
  out.end_object();
}

void write_extensions(Writer& out, const std::vector<Extension>& extensions) {
  if (extensions.empty()) return;
  out.key("extension").begin_array();
  for (const Extension& each : extensions) {
    out.begin_object().member("url", each.url);
    each.value(out);
    out.end_object();
  }
  out.end_array();
}

Writer& ItemWriter::begin(ItemHead head) {
  std::optional<EnableWhen> lines;
  if (head.enabled && head.enabled->expression) {
    const fhirpath::Expression& condition = *head.enabled->expression;
    lines = enable_when(model_, fhirpath::syntax_of(condition));
    if (!lines)
      head.extensions.push_back(extension::expression(
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
          enabling_expression(condition.text())));
  }
  out_.begin_object();
  write_extensions(out_, head.extensions);
  out_.member("linkId", head.link);
  if (!head.codes.empty()) {
    out_.key("code").begin_array();
    for (const Coding& code : head.codes) write_coding(out_, code);
    out_.end_array();
  }
  out_.member("text", head.text).member("type", head.type);
  if (!lines) return out_;
  out_.key("enableWhen").begin_array();
  for (const EnableLine& line : lines->lines) write_line(out_, line, code_system_(*line.question));
  out_.end_array();
  if (lines->lines.size() > 1) out_.member("enableBehavior", lines->all ? "all" : "any");
  return out_;
}

void ItemWriter::display(std::string link, std::string text, const Condition* enabled) {
  begin({.link = std::move(link), .type = "display", .text = std::move(text), .enabled = enabled})
      .end_object();
}

void ItemWriter::help(std::string_view of, std::string text) {
  if (text.empty()) return;
  begin({.link = help_link(of),
         .type = "display",
         .text = std::move(text),
         .extensions = {extension::control("help")}})
      .end_object();
}

}  // namespace fbss::fhir
