// SPDX-License-Identifier: Apache-2.0
// populate(): a response is made or read, groups are repeated as often as their contexts say, then
// each unanswered question is filled in. Expressions that read the response are asked again once it
// has more answers, until nothing changes. hl7.org/fhir/uv/sdc, "Form Population".
#include <fbss/populate.hpp>

#include <algorithm>

#include "base/arena.hpp"
#include "fhir/form/extensions.hpp"
#include "fhir/populate/contexts.hpp"
#include "fhir/populate/observations.hpp"
#include "fhir/run/draft.hpp"
#include "fhir/run/new_response.hpp"
#include "fhirpath/value.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss {
namespace form {
namespace {

using fhirpath::Value;
using Resource = Sources::State::Resource;

constexpr std::string_view origin_url =
    "http://hl7.org/fhir/StructureDefinition/derivation-reference";

// Answers may lead to answers; a sound form needs a pass for each step.
constexpr int most_passes = 16;

class Populating {
 public:
  Populating(FormSession::State& state, const Sources::State& sources,
             const PopulateOptions& options)
      : state_(state),
        model_(state.model),
        sources_(sources),
        options_(options),
        contexts_(state, sources, issues_) {}

  Result<Populated> run() {
    const auto patient = contexts_.patient();
    if (!patient) return patient.problems();
    patient_ = *patient;
    const bool is_new = options_.response.empty();
    if (auto read = read_response(is_new ? empty_response() : options_.response); !read)
      return read.problems();
    for (const Instance& instance : state_.instances)
      if (instance.is_present()) was_there_.push_back(instance.item);
    std::ranges::sort(was_there_);
    if (auto repeated = repeat_groups(); !repeated) return repeated.problems();
    for (int pass = 0; pass < most_passes; ++pass) {
      Draft draft(state_);
      may_take_initial_ = is_new && pass == 0;
      is_again_ = pass > 0;
      walk(none, [&](std::uint32_t instance) { fill(instance, draft); });
      if (!draft.is_changed()) break;
      if (auto read = read_response(text_of(draft)); !read) return read.problems();
    }
    Populated made;
    json::Writer json(made.response, 2);
    Draft(state_).write(json, {.with_unanswered = true, .without_disabled = !state_.is_draft()});
    made.response += '\n';
    made.issues = issues_.take();
    return made;
  }

 private:
  std::string empty_response() const {
    const std::string patient = patient_ ? name_of(*patient_) : std::string();
    const JsonNode given = sources_.named("encounter");
    const std::string_view id = given ? given.find("id").text() : std::string_view();
    const std::string encounter = id.empty() ? "" : "Encounter/" + std::string(id);
    const FormSessionOptions& clock = state_.options;
    return new_response(state_.form, {.subject = patient,
                                      .encounter = encounter,
                                      .authored = clock.now.empty() ? clock.today : clock.now});
  }

  static std::string text_of(Draft& draft) {
    std::string out;
    json::Writer json(out);
    draft.write(json);
    return out;
  }

  Result<void> read_response(const std::string& json) {
    if (auto read = state_.read(json); !read) return read;
    contexts_.bring_in();
    take_issues();
    return {};
  }

  // What expressions raised, once each.
  void take_issues() {
    for (const FormIssue& issue : state_.issues)
      contexts_.tell(issue.rule, issue.severity, issue.path, issue.link_id, issue.message);
    state_.issues.clear();
  }

  // One level of groups a pass: the inner ones stand only then.
  Result<void> repeat_groups() {
    for (std::uint32_t depth = 0;; ++depth) {
      Draft draft(state_);
      walk(none, [&](std::uint32_t instance) {
        const Instance& own = state_.instances[instance];
        const Item& item = model_.items[own.item];
        if (own.is_present() || item.population_context == none || !item.is_group() ||
            !item.repeats)
          return;
        const auto count = static_cast<std::uint32_t>(population_.size());
        if (count > 0) draft.repeat(instance, count);
      });
      if (!draft.is_changed()) return {};
      if (auto read = read_response(text_of(draft)); !read) return read;
    }
  }

  // Visits the instances with the names in scope that stand there.
  template <class Visit>
  void walk(std::uint32_t parent, const Visit& visit) {
    const std::uint32_t end = parent == none ? static_cast<std::uint32_t>(state_.instances.size())
                                             : state_.instances[parent].end;
    for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = state_.instances[i].end) {
      const Item& item = state_.item_of(i);
      contexts_.enter(i);
      std::vector<Value> own;  // lives as long as the context is set
      if (item.population_context != none) enter_population(i, item, own);
      visit(i);
      // A group that its context does not repeat has nothing to be filled in.
      const bool is_left_out = item.population_context != none && item.is_group() && item.repeats &&
                               !state_.instances[i].is_present();
      if (!is_left_out) walk(i, visit);
      if (item.population_context != none) state_.set_context(item.population_context, {});
    }
  }

  // In a repeating group the value of this repetition, else all.
  void enter_population(std::uint32_t instance, const Item& item, std::vector<Value>& own) {
    const Instance& here = state_.instances[instance];
    const bool is_repeating = item.is_group() && item.repeats;
    population_.clear();
    if (is_repeating && std::ranges::binary_search(was_there_, here.item)) {
      contexts_.tell(FormRule::contextMissing, Severity::information, model_.path_of(here.item),
                     item.link_id,
                     "The response has repetitions of this group already: which of them is about "
                     "what cannot be told, so they are not filled in.");
      return;
    }
    population_ = population_values(item, instance);
    if (!is_repeating)
      own = population_;
    else if (here.is_present() && here.repetition < population_.size())
      own.assign(1, population_[here.repetition]);
    state_.set_context(item.population_context, own);
  }

