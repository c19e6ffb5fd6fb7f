// SPDX-License-Identifier: Apache-2.0
// Matching a response's items with a form's. In: the response in State::document. Out:
// State::instances and strays. Problem too_large beyond Limits::form_instances.
#pragma once

#include "fhir/run/session.hpp"

namespace fbss::form {

Result<void> find_instances(FormSession::State& state);

}  // namespace fbss::form
