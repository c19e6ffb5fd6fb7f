// SPDX-License-Identifier: Apache-2.0
// An FHIR Questionnaire on paper. In: a Form. Out: what stands on the sheet, for handout().
#pragma once

#include <fbss/form.hpp>
#include <fbss/sheet.hpp>

namespace fbss::app {

/// A section for each group, named with those around it; items that are hidden are left out.
Sheet sheet_of(const Form& form);

}  // namespace fbss::app
