// SPDX-License-Identifier: Apache-2.0
// A search over the resources at hand: what x-fhir-query asks a server for. In: "Observation?code=
// 8302-2&_sort=-date&_count=1". Out: the resources that match, in their order. hl7.org/fhir/R4/
// search.html, as far as search_parameters.def goes; what lies beyond is told and nothing is found,
// since a condition left out would find too much.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/populate/sources.hpp"

namespace fbss::form {

struct Found {
  std::vector<const Sources::State::Resource*> matches;
  std::vector<const Sources::State::Resource*> included;  ///< by _include
};

/// Nothing where something of the query is not supported; `why` then says what.
std::optional<Found> search(const Sources::State& sources, std::string_view query,
                            std::string& why);

/// The searchset Bundle of what was found, in JSON.
std::string searchset(const Found& found);

}  // namespace fbss::form
