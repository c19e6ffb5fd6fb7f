// SPDX-License-Identifier: Apache-2.0
// A QuestionnaireResponse that nothing is answered in; see new_response.hpp.
#include "fhir/run/new_response.hpp"

#include "json/write.hpp"

namespace fbss::form {

std::string new_response(const Form& form, const ResponseHead& head) {
  std::string out;
  json::Writer json(out);
  json.begin_object().member("resourceType", "QuestionnaireResponse");
  if (!form.url().empty()) {
    json.member("questionnaire", std::string(form.url()) + (form.version().empty() ? "" : "|") +
                                     std::string(form.version()));
  }
  json.member("status", "in-progress");
  const auto reference = [&](std::string_view name, std::string_view target) {
    if (!target.empty()) json.key(name).begin_object().member("reference", target).end_object();
  };
  reference("subject", head.subject);
  reference("encounter", head.encounter);
  if (!head.authored.empty()) json.member("authored", head.authored);
  json.end_object();
  return out += '\n';
}

}  // namespace fbss::form
