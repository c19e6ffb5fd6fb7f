// SPDX-License-Identifier: Apache-2.0
// A QuestionnaireResponse that nothing is answered in. In: the form, whom and when it is about.
// Out: one line of JSON, in-progress.
#pragma once

#include <string>
#include <string_view>

#include <fbss/form.hpp>

namespace fbss::form {

/// Each empty: left out.
struct ResponseHead {
  std::string_view subject = {}, encounter = {};  ///< references: "Patient/p1"
  std::string_view authored = {};                 ///< a date or date-time
};

std::string new_response(const Form& form, const ResponseHead& head);

}  // namespace fbss::form
