// SPDX-License-Identifier: Apache-2.0
// First the instances are marked: within which something changes, which are to stand there. Then
// one walk writes, either text or nodes; what is not marked is copied whole.
#include "fhir/run/draft.hpp"

#include <algorithm>

#include "json/append.hpp"

namespace fbss::form {

using json::Key;
using json::Node;

namespace {

const Key item_key("item"), answer_key("answer"), link_id_key("linkId"), text_key("text"),
    status_key("status");

constexpr std::uint32_t gone = none - 1;  // a place below an answer that is no more

bool is_list(const Node& member, const Key& name) {
  return member.kind == JsonKind::array && member.is_named(name);
}

bool is_value(const Node& member) {
  std::string_view name = member.key_view();
  if (name.starts_with('_')) name.remove_prefix(1);
  return name.starts_with("value");
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

// The two ways out.
class Text {
 public:
  Text(json::Writer& out, const std::vector<Answer>& answers) : out_(out), answers_(answers) {}

  void begin_object() { out_.begin_object(); }
  void end_object() { out_.end_object(); }
  void begin_list(const Key& key) { out_.key(key.name).begin_array(); }
  void end_list() { out_.end_array(); }
  void text(const Key& key, std::string_view text) { out_.member(key.name, text); }
  void copy(const Node& node) {
    if (node.key) out_.key(node.key_view());
    out_.node(node);
  }
  void new_answer(std::uint32_t i) {
    const Answer& answer = answers_[i];
    if (!answer.extension.empty()) out_.key("extension").raw(answer.extension);
    out_.key(answer.member).raw(answer.value);
  }

 private:
  json::Writer& out_;
  const std::vector<Answer>& answers_;
};

class Nodes {
 public:
  Nodes(json::Store& out, const NewAnswers& answers) : out_(out), answers_(answers) {}

  void begin_object() { out_.begin_object(); }
  void end_object() { out_.close(); }
  void begin_list(const Key& key) { out_.begin_array(key); }
  void end_list() { out_.close(); }
  void text(const Key& key, std::string_view text) { out_.add(JsonKind::string, text, key); }
  void copy(const Node& node) { out_.copy(node); }
  void new_answer(std::uint32_t i) { out_.copy(answers_[i]); }
  void finish() { out_.finish(); }

 private:
  json::Appender out_;
  const NewAnswers& answers_;
};

}  // namespace

void Draft::begin() {
  changes_.clear();
  answers_.clear();
}

void Draft::answer(std::uint32_t instance, const std::vector<Answer>& answers) {
  const auto first = static_cast<std::uint32_t>(answers_.size());
  answers_.insert(answers_.end(), answers.begin(), answers.end());
  changes_.push_back({.kind = Kind::answers,
                      .instance = instance,
                      .first = first,
                      .end = static_cast<std::uint32_t>(answers_.size())});
}

void Draft::set_values(std::uint32_t instance, std::uint32_t first, std::uint32_t end) {
  changes_.push_back({.kind = Kind::values, .instance = instance, .first = first, .end = end});
}

void Draft::repeat(std::uint32_t instance, std::uint32_t times) {
  changes_.push_back({.kind = Kind::repetitions, .instance = instance, .times = times});
}

void Draft::leave_out(std::uint32_t instance) {
  changes_.push_back({.kind = Kind::nothing, .instance = instance});
}

void Draft::mark(const DraftOptions& options, bool is_whole) {
  const std::size_t count = state_.instances.size();
  marks_.assign(count, is_whole ? is_rewritten : 0);
  change_of_.assign(count, none);
  mark_changes();
  if (options.with_unanswered) mark_open();
  if (options.without_disabled) mark_disabled();
  if (options.silent != Silent::stay) mark_silent(options.silent);
}

void Draft::mark_changes() {
  for (std::uint32_t i = 0; i < changes_.size(); ++i) {
    const Change& change = changes_[i];
    change_of_[change.instance] = i;
    if (change.kind == Kind::nothing) marks_[change.instance] |= is_left_out;
    // A repetition stands beside the instance: that one is as it was.
    std::uint32_t at = change.kind == Kind::repetitions ? state_.instances[change.instance].parent
                                                        : change.instance;
    for (; at != none; at = state_.instances[at].parent)
      marks_[at] |= static_cast<std::uint8_t>(is_rewritten | (change.adds() ? is_filled : 0));
  }
}

// Instances stand before their descendants. Below a question something stands only where it is
// answered.
void Draft::mark_open() {
  for (std::uint32_t i = 0; i < marks_.size(); ++i) {
    const Instance& own = state_.instances[i];
    const Item& item = state_.item_of(i);
    const bool may_open =
        own.is_enabled && item.type != ItemType::display && !(item.is_group() && item.repeats) &&
        (own.parent == none ||
         ((marks_[own.parent] & is_open) != 0 &&
          (state_.item_of(own.parent).is_group() || answer_count(own.parent) > 0)));
    if (own.is_present() || may_open) marks_[i] |= is_open;
  }
}

void Draft::mark_disabled() {
  for (std::uint32_t i = 0; i < marks_.size(); ++i)
    if (!state_.instances[i].is_enabled) marks_[i] |= is_left_out;
}

void Draft::mark_silent(Silent silent) {
  for (std::size_t i = marks_.size(); i-- > 0;) {
    const auto at = static_cast<std::uint32_t>(i);
    const Instance& own = state_.instances[i];
    const bool is_kept_group = state_.item_of(at).is_group() && silent == Silent::groups_stay;
    const bool says = (marks_[i] & (is_filled | says_something)) != 0 || answer_count(at) > 0 ||
                      (own.node && (is_kept_group || says_more(*own.node)));
    if (!says) marks_[i] |= is_left_out;
    if ((marks_[i] & is_left_out) != 0 || own.parent == none) continue;
    if (place_below(own.parent, own.parent_answer) != gone) marks_[own.parent] |= says_something;
  }
}

const Draft::Change* Draft::change_of(std::uint32_t instance) const {
  return change_of_[instance] == none ? nullptr : &changes_[change_of_[instance]];
}

const Draft::Change* Draft::new_answers_of(std::uint32_t instance) const {
  const Change* change = change_of(instance);
  return change && change->gives_answers() ? change : nullptr;
}

// How many answers the instance will have.
std::uint32_t Draft::answer_count(std::uint32_t instance) const {
  const Change* change = new_answers_of(instance);
  return change ? change->end - change->first : state_.instances[instance].answer_count;
}

// Below which answer stands what stood below `answer`; none: below none, but beside them. R4: below
// a question there are items below its answers alone.
std::uint32_t Draft::place_below(std::uint32_t parent, std::uint32_t answer) const {
  if (parent == none) return none;
  const std::uint32_t count = answer_count(parent);
  if (answer == none) return count > 0 && !state_.item_of(parent).is_group() ? 0 : none;
  if (!new_answers_of(parent)) return answer;
  return count == 0 ? gone : std::min(answer, count - 1);
}

template <class Out>
class DraftWalk {
 public:
  DraftWalk(const Draft& draft, const DraftOptions& options, Out& out)
      : draft_(draft), state_(draft.state_), options_(options), out_(out) {}

