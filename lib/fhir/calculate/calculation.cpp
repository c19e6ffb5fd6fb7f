// SPDX-License-Identifier: Apache-2.0
// The levels of the plan, one after another: every value is worked out and held against the answer
// that is there; where they differ the response is written anew before the next level.
#include "fhir/calculate/calculation.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "fhir/form/same_value.hpp"
#include "fhir/form/values.hpp"
#include "fhir/run/answered.hpp"
#include "fhirpath/value.hpp"
#include "json/hide.hpp"
#include "json/write.hpp"

namespace fbss {

using fhirpath::Collection;
using fhirpath::Value;
using fhirpath::ValueAccess;
using form::Instance;
using form::MissingDataRule;
using form::none;
using form::Plan;

namespace {

// Values that change each other may never settle; a sound form needs a sweep for each step of its
// longest cascade.
constexpr int most_sweeps = 32;

bool is_same_json(const json::Node& a, const json::Node& b) {
  if (a.kind != b.kind || a.boolean != b.boolean) return false;
  if (!a.is_container()) return a.text_view() == b.text_view();
  const json::Node *left = a.first(), *right = b.first();
  for (; left && right; left = left->next(), right = right->next())
    if (left->key_view() != right->key_view() || !is_same_json(*left, *right)) return false;
  return !left && !right;
}

// An answer that is there and one that was made, both nodes with their keys.
bool is_same_answer(const form::Choice& old, const json::Node& made) {
  if (!old.node || old.node->key_view() != made.key_view()) return false;
  return is_same_json(*old.node, made) ||
         form::is_same_value(old.value(), ValueAccess::of_node(&made, nullptr, old.type));
}

std::string counted_text(std::size_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : several);
}

}  // namespace

Calculation::State::State(FormSession::State& worked_with)
    : session(worked_with),
      choices(session.model),
      reaches(session.model),
      plan(make_plan(session.model, reaches)),
      answers_(session.model, form::NewAnswers::Origin::calculation),
      draft_(session) {}

void Calculation::State::note(FormRule rule, Severity severity, std::uint32_t instance,
                              std::string message) {
  notes_.push_back({.rule = rule,
                    .severity = severity,
                    .path = session.path_of(instance),
                    .link_id = std::string(session.item_of(instance).link_id),
                    .message = std::move(message)});
}

Result<void> Calculation::State::run() {
  if (!session.response) return {};
  answers_.clear(own_document() != nullptr);
  draft_.begin();
  notes_.clear();
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    // Only the first sweep finds the answers of a person in place of calculated ones.
    std::erase_if(
        notes_, [](const FormIssue& issue) { return issue.rule != FormRule::calculatedReplaced; });
    bool has_changed = false;
    std::uint32_t begin = 0;
    for (const std::uint32_t end : plan.ends) {
      const auto changed = run_level(begin, end, sweep == 0);
      if (!changed) return changed.problems();
      has_changed |= *changed;
      begin = end;
    }
    if (!has_changed || !plan.may_be_restless) break;
    if (sweep + 1 == most_sweeps)
      session.tell(FormRule::calculatedRestless, Severity::warning, "QuestionnaireResponse", {},
                   "Calculated values, or the items that they enable, change each other without "
                   "end; the last ones count.");
  }
  drop_disabled();
  session.issues.insert(session.issues.end(), notes_.begin(), notes_.end());
  if (!draft_.is_changed() && session.disordered.empty()) return {};
  return adopt_draft();
}

// The one that the session works on; null: it works on the response that was read.
Document* Calculation::State::own_document() {
  for (Document& document : documents_)
    if (session.response && session.response.get() == document.root().get()) return &document;
  return nullptr;
}

Result<void> Calculation::State::adopt_draft() {
  return draft_.adopt(own_document() == &documents_[0] ? documents_[1] : documents_[0], answers_);
}

// Whether something changed.
Result<bool> Calculation::State::run_level(std::uint32_t begin, std::uint32_t end, bool is_first) {
  for (std::uint32_t i = begin; i < end; ++i)
    for (const std::uint32_t instance : session.instances_of(plan.steps[i].item))
      work_out(plan.steps[i], instance, is_first);
  if (!draft_.is_changed()) return false;
  if (auto adopted = adopt_draft(); !adopted) return adopted.problems();
  return true;
}

