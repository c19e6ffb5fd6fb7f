// SPDX-License-Identifier: Apache-2.0
// A response's text with one change of the person who fills it in. In: a session that has read a
// response, and the change. Out: JSON for the session to read next, so that what is saved is what
// was judged: a draft (run/draft.hpp) in which questions without an answer do not stand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/run/answers.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

struct Given {
  std::uint32_t instance = none;
  std::vector<Answer> answers = {};  ///< in place of those that it has; without any it has none
};

struct Change {
  std::vector<Given> given = {};
  std::uint32_t repeated = none;  ///< a group that gets one more repetition behind it
  std::string_view status = "in-progress";
  bool drops_empty = false;  ///< items that say nothing are left out
};

std::string rewritten(FormSession::State& state, const Change& change);

/// A response without answers, and the day that it is from; empty: none.
std::string empty_response(const Form& form, std::string_view day);

}  // namespace fbss::form
