// SPDX-License-Identifier: Apache-2.0
// The response as a whole: its status, the questionnaire that it names and that questionnaire's
// status, and the elements beside its items.
#include <algorithm>
#include <array>

#include "base/temporal.hpp"
#include "fhir/form/structure.hpp"
#include "fhir/validate/validation.hpp"
#include "fhirpath/types.hpp"

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

void check_named(Validation& validation) {
  const std::string_view canonical = validation.state.document.root().find("questionnaire").text();
  const auto tell = [&](FormRule rule, std::string message,
                        std::optional<Severity> severity = std::nullopt) {
    validation.tell_at(rule, questionnaire_path, {}, std::move(message), severity);
  };
  if (canonical.empty())
    return validation.tell_at(
        FormRule::questionnaireNotFound, "QuestionnaireResponse", {},
        "The response does not say which questionnaire it answers; it is judged by the one given.");
  if (canonical.starts_with('#')) return;  // contained: the one given is taken for it
  const std::size_t bar = canonical.find('|');
  const std::string_view url = canonical.substr(0, bar);
  if (names_other_type(url))
    tell(FormRule::questionnaireNotFound, "The url is by its form not that of a Questionnaire.",
         Severity::error);
  const JsonNode json = validation.model.json();
  const std::string_view own = json.find("url").text(), version = json.find("version").text();
  if (!own.empty() && own != url)
    return tell(FormRule::questionnaireNotFound,
                "The response answers another questionnaire than the one given (" +
                    std::string(own) + "); it is judged by the one given.");
  if (bar != std::string_view::npos && !version.empty() && canonical.substr(bar + 1) != version)
    tell(FormRule::questionnaireVersion,
         "The response answers another version of the questionnaire than the one given (" +
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

}  // namespace

void check_whole(Validation& validation) {
  const JsonNode root = validation.state.document.root();
  const std::string_view status = root.find("status").text();
  if (status.empty())
    validation.tell_at(FormRule::invalidStatus, "QuestionnaireResponse", {},
                       "The response has no status; it is judged as completed.");
  else if (std::ranges::find(statuses, status) == statuses.end())
    validation.tell_at(FormRule::invalidStatus, "QuestionnaireResponse.status", {},
                       "The status is one of in-progress, completed, amended, entered-in-error, "
                       "stopped.");
  static const fhirpath::ModelType type = fhirpath::find_model_type("QuestionnaireResponse");
  check_elements(root, type, "QuestionnaireResponse", {"item", "status"},
                 [&](StructureFault fault) { tell_fault(validation, std::move(fault), {}); });
  check_named(validation);
  check_questionnaire(validation);
}

void tell_fault(Validation& validation, StructureFault fault, std::string_view link_id) {
  using Kind = StructureFault::Kind;
  const bool is_value = fault.kind == Kind::bad_value || fault.kind == Kind::bad_id;
  std::optional<Severity> severity;
  if (fault.kind == Kind::empty) severity = Severity::warning;
  validation.tell_at(is_value ? FormRule::invalidValue : FormRule::invalidStructure,
                     std::move(fault.path), link_id, std::move(fault.message), severity);
}

}  // namespace fbss::form
