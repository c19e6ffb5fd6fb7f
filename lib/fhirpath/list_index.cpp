// SPDX-License-Identifier: Apache-2.0
// Entering lists into the index and forgetting them.
#include "fhirpath/list_index.hpp"

#include <algorithm>

namespace fbss::fhirpath {

void ListIndex::forget(std::uint64_t stamp) {
  stamp_ = stamp;
  runs_ = 0;
  known_.fill({});
  entries_.clear();
  std::ranges::fill(buckets_, 0u);
}

void ListIndex::add(Known& known, const json::Node& list, const MemberTest& test) {
  known.tries = 2;
  const std::size_t from = entries_.size();
  if (from + list.text_length > most) return;
  ++runs_;
  for (const json::Node* element = list.first(); element; element = element->next()) {
    const json::Node* member = element->find(test.member);
    if (!member || member->kind != JsonKind::string) {
      // Whether this element passes is not a matter of its text alone.
      entries_.resize(from);
      return;
    }
    entries_.push_back({element, member, runs_, 0});
  }
  known.run = runs_;
  link(from);
}

// Puts the entries from `from` on into their buckets, or all where there are too few buckets. From
// the last to the first, so that a bucket gives them in their order.
void ListIndex::link(std::size_t from) {
  if (buckets_.size() < entries_.size() * 2) {
    std::size_t size = 64;
    while (size < entries_.size() * 2) size *= 2;
    buckets_.assign(size, 0);
    from = 0;
  }
  for (std::size_t i = entries_.size(); i-- > from;) {
    std::uint32_t& bucket = buckets_[bucket_of(entries_[i].run, entries_[i].element_text())];
    entries_[i].next = bucket;
    bucket = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace fbss::fhirpath
