// SPDX-License-Identifier: Apache-2.0
// Codes and sets by number, and where in the record a code was met.
#include "fhirpath/member_memo.hpp"

#include <algorithm>

#include "base/place_of.hpp"
#include "base/same_bytes.hpp"
#include "fhirpath/terminology.hpp"

namespace fbss::fhirpath {
namespace {

using json::Key;
using json::Node;

std::string_view text_of(const Node* member) {
  return member && member->kind == JsonKind::string ? member->text_view() : std::string_view{};
}

}  // namespace

void MemberMemo::use(const ValueSets& sets) {
  const std::uint64_t stamp = ValueSetsAccess::stamp(sets);
  if (stamp == stamp_) return;
  stamp_ = stamp;
  sets_ = &sets;
  known_.clear();
  recent_.fill({});
  forget();
}

// Cells hold numbers of codes.
void MemberMemo::forget() {
  ++record_;
  codes_.clear();
  texts_.clear();
  std::ranges::fill(buckets_, 0u);
}

MemberMemo::Set MemberMemo::set(std::string_view url) {
  // An expression asks by a text of its own, which stays where it is as long as the expression.
  RecentSet& recent = recent_[place_of(url.data(), 7)];
  if (recent.text == url.data() && recent.number != none &&
      same_text(known_[recent.number].url, url))
    return {recent.number, true, known_[recent.number].is_known, url};
  const auto found = std::ranges::find(known_, url, &KnownSet::url);
  const auto number = static_cast<std::uint32_t>(found - known_.begin());
  if (found == known_.end()) {
    if (known_.size() == most_sets || url.size() > longest_text)
      return {none, false, sets_->knows(url), url};
    known_.push_back({std::string(url), sets_->knows(url)});
  }
  recent = {url.data(), number};
  return {number, true, known_[number].is_known, url};
}

std::uint32_t MemberMemo::number_of_code(std::string_view system, std::string_view code) {
  if (system.size() > longest_text || code.size() > longest_text) return none;
  const std::uint64_t hash =
      (Key::signature_of(system) ^ (Key::signature_of(code) * spread)) + code.size();
  if (buckets_.empty()) buckets_.assign(std::size_t{1} << bucket_bits, 0);
  std::size_t at = place_of(hash, bucket_bits);
  for (; buckets_[at] != 0; at = (at + 1) % buckets_.size()) {
    const CodeText& text = texts_[buckets_[at] - 1];
    if (text.hash == hash && same_text(text.code, code) && same_text(text.system, system))
      return buckets_[at] - 1;
  }
  if (codes_.size() == most_codes) return none;
  codes_.emplace_back();
  texts_.push_back({std::string(system), std::string(code), hash});
  buckets_[at] = static_cast<std::uint32_t>(codes_.size());
  return buckets_[at] - 1;
}

// None where it has no system or no code.
std::uint32_t MemberMemo::number_of_coding(const Node& coding) {
  static const Key system_key("system"), code_key("code");
  const std::string_view system = text_of(coding.find(system_key));
  const std::string_view code = text_of(coding.find(code_key));
  return system.empty() || code.empty() ? none : number_of_code(system, code);
}

void MemberMemo::look_up(const Set& set, std::uint32_t number) {
  Code& code = codes_[number];
  const std::uint64_t bit = std::uint64_t{1} << set.number;
  const Answer answer = sets_->contains(set.url, texts_[number].system, texts_[number].code);
  code.asked |= bit;
  if (answer == true) code.yes |= bit;
  if (answer == false) code.no |= bit;
}

MemberMemo::Answer MemberMemo::ask_coding(const Set& set, const Node& coding) {
  static const Key system_key("system"), code_key("code");
  const std::string_view system = text_of(coding.find(system_key));
  const std::string_view code = text_of(coding.find(code_key));
  if (code.empty()) return false;
  if (system.empty()) return std::nullopt;
  const std::uint32_t number = set.has_number ? number_of_code(system, code) : none;
  return number == none ? sets_->contains(set.url, system, code) : ask(set, number);
}

// None where it has not one code.
std::uint32_t MemberMemo::read_only_code(const Node& object) {
  static const Key coding_key("coding");
  if (object.kind != JsonKind::object) return none;
  const Node* list = object.find(coding_key);
  if (!list) return number_of_coding(object);
  const Node* coding = list->kind == JsonKind::array ? list->first() : nullptr;
  return coding && !coding->next() ? number_of_coding(*coding) : none;
}

// The same; also of what does not lie in the record, which may change while this one stays.
std::uint32_t MemberMemo::number_of_only_code(const Node& object) {
  if (&object < begin_ || &object >= end_) return none;
  Cell& cell = met_[place_of(&object, 8)];
  if (cell.object != &object || cell.record != record_) {
    const std::uint32_t code = read_only_code(object);
    cell = {&object, code, record_};
  }
  return cell.code;
}

MemberMemo::Column& MemberMemo::column(std::uint32_t slot, const Key& member, std::size_t size) {
  auto found = std::ranges::find_if(columns_, [&](const Column& known) {
    return known.slot == slot && known.member == member.name;
  });
  if (found == columns_.end()) {
    if (columns_.size() == most_columns) columns_.clear();
    columns_.push_back({slot, std::string(member.name), {}});
    found = columns_.end() - 1;
  }
  if (found->cells.size() < size) found->cells.resize(size);
  return *found;
}

void MemberMemo::fill(Cell& cell, const Node* node, const Key& name) {
  const Node* member = node && !node->has_companions ? node->find(name) : nullptr;
  const std::uint32_t code = member ? number_of_only_code(*member) : none;
  cell = {node, code, record_};
}

// Most rules find nothing, and mostly the codes were met in earlier records.
void MemberMemo::sum_up(Column& column, std::size_t size) const {
  column.size = size;
  column.absent_of = ~std::uint64_t{0};
  for (std::size_t place = 0; place < size; ++place) {
    const std::uint32_t number = column.cells[place].code;
    column.absent_of &= number == none ? 0 : codes_[number].asked & ~codes_[number].yes;
  }
}

}  // namespace fbss::fhirpath
