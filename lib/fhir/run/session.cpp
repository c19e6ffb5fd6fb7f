// SPDX-License-Identifier: Apache-2.0
// FormSession: the public way in, and what a session is made of.
#include "fhir/run/session.hpp"

#include <utility>

#include "fhir/run/instances.hpp"
#include "fhir/run/work.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"

namespace fbss {

FormSession::State::Work::Work(const Form::Model& model, const Limits& limits)
    : workspace(limits),
      variables(model.variables.size()),
      contexts(model.contexts.size()),
      questionnaire(model.value_of(form::none)) {
  qitems.reserve(model.items.size());
  for (const form::Item& item : model.items) qitems.push_back(model.value_of(item.index));
}

void FormSession::State::WorkDeleter::operator()(Work* done) const {
  delete done;
}

FormSession::State::State(Form given, FormSessionOptions chosen)
    : form(std::move(given)),
      model(form.model()),
      options(std::move(chosen)),
      work(new Work(model, options.limits)) {}

Result<void> FormSession::State::read(std::string_view json) {
  is_read = false;
  instances.clear();
  strays.clear();
  disordered.clear();
  issues.clear();
  work->failed.clear();
  work->failure.clear();
  for (fhirpath::Collection& context : work->contexts) context = {};
  response = {};
  work->hidden.clear();
  if (auto parsed = document.parse(json, options.limits); !parsed) return parsed;
  if (document.root().find("resourceType").text() != "QuestionnaireResponse") {
    return Problem{
        .code = ErrorCode::wrong_type,
        .message = "This is no FHIR QuestionnaireResponse: its resourceType is another."};
  }
  return adopt(document.root());
}

Result<void> FormSession::State::adopt(JsonNode other) {
  reveal();  // the response before may come again
  response = other;
  forget_variables();
  if (auto found = form::find_instances(*this); !found) {
    instances.clear();
    response = {};
    return found;
  }
  is_read = true;
  settle();
  return {};
}

std::string_view FormSession::State::status() const {
  return response.find("status").text();
}

// R4: required "is only relevant for" a completed response, or one that was amended since.
bool FormSession::State::is_draft() const {
  const std::string_view now = status();
  return now == "in-progress" || now == "stopped" || now == "entered-in-error";
}

void FormSession::State::tell(FormRule rule, Severity severity, std::string path,
                              std::string_view link_id, std::string message) {
  issues.push_back({.rule = rule,
                    .severity = severity,
                    .path = std::move(path),
                    .link_id = std::string(link_id),
                    .message = std::move(message)});
}

FormSession::FormSession(Form form, FormSessionOptions options)
    : state_(std::make_unique<State>(std::move(form), std::move(options))) {}
FormSession::~FormSession() = default;
FormSession::FormSession(FormSession&&) noexcept = default;
FormSession& FormSession::operator=(FormSession&&) noexcept = default;

Result<void> FormSession::read(std::string_view json) {
  return state_->read(json);
}

std::vector<std::string_view> FormSession::enabled() const {
  std::vector<bool> found(state_->model.items.size());
  for (const form::Instance& instance : state_->instances)
    if (instance.is_enabled) found[instance.item] = true;
  std::vector<std::string_view> link_ids;
  for (const form::Item& item : state_->model.items)
    if (found[item.index]) link_ids.push_back(item.link_id);
  return link_ids;
}

const FormIssues& FormSession::issues() const {
  return state_->issues;
}

const Form& FormSession::form() const {
  return state_->form;
}

}  // namespace fbss
