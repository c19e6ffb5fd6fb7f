// SPDX-License-Identifier: Apache-2.0
// One pass over the form and the response side by side: at each level the response's items are
// matched by linkId, put into the form's order, and those that are left out are filled in.
#include "fhir/run/instances.hpp"

#include <algorithm>

#include "fhir/run/work.hpp"

namespace fbss::form {
namespace {

using json::Node;

const json::Key link_id_key("linkId"), item_key("item"), answer_key("answer");

const Node* list_of(const Node* object, const json::Key& key) {
  const Node* list = object ? object->find(key) : nullptr;
  return list && list->kind == JsonKind::array ? list : nullptr;
}

class Binder {
 public:
  explicit Binder(FormSession::State& state)
      : state_(state),
        model_(state.model),
        work_(*state.work),
        most_(state.options.limits.form_instances) {}

  bool run() {
    work_.matches.clear();
    state_.instances.clear();
    state_.strays.clear();
    state_.disordered.clear();
    children(none, none, none, list_of(state_.response.get(), item_key));
    if (is_full_) return false;
    index();
    return true;
  }

 private:
  void children(std::uint32_t item, std::uint32_t instance, std::uint32_t answer,
                const Node* list) {
    const std::size_t begin = work_.matches.size();
    match(item, instance, answer, list, begin);
    const std::size_t end = work_.matches.size();
    std::size_t at = begin;
    const std::uint32_t last = model_.end_of(item);
    for (std::uint32_t child = model_.first_child(item); child != last && !is_full_;
         child = model_.items[child].end) {
      std::uint32_t repetition = 0;
      for (; at < end && work_.matches[at].item == child && !is_full_; ++at) {
        const FormSession::State::Work::Match match = work_.matches[at];
        add(child, instance, answer, match.node, match.place, repetition++);
      }
      if (repetition == 0) add(child, instance, answer, nullptr, 0, 0);
    }
    work_.matches.resize(begin);
  }

  // The response's items of one level, in the form's order; what does not belong here is a stray.
  void match(std::uint32_t item, std::uint32_t instance, std::uint32_t answer, const Node* list,
             std::size_t begin) {
    if (!list) return;
    std::uint32_t place = 0;
    std::uint32_t before = none;
    bool is_sorted = true;
    for (const Node* node = list->first(); node; node = node->next(), ++place) {
      const std::uint32_t found = find(node, item, before);
      if (found == none || model_.items[found].parent != item) {
        state_.strays.push_back({instance, answer, place, found, node});
        continue;
      }
      if (before != none && found < before) {
        is_sorted = false;
        state_.disordered.push_back({instance, answer, place, found, node});
      }
      before = found;
      work_.matches.push_back({found, place, node});
    }
    if (!is_sorted)
      std::stable_sort(work_.matches.begin() + static_cast<std::ptrdiff_t>(begin),
                       work_.matches.end(),
                       [](const auto& a, const auto& b) { return a.item < b.item; });
  }

  // Most responses have the form's order: the item is the one before once more, or the next.
  std::uint32_t find(const Node* node, std::uint32_t parent, std::uint32_t before) const {
    const Node* link_id = node->find(link_id_key);
    if (!link_id || link_id->kind != JsonKind::string) return none;
    const std::string_view wanted = link_id->text_view();
    const std::uint32_t last = model_.end_of(parent);
    std::uint32_t next = model_.first_child(parent);
    if (before != none) {
      next = model_.items[before].end;
      const bool is_next = next < last && model_.items[next].link_id == wanted;
      if (model_.items[before].link_id == wanted && !(is_next && !model_.items[before].repeats))
        return before;
    }
    if (next < last && model_.items[next].link_id == wanted) return next;
    const std::uint32_t first = model_.find(wanted);
    for (std::uint32_t own = first; own != none; own = model_.items[own].next_of_link_id)
      if (model_.items[own].parent == parent) return own;
    return first;
  }

