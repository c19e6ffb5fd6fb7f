// SPDX-License-Identifier: Apache-2.0
// Which instances are enabled. In: instances and their answers. Out: Instance::is_enabled, and the
// answers of the others hidden from expressions. hl7.org/fhir/R4/questionnaire-definitions.html,
// Questionnaire.item.enableWhen; SDC, enableWhenExpression.
//
// An item is enabled where what holds it is, its enableWhen hold, and its enableWhenExpression is
// true. A question that is not enabled counts as unanswered, so being disabled cascades. For
// enableWhen that is one pass, which works out first what an instance depends on. Expressions read
// the whole response, so with them the pass is repeated until it changes nothing.
#include <algorithm>

#include "fhir/form/values.hpp"
#include "fhir/run/condition.hpp"
#include "fhir/run/work.hpp"
#include "json/hide.hpp"

namespace fbss {
namespace form {
namespace {

using State = FormSession::State;
using Mark = State::Work::Mark;

// Expressions that enable each other may never settle; a sound form needs a pass for each step of
// its longest cascade.
constexpr int most_passes = 32;

class Enabling {
 public:
  explicit Enabling(State& state)
      : state_(state), model_(state.model), work_(*state.work), marks_(work_.marks) {}

  void run() {
    show_all();
    work_.marks_before.clear();
    for (int pass = 0; pass < most_passes; ++pass) {
      marks_.assign(state_.instances.size(), Mark::fresh);
      for (std::uint32_t i = 0; i < marks_.size(); ++i) mark_of(i);
      if (marks_ == work_.marks_before) break;
      show_all();
      note();
      state_.conceal();
      if (!work_.hidden.empty()) changed();
      if (!model_.has_enable_expressions) break;
      work_.marks_before = marks_;
      if (pass + 1 == most_passes) tell_restless();
    }
  }

 private:
  void note() {
    for (std::uint32_t i = 0; i < marks_.size(); ++i) {
      state_.instances[i].is_enabled = marks_[i] != Mark::no;
      state_.instances[i].is_undecided = marks_[i] == Mark::undecided;
    }
  }

  bool is_enabled(std::uint32_t instance) { return mark_of(instance) != Mark::no; }

  // `open` where it is being worked out: it depends on itself, and its answers count as they are.
  Mark mark_of(std::uint32_t instance) {
    Mark& mark = marks_[instance];
    if (mark != Mark::fresh) return mark;
    mark = Mark::open;
    const Mark result = work_out(instance);
    return marks_[instance] = result;
  }

  Mark work_out(std::uint32_t instance) {
    const Instance& own = state_.instances[instance];
    if (own.parent != none && !is_enabled(own.parent)) return Mark::no;
    const Item& item = model_.items[own.item];
    if (!item.enable_when.empty() && !conditions_hold(instance, item)) return Mark::no;
    return item.enable_expression == none ? Mark::yes : by_expression(instance, item);
  }

  bool conditions_hold(std::uint32_t instance, const Item& item) {
    for (const EnableWhen& condition : item.enable_when)
      if (holds(instance, condition) == item.any) return item.any;
    return !item.any;
  }

  bool holds(std::uint32_t instance, const EnableWhen& condition) {
    if (!condition.is_usable) return false;
    const std::uint32_t question = state_.nearest(instance, condition.question);
    const Instance& asked = state_.instances[question];
    const json::Node* answer = asked.answers && is_enabled(question) ? asked.answers : nullptr;
    Condition checked(condition);
    for (; answer; answer = answer->next())
      if (const Choice choice = find_choice(*answer, "value"); choice.node)
        checked.add(choice.value());
    return checked.holds();
  }

  Mark by_expression(std::uint32_t instance, const Item& item) {
    bool failed = false;
    const auto values = state_.evaluate(item.enable_expression, instance, &failed);
    if (failed) {
      state_.tell_failure(item.enable_expression, instance);
      return Mark::undecided;
    }
    if (values.size() != 1) return Mark::no;
    const auto value = fhirpath::system_value(values.front());
    return value && value->type() == fhirpath::Type::boolean && value->boolean() ? Mark::yes
                                                                                 : Mark::no;
  }

  void show_all() {
    if (!work_.hidden.empty()) changed();
    state_.reveal();
  }

  // What expressions have read may read otherwise now.
  void changed() {
    state_.forget_variables();
    json::renew(*state_.response.get());
  }

  void tell_restless() {
    state_.tell(FormRule::enableWhenCycle, Severity::warning, "QuestionnaireResponse", {},
                "Which items are enabled does not settle: their expressions enable and disable "
                "each other. The last state counts.");
  }

  State& state_;
  const Form::Model& model_;
  State::Work& work_;
  std::vector<Mark>& marks_;
};

}  // namespace
}  // namespace form

void FormSession::State::settle() {
  form::Enabling(*this).run();
}

void FormSession::State::conceal() {
  static const json::Key answer_key("answer"), item_key("item");
  for (const form::Instance& instance : instances) {
    if (instance.is_enabled || !instance.is_present()) continue;
    for (const json::Key& key : {answer_key, item_key}) {
      const json::Node* list = instance.node->find(key);
      if (!list || list->kind != JsonKind::array || list->text_length == 0) continue;
      work->hidden.push_back({list, list->text_length});
      json::hide(*list);
    }
  }
}

void FormSession::State::reveal() {
  for (const Work::Hidden& hidden : work->hidden) json::show(*hidden.list, hidden.size);
  work->hidden.clear();
}

}  // namespace fbss
