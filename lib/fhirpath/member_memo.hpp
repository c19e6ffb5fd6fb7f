// SPDX-License-Identifier: Apache-2.0
// What value sets said about codes, so that a code that stands in a record, or in thousands of
// them, is looked up once for each list. In: a part of a record and the url of a value set. Out:
// what ValueSets::contains() says. One per Workspace; answers are kept from record to record, and
// forgotten when other value sets are asked or the codes become too many.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/value_sets.hpp>

#include "json/node.hpp"

namespace fbss::fhirpath {

class MemberMemo {
 public:
  using Answer = std::optional<bool>;

  /// A value set by number, as set() gives it.
  struct Set {
    std::uint32_t number = 0;
    bool has_number = false;  // else each question goes to the value sets themselves
    bool is_known = false;
    std::string_view url;
  };

  /// Whom to ask from here on. Columns and sets are those of one evaluation.
  void use(const ValueSets& sets);
  Set set(std::string_view url);

  /// Whether the set has the code; `object` is a Coding, or a CodeableConcept of which any code
  /// counts. `on_code` is called for each, so that work is counted. One that was met in this record
  /// is not looked at again.
  template <class OnCode>
  Answer ask(const Set& set, const json::Node& object, OnCode on_code);

  /// The codes of one member of the objects in a variable, which dozens of rules ask in turn.
  struct Cell {
    const json::Node* object = nullptr;
    std::uint32_t code = 0;
    std::uint32_t record = 0;  // in which it was met
  };
  struct Column {
    std::uint32_t slot = 0;
    std::string member;
    std::vector<Cell> cells;      // by place in the variable
    std::size_t size = 0;         // of the variable, when it was seen last
    std::uint64_t absent_of = 0;  // a bit a set that is known to have none of the codes
  };
  /// Valid until the next one is asked for.
  Column& column(std::uint32_t slot, const json::Key& member, std::size_t size);

  /// Sees to it that the column is about these nodes (any may be null): `node_at(place)`.
  template <class NodeAt>
  void fill(Column& column, std::size_t size, const json::Key& member, NodeAt node_at) {
    bool is_changed = column.size != size;
    for (std::size_t place = 0; place < size; ++place) {
      Cell& cell = column.cells[place];
      const json::Node* node = node_at(place);
      if (cell.object == node && cell.record == record_) continue;
      fill(cell, node, member);
      is_changed = true;
    }
    if (is_changed) sum_up(column, size);
  }

  /// Calls take(place) for each of the column's nodes whose code a numbered set is known to have,
  /// and look(place) for each that has to be looked at more closely: what is no object of the
  /// record at hand, or has not one code under the member's name. In order.
  template <class Take, class Look>
  void find(const Set& set, const Column& column, Take take, Look look) {
    const std::uint64_t bit = std::uint64_t{1} << set.number;
    if ((column.absent_of & bit) != 0) return;
    for (std::size_t place = 0; place < column.size; ++place) {
      const std::uint32_t number = column.cells[place].code;
      if (number == none) {
        look(place);
        continue;
      }
      if ((codes_[number].asked & bit) == 0) look_up(set, number);
      if ((codes_[number].yes & bit) != 0) take(place);
    }
  }

  /// From here on this is the record. Null: nothing is kept by its place.
  void enter(const json::Node* record) {
    ++record_;
    if (codes_.size() > most_codes / 2) forget();
    begin_ = record;
    end_ = record ? record + record->skip : nullptr;
  }

 private:
  static constexpr std::uint32_t none = ~0u;
  static constexpr std::size_t most_sets = 64, most_codes = 4096, most_columns = 32;
  static constexpr int bucket_bits = 13;  // twice as many buckets as codes
  static constexpr std::size_t longest_text = 256;

  struct Code {
    std::uint64_t asked = 0, yes = 0, no = 0;  // a bit a set
  };
  struct CodeText {
    std::string system, code;
    std::uint64_t hash;
  };
  struct KnownSet {
    std::string url;
    bool is_known;
  };
  struct RecentSet {
    const char* text = nullptr;  // where the url lay when it was asked
    std::uint32_t number = none;
  };

  void forget();
  std::uint32_t number_of_code(std::string_view system, std::string_view code);
  std::uint32_t number_of_coding(const json::Node& coding);
  std::uint32_t read_only_code(const json::Node& object);
  std::uint32_t number_of_only_code(const json::Node& object);
  void fill(Cell& cell, const json::Node* node, const json::Key& member);
  void sum_up(Column& column, std::size_t size) const;
  Answer ask(const Set& set, std::uint32_t number) {
    const Code& code = codes_[number];
    const std::uint64_t bit = std::uint64_t{1} << set.number;
    if ((code.asked & bit) == 0) look_up(set, number);
    return (code.yes & bit) != 0  ? Answer(true)
           : (code.no & bit) != 0 ? Answer(false)
                                  : std::nullopt;
  }
  void look_up(const Set& set, std::uint32_t code);
  Answer ask_coding(const Set& set, const json::Node& coding);

  const ValueSets* sets_ = nullptr;
  std::uint64_t stamp_ = 0;   // of the sets
  std::uint32_t record_ = 1;  // counts the records
  const json::Node *begin_ = nullptr, *end_ = nullptr;
  std::vector<KnownSet> known_;  // by number of set
  std::array<RecentSet, 128> recent_;
  std::vector<Code> codes_;
  std::vector<CodeText> texts_;         // by number of code
  std::vector<std::uint32_t> buckets_;  // number of code, from 1; 0: none
  std::vector<Column> columns_;
  std::array<Cell, 256> met_;  // by address
};

template <class OnCode>
MemberMemo::Answer MemberMemo::ask(const Set& set, const json::Node& object, OnCode on_code) {
  static const json::Key coding_key("coding");
  if (!set.is_known) return std::nullopt;
  if (const std::uint32_t code = set.has_number ? number_of_only_code(object) : none;
      code != none) {
    on_code();
    return ask(set, code);
  }
  const json::Node* list = object.find(coding_key);
  if (!list) {
    on_code();
    return ask_coding(set, object);
  }
  Answer answer = false;
  if (list->kind != JsonKind::array) return answer;
  for (const json::Node* coding = list->first(); coding; coding = coding->next()) {
    on_code();
    const Answer one = ask_coding(set, *coding);
    if (answer != true && one != false) answer = one;
  }
  return answer;
}

}  // namespace fbss::fhirpath
