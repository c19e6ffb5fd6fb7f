// SPDX-License-Identifier: Apache-2.0
// Observation-based population: the newest Observation of a question's code. In: the resources at
// hand, whose they have to be, the day. Out: what it says, or why nothing is taken.
// hl7.org/fhir/uv/sdc, observationLinkPeriod.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"
#include "fhir/populate/sources.hpp"

namespace fbss::form {

struct Observed {
  fhirpath::Value value;
  const Sources::State::Resource* resource = nullptr;
};

/// The values of the newest Observations with one of the item's codes, in Observation.code or in
/// that of a component, within `period` (a Duration) up to `today`: several where they are of the
/// same moment. Not counted: Observations of others than `patient`, without a date or of one that
/// leaves it open, that were entered in error or cancelled. `why` is a sentence where the item, the
/// period or the day does not let one look.
std::vector<Observed> newest_observations(const Sources::State& sources, const Item& item,
                                          JsonNode period, std::string_view patient,
                                          std::string_view today, std::string& why);

}  // namespace fbss::form
