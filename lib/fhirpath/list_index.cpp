// SPDX-License-Identifier: Apache-2.0
// Entering lists into the index and forgetting them.
#include "fhirpath/list_index.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace fbss::fhirpath {

void ListIndex::enter(const json::Node* record) {
  begin_ = record;
  end_ = record ? record + record->skip : nullptr;
  ++epoch_;
  if (runs_ == 0) return;
  runs_ = 0;
  entries_.clear();
  std::ranges::fill(buckets_, 0u);
}

const ListIndex::List* ListIndex::meet(const json::Node& object, ModelType told,
                                       const json::Node& list, ModelType type,
                                       const MemberTest& test) {
  if (list.text_length < fewest || std::less()(&object, begin_) || !std::less()(&object, end_))
    return nullptr;
  List& known = lists_[place_of(object, list.whole_key(), test)];
  const bool is_met = known.epoch == epoch_ && known.list == &list && known.told == told &&
                      known.member && known.member->is_named(test.member);
  if (!is_met) {
    known = {epoch_, &object, &list, list.first()->find(test.member), told, type, false, 0};
    return nullptr;
  }
  if (!known.is_tried) add(known, test);
  return known.run != 0 ? &known : nullptr;
}

// What cannot be entered is not tried again.
void ListIndex::add(List& known, const MemberTest& test) {
  known.is_tried = true;
  const std::size_t from = entries_.size();
  if (from + known.list->text_length > most) return;
  const std::uint32_t run = runs_ + 1;
  for (const json::Node* element = known.list->first(); element; element = element->next()) {
    const json::Node* member = element->find(test.member);
    if (!member || member->kind != JsonKind::string) {
      entries_.resize(from);  // whether it passes is not a matter of its text alone
      return;
    }
    entries_.push_back({element, json::Key(member->text_view()), run, 0});
  }
  runs_ = known.run = run;
  link(from);
}

// Puts the entries from `from` on into their buckets, or all where there are too few buckets. From
// the last to the first, so that a bucket gives them in their order.
void ListIndex::link(std::size_t from) {
  if (buckets_.size() < entries_.size() * 2) {
    bucket_bits_ = std::max(6, static_cast<int>(std::bit_width(entries_.size() * 2)));
    buckets_.assign(std::size_t{1} << bucket_bits_, 0);
    from = 0;
  }
  for (std::size_t i = entries_.size(); i-- > from;) {
    std::uint32_t& bucket = buckets_[bucket_of(entries_[i].run, entries_[i].text)];
    entries_[i].next = bucket;
    bucket = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace fbss::fhirpath
