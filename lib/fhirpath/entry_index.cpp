// SPDX-License-Identifier: Apache-2.0
// Reading the entries of a Bundle, and finding them again.
#include "fhirpath/entry_index.hpp"

#include <algorithm>
#include <functional>

#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

bool has_version(const Node& resource, std::string_view version) {
  if (version.empty()) return true;
  const Node* meta = resource.find("meta");
  return meta && text_member(*meta, "versionId") == version;
}

}  // namespace

bool EntryIndex::knows(const Node* bundle) {
  if (!bundle || bundle != record_) return false;
  if (!is_read_) read();
  return true;
}

std::uint32_t& EntryIndex::bucket(std::vector<std::uint32_t>& buckets,
                                  std::string_view text) const {
  const std::uint64_t hash = (json::Key::signature_of(text) + text.size()) * 0x9E3779B97F4A7C15u;
  return buckets[(hash >> 32) & (buckets.size() - 1)];
}

void EntryIndex::read() {
  is_read_ = true;
  entries_.clear();
  for (const Node* entry = first_of_list(*record_, "entry"); entry; entry = entry->next()) {
    const Node* resource = entry->find("resource");
    if (!resource) continue;
    entries_.push_back({entry, resource, text_member(*entry, "fullUrl"),
                        text_member(*resource, "resourceType"), text_member(*resource, "id"), 0,
                        0});
  }
  std::size_t size = 64;
  while (size < entries_.size() * 2) size *= 2;
  by_url_.assign(size, 0);
  by_identity_.assign(size, 0);
  // From the last to the first, so that a bucket gives them in their order.
  for (std::size_t i = entries_.size(); i-- > 0;) {
    Entry& entry = entries_[i];
    const auto link = [&](std::uint32_t& first, std::uint32_t& next) {
      next = first;
      first = static_cast<std::uint32_t>(i + 1);
    };
    link(bucket(by_url_, entry.url), entry.next_of_url);
    link(bucket(by_identity_, entry.id), entry.next_of_identity);
  }
}

const Node* EntryIndex::entry_of(const Node* node) const {
  const auto behind =
      std::ranges::upper_bound(entries_, node, std::less<const Node*>(), &Entry::entry);
  if (behind == entries_.begin()) return nullptr;
  const Node* entry = (behind - 1)->entry;
  return lies_in(entry, node) ? entry : nullptr;
}

const Node* EntryIndex::find_url(std::string_view url, std::string_view version) {
  for (std::uint32_t at = bucket(by_url_, url); at != 0; at = entries_[at - 1].next_of_url) {
    const Entry& entry = entries_[at - 1];
    if (entry.url == url && has_version(*entry.resource, version)) return entry.resource;
  }
  return nullptr;
}

const Node* EntryIndex::find_near(const ReferenceTarget& target, bool any_server) {
  if (target.id.empty()) return nullptr;
  for (std::uint32_t at = bucket(by_identity_, target.id); at != 0;
       at = entries_[at - 1].next_of_identity) {
    const Entry& entry = entries_[at - 1];
    if (entry.id == target.id && entry.type == target.type &&
        (any_server || server_of(entry.url, entry.type, entry.id).empty()) &&
        has_version(*entry.resource, target.version))
      return entry.resource;
  }
  return nullptr;
}

// An absolute reference is a fullUrl. A relative one is read against the server of the entry in
// which it stands; where that is not known, or the other entry names none, type and id count.
const Node* EntryIndex::find(const ReferenceTarget& target, const Node* from) {
  if (target.is_absolute) return find_url(target.url, target.version);
  const std::string_view server = server_of(from);
  if (!server.empty()) {
    scratch_.assign(server).append(target.url);
    if (const Node* found = find_url(scratch_, target.version)) return found;
  }
  return find_near(target, server.empty());
}

}  // namespace fbss::fhirpath
