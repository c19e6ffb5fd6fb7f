// SPDX-License-Identifier: Apache-2.0
// Whose a chart is, and which of its resources are that patient's. In: a Bundle. Out: the resources
// of its one Patient, and those that were left out, each with the reason. Nothing is left out in
// silence but what is no patient's (Practitioner, Medication). Entered through read_chart().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/suggestion.hpp>

#include "fhirpath/entry_index.hpp"
#include "fhirpath/types.hpp"
#include "json/node.hpp"

namespace fbss::fhir {

struct ChartResource {
  const json::Node* resource = nullptr;
  std::uint32_t place = 0;  // of its entry, from 1
  fhirpath::ModelType type = 0;
  std::string_view type_name, id, url;  // resourceType, id, fullUrl; the last two may be empty
};

/// "Condition/c1"; without an id its fullUrl, or its place "entry 7".
std::string name_of(const ChartResource& resource);

struct ChartResources {
  std::string patient;                   // "Patient/p1"
  std::vector<ChartResource> resources;  // the patient's, in the order of the Bundle
  std::vector<IgnoredResource> ignored;
  bool is_sample = false;  // the Bundle or the Patient is marked as test data

  /// The one that the node is; null where the node is none of them.
  const ChartResource* find(const json::Node* resource) const;
};

/// Fills `chart`. `entries` are the Bundle's (fhirpath::EntryIndex). Problems: wrong_type,
/// no_patient, more_than_one_patient; then it is empty.
Result<void> read_chart(const json::Node* bundle, std::span<const fhirpath::BundleEntry> entries,
                        ChartResources& chart);

}  // namespace fbss::fhir