void Calculation::State::work_out(const Plan::Step& step, std::uint32_t instance, bool is_first) {
  const Instance& own = session.instances[instance];
  const std::size_t first = answers_.count();
  if (own.is_enabled) {
    if (session.model.expressions[step.expression].program)
      evaluate(step, instance);
    else
      note(FormRule::badExpression, Severity::warning, instance,
           "The expression cannot be evaluated: the item is left empty.");
  }
  if (has_answers(instance, first)) return answers_.cut(first);
  draft_.set_values(instance, static_cast<std::uint32_t>(first),
                    static_cast<std::uint32_t>(answers_.count()));
  const bool was_entered = form::is_answered(own) && !session.item_of(instance).read_only;
  if (is_first && was_entered && own.is_enabled)
    note(FormRule::calculatedReplaced, Severity::information, instance,
         answers_.count() > first
             ? "The answer differed from the calculated value, which took its place."
             : "The answer was removed: the expression gives no value.");
}

// An expression that reads its own item among others must not find what it gave the last time.
void Calculation::State::evaluate(const Plan::Step& step, std::uint32_t instance) {
  if (step.reads_itself) show_own_answers(step.item, false);
  bool failed = false;
  const Collection values = session.evaluate(step.expression, instance, &failed);
  if (failed)
    session.tell_failure(step.expression, instance);
  else
    convert(step, instance, values);
  if (step.reads_itself) show_own_answers(step.item, true);
}

void Calculation::State::show_own_answers(std::uint32_t item, bool shows) {
  static const json::Key answer_key("answer");
  bool has_any = false;
  for (const std::uint32_t i : session.instances_of(item)) {
    const Instance& own = session.instances[i];
    if (own.answer_count == 0 || !own.is_enabled) continue;
    has_any = true;
    const json::Node& list = *own.node->find(answer_key);
    shows ? json::show(list, own.answer_count) : json::hide(list);
  }
  if (!has_any) return;
  session.forget_variables();
  json::renew(*session.response.get());
}

// Whether the instance's answers are those made from `first` on.
bool Calculation::State::has_answers(std::uint32_t instance, std::size_t first) const {
  const Instance& own = session.instances[instance];
  if (own.answer_count != answers_.count() - first) return false;
  for (const json::Node* answer = own.answers; answer; answer = answer->next())
    if (!is_same_answer(form::find_choice(*answer, "value"), answers_[first++])) return false;
  return true;
}

void Calculation::State::convert(const Plan::Step& step, std::uint32_t instance,
                                 Collection values) {
  const form::Item& item = session.model.items[step.item];
  if (values.size() > 1 && !item.repeats)
    return note(FormRule::calculatedValue, Severity::warning, instance,
                "The expression gives several values, and the item takes one answer: it is left "
                "empty.");
  const auto missing = missing_data(step, instance);
  if ((values.empty() && (!missing || missing->is_met())) || !missing ||
      missing->answered == missing->counted) {
    for (const Value& value : values) add_value(step, instance, value);
    return;
  }
  const std::size_t absent = missing->counted - missing->answered;
  std::string text = counted_text(absent, "answer is", "answers are") + " missing of the " +
                     std::to_string(missing->counted) + " that count; ";
  if (!missing->is_met()) {
    text += missing->least_answered == missing->counted
                ? "all are needed"
                : "at least " + std::to_string(missing->least_answered) + " are needed";
    return note(FormRule::missingData, Severity::information, instance,
                text + ", so that there is no value.");
  }
  const std::size_t before = answers_.count();
  for (const Value& value : values)
    if (const auto made = prorated(step, instance, *missing, value))
      add_value(step, instance, *made);
  if (answers_.count() > before)
    note(FormRule::missingData, Severity::information, instance,
         text + "the value is prorated: what the others give, times " +
             std::to_string(missing->counted) + " / " + std::to_string(missing->answered) + '.');
}