  std::vector<Value> population_values(const Item& item, std::uint32_t instance) {
    const std::uint32_t expression = model_.contexts[item.population_context].expression;
    std::vector<Value> values;
    if (expression == none) return values;
    if (model_.expressions[expression].language == "application/x-fhir-query") {
      if (const auto found = contexts_.find(expression, instance))
        for (const Resource* match : found->matches)
          values.push_back(fhirpath::ValueAccess::of_node(match->node));
      return values;
    }
    for (const Value& value : contexts_.evaluate(expression, instance))
      values.push_back(fhirpath::kept_in(arena_, value));
    take_issues();
    return values;
  }

  // One question.
  void fill(std::uint32_t instance, Draft& draft) {
    const Instance& own = state_.instances[instance];
    const Item& item = model_.items[own.item];
    if (!is_question(item.type) || own.answer_count > 0) return;
    auto answers = by_expression(instance, item);
    if (answers.empty() && !is_again_) answers = by_observation(item);
    if (answers.empty() && may_take_initial_) answers = fitting(item, initial_values(item));
    if (!answers.empty()) draft.answer(instance, answers);
  }

  std::vector<Answer> by_expression(std::uint32_t instance, const Item& item) {
    if (item.initial_expression == none) return {};
    const Expression& expression = model_.expressions[item.initial_expression];
    if (is_again_ && expression.reads.empty() && !expression.reads_resource &&
        !expression.reads_context)
      return {};
    const auto values = contexts_.evaluate(item.initial_expression, instance);
    std::vector<Answer> answers = fitting(item, {values.begin(), values.end()});
    take_issues();
    return answers;
  }

  std::vector<Answer> by_observation(const Item& item) {
    const JsonNode period = extension_value(find_extension(item.json, "observationLinkPeriod"));
    if (!period) return {};
    std::string why;
    const auto found =
        newest_observations(sources_, item, period, patient_ ? name_of(*patient_) : std::string{},
                            state_.options.today, why);
    if (!why.empty()) tell(FormRule::contextMissing, item, why);
    std::vector<Answer> answers;
    for (const Observed& observed : found) {
      std::vector<Answer> own = fitting(item, {observed.value});
      for (Answer& answer : own)
        if (std::ranges::find(answers, answer.value, &Answer::value) == answers.end())
          answers.push_back(std::move(answer));
    }
    if (answers.size() <= 1) return answers;
    tell(FormRule::severalValues, item,
         "Observations of the same moment say different things; the question stays empty.");
    return {};
  }

  // The values as answers, with where they are from.
  std::vector<Answer> fitting(const Item& item, const std::vector<Value>& values) {
    std::vector<Answer> answers;
    for (const Value& value : values) {
      std::string why;
      auto answer = answer_of(model_, item, value, why);
      if (!answer) {
        if (!why.empty()) tell(FormRule::valueMisfit, item, why);
        continue;
      }
      if (!answers.empty() && !item.repeats) {
        tell(FormRule::severalValues, item,
             "Several values were found for a question that takes one answer; the first is taken.");
        break;
      }
      note_origin(*answer, item, value);
      answers.push_back(std::move(*answer));
    }
    return answers;
  }

  void note_origin(Answer& answer, const Item& item, const Value& value) {
    const Contexts::Origin origin = contexts_.origin_of(value);
    if (origin.resource.empty()) return;
    contexts_.tell(FormRule::populated, Severity::information, model_.path_of(item.index),
                   item.link_id,
                   "Answered from " + origin.resource +
                       (origin.date.empty() ? "." : " (" + origin.date + ")."));
    if (!options_.origins) return;
    json::Writer json(answer.extension);
    json.begin_array().begin_object();
    json.key("extension").begin_array().begin_object().member("url", "reference");
    json.key("valueReference").begin_object().member("reference", origin.resource);
    if (!origin.date.empty()) json.member("display", origin.date);
    json.end_object().end_object().end_array();
    json.member("url", origin_url).end_object().end_array();
  }

  void tell(FormRule rule, const Item& item, std::string message) {
    contexts_.tell(rule, Severity::warning, model_.path_of(item.index), item.link_id,
                   std::move(message));
  }

  FormSession::State& state_;
  const Form::Model& model_;
  const Sources::State& sources_;
  const PopulateOptions& options_;
  IssueList issues_;
  Contexts contexts_;
  const Resource* patient_ = nullptr;
  Arena arena_;                           // values of population contexts
  std::vector<Value> population_;         // of the item entered last
  std::vector<std::uint32_t> was_there_;  // items that the response had at first, sorted
  bool may_take_initial_ = false, is_again_ = false;
};

}  // namespace
}  // namespace form

Result<Populated> populate(FormSession& session, Sources& sources, const PopulateOptions& options) {
  if (auto built = sources.state().build(); !built) return built.problems();
  FormSession::State& state = session.state();
  auto made = form::Populating(state, sources.state(), options).run();
  state.bundle = {};  // it is the sources'
  if (made) {
    if (auto read = state.read(made->response); !read) return read.problems();
  }
  return made;
}

}  // namespace fbss
