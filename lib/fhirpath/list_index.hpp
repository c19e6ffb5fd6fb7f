// SPDX-License-Identifier: Apache-2.0
// Where in a list the elements with a certain text are: item.where(linkId = 'x') is asked of one
// list by dozens of rules, and without this each walks through all of it. In: a list and a
// MemberTest. Out: the elements of which it is true, without a walk from the second test on. One
// per Workspace; it forgets everything when another document comes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "fhirpath/plan.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class ListIndex {
 public:
  /// From here on lists are of the record with this number (json::Node::stamp); 0: it has none, and
  /// every list is to be walked through.
  void enter(std::uint64_t stamp) {
    if (stamp != stamp_) forget(stamp);
  }

  /// Whether the list's elements can be found by this test; else they are to be walked through.
  bool covers(const json::Node& list, const MemberTest& test) {
    if (stamp_ == 0 || list.text_length < fewest) return false;
    Known& known = known_[place_of(list, test)];
    if (known.list != &list || known.member != test.member.signature) {
      known = {&list, test.member.signature, 0, 1};
      return false;
    }
    if (known.run == 0 && known.tries == 1) add(known, list, test);
    current_ = known.run;
    return known.run != 0;
  }

  /// Calls `take(element)` for each element that passes the test, in order. Only behind covers().
  template <class Take>
  void find(const MemberTest& test, Take take) const {
    std::uint32_t at = buckets_[bucket_of(current_, test.text)];
    for (; at != 0; at = entries_[at - 1].next) {
      const Entry& entry = entries_[at - 1];
      if (entry.run == current_ && same_text(entry.element_text(), test.text)) take(entry.element);
    }
  }

 private:
  static constexpr std::uint32_t fewest = 4;    // elements; fewer are walked through as quickly
  static constexpr std::size_t most = 1 << 16;  // entries

  // A list that was asked for a member. `run` numbers the lists whose elements were entered.
  struct Known {
    const json::Node* list = nullptr;
    std::uint64_t member = 0;
    std::uint32_t run = 0;
    std::uint32_t tries = 0;
  };
  struct Entry {
    const json::Node* element;
    const json::Node* member;  // the element's, whose text is looked for
    std::uint32_t run;
    std::uint32_t next;  // entry in the same bucket, from 1; 0: none
    std::string_view element_text() const { return member->text_view(); }
  };

  static std::size_t place_of(const json::Node& list, const MemberTest& test) {
    const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&list));
    return ((address ^ test.member.signature) * 0x9E3779B97F4A7C15u) >> 59;
  }
  std::size_t bucket_of(std::uint32_t run, std::string_view text) const {
    const std::uint64_t bytes = json::Key::signature_of(text) + text.size() + run;
    return ((bytes * 0x9E3779B97F4A7C15u) >> 32) & (buckets_.size() - 1);
  }

  void forget(std::uint64_t stamp);
  void add(Known& known, const json::Node& list, const MemberTest& test);
  void link(std::size_t from);

  std::uint64_t stamp_ = 0;
  std::array<Known, 32> known_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> buckets_;  // entry, from 1; a power of two of them
  std::uint32_t runs_ = 0, current_ = 0;
};

}  // namespace fbss::fhirpath
