// SPDX-License-Identifier: Apache-2.0
// A response's text with one change; see rewrite.hpp.
#include "fhir/fill/rewrite.hpp"

#include "fhir/run/draft.hpp"
#include "json/write.hpp"

namespace fbss::form {

std::string rewritten(const FormSession::State& state, const Change& change) {
  Draft draft(state);
  if (change.instance != none) draft.answer(change.instance, change.answers);
  // The first repetition is shown, though the response may not have it.
  if (change.repeated != none)
    draft.repeat(change.repeated, state.instances[change.repeated].is_present() ? 1 : 2);
  std::string out;
  json::Writer writer(out);
  draft.write(writer, {.silent = change.drops_empty ? Silent::go : Silent::groups_stay,
                       .status = change.status});
  return out += '\n';
}

std::string empty_response(const Form& form, std::string_view day) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().member("resourceType", "QuestionnaireResponse");
  if (!form.url().empty())
    writer.member("questionnaire", std::string(form.url()) + (form.version().empty() ? "" : "|") +
                                       std::string(form.version()));
  writer.member("status", "in-progress");
  if (!day.empty()) writer.member("authored", day);
  writer.end_object();
  return out += '\n';
}

}  // namespace fbss::form
