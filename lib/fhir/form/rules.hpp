// SPDX-License-Identifier: Apache-2.0
// What form_rules.def says of a rule, for those who make issues.
#pragma once

#include <fbss/form.hpp>

namespace fbss::form {

/// How bad a breach is, unless its place says otherwise.
Severity usual_severity(FormRule rule);

}  // namespace fbss::form
