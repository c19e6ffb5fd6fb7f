// SPDX-License-Identifier: Apache-2.0
// A whole record into a Response. In: a Document of the form {"question_id": value, "_id": …,
// "_sample": true}. Out: every answer recorded, or all problems of the record together, each with
// its JSON pointer, and an empty Response. Allocates nothing once warm where nothing is refused.
#include <algorithm>
#include <string>
#include <utility>

#include "base/utf8.hpp"
#include "json/node.hpp"
#include "response/state.hpp"

namespace fbss {
namespace {

constexpr std::string_view id_key = "_id", sample_key = "_sample";

Offer offer_of(JsonNode node) {
  switch (node.kind()) {
    case JsonKind::null:
      return {.kind = Offer::Kind::null};
    case JsonKind::boolean:
      return {.kind = Offer::Kind::boolean, .boolean = node.boolean()};
    case JsonKind::number:
      return {.kind = Offer::Kind::number, .text = node.text()};
    case JsonKind::string:
      return {.kind = Offer::Kind::text, .text = node.text()};
    case JsonKind::array:
      return {.kind = Offer::Kind::list};
    case JsonKind::object:
      return {.kind = Offer::Kind::object};
  }
  return {};
}

// One record on its way into a State.
class Reading {
 public:
  explicit Reading(Response::State& state) : state_(state), terms_{state.limits, state.day} {}

  Problems run(JsonNode record) {
    if (!record || record.kind() != JsonKind::object) {
      refusals_.add(ErrorCode::wrong_type, "", "",
                    "A record is a JSON object of the form {\"question_id\": answer}.");
      return refusals_.take();
    }
    if (const JsonNode type = record.find("resourceType")) {
      refuse_resource(record, type.text());
      return refusals_.take();
    }
    find_questions(record);
    std::size_t member = 0;
    for (JsonNode value = record.first(); value; value = value.next())
      read_member(record, value, state_.member_slots[member++]);
    if (refusals_.empty()) refused_.clear();
    state_.check(refused_, refusals_);
    return refusals_.take();
  }

 private:
  /// FHIR is not read here; a chart of several patients must not look like a matter of form.
  void refuse_resource(JsonNode resource, std::string_view type) {
    std::size_t patients = 0;
    if (type == "Bundle")
      for (JsonNode entry = resource.find("entry").first(); entry; entry = entry.next())
        if (entry.find("resource").find("resourceType").text() == "Patient") ++patients;
    if (patients > 1)
      refusals_.add(ErrorCode::more_than_one_patient, "", "/entry",
                    "The bundle holds " + std::to_string(patients) +
                        " patients; a record is one patient's. Nothing was evaluated.");
    else
      refusals_.add(ErrorCode::wrong_type, "", "/resourceType",
                    type == "QuestionnaireResponse"
                        ? "This is an FHIR resource. It is a QuestionnaireResponse, which "
                          "read_record() takes. Nothing was evaluated."
                        : "This is an FHIR resource. A record is a JSON object of the form "
                          "{\"question_id\": answer}, or a QuestionnaireResponse. Nothing was "
                          "evaluated.");
  }

  void find_questions(JsonNode record) {
    state_.member_slots.clear();
    std::ranges::fill(state_.times_answered, 0u);
    std::uint32_t hint = 0;
    for (JsonNode value = record.first(); value; value = value.next()) {
      const auto slot = state_.find(value.get()->whole_key(), hint);
      state_.member_slots.push_back(slot);
      if (!slot) continue;
      hint = *slot + 1;
      ++state_.times_answered[*slot];
    }
  }

  void read_member(JsonNode record, JsonNode value, std::optional<std::uint32_t> slot) {
    if (!slot) {
      read_other(value);
    } else if (state_.times_answered[*slot] != 1) {
      refuse_repeated(record, *slot);
    } else if (value.kind() != JsonKind::null) {
      if (accept(state_.question(*slot), offer(value), terms_, state_.accepted, refusals_))
        state_.record(*slot, state_.accepted);
      else
        mark_refused(*slot);
    }
  }

  Offer offer(JsonNode value) {
    Offer offer = offer_of(value);
    if (value.kind() != JsonKind::array) return offer;
    state_.elements.clear();
    for (JsonNode element = value.first(); element; element = element.next())
      state_.elements.push_back(offer_of(element));
    offer.elements = state_.elements;
    return offer;
  }

  void mark_refused(std::uint32_t slot) {
    refused_.resize(state_.slots.size());
    refused_[slot] = true;
  }

  void read_other(JsonNode value) {
    if (value.key() == id_key)
      read_id(value);
    else if (value.key() == sample_key)
      read_sample(value);
    else if (!refusals_.full())
      refusals_.add(state_.unknown_question(value.key()));
  }

