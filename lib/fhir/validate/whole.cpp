// SPDX-License-Identifier: Apache-2.0
// The response as a whole: its status, the questionnaire that it names and that questionnaire's
// status, and the elements beside its items.
#include <fbss/validate.hpp>

#include <algorithm>
#include <array>

#include "base/temporal.hpp"
#include "fhir/form/structure.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/types.hpp"
#include "json/write.hpp"

namespace fbss::form {
namespace {

constexpr std::array statuses = {"in-progress", "completed", "amended", "entered-in-error",
                                 "stopped"};
const char* const questionnaire_path = "QuestionnaireResponse.questionnaire";

// "http://example.org/fhir/ValueSet/x" is by its form no Questionnaire.
bool names_other_type(std::string_view url) {
  const std::size_t last = url.rfind('/');
  if (last == std::string_view::npos || last == 0) return false;
  const std::size_t before = url.rfind('/', last - 1);
  if (before == std::string_view::npos) return false;
  const std::string_view type = url.substr(before + 1, last - before - 1);
  return type != "Questionnaire" && fhirpath::is_resource(fhirpath::find_model_type(type));
}

// The url that the response names, without its version; empty where it is not to be compared.
std::string_view named_url(Sink& sink, JsonNode response) {
  const std::string_view canonical = response.find("questionnaire").text();
  if (canonical.empty())
    sink.tell_at(FormRule::questionnaireNotFound, "QuestionnaireResponse", {},
                 "The response does not say which questionnaire it answers.");
  if (canonical.empty() || canonical.starts_with('#')) return {};  // contained: it is the one given
  const std::string_view url = canonical.substr(0, canonical.find('|'));
  if (names_other_type(url))
    sink.tell_at(FormRule::questionnaireNotFound, questionnaire_path, {},
                 "The url is by its form not that of a Questionnaire.", Severity::error);
  return url;
}

void check_named(Validation& validation) {
  const JsonNode response = validation.state.document.root(), json = validation.model.json();
  const std::string_view url = named_url(validation, response);
  const std::string_view own = json.find("url").text(), version = json.find("version").text();
  if (url.empty()) return;
  if (!own.empty() && own != url)
    return validation.tell_at(FormRule::questionnaireNotFound, questionnaire_path, {},
                              "The response answers another questionnaire than the one given (" +
                                  std::string(own) + "); it is judged by the one given.");
  const std::string_view behind = response.find("questionnaire").text().substr(url.size());
  if (!behind.empty() && !version.empty() && behind.substr(1) != version)
    validation.tell_at(FormRule::questionnaireVersion, questionnaire_path, {},
                       "The response answers another version of the questionnaire than the one "
                       "given (" +
                           std::string(version) + ").");
}

// Whether the response was written within the period in which the questionnaire is in use.
bool is_outside(JsonNode period, std::string_view authored) {
  const auto at = Temporal::parse(authored, TemporalKind::date_time);
  if (!at) return false;
  for (const auto& [name, sign] : {std::pair{"start", -1}, std::pair{"end", 1}}) {
    const auto limit = Temporal::parse(period.find(name).text(), TemporalKind::date_time);
    const auto order = limit ? compare(*at, *limit) : std::nullopt;
    if (order && (sign < 0 ? *order < 0 : *order > 0)) return true;
  }
  return false;
}

void check_questionnaire(Validation& validation) {
  const JsonNode json = validation.model.json();
  const std::string_view status = json.find("status").text();
  const auto tell = [&](FormRule rule, std::string message) {
    validation.tell_at(rule, questionnaire_path, {}, std::move(message));
  };
  if (status == "draft") tell(FormRule::questionnaireDraft, "The questionnaire is a draft.");
  if (status == "retired")
    tell(FormRule::questionnaireRetired, "The questionnaire has been retired.");
  if (is_outside(json.find("effectivePeriod"),
                 validation.state.document.root().find("authored").text()))
    tell(FormRule::questionnaireInactive,
         "The response was written outside the period in which the questionnaire is in use.");
}

fhirpath::ModelType response_type() {
  static const fhirpath::ModelType type = fhirpath::find_model_type("QuestionnaireResponse");
  return type;
}

void check_status(Sink& sink, JsonNode response) {
  const std::string_view status = response.find("status").text();
  if (status.empty())
    sink.tell_at(FormRule::invalidStatus, "QuestionnaireResponse", {},
                 "The response has no status; it is judged as completed.");
  else if (std::ranges::find(statuses, status) == statuses.end())
    sink.tell_at(FormRule::invalidStatus, "QuestionnaireResponse.status", {},
                 "The status is one of in-progress, completed, amended, entered-in-error, "
                 "stopped.");
}

}  // namespace

void check_whole(Validation& validation) {
  const JsonNode root = validation.state.document.root();
  check_status(validation, root);
  check_elements(root, response_type(), "QuestionnaireResponse", {"item", "status"},
                 [&](StructureFault fault) { validation.tell_fault(std::move(fault), {}); });
  check_named(validation);
  check_questionnaire(validation);
}

void Sink::tell_fault(StructureFault fault, std::string_view link_id) {
  using Kind = StructureFault::Kind;
  const bool is_value = fault.kind == Kind::bad_value || fault.kind == Kind::bad_id;
  std::optional<Severity> severity;
  if (fault.kind == Kind::empty) severity = Severity::warning;
  tell_at(is_value ? FormRule::invalidValue : FormRule::invalidStructure, std::move(fault.path),
          link_id, std::move(fault.message), severity);
}

}  // namespace fbss::form

namespace fbss {

FormIssues validate_alone(JsonNode response) {
  form::Sink sink;
  form::check_status(sink, response);
  form::check_elements(response, form::response_type(), "QuestionnaireResponse", {"status"},
                       [&](form::StructureFault fault) { sink.tell_fault(std::move(fault), {}); });
  if (const std::string_view url = form::named_url(sink, response);
      !url.empty() || !response.find("questionnaire").text().empty())
    sink.tell_at(FormRule::questionnaireNotFound, form::questionnaire_path, {},
                 "The questionnaire is not at hand: only the response itself is judged.");
  return sink.issues.take();
}

// What is contained contains nothing itself: its "#id" are those of its container.
std::string contained_questionnaire(JsonNode response) {
  const std::string_view named = response.find("questionnaire").text();
  const JsonNode list = response.find("contained");
  if (!named.starts_with('#') || list.kind() != JsonKind::array) return {};
  std::string json, others;
  for (JsonNode resource = list.first(); resource; resource = resource.next()) {
    const std::string_view type = resource.find("resourceType").text();
    if (type == "ValueSet" || type == "CodeSystem") {
      if (!others.empty()) others += ',';
      json::write(others, *resource.get());
    } else if (type == "Questionnaire" && resource.find("id").text() == named.substr(1)) {
      json.clear();
      json::write(json, *resource.get());
    }
  }
  if (json.empty() || others.empty()) return json;
  json.pop_back();
  return json + ",\"contained\":[" + others + "]}";
}

}  // namespace fbss
