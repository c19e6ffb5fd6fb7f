// SPDX-License-Identifier: Apache-2.0
// Reading the entries of a Bundle, and finding them again.
#include "fhirpath/entry_index.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "base/place_of.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Key;
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
  return buckets[place_of(Key::signature_of(text) + text.size(), bucket_bits_)];
}

void EntryIndex::read() {
  static const Key resource_key("resource"), url_key("fullUrl"), type_key("resourceType"),
      id_key("id");
  is_read_ = true;
  entries_.clear();
  std::uint32_t place = 0;
  for (const Node* entry = record_ ? first_of_list(*record_, "entry") : nullptr; entry;
       entry = entry->next()) {
    ++place;
    const Node* resource = entry->find(resource_key);
    if (!resource) continue;
    entries_.push_back({entry, resource, text_member(*entry, url_key),
                        text_member(*resource, type_key), text_member(*resource, id_key), place});
  }
}

void EntryIndex::link() {
  is_linked_ = true;
  bucket_bits_ = std::max(6, static_cast<int>(std::bit_width(2 * entries_.size())));
  const std::size_t size = std::size_t{1} << bucket_bits_;
  by_url_.assign(size, 0);
  by_identity_.assign(size, 0);
  links_.resize(entries_.size());
  // From the last to the first, so that a bucket gives them in their order.
  for (std::size_t i = entries_.size(); i-- > 0;) {
    const auto put_first = [&](std::uint32_t& first) {
      return std::exchange(first, static_cast<std::uint32_t>(i + 1));
    };
    links_[i] = {put_first(bucket(by_url_, entries_[i].url)),
                 put_first(bucket(by_identity_, entries_[i].id))};
  }
}

const Node* EntryIndex::entry_of(const Node* node) const {
  const auto behind =
      std::ranges::upper_bound(entries_, node, std::less<const Node*>(), &BundleEntry::entry);
  if (behind == entries_.begin()) return nullptr;
  const Node* entry = (behind - 1)->entry;
  return lies_in(entry, node) ? entry : nullptr;
}

const Node* EntryIndex::find_url(std::string_view url, std::string_view version) {
  for (std::uint32_t at = bucket(by_url_, url); at != 0; at = links_[at - 1].url) {
    const BundleEntry& entry = entries_[at - 1];
    if (entry.url == url && has_version(*entry.resource, version)) return entry.resource;
  }
  return nullptr;
}

const Node* EntryIndex::find_near(const ReferenceTarget& target, bool any_server) {
  if (target.id.empty()) return nullptr;
  for (std::uint32_t at = bucket(by_identity_, target.id); at != 0; at = links_[at - 1].identity) {
    const BundleEntry& entry = entries_[at - 1];
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
  if (!is_linked_) link();
  if (target.is_absolute) return find_url(target.url, target.version);
  const std::string_view server = server_of(from);
  if (!server.empty()) {
    scratch_.assign(server).append(target.url);
    if (const Node* found = find_url(scratch_, target.version)) return found;
  }
  return find_near(target, server.empty());
}

std::span<const BundleEntry> entries_of(Workspace& workspace, const Node* bundle) {
  Memory& memory = WorkspaceAccess::memory(workspace);
  // What else the next evaluation remembers is not of this record yet.
  if (!bundle || memory.stamp != bundle->stamp()) memory.stamp = 0;
  memory.entries.enter(bundle);
  return memory.entries.entries();
}

}  // namespace fbss::fhirpath
