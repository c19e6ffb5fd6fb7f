// SPDX-License-Identifier: Apache-2.0
// Writing a draft: first which instances will stand in it, from the last to the first, then one
// walk. Members keep their order; a new `answer` or `item` comes last.
#include "fhir/run/draft.hpp"

#include <algorithm>

namespace fbss::form {

using json::Node;

namespace {

const json::Key answer_key("answer"), item_key("item"), status_key("status");

// Below an answer that is taken away.
constexpr std::uint32_t gone = none - 1;

bool is_list(const Node& member, const json::Key& name) {
  return member.kind == JsonKind::array && member.is_named(name);
}

bool says_more(const Node& item) {
  for (const Node* member = item.first(); member; member = member->next()) {
    const std::string_view name = member->key_view();
    if (name != "linkId" && name != "text" && name != "definition" &&
        !is_list(*member, answer_key) && !is_list(*member, item_key))
      return true;
  }
  return false;
}

}  // namespace

class DraftWriter {
 public:
  DraftWriter(const Draft& draft, json::Writer& out, const DraftOptions& options)
      : draft_(draft), state_(draft.state_), out_(out), options_(options) {}

  void write() {
    find_shown();
    const Node& root = *state_.response.get();
    out_.begin_object();
    for (const Node* member = root.first(); member; member = member->next()) {
      if (is_list(*member, item_key)) continue;
      if (member->is_named(status_key) && !options_.status.empty())
        out_.member("status", options_.status);
      else
        copy(*member);
    }
    children(none, none);
    out_.end_object();
  }

 private:
  const std::vector<Answer>* new_answers(std::uint32_t instance) const {
    const auto found = draft_.answers_.find(instance);
    return found == draft_.answers_.end() ? nullptr : &found->second;
  }

  // Instances stand before their descendants.
  void find_shown() {
    const std::size_t count = state_.instances.size();
    std::vector<bool> open(count);  // written even without an answer
    shown_.assign(count, false);
    for (std::uint32_t i = 0; i < count; ++i) {
      open[i] = is_open(i, open);
      shown_[i] = open[i] || is_changed(i);
    }
    std::vector<bool> is_gone(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Instance& own = state_.instances[i];
      is_gone[i] = own.parent != none &&
                   (is_gone[own.parent] || place_below(own.parent, own.parent_answer) == gone);
    }
    for (std::size_t i = count; i-- > 0;) {
      const Instance& instance = state_.instances[i];
      if (is_gone[i] || (options_.without_disabled && !instance.is_enabled)) shown_[i] = false;
      if (shown_[i] && instance.parent != none) shown_[instance.parent] = true;
    }
  }

  bool is_changed(std::uint32_t index) const {
    const auto* answers = new_answers(index);
    return (answers && !answers->empty()) || draft_.repetitions_.contains(index);
  }

  // Below a question something stands only where it is answered.
  bool is_open(std::uint32_t index, const std::vector<bool>& open) const {
    const Instance& instance = state_.instances[index];
    if (instance.is_present() && stays(index)) return true;
    if (!options_.with_unanswered || !instance.is_enabled) return false;
    const Item& item = state_.item_of(index);
    if (item.type == ItemType::display || (item.is_group() && item.repeats)) return false;
    return instance.parent == none ||
           (open[instance.parent] &&
            (state_.item_of(instance.parent).is_group() || answer_count(instance.parent) > 0));
  }

  bool stays(std::uint32_t index) const {
    if (options_.silent == Silent::stay || answer_count(index) > 0) return true;
    return says_more(*state_.instances[index].node) ||
           (options_.silent == Silent::groups_stay && state_.item_of(index).is_group());
  }

  // How many answers the instance will have.
  std::uint32_t answer_count(std::uint32_t index) const {
    const auto* answers = new_answers(index);
    return answers ? static_cast<std::uint32_t>(answers->size())
                   : state_.instances[index].answer_count;
  }

  // Below which answer something stands that stood below `answer`.
  std::uint32_t place_below(std::uint32_t parent, std::uint32_t answer) const {
    if (parent == none) return none;
    const std::uint32_t count = answer_count(parent);
    if (count == 0) return answer == none ? none : gone;
    return answer == none ? 0 : std::min(answer, count - 1);
  }

  // The items below an instance (none: the root), or below one of its answers.
  void children(std::uint32_t parent, std::uint32_t answer) {
    bool has_begun = false;
    const auto begin = [&] {
      if (!has_begun) out_.key("item").begin_array();
      has_begun = true;
    };
    const std::uint32_t end = parent == none ? static_cast<std::uint32_t>(state_.instances.size())
                                             : state_.instances[parent].end;
    for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = state_.instances[i].end) {
      if (!shown_[i] || place_below(parent, state_.instances[i].parent_answer) != answer) continue;
      begin();
      item(i);
    }
    for (const Stray& stray : state_.strays)
      if (stray.parent == parent && place_below(parent, stray.parent_answer) == answer) {
        begin();
        out_.node(*stray.node);
      }
    if (has_begun) out_.end_array();
  }

  void item(std::uint32_t index) {
    const auto repeated = draft_.repetitions_.find(index);
    if (repeated == draft_.repetitions_.end()) return one_item(index);
    if (state_.instances[index].is_present()) one_item(index);
    for (std::uint32_t i = 0; i < repeated->second; ++i) {
      out_.begin_object();
      head(index);
      out_.end_object();
    }
  }

  void one_item(std::uint32_t index) {
    begin_item(index);
    const std::uint32_t count = answer_count(index);
    if (count > 0) {
      out_.key("answer").begin_array();
      answers(index);
      out_.end_array();
    } else {
      children(index, none);
    }
    out_.end_object();
  }

  void begin_item(std::uint32_t index) {
    out_.begin_object();
    if (const Node* node = state_.instances[index].node) {
      for (const Node* member = node->first(); member; member = member->next())
        if (!is_list(*member, answer_key) && !is_list(*member, item_key)) copy(*member);
      return;
    }
    head(index);
  }

  // Of an item that the response does not have.
  void head(std::uint32_t index) {
    const Item& item = state_.item_of(index);
    out_.member("linkId", item.link_id);
    if (!item.text.empty()) out_.member("text", item.text);
  }

  void copy(const Node& member) { out_.key(member.key_view()).node(member); }

  void answers(std::uint32_t index) {
    std::uint32_t place = 0;
    if (const auto* made = new_answers(index)) {
      for (const Answer& answer : *made) {
        out_.begin_object();
        if (!answer.extension.empty()) out_.key("extension").raw(answer.extension);
        out_.key(answer.member).raw(answer.value);
        children(index, place++);
        out_.end_object();
      }
      return;
    }
    // The list may be hidden from expressions; its elements are not.
    for (const Node* answer = state_.instances[index].answers; answer; answer = answer->next()) {
      if (answer->kind != JsonKind::object) {
        out_.node(*answer);
        ++place;
        continue;
      }
      out_.begin_object();
      for (const Node* member = answer->first(); member; member = member->next())
        if (!is_list(*member, item_key)) copy(*member);
      children(index, place++);
      out_.end_object();
    }
  }

  const Draft& draft_;
  const FormSession::State& state_;
  json::Writer& out_;
  const DraftOptions& options_;
  std::vector<bool> shown_;
};

void Draft::write(json::Writer& out, const DraftOptions& options) const {
  DraftWriter(*this, out, options).write();
}

}  // namespace fbss::form
