// SPDX-License-Identifier: Apache-2.0
// extract(): all ways of extracting, one behind the other, and the Bundle that they fill.
#include <fbss/extract.hpp>

#include "fhir/extract/extracting.hpp"
#include "fhir/form/extensions.hpp"

namespace fbss {
namespace {

using extraction::Entry;
using extraction::Extracting;

// Whether the form says anything of extracting that is supported here.
bool says_anything(const Form::Model& model) {
  if (!model.extraction.templates.empty() || !model.extraction.definitions.empty()) return true;
  const auto says = [](JsonNode element) {
    return static_cast<bool>(form::find_extension(element, "observationExtract")) ||
           static_cast<bool>(form::find_extension(element, "observation-extract"));
  };
  if (says(model.json())) return true;
  for (const form::Item& item : model.items)
    if (says(item.json)) return true;
  return false;
}

void write(json::Writer& json, const Entry& entry) {
  json.begin_object().member("fullUrl", entry.full_url).key("resource");
  entry.resource.write(json);
  json.key("request").begin_object();
  json.member("method", entry.method).member("url", entry.url);
  for (const auto& [name, text] : entry.conditions) json.member(name, text);
  json.end_object().end_object();
}

}  // namespace

Extracted extract(FormSession& session, const ExtractOptions& options) {
  Sources nothing;
  Sources::State& at_hand = options.sources ? options.sources->state() : nothing.state();
  Extracted made;
  if (const auto built = at_hand.build(); !built)  // what was added was read once already
    made.issues.push_back({.rule = FormRule::contextMissing,
                           .severity = Severity::warning,
                           .path = "Questionnaire",
                           .message = built.problems().front().message});
  Extracting extracting(session.state(), at_hand, options.sources != nullptr);
  if (!says_anything(extracting.model))
    extracting.tell(FormRule::nothingToExtract, "Questionnaire", {},
                    "The form says nothing of extracting that is supported here (templates, "
                    "definitions, Observations), so the Bundle is empty.");
  extract_templates(extracting);
  extract_definitions(extracting);
  extract_observations(extracting);
  // What names mean belongs to this call.
  session.state().bundle = {};
  for (std::uint32_t i = 0; i < extracting.model.contexts.size(); ++i)
    session.state().set_context(i, {});
  json::Writer json(made.bundle, options.one_line ? 0 : 2);
  json.begin_object().member("resourceType", "Bundle").member("type", "transaction");
  if (!extracting.entries.empty()) {
    json.key("entry").begin_array();
    for (const Entry& entry : extracting.entries) write(json, entry);
    json.end_array();
  }
  json.end_object();
  made.bundle += '\n';
  made.entries = extracting.entries.size();
  for (FormIssue& issue : extracting.issues.take()) made.issues.push_back(std::move(issue));
  return made;
}

}  // namespace fbss
