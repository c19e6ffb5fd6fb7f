// SPDX-License-Identifier: Apache-2.0
// What a Response holds and how it is read back: see state.hpp. In: accepted answers. Out: which
// questions are enabled.
#include "response/state.hpp"

#include <utility>

#include "json/node.hpp"

namespace fbss {

Response::State::State(Questionnaire from, const Limits& bounds)
    : questionnaire(std::move(from)),
      limits(bounds),
      slots(model().questions.size()),
      evaluation(model(), limits),
      times_answered(slots.size()) {
  keys.reserve(slots.size());
  for (const Item* question : model().questions) keys.emplace_back(question->id);
}

Response::State::State(const State& other)
    : questionnaire(other.questionnaire),
      limits(other.limits),
      keys(other.keys),
      slots(other.slots),
      date(other.date),
      day(other.day),
      record_id(other.record_id),
      record_id_is_number(other.record_id_is_number),
      sample(other.sample),
      evaluation(model(), limits),
      times_answered(slots.size()) {
  for (std::uint32_t slot = 0; slot < slots.size(); ++slot) publish(slot);
  evaluation.set_today(date);
}

std::optional<std::uint32_t> Response::State::find(const json::Key& id, std::uint32_t hint) const {
  const auto count = static_cast<std::uint32_t>(keys.size());
  for (std::uint32_t step = 0, slot = hint; step < count; ++step, ++slot) {
    if (slot >= count) slot = 0;
    if (keys[slot].signature == id.signature && keys[slot].name == id.name) return slot;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Response::State::find(std::string_view id) const {
  return find(json::Key(id), 0);
}

void Response::State::clear() {
  for (Answer& answer : slots) {
    answer.recorded = Recorded::nothing;
    answer.values.clear();
  }
  evaluation.clear();
  evaluation.set_today(date);
  settled = false;
  record_id.clear();
  record_id_is_number = false;
  sample = false;
}

// Shows the evaluation what a slot holds. A text's value borrows from the slot, never from the
// caller, so it is made anew wherever the text has moved.
void Response::State::publish(std::uint32_t slot) {
  Answer& to = slots[slot];
  if (!to.values.empty() && takes_free_text(question(slot)))
    to.values[0] = fhirpath::Value::of_string(to.text);
  evaluation.set(slot, to.values);
  settled = false;
}

void Response::State::record(std::uint32_t slot, const Answer& answer) {
  slots[slot] = answer;
  publish(slot);
}

void Response::State::forget(std::uint32_t slot) {
  slots[slot].recorded = Recorded::nothing;
  slots[slot].values.clear();
  publish(slot);
}

const Problems& Response::State::settle() const {
  if (!settled) {
    auto done = evaluation.settle();
    faults = std::move(done).problems();
    settled = true;
  }
  return faults;
}

Truth Response::State::enabled(std::uint32_t slot) const {
  return settle().empty() ? evaluation.enabled(slot) : Truth::empty;
}

}  // namespace fbss
