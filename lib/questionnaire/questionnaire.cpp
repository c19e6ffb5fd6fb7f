// SPDX-License-Identifier: Apache-2.0
// What a loaded Questionnaire tells about itself: reads the Model and nothing else.
#include <fbss/questionnaire.hpp>

#include <algorithm>

#include "questionnaire/model.hpp"

namespace fbss {
namespace {

template <class T>
const T* find_by_id(const std::vector<T>& things, std::string_view id) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const T& thing) { return thing.id == id; });
  return found == things.end() ? nullptr : &*found;
}

}  // namespace

std::optional<std::uint32_t> Questionnaire::Model::slot(std::string_view question) const {
  const auto entry = slots.find(question);
  if (entry == slots.end()) return std::nullopt;
  return entry->second;
}

std::string_view Questionnaire::id() const {
  return model_->id;
}
std::string_view Questionnaire::version() const {
  return model_->version;
}
std::string_view Questionnaire::title() const {
  return model_->title;
}
std::string_view Questionnaire::sha256() const {
  return model_->sha256;
}
std::string_view Questionnaire::intended_use() const {
  return model_->intended_use;
}
std::string_view Questionnaire::evidence() const {
  return model_->evidence;
}
std::string_view Questionnaire::term() const {
  return model_->term;
}
std::span<const Citation> Questionnaire::term_cites() const {
  return model_->term_cites;
}
std::string_view Questionnaire::absent_means() const {
  return model_->absent_means;
}

std::span<const Item> Questionnaire::items() const {
  return model_->items;
}
std::span<const Item* const> Questionnaire::questions() const {
  return model_->questions;
}

const Item* Questionnaire::question(std::string_view id) const {
  const auto slot = model_->slot(id);
  return slot ? model_->questions[*slot] : nullptr;
}

const Item& Questionnaire::section_of(const Item& question) const {
  const auto slot = model_->slot(question.id);
  return slot ? *model_->sections[*slot] : question;
}

std::span<const ChartVariable> Questionnaire::chart_variables() const {
  return model_->chart_variables;
}
std::span<const Exercise> Questionnaire::exercises() const {
  return model_->exercises;
}
const Exercise* Questionnaire::exercise(std::string_view id) const {
  return find_by_id(model_->exercises, id);
}
std::span<const Rule> Questionnaire::rules() const {
  return model_->rules;
}
const Rule* Questionnaire::rule(std::string_view id) const {
  return find_by_id(model_->rules, id);
}
std::span<const Source> Questionnaire::sources() const {
  return model_->sources;
}
const Source* Questionnaire::source(std::string_view id) const {
  return find_by_id(model_->sources, id);
}
std::span<const TallyDefinition> Questionnaire::tallies() const {
  return model_->tallies;
}
std::span<const Notice> Questionnaire::notices() const {
  return model_->notices;
}
std::span<const Attribute> Questionnaire::attributes() const {
  return model_->attributes;
}

std::span<const Item* const> Questionnaire::questions_of(const Rule& rule) const {
  const Rule* own = this->rule(rule.id);
  if (!own) return {};
  return model_->rule_questions[static_cast<std::size_t>(own - model_->rules.data())];
}

}  // namespace fbss