  void add(std::uint32_t item, std::uint32_t parent, std::uint32_t parent_answer, const Node* node,
           std::uint32_t place, std::uint32_t repetition) {
    if (state_.instances.size() >= most_) {
      is_full_ = true;
      return;
    }
    const auto own = static_cast<std::uint32_t>(state_.instances.size());
    Instance& made = state_.instances.emplace_back();
    made.item = item;
    made.parent = parent;
    made.parent_answer = parent_answer;
    made.node = node;
    made.place = place;
    made.repetition = repetition;
    if (const Node* answers = list_of(node, answer_key)) {
      made.answers = answers->first();
      made.answer_count = answers->text_length;
    }
    const bool is_group = model_.items[item].is_group();
    const Node* inner = list_of(node, item_key);
    const Node* answer = is_group ? nullptr : made.answers;  // `made` moves below
    if (model_.items[item].end == item + 1) {
      // Nothing belongs below it: what stands there is stray.
      match(item, own, none, inner, work_.matches.size());
      for (std::uint32_t i = 0; answer; answer = answer->next(), ++i)
        match(item, own, i, list_of(answer, item_key), work_.matches.size());
    } else {
      if (!answer || inner) children(item, own, none, inner);
      for (std::uint32_t i = 0; answer; answer = answer->next(), ++i)
        children(item, own, i, list_of(answer, item_key));
    }
    state_.instances[own].end = static_cast<std::uint32_t>(state_.instances.size());
  }

  // Sorts the instances by item, keeping their order.
  void index() {
    std::vector<std::uint32_t>& starts = work_.starts;
    starts.assign(model_.items.size() + 1, 0);
    for (const Instance& instance : state_.instances) ++starts[instance.item + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    work_.by_item.resize(state_.instances.size());
    for (std::uint32_t i = 0; i < state_.instances.size(); ++i)
      work_.by_item[starts[state_.instances[i].item]++] = i;
    // Each start has moved on to the next one's.
    for (std::size_t i = starts.size() - 1; i > 0; --i) starts[i] = starts[i - 1];
    starts[0] = 0;
  }

  FormSession::State& state_;
  const Form::Model& model_;
  FormSession::State::Work& work_;
  std::size_t most_;
  bool is_full_ = false;
};

}  // namespace

Result<void> find_instances(FormSession::State& state) {
  if (Binder(state).run()) return {};
  return Problem{.code = ErrorCode::too_large,
                 .message = "The response has, with what it leaves out, more than " +
                            std::to_string(state.options.limits.form_instances) +
                            " occurrences of items."};
}

}  // namespace fbss::form

namespace fbss {

using form::none;

std::span<const std::uint32_t> FormSession::State::instances_of(std::uint32_t item) const {
  return {work->by_item.data() + work->starts[item], work->starts[item + 1] - work->starts[item]};
}

// In document order the one that shares the most with `from` stands next to it: the last before it,
// or the first behind it.
std::uint32_t FormSession::State::nearest(std::uint32_t from, std::uint32_t item) const {
  const auto all = instances_of(item);
  if (all.size() == 1) return all.front();
  const auto behind = std::ranges::upper_bound(all, from);
  if (behind == all.begin()) return *behind;
  if (behind == all.end()) return behind[-1];
  const std::uint32_t before = behind[-1];
  std::uint32_t answer = none;  // of `around`: the one that holds `from`
  for (std::uint32_t around = from; around != none; around = instances[around].parent) {
    const bool holds_before = before >= around, holds_behind = *behind < instances[around].end;
    if (holds_before && holds_behind && before != around)
      return answer_within(around, before) == answer || answer_within(around, *behind) != answer
                 ? before
                 : *behind;
    if (holds_before) return before;
    if (holds_behind) return *behind;
    answer = instances[around].parent_answer;
  }
  return before;
}

std::uint32_t FormSession::State::answer_within(std::uint32_t outer, std::uint32_t inner) const {
  while (instances[inner].parent != outer) inner = instances[inner].parent;
  return instances[inner].parent_answer;
}

std::string FormSession::State::path_of(std::uint32_t instance, std::uint32_t answer) const {
  if (instance == none) return "QuestionnaireResponse";
  const form::Instance& own = instances[instance];
  std::string path = path_of(own.parent, own.parent_answer);
  if (!own.is_present()) return path;
  path += ".item[" + std::to_string(own.place) + ']';
  if (answer != none) path += ".answer[" + std::to_string(answer) + ']';
  return path;
}

std::string FormSession::State::path_of(const form::Stray& stray) const {
  return path_of(stray.parent, stray.parent_answer) + ".item[" + std::to_string(stray.place) + ']';
}

}  // namespace fbss
