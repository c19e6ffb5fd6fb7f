// SPDX-License-Identifier: Apache-2.0
// How often: required, repeats, minOccurs, maxOccurs; and answers where none may be. In: an
// instance. What the response leaves out is told at what would hold it.
// hl7.org/fhir/R4/questionnaire-definitions.html, Questionnaire.item.required, .repeats.
#include "fhir/validate/validation.hpp"

namespace fbss::form {
namespace {

std::string count_of(std::size_t count, std::string_view what) {
  return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

class Counting {
 public:
  Counting(Validation& validation, std::uint32_t instance)
      : validation_(validation),
        state_(validation.state),
        instance_(instance),
        own_(validation.state.instances[instance]),
        item_(validation.state.item_of(instance)) {}

  void run() {
    if (item_.type == ItemType::display || item_.type == ItemType::question) return;
    if (!own_.is_enabled) {
      if (!item_.is_group() && own_.answer_count > 0) not_enabled();
      return;
    }
    if (!is_called_for()) return;
    if (item_.is_group())
      group();
    else
      question();
  }

 private:
  void tell(FormRule rule, std::string message) {
    validation_.tell(rule, instance_, none, std::move(message), validation_.counting());
  }

  void not_enabled() {
    validation_.tell(FormRule::notEnabled, instance_, none,
                     "The item has an answer, and by the other answers it is not enabled.");
  }

  // What is within a group that is left out, or below a question without an answer, is not missed;
  // nor is what nobody can tell to be enabled.
  bool is_called_for() const {
    if (own_.is_present()) return true;
    if (own_.is_undecided) return false;
    if (own_.parent == none) return true;
    const Instance& parent = state_.instances[own_.parent];
    if (!parent.is_present()) return false;
    return state_.item_of(own_.parent).is_group() || own_.parent_answer != none;
  }

  // Only the first of several; how many there are beside it is counted from it.
  void group() {
    if (own_.repetition == 0) repetitions();
    if (!own_.is_present()) {
      if (item_.required) tell(FormRule::required, "The required group is left out.");
      return;
    }
    const json::Node* inner = own_.node->find(json::Key("item"));
    if (item_.required && asks_something() && !inner)
      tell(FormRule::required, "The required group has no items.");
  }

  // Whether some question in the group is enabled.
  bool asks_something() const {
    for (std::uint32_t i = instance_ + 1; i < own_.end; ++i)
      if (state_.instances[i].is_enabled && is_question(state_.item_of(i).type)) return true;
    return false;
  }

  void repetitions() {
    std::size_t count = 0;
    std::uint32_t surplus = none;
    const std::size_t most = most_allowed();
    const std::uint32_t last = own_.parent == none
                                   ? static_cast<std::uint32_t>(state_.instances.size())
                                   : state_.instances[own_.parent].end;
    for (std::uint32_t i = instance_; i < last; i = state_.instances[i].end) {
      const Instance& other = state_.instances[i];
      if (other.item != own_.item || other.parent_answer != own_.parent_answer) break;
      if (!other.is_present()) continue;
      if (++count == most + 1) surplus = i;
    }
    const bool may_be_missing = count == 0 && !item_.required;
    if (item_.min_occurs && count < *item_.min_occurs && count > 0 && !may_be_missing)
      validation_.tell_at(
          FormRule::minCount, state_.path_of(own_.parent, own_.parent_answer), item_.link_id,
          "There " + std::string(count == 1 ? "is " : "are ") + count_of(count, "repetition") +
              " of the group; at least " + std::to_string(*item_.min_occurs) + " are asked for.",
          validation_.counting());
    if (surplus == none) return;
    one_more(item_.repeats ? FormRule::maxCount : FormRule::repeats, surplus,
             item_.repeats ? "The group may occur " + std::to_string(most) +
                                 " times at most; there are " + std::to_string(count) + '.'
                           : "The group does not repeat; this is one more of it.",
             validation_.counting());
  }

  std::size_t most_allowed() const {
    if (!item_.repeats) return 1;
    return item_.max_occurs.value_or(SIZE_MAX - 1);
  }

  void question() {
    if (own_.repetition > 0) return second_item();
    std::size_t count = 0;
    std::uint32_t at = instance_;
    const std::uint32_t last = own_.parent == none
                                   ? static_cast<std::uint32_t>(state_.instances.size())
                                   : state_.instances[own_.parent].end;
    for (; at < last && state_.instances[at].item == own_.item &&
           state_.instances[at].parent_answer == own_.parent_answer;
         at = state_.instances[at].end)
      count += answered(state_.instances[at]);
    if (count == 0) {
      if (item_.required) tell(FormRule::required, "The required question has no answer.");
      return;
    }
    if (!item_.repeats && count > 1)
      tell(FormRule::repeats,
           "There are " + count_of(count, "answer") + " to a question that takes one.");
    else if (count > most_allowed())
      tell(FormRule::maxCount, "There are " + count_of(count, "answer") + "; at most " +
                                   std::to_string(most_allowed()) + " are allowed.");
    if (item_.min_occurs && count < *item_.min_occurs)
      tell(FormRule::minCount, "There " + std::string(count == 1 ? "is " : "are ") +
                                   count_of(count, "answer") + "; at least " +
                                   std::to_string(*item_.min_occurs) + " are asked for.");
  }

  void second_item() {
    one_more(FormRule::repeats, instance_,
             "A question has one item, which holds all its answers; this is one more.",
             item_.repeats ? std::optional(Severity::warning) : validation_.counting());
  }

  // Told at the first that is too many, and at what holds them all.
  void one_more(FormRule rule, std::uint32_t instance, std::string message,
                std::optional<Severity> severity) {
    validation_.issues.add({.rule = rule,
                            .severity = severity.value_or(usual_severity(rule)),
                            .path = state_.path_of(instance),
                            .other_path = state_.path_of(own_.parent, own_.parent_answer),
                            .link_id = std::string(item_.link_id),
                            .message = std::move(message)});
  }

  // Answers that say something: a value, or why there is none (an extension of it).
  static std::size_t answered(const Instance& instance) {
    std::size_t count = 0;
    for (const json::Node* answer = instance.answers; answer; answer = answer->next())
      if (answer->kind == JsonKind::object && find_choice(*answer, "value")) ++count;
    return count;
  }

  Validation& validation_;
  const FormSession::State& state_;
  std::uint32_t instance_;
  const Instance& own_;
  const Item& item_;
};

}  // namespace

void check_counts(Validation& validation, std::uint32_t instance) {
  Counting(validation, instance).run();
}

}  // namespace fbss::form