std::optional<Value> Calculation::State::prorated(const Plan::Step& step, std::uint32_t instance,
                                                  const MissingData& missing, const Value& value) {
  const form::Item& item = session.model.items[step.item];
  const auto own = fhirpath::system_value(value);
  std::optional<Decimal> number;
  if (own && fhirpath::is_number(own->type()))
    number =
        multiply(fhirpath::to_decimal(*own), Decimal(static_cast<std::int64_t>(missing.counted)));
  if (number) number = divide(*number, Decimal(static_cast<std::int64_t>(missing.answered)));
  if (!number) {
    note(FormRule::calculatedValue, Severity::warning, instance,
         "The calculated value is no number that can be prorated: the item is left empty.");
    return std::nullopt;
  }
  if (item.type == form::ItemType::integer)
    number = number->rounded(0);
  else if (item.max_decimal_places && *item.max_decimal_places < number->scale())
    number = number->rounded(static_cast<std::uint8_t>(*item.max_decimal_places));
  return ValueAccess::of_decimal(*number);
}

void Calculation::State::add_value(const Plan::Step& step, std::uint32_t instance,
                                   const Value& value) {
  std::string misfit = answers_.add(session.model.items[step.item], value);
  if (!misfit.empty())
    note(FormRule::calculatedValue, Severity::warning, instance, std::move(misfit));
}

std::optional<MissingData> Calculation::State::missing_data(const Plan::Step& step,
                                                            std::uint32_t instance) const {
  const auto& rule = session.model.items[step.item].missing_data_rule;
  if (!rule || !minds_missing_data) return std::nullopt;
  MissingData found;
  for (const std::uint32_t question : step.counted) {
    // Those in the item's own repetition: below the smallest instance that is around both.
    std::uint32_t around = instance;
    while (around != none && !session.model.holds(session.instances[around].item, question))
      around = session.instances[around].parent;
    const std::uint32_t end = around == none ? static_cast<std::uint32_t>(session.instances.size())
                                             : session.instances[around].end;
    for (const std::uint32_t one : session.instances_of(question)) {
      if (around != none && (one < around || one >= end)) continue;
      if (!session.instances[one].is_enabled) continue;
      ++found.counted;
      if (form::is_answered(session.instances[one])) ++found.answered;
    }
  }
  switch (rule->kind) {
    case MissingDataRule::Kind::all_needed:
      found.rule = "all-needed";
      found.least_answered = found.counted;
      break;
    case MissingDataRule::Kind::prorated:
      found.rule = "prorated";
      found.least_answered =
          found.counted - std::min<std::size_t>(found.counted, rule->max_missing);
      break;
    case MissingDataRule::Kind::half_needed:
      found.rule = "half-needed";
      found.least_answered = (found.counted + 1) / 2;
      break;
  }
  // Of nothing nothing can be made.
  if (found.counted > 0) found.least_answered = std::max<std::size_t>(found.least_answered, 1);
  return found;
}

// R4: an item that is not enabled has no place in a response that is completed.
void Calculation::State::drop_disabled() {
  const std::string_view status = session.status();
  if (status != "completed" && status != "amended") return;
  const auto& instances = session.instances;
  for (std::uint32_t i = 0; i < instances.size();) {
    if (instances[i].is_enabled || !instances[i].is_present()) {
      ++i;
      continue;
    }
    const bool has_any = std::any_of(instances.begin() + i, instances.begin() + instances[i].end,
                                     [](const Instance& own) { return own.answer_count > 0; });
    if (has_any)
      note(FormRule::answerDropped, Severity::information, i,
           "The item is not enabled: its answers are left out of the completed response.");
    draft_.leave_out(i);
    i = instances[i].end;
  }
}

void Calculation::State::write(std::string& out, int indent) {
  if (!session.response) return;
  session.reveal();
  json::write(out, *session.response.get(), indent);
  session.conceal();
  out += '\n';
}

Calculation::Calculation(FormSession& session) : state_(std::make_unique<State>(session.state())) {}
Calculation::~Calculation() = default;
Calculation::Calculation(Calculation&&) noexcept = default;
Calculation& Calculation::operator=(Calculation&&) noexcept = default;

Result<void> Calculation::run() {
  return state_->run();
}

std::string Calculation::response() const {
  std::string out;
  state_->write(out, 2);
  return out;
}

void Calculation::append_line(std::string& out) const {
  state_->write(out, 0);
}

}  // namespace fbss
