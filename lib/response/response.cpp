// SPDX-License-Identifier: Apache-2.0
// The public face of a Response: setting and taking back single answers, and reading them. What is
// accepted is decided in accept.cpp; whole records are read in read.cpp, checked in check.cpp.
#include <fbss/response.hpp>

#include <utility>

#include "json/write.hpp"
#include "response/state.hpp"

namespace fbss {

Response::Response(Questionnaire questionnaire, const Limits& limits)
    : state_(std::make_unique<State>(std::move(questionnaire), limits)) {}
Response::~Response() = default;
Response::Response(Response&&) noexcept = default;
Response& Response::operator=(Response&&) noexcept = default;
Response::Response(const Response& other) : state_(std::make_unique<State>(*other.state_)) {}
Response& Response::operator=(const Response& other) {
  if (this != &other) state_ = std::make_unique<State>(*other.state_);
  return *this;
}

const Questionnaire& Response::questionnaire() const {
  return state_->questionnaire;
}

void Response::clear() {
  state_->clear();
}

Result<void> Response::set_date(std::string_view date) {
  constexpr std::size_t whole_date = 10;
  const auto day = date.size() == whole_date ? Temporal::parse(date, TemporalKind::date)
                                             : std::optional<Temporal>();
  if (!day) {
    Problem problem;
    problem.code = ErrorCode::bad_date;
    problem.message = "The date of the assessment is not a calendar date. Use YYYY-MM-DD.";
    return problem;
  }
  state_->date = date;
  state_->day = day;
  state_->evaluation.set_today(state_->date);
  state_->settled = false;
  return {};
}

std::string_view Response::date() const {
  return state_->date;
}

Result<void> Response::answer(std::string_view question, std::string_view text) {
  return state_->answer(question, {.kind = Offer::Kind::text, .text = text});
}

Result<void> Response::answer(std::string_view question, bool value) {
  return state_->answer(question, {.kind = Offer::Kind::boolean, .boolean = value});
}

Result<void> Response::answer(std::string_view question, std::int64_t value) {
  const std::string digits = std::to_string(value);
  return state_->answer(question, {.kind = Offer::Kind::number, .text = digits});
}

Result<void> Response::answer(std::string_view question,
                              std::span<const std::string_view> options) {
  std::vector<Offer>& elements = state_->elements;
  elements.clear();
  for (const std::string_view option : options)
    elements.push_back({.kind = Offer::Kind::text, .text = option});
  return state_->answer(question, {.kind = Offer::Kind::list, .elements = elements});
}

bool Response::retract(std::string_view question) {
  const auto slot = state_->find(question);
  if (!slot || state_->slots[*slot].recorded == Recorded::nothing) return false;
  state_->forget(*slot);
  return true;
}

AnswerState Response::state(const Item& question) const {
  const auto slot = state_->find(question.id);
  if (!slot || state_->enabled(*slot) != Truth::yes) return AnswerState::not_enabled;
  switch (state_->slots[*slot].recorded) {
    case Recorded::nothing:
      return AnswerState::not_asked;
    case Recorded::unknown:
      return AnswerState::unknown;
    case Recorded::declined:
      return AnswerState::declined;
    case Recorded::values:
      break;
  }
  return AnswerState::answered;
}

std::string Response::answer_text(const Item& question) const {
  const auto slot = state_->find(question.id);
  return slot ? code_of(question, state_->slots[*slot]) : std::string();
}

std::string Response::answer_label(const Item& question) const {
  const auto slot = state_->find(question.id);
  return slot ? label_of(question, state_->slots[*slot]) : std::string();
}

std::vector<const Item*> Response::open_questions() const {
  std::vector<const Item*> open;
  for (std::uint32_t slot = 0; slot < state_->slots.size(); ++slot)
    if (state_->slots[slot].recorded != Recorded::values && state_->enabled(slot) == Truth::yes)
      open.push_back(&state_->question(slot));
  return open;
}

Result<void> Response::set_record_id(std::string_view id) {
  return state_->set_record_id(id);
}

std::string_view Response::record_id() const {
  return state_->record_id;
}
bool Response::record_id_is_number() const {
  return state_->record_id_is_number;
}
void Response::set_sample(bool sample) {
  state_->sample = sample;
}
bool Response::sample() const {
  return state_->sample;
}

std::string Response::to_json() const {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  if (!state_->record_id.empty()) {
    out.key("_id");
    if (state_->record_id_is_number)
      out.raw(state_->record_id);
    else
      out.string(state_->record_id);
  }
  if (state_->sample) out.key("_sample").boolean(true);
  for (std::uint32_t slot = 0; slot < state_->slots.size(); ++slot) {
    if (state_->slots[slot].recorded == Recorded::nothing) continue;
    out.key(state_->question(slot).id);
    out.raw(json_of(state_->question(slot), state_->slots[slot]));
  }
  out.end_object();
  return text;
}

}  // namespace fbss
