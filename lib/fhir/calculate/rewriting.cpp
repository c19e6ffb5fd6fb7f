// SPDX-License-Identifier: Apache-2.0
// Two walks: the first marks the instances within which something changes, the second writes. What
// is not marked is copied whole.
#include "fhir/calculate/rewriting.hpp"

#include <algorithm>

namespace fbss::form {
namespace {

using json::Key;
using json::Node;

const Key item_key("item"), answer_key("answer"), link_id_key("linkId"), text_key("text");

bool is_value(const Node& member) {
  std::string_view name = member.key_view();
  if (name.starts_with('_')) name.remove_prefix(1);
  return name.starts_with("value");
}

}  // namespace

void Rewriting::begin() {
  changes_.clear();
}

void Rewriting::set_answers(std::uint32_t instance, std::uint32_t first, std::uint32_t end) {
  changes_.push_back({instance, first, end, false});
}

void Rewriting::leave_out(std::uint32_t instance) {
  changes_.push_back({instance, 0, 0, true});
}

bool Rewriting::made_response() const {
  const Node* response = state_.response.get();
  return response &&
         (response == documents_[0].root().get() || response == documents_[1].root().get());
}

const Rewriting::Change* Rewriting::change_of(std::uint32_t instance) const {
  return change_of_[instance] == none ? nullptr : &changes_[change_of_[instance]];
}

void Rewriting::mark() {
  const auto& instances = state_.instances;
  const std::size_t count = instances.size();
  change_of_.assign(count, none);
  marks_.assign(count, 0);
  if (is_out_of_order()) std::ranges::fill(marks_, is_rewritten);
  for (std::uint32_t i = 0; i < changes_.size(); ++i) {
    change_of_[changes_[i].instance] = i;
    const bool fills = changes_[i].end > changes_[i].first;
    for (std::uint32_t at = changes_[i].instance; at != none; at = instances[at].parent)
      marks_[at] |= static_cast<std::uint8_t>(is_rewritten | (fills ? is_filled : 0));
  }
}

Result<void> Rewriting::apply(const NewAnswers& answers) {
  mark();
  state_.reveal();
  Document& free =
      state_.response.get() == documents_[0].root().get() ? documents_[1] : documents_[0];
  json::Appender out(json::DocumentAccess::store(free));
  out_ = &out;
  answers_ = &answers;
  write_root();
  out.finish();
  out_ = nullptr;
  begin();
  return state_.adopt(free.root());
}

void Rewriting::write_root() {
  out_->begin_object();
  bool has_items = false;
  for (const Node* member = state_.response.get()->first(); member; member = member->next()) {
    const bool is_items = member->is_named(item_key);
    has_items |= is_items;
    if (is_items && member->kind == JsonKind::array)
      write_items(none, none);
    else
      out_->copy(*member);
  }
  if (!has_items) write_items(none, none);
  out_->close();
}

bool Rewriting::is_written(std::uint32_t instance) const {
  const Change* change = change_of(instance);
  if (change && change->leaves_out) return false;
  return state_.instances[instance].is_present() || (marks_[instance] & is_filled) != 0;
}

bool Rewriting::has_items_to_write(std::uint32_t parent, std::uint32_t answer) const {
  const auto& instances = state_.instances;
  const std::uint32_t end =
      parent == none ? static_cast<std::uint32_t>(instances.size()) : instances[parent].end;
  for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = instances[i].end)
    if (instances[i].parent_answer == answer && is_written(i)) return true;
  return std::ranges::any_of(state_.strays, [&](const Stray& stray) {
    return stray.parent == parent && stray.parent_answer == answer;
  });
}

// What the form does not have here stands behind what it has.
void Rewriting::write_items(std::uint32_t parent, std::uint32_t answer) {
  if (!has_items_to_write(parent, answer)) return;
  const auto& instances = state_.instances;
  out_->begin_array(item_key);
  const std::uint32_t end =
      parent == none ? static_cast<std::uint32_t>(instances.size()) : instances[parent].end;
  for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = instances[i].end)
    if (instances[i].parent_answer == answer && is_written(i)) write_item(i);
  for (const Stray& stray : state_.strays)
    if (stray.parent == parent && stray.parent_answer == answer) out_->copy(*stray.node);
  out_->close();
}

void Rewriting::write_item(std::uint32_t instance) {
  const Instance& own = state_.instances[instance];
  if (own.node && marks_[instance] == 0) return out_->copy(*own.node);
  const Item& item = state_.item_of(instance);
  out_->begin_object();
  bool has_answers = false, has_items = false;
  if (!own.node) {
    out_->add(JsonKind::string, item.link_id, link_id_key);
    if (!item.text.empty()) out_->add(JsonKind::string, item.text, text_key);
  }
  for (const Node* member = own.node ? own.node->first() : nullptr; member;
       member = member->next()) {
    const bool is_list = member->kind == JsonKind::array;
    if (is_list && member->is_named(answer_key)) {
      has_answers = true;
      write_answers(instance);
    } else if (is_list && member->is_named(item_key)) {
      has_items = true;
      write_items(instance, none);
    } else {
      out_->copy(*member);
    }
  }
  write_rest_of_item(instance, has_answers, has_items);
  out_->close();
}

// Items below a question without an answer go with its first answer, where it gets one.
void Rewriting::write_rest_of_item(std::uint32_t instance, bool has_answers, bool has_items) {
  const Change* change = change_of(instance);
  const bool gets_answers = !has_answers && change && change->end > change->first;
  if (gets_answers) write_answers(instance);
  const bool are_below_answer = gets_answers && !state_.item_of(instance).is_group();
  if (!has_items && !are_below_answer) write_items(instance, none);
}

void Rewriting::write_answers(std::uint32_t instance) {
  const Instance& own = state_.instances[instance];
  const Change* change = change_of(instance);
  const std::uint32_t count = change ? change->end - change->first : own.answer_count;
  if (count == 0) return;
  out_->begin_array(answer_key);
  const Node* old = own.answers;
  for (std::uint32_t i = 0; i < count; ++i) {
    write_answer(instance, i, old, change ? &(*answers_)[change->first + i] : nullptr);
    if (old) old = old->next();
  }
  out_->close();
}

// `value`: what takes the place of the old answer's; null: that stays.
void Rewriting::write_answer(std::uint32_t instance, std::uint32_t place, const Node* old,
                             const Node* value) {
  if (!value && old->kind != JsonKind::object) return out_->copy(*old);
  out_->begin_object();
  if (value) out_->copy(*value);
  bool has_items = false;
  for (const Node* member = old ? old->first() : nullptr; member; member = member->next()) {
    if (member->is_named(item_key) && member->kind == JsonKind::array) {
      has_items = true;
      write_items(instance, place);
    } else if (!value || !is_value(*member)) {
      out_->copy(*member);
    }
  }
  if (!has_items && old) write_items(instance, place);
  const bool is_first_ever = !state_.instances[instance].answers && place == 0;
  if (is_first_ever) write_items(instance, none);
  out_->close();
}

}  // namespace fbss::form
