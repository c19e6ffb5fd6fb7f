// SPDX-License-Identifier: Apache-2.0
// Because of which answers a rule came out as it did. In: a rule, its status and a trial. Out: the
// slots of a smallest set of recorded answers that fixes the status.
//
// What "fixes" means: a record that holds these answers and no others gives the same status. So the
// answer to a question that is asked only after another answer never stands alone: "depression is
// treated" comes with "depression: yes".
#include <algorithm>

#include "assessment/explain.hpp"

namespace fbss {
namespace {

using Slots = std::vector<std::uint32_t>;

// Above so many trials for one rule the set is only one of which nothing can be left out. No rule
// with fewer than a dozen questions comes near it.
constexpr int most_trials = 2000;

class Search {
 public:
  Search(const CompiledRule& rule, Status status, Trial& trial)
      : rule_(rule), status_(status), trial_(trial) {
    for (const std::uint32_t slot : questions_bearing_on(rule, trial.state().model()))
      if (trial.state().slots[slot].recorded == Recorded::values) answered_.push_back(slot);
    is_shown_.assign(answered_.size(), true);
  }

  ~Search() {
    for (const std::uint32_t slot : answered_) trial_.restore(slot);
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  Slots run() {
    find_needed();
    for (const std::size_t place : others_) show(place, false);
    bool found = false;
    for (std::size_t more = 0; more <= others_.size() && !found && trials_ < most_trials; ++more)
      found = add(more, 0);
    if (!found) leave_out();
    Slots slots;
    for (std::size_t place = 0; place < answered_.size(); ++place)
      if (is_shown_[place]) slots.push_back(answered_[place]);
    return slots;
  }

 private:
  void show(std::size_t place, bool shown) {
    is_shown_[place] = shown;
    if (shown)
      trial_.restore(answered_[place]);
    else
      trial_.hide(answered_[place]);
  }

  bool is_enough() {
    ++trials_;
    return trial_.status(rule_) == status_;
  }

  // An answer without which all others are not enough stands in every set that is.
  void find_needed() {
    for (std::size_t place = 0; place < answered_.size(); ++place) {
      show(place, false);
      (is_enough() ? others_ : needed_).push_back(place);
      show(place, true);
    }
  }

  // Adds `more` of the others, from `first` on, in every way until it is enough.
  bool add(std::size_t more, std::size_t first) {
    if (more == 0) return is_enough();
    for (std::size_t i = first; i + more <= others_.size() && trials_ < most_trials; ++i) {
      show(others_[i], true);
      if (add(more - 1, i + 1)) return true;
      show(others_[i], false);
    }
    return false;
  }

  void leave_out() {
    for (const std::size_t place : others_) show(place, true);
    for (std::size_t i = others_.size(); i-- > 0;) {
      show(others_[i], false);
      if (!is_enough()) show(others_[i], true);
    }
  }

  const CompiledRule& rule_;
  Status status_;
  Trial& trial_;
  Slots answered_;              // in the order of preference
  std::vector<bool> is_shown_;  // by place in answered_
  std::vector<std::size_t> needed_, others_;
  int trials_ = 0;
};

}  // namespace

Slots because(const CompiledRule& rule, Status status, Trial& trial) {
  if (status == Status::unknown) return {};
  return Search(rule, status, trial).run();
}

}  // namespace fbss
