// SPDX-License-Identifier: Apache-2.0
// Where the entries of a Bundle are: resolve() is asked of one Bundle by many references, and
// without this each walks through all of it. In: the record, where that is a Bundle; a reference.
// Out: the entry in which a node lies, and the resource that a reference leads to. One per
// Workspace; it forgets everything when another record comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fhirpath/reference_target.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class EntryIndex {
 public:
  /// From here on this is the record; null where there is none, or it may change unnoticed.
  void enter(const json::Node* record) {
    record_ = record;
    is_read_ = false;
  }

  /// Whether it can tell of that Bundle.
  bool knows(const json::Node* bundle);

  // Only where it knows the Bundle.

  std::size_t size() const { return entries_.size(); }

  /// The entry in which the node lies; null where it lies in none.
  const json::Node* entry_of(const json::Node* node) const;

  /// The resource to which a reference leads that stands in the entry `from` (may be null).
  const json::Node* find(const ReferenceTarget& target, const json::Node* from);

 private:
  struct Entry {
    const json::Node *entry, *resource;
    std::string_view url, type, id;
    std::uint32_t next_of_url, next_of_identity;  // in the same bucket, from 1; 0: none
  };

  void read();
  std::uint32_t& bucket(std::vector<std::uint32_t>& buckets, std::string_view text) const;
  const json::Node* find_url(std::string_view url, std::string_view version);
  const json::Node* find_near(const ReferenceTarget& target, bool any_server);

  const json::Node* record_ = nullptr;
  bool is_read_ = false;
  std::vector<Entry> entries_;                       // in the record's order
  std::vector<std::uint32_t> by_url_, by_identity_;  // entry, from 1; a power of two of them
  std::string scratch_;
};

}  // namespace fbss::fhirpath
