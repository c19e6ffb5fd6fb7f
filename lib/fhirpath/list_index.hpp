// SPDX-License-Identifier: Apache-2.0
// Where in a list the elements with a certain text are: item.where(linkId = 'x') is asked of one
// object by dozens of rules, and without this each looks for the list and walks through all of it.
// In: an object, the name of its list, a MemberTest. Out: the elements of which it is true, without
// a walk from the second test on. One per Workspace; it forgets everything when another document
// comes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/place_of.hpp"
#include "fhirpath/plan.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class ListIndex {
 public:
  /// A list that was asked for elements with some member.
  struct List {
    std::uint64_t epoch = 0;  // in which it was met
    const json::Node* object = nullptr;
    const json::Node* list = nullptr;
    const json::Node* member = nullptr;  // of the list's first element
    ModelType told = 0;                  // the object's type, as it was reached
    ModelType type = 0;                  // the elements'
    bool is_tried = false;               // to enter its elements
    std::uint32_t run = 0;               // its entries; 0: none yet
  };

  /// From here on this is the record; of others, and of none, every list is walked through.
  void enter(const json::Node* record);

  /// The object's list of that name, where its elements can be found by this test; else null.
  const List* recall(const json::Node& object, ModelType told, const json::Key& name,
                     const MemberTest& test) const {
    const List& known = lists_[place_of(object, name, test)];
    return known.run != 0 && known.epoch == epoch_ && known.object == &object &&
                   known.told == told && known.list->is_named(name) &&
                   known.member->is_named(test.member)
               ? &known
               : nullptr;
  }

  /// Tells of the object's list, whose elements are of that type, that it is asked. Null where it
  /// is to be walked through.
  const List* meet(const json::Node& object, ModelType told, const json::Node& list, ModelType type,
                   const MemberTest& test);

  /// Calls `take(element)` for each element that passes the test, in order.
  template <class Take>
  void find(const List& known, const MemberTest& test, Take take) const {
    std::uint32_t at = buckets_[bucket_of(known.run, test.text())];
    for (; at != 0; at = entries_[at - 1].next) {
      const Entry& entry = entries_[at - 1];
      if (entry.run == known.run && entry.text.is(test.text())) take(entry.element);
    }
  }

 private:
  static constexpr std::uint32_t fewest = 4;    // elements; fewer are walked through as quickly
  static constexpr std::size_t most = 1 << 16;  // entries

  struct Entry {
    const json::Node* element;
    json::Key text;  // of the element's member
    std::uint32_t run;
    std::uint32_t next;  // entry in the same bucket, from 1; 0: none
  };

  static std::size_t place_of(const json::Node& object, const json::Key& name,
                              const MemberTest& test) {
    const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&object));
    return fbss::place_of(address ^ name.signature ^ (test.member.signature << 1), 5);
  }
  std::size_t bucket_of(std::uint32_t run, const json::Key& text) const {
    return fbss::place_of(text.signature + text.name.size() + run, bucket_bits_);
  }

  void add(List& known, const MemberTest& test);
  void link(std::size_t from);

  const json::Node *begin_ = nullptr, *end_ = nullptr;  // the record
  std::uint64_t epoch_ = 1;  // counts the records, also those that come again
  std::array<List, 32> lists_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> buckets_;  // entry, from 1
  int bucket_bits_ = 1;
  std::uint32_t runs_ = 0;
};

}  // namespace fbss::fhirpath
