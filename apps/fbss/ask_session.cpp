// SPDX-License-Identifier: Apache-2.0
// Where a walk through a questionnaire stands; see ask_session.hpp.
#include "ask_session.hpp"

#include <algorithm>

namespace fbss::app {

AskSession::AskSession(Response response) : response_(std::move(response)) {
  const Questionnaire& questionnaire = response_.questionnaire();
  for (const Item* question : questionnaire.questions()) {
    const Item& section = questionnaire.section_of(*question);
    const AnswerState state = response_.state(*question);
    const bool answered = state != AnswerState::not_asked && state != AnswerState::not_enabled;
    if (section.optional && answered) wanted_[&section] = true;
  }
}

Stop AskSession::next() const {
  const Questionnaire& questionnaire = response_.questionnaire();
  for (const Item* question : questionnaire.questions()) {
    if (response_.state(*question) != AnswerState::not_asked) continue;
    if (passed_over_.contains(question)) continue;
    if (is_walked(*question)) return {Stop::Kind::question, question};
    const Item& section = questionnaire.section_of(*question);
    if (!wanted_.contains(&section)) return {Stop::Kind::optional_section, &section};
  }
  return {};
}

std::optional<Stop> AskSession::before(const Stop& stop) const {
  const Questionnaire& questionnaire = response_.questionnaire();
  std::optional<Stop> last;
  for (const Item* question : questionnaire.questions()) {
    if (question == stop.item || &questionnaire.section_of(*question) == stop.item) break;
    if (is_walked(*question) && response_.enabled(*question)) {
      last = Stop{Stop::Kind::question, question};
    }
  }
  return last;
}

std::vector<const Item*> AskSession::drop_inapplicable() {
  std::vector<const Item*> dropped;
  // One answer that goes may take others with it.
  for (bool again = true; again;) {
    again = false;
    for (const Item* question : response_.questionnaire().questions()) {
      if (response_.enabled(*question) || !response_.retract(question->id)) continue;
      dropped.push_back(question);
      again = true;
    }
  }
  return dropped;
}

Progress AskSession::progress(const Item& question) const {
  Progress progress;
  for (const Item* other : response_.questionnaire().questions()) {
    if (!is_walked(*other)) continue;
    ++progress.total;
    if (other == &question) progress.number = progress.total;
  }
  return progress;
}

std::size_t AskSession::size_of(const Item& section) const {
  const Questionnaire& questionnaire = response_.questionnaire();
  const auto questions = questionnaire.questions();
  return static_cast<std::size_t>(std::count_if(
      questions.begin(), questions.end(),
      [&](const Item* question) { return &questionnaire.section_of(*question) == &section; }));
}

bool AskSession::is_walked(const Item& question) const {
  const Item& section = response_.questionnaire().section_of(question);
  if (!section.optional) return true;
  const auto decided = wanted_.find(&section);
  return decided != wanted_.end() && decided->second;
}

}  // namespace fbss::app