  void response() {
    bool has_items = false, has_status = options_.status.empty();
    out_.begin_object();
    for (const Node* member = state_.response.get()->first(); member; member = member->next()) {
      const bool is_items = member->is_named(item_key);
      has_items |= is_items;
      if (is_items && member->kind == JsonKind::array) {
        items(none, none);
      } else if (!options_.status.empty() && member->is_named(status_key)) {
        out_.text(status_key, options_.status);
        has_status = true;
      } else {
        out_.copy(*member);
      }
    }
    if (!has_status) out_.text(status_key, options_.status);
    if (!has_items) items(none, none);
    out_.end_object();
  }

 private:
  // The items below an instance (none: the root), or below one of its answers.
  void items(std::uint32_t parent, std::uint32_t answer) {
    bool has_begun = false;
    const auto begin = [&] {
      if (!has_begun) out_.begin_list(item_key);
      has_begun = true;
    };
    const auto stands_here = [&](std::uint32_t before) {
      return draft_.place_below(parent, before) == answer;
    };
    const auto& instances = state_.instances;
    const std::uint32_t end =
        parent == none ? static_cast<std::uint32_t>(instances.size()) : instances[parent].end;
    for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = instances[i].end) {
      const Draft::Change* change = draft_.change_of(i);
      const std::uint32_t times = change ? change->times : 0;
      const bool stays = is_written(i);
      if ((!stays && times == 0) || !stands_here(instances[i].parent_answer)) continue;
      begin();
      if (stays) item(i);
      for (std::uint32_t n = 0; n < times; ++n) {
        out_.begin_object();
        head(i);
        out_.end_object();
      }
    }
    for (const Stray& stray : state_.strays)
      if (stray.parent == parent && stands_here(stray.parent_answer)) {
        begin();
        out_.copy(*stray.node);
      }
    if (has_begun) out_.end_list();
  }

