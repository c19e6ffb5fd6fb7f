// SPDX-License-Identifier: Apache-2.0
// Where the entries of a Bundle are: resolve() is asked of one Bundle by many references, and
// without this each walks through all of it. In: the record, where that is a Bundle; a reference.
// Out: its entries; the one in which a node lies; the resource that a reference leads to. One per
// Workspace, which gives the entries to higher floors too (entries_of), so that they are read once;
// it forgets everything when another record comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "fhirpath/reference_target.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

/// An entry that holds a resource; texts that are not there are empty.
struct BundleEntry {
  const json::Node *entry, *resource;
  std::string_view url, type, id;  // fullUrl, resourceType, id
  std::uint32_t place;             // among all entries, from 1
};

class EntryIndex {
 public:
  /// From here on this is the record; null where there is none, or it may change unnoticed.
  void enter(const json::Node* record) {
    const std::uint64_t stamp = record ? record->stamp() : 0;
    if (record == record_ && stamp != 0 && stamp == stamp_) return;
    record_ = record;
    stamp_ = stamp;
    is_read_ = is_linked_ = false;
  }

  /// The record's entries, in its order; none without a record. Valid until another one is entered.
  std::span<const BundleEntry> entries() {
    if (!is_read_) read();
    return entries_;
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
  // The next entries in the same buckets, from 1; 0: none.
  struct Links {
    std::uint32_t url, identity;
  };

  void read();
  void link();
  std::uint32_t& bucket(std::vector<std::uint32_t>& buckets, std::string_view text) const;
  const json::Node* find_url(std::string_view url, std::string_view version);
  const json::Node* find_near(const ReferenceTarget& target, bool any_server);

  const json::Node* record_ = nullptr;
  std::uint64_t stamp_ = 0;  // of the record
  bool is_read_ = false, is_linked_ = false;
  std::vector<BundleEntry> entries_;
  std::vector<Links> links_;                         // of each entry
  std::vector<std::uint32_t> by_url_, by_identity_;  // entry, from 1; a power of two of them
  int bucket_bits_ = 0;
  std::string scratch_;
};

/// The entries of the Bundle that will be evaluated next, which its evaluations need not read again
/// then. Valid until another record is. None where it is null or has no list of entries.
std::span<const BundleEntry> entries_of(Workspace& workspace, const json::Node* bundle);

}  // namespace fbss::fhirpath
