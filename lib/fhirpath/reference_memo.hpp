// SPDX-License-Identifier: Apache-2.0
// Where the references of a record lead, so that the rules which follow the same ones do so once.
// In: the node of a reference. Out: what find_target() of references.cpp said. One per Workspace;
// it forgets everything when another record comes.
#pragma once

#include <array>
#include <cstdint>

#include "base/place_of.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class ReferenceMemo {
 public:
  struct Known {
    const json::Node* reference = nullptr;
    const json::Node* target = nullptr;  // null: it leads nowhere
    std::uint32_t record = 0;            // in which it was followed
  };

  void enter() { ++record_; }

  /// Null where the reference was not followed yet, or long ago.
  const Known* find(const json::Node* reference) const {
    const Known& known = known_[place_of(reference, 7)];
    return known.reference == reference && known.record == record_ ? &known : nullptr;
  }
  void keep(const json::Node* reference, const json::Node* target) {
    known_[place_of(reference, 7)] = {reference, target, record_};
  }

 private:
  std::uint32_t record_ = 1;  // counts the records
  std::array<Known, 128> known_;
};

}  // namespace fbss::fhirpath