  bool is_written(std::uint32_t i) const {
    const std::uint8_t marks = draft_.marks_[i];
    return (marks & Draft::is_left_out) == 0 &&
           (state_.instances[i].is_present() || (marks & (Draft::is_filled | Draft::is_open)) != 0);
  }

  void head(std::uint32_t i) {
    const Item& item = state_.item_of(i);
    out_.text(link_id_key, item.link_id);
    if (!item.text.empty()) out_.text(text_key, item.text);
  }

  void item(std::uint32_t i) {
    const Instance& own = state_.instances[i];
    if (own.node && (draft_.marks_[i] & Draft::is_rewritten) == 0) return out_.copy(*own.node);
    bool has_answers = false, has_items = false;
    out_.begin_object();
    if (!own.node) head(i);
    for (const Node* member = own.node ? own.node->first() : nullptr; member;
         member = member->next()) {
      if (is_list(*member, answer_key)) {
        has_answers = true;
        answers(i);
      } else if (is_list(*member, item_key)) {
        has_items = true;
        items(i, none);
      } else {
        out_.copy(*member);
      }
    }
    if (!has_answers) answers(i);
    if (!has_items) items(i, none);
    out_.end_object();
  }

  void answers(std::uint32_t i) {
    const std::uint32_t count = draft_.answer_count(i);
    if (count == 0) return;
    const Draft::Change* change = draft_.new_answers_of(i);
    const Node* old = state_.instances[i].answers;
    out_.begin_list(answer_key);
    for (std::uint32_t place = 0; place < count; ++place) {
      answer(i, place, old, change);
      if (old) old = old->next();
    }
    out_.end_list();
  }

  // `change`: what takes the place of the old answer; null: that stays.
  void answer(std::uint32_t i, std::uint32_t place, const Node* old, const Draft::Change* change) {
    if (!change && old->kind != JsonKind::object) return out_.copy(*old);
    bool has_items = false;
    out_.begin_object();
    if (change) out_.new_answer(change->first + place);
    for (const Node* member = old ? old->first() : nullptr; member; member = member->next()) {
      if (is_list(*member, item_key)) {
        has_items = true;
        items(i, place);
      } else if (!change || (change->kind == Draft::Kind::values && !is_value(*member))) {
        out_.copy(*member);
      }
    }
    if (!has_items) items(i, place);
    out_.end_object();
  }

  const Draft& draft_;
  const FormSession::State& state_;
  const DraftOptions& options_;
  Out& out_;
};

// Copies have to be of what is hidden from expressions too.
void Draft::write(json::Writer& out, const DraftOptions& options) {
  mark(options, true);
  Text text(out, answers_);
  state_.reveal();
  DraftWalk<Text>(*this, options, text).response();
  state_.conceal();
}

Result<void> Draft::adopt(Document& into, const NewAnswers& answers) {
  const DraftOptions options;
  mark(options, !state_.disordered.empty());
  state_.reveal();
  Nodes nodes(json::DocumentAccess::store(into), answers);
  DraftWalk<Nodes>(*this, options, nodes).response();
  nodes.finish();
  begin();
  return state_.adopt(into.root());
}

}  // namespace fbss::form
