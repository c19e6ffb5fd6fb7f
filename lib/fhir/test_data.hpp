// SPDX-License-Identifier: Apache-2.0
// Whether a resource is marked as test data. In: its `meta`, or nothing. Out: whether one of the
// security labels is HL7's HTEST.
#pragma once

#include "fhir/members.hpp"
#include "fhir/names.hpp"
#include "json/node.hpp"

namespace fbss::fhir {

inline bool is_test_data(const json::Node* meta) {
  const json::Node* labels = meta ? meta->find("security") : nullptr;
  if (!labels || labels->kind != JsonKind::array) return false;
  for (const json::Node* label = labels->first(); label; label = label->next())
    if (text_of(label->find("system")) == reason_system &&
        text_of(label->find("code")) == test_data_code)
      return true;
  return false;
}

}  // namespace fbss::fhir