  void read_id(JsonNode value) {
    if (std::exchange(has_id_, true))
      return refusals_.add(ErrorCode::duplicate_answer, "", pointer_of(id_key),
                           "\"_id\" is given twice. Please keep one.");
    if (value.kind() == JsonKind::null) return;
    if (value.kind() != JsonKind::string && value.kind() != JsonKind::number)
      return refusals_.add(ErrorCode::wrong_type, "", pointer_of(id_key),
                           "\"_id\" needs a text or a number.");
    if (!accept_record_id(value.text(), state_.limits, refusals_)) return;
    state_.record_id = value.text();
    state_.record_id_is_number = value.kind() == JsonKind::number;
  }

  void read_sample(JsonNode value) {
    if (std::exchange(has_sample_, true))
      return refusals_.add(ErrorCode::duplicate_answer, "", pointer_of(sample_key),
                           "\"_sample\" is given twice. Please keep one.");
    if (value.kind() == JsonKind::null) return;
    if (value.kind() != JsonKind::boolean)
      return refusals_.add(ErrorCode::wrong_type, "", pointer_of(sample_key),
                           "\"_sample\" needs true or false.");
    state_.sample = value.boolean();
  }

  // Named once, with its first two answers where they may be repeated.
  void refuse_repeated(JsonNode record, std::uint32_t slot) {
    const std::uint32_t times = std::exchange(state_.times_answered[slot], 0u);
    if (times == 0) return;
    mark_refused(slot);
    const Item& question = state_.question(slot);
    std::string labels[2];
    std::size_t found = 0;
    for (JsonNode value = record.first(); value && found < 2; value = value.next())
      if (value.key() == question.id) labels[found++] = repeatable_label(question, value);
    std::string message = quoted(question.id) + " is answered " +
                          (times == 2 ? "twice" : std::to_string(times) + " times");
    if (!labels[0].empty() && !labels[1].empty())
      message += times == 2 ? ", as " + labels[0] + " and as " + labels[1]
                            : ", first as " + labels[0] + " and then as " + labels[1];
    refusals_.add(ErrorCode::duplicate_answer, question.id, pointer_of(question.id),
                  message + ". Please keep one.");
  }

  std::string repeatable_label(const Item& question, JsonNode value) {
    if (value.kind() == JsonKind::null) return "no answer";
    Refusals ignored;
    const bool is_good = accept(question, offer(value), terms_, state_.accepted, ignored);
    const bool may_repeat = is_repeatable(question) || state_.accepted.recorded != Recorded::values;
    return is_good && may_repeat ? label_of(question, state_.accepted) : std::string();
  }

  Response::State& state_;
  Terms terms_;
  Refusals refusals_;
  std::vector<bool> refused_;  // by slot; empty where nothing was refused
  bool has_id_ = false, has_sample_ = false;
};

}  // namespace

Result<void> Response::State::answer(std::string_view id, const Offer& offer) {
  const auto slot = find(id);
  if (!slot) return unknown_question(id);
  Refusals refusals;
  if (!accept(question(*slot), offer, {limits, day}, accepted, refusals)) return refusals.take();
  record(*slot, accepted);
  return {};
}

Result<void> Response::State::set_record_id(std::string_view id) {
  Refusals refusals;
  if (!accept_record_id(id, limits, refusals)) return refusals.take();
  record_id = id;
  record_id_is_number = false;
  return {};
}

Problem Response::State::unknown_question(std::string_view key) const {
  Problem problem;
  problem.code = ErrorCode::unknown_question;
  problem.message = "There is no question ";
  if (is_plain_key(key)) {
    problem.pointer = pointer_of(key);
    problem.question = key;
    problem.message += quoted(key) + " in " + model().id + '.';
    std::vector<std::string_view> ids{id_key, sample_key};
    for (const Item* question : model().questions) ids.push_back(question->id);
    if (const auto near = nearest(key, ids))
      problem.message += " Did you mean " + quoted(*near) + '?';
  } else {
    // Somebody typed it, and it may be a name: neither message nor pointer repeats it.
    problem.message += "in " + model().id + " of a name that the record gives.";
  }
  problem.message += " Nothing was evaluated.";
  return problem;
}

Result<void> Response::read(const Document& document) {
  state_->clear();
  Problems problems = Reading(*state_).run(document.root());
  if (problems.empty()) return {};
  state_->clear();
  return problems;
}

Result<void> Response::read(std::string_view json) {
  auto parsed = state_->document.parse(json, state_->limits);
  if (parsed) return read(state_->document);
  state_->clear();
  return parsed;
}

}  // namespace fbss
