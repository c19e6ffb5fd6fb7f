// SPDX-License-Identifier: Apache-2.0
// A response's text with one change; see rewrite.hpp.
#include "fhir/fill/rewrite.hpp"

#include "fhir/run/draft.hpp"
#include "fhir/run/new_response.hpp"
#include "json/write.hpp"

namespace fbss::form {

std::string rewritten(FormSession::State& state, const Change& change) {
  Draft draft(state);
  for (const Given& one : change.given) draft.answer(one.instance, one.answers);
  // A group that is left out stands for its first repetition.
  if (change.repeated != none)
    draft.repeat(change.repeated, state.instances[change.repeated].is_present() ? 1 : 2);
  std::string out;
  json::Writer json(out);
  draft.write(json, {.silent = change.drops_empty ? Silent::go : Silent::groups_stay,
                     .status = change.status});
  return out += '\n';
}

std::string empty_response(const Form& form, std::string_view day) {
  return new_response(form, {.authored = day});
}

}  // namespace fbss::form
