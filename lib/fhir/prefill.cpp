// SPDX-License-Identifier: Apache-2.0
// A chart's resources -> facts -> suggestions. In: a Bundle, and the questionnaire's chart rules.
// Out: what they come to, question by question. Entered through Prefill.
#include <fbss/prefill.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "fhir/chart_fact.hpp"
#include "fhir/chart_resources.hpp"
#include "fhirpath/value.hpp"
#include "questionnaire/model.hpp"
#include "response/answer_words.hpp"

namespace fbss {
namespace {

using fhirpath::Collection;
using fhirpath::Value;
using fhirpath::ValueAccess;

Problem rule_error(const std::string& where, const Problems& problems) {
  Problem problem;
  problem.code = ErrorCode::rule_error;
  problem.message = "The chart " + where + " raised an error on this chart";
  if (!problems.empty())
    problem.message += " (" + std::string(code_word(problems.front().code)) + ")";
  problem.message +=
      ". Is every resource one of FHIR R4? `fbss check` looks at the questionnaire. Nothing was "
      "read.";
  return problem;
}

// Facts in the order in which they are shown. Dates are compared as they are written.
bool comes_before(const ChartFact& a, const ChartFact& b) {
  const auto key = [](const ChartFact& fact) {
    return std::make_tuple(fact.answer.empty() && fact.against.empty(), fact.date.empty());
  };
  if (key(a) != key(b)) return key(a) < key(b);
  if (a.date != b.date) return a.date > b.date;
  return std::tie(a.resource, a.coding.system, a.coding.code, a.answer, a.text, a.value) <
         std::tie(b.resource, b.coding.system, b.coding.code, b.answer, b.text, b.value);
}

bool is_same(const ChartFact& a, const ChartFact& b) {
  return !comes_before(a, b) && !comes_before(b, a);
}

/// What the facts about a question come to; they are taken.
Suggestion conclude(const Item& question, std::vector<ChartFact>& facts) {
  Suggestion made;
  made.question = &question;
  std::string answer;  // of those that speak for one
  bool disagree = false, suffices = false;
  for (const ChartFact& fact : facts) {
    if (fact.answer.empty()) continue;
    disagree = disagree || (!answer.empty() && fact.answer != answer);
    answer = fact.answer;
    suffices = suffices || !fact.date.empty();
  }
  for (const ChartFact& fact : facts)
    disagree = disagree || std::ranges::find(fact.against, answer) != fact.against.end();

  made.kind = disagree   ? SuggestionKind::disagree
              : suffices ? SuggestionKind::suggested
                         : SuggestionKind::shown;
  for (ChartFact& fact : facts) {
    if (made.kind != SuggestionKind::disagree) fact.against.clear();
    // Without a date it is only shown.
    if (made.kind != SuggestionKind::disagree && fact.date.empty()) fact.answer.clear();
    if (!fact.answer.empty()) fact.label = answer_words(question, fact.answer);
  }
  if (made.kind == SuggestionKind::suggested) {
    made.answer = answer;
    made.label = answer_words(question, answer);
  }
  // A fact is large: its place is sorted, and it is moved once.
  std::vector<ChartFact*> order;
  order.reserve(facts.size());
  for (ChartFact& fact : facts) order.push_back(&fact);
  std::ranges::sort(order, [](auto* a, auto* b) { return comes_before(*a, *b); });
  const auto is_same_fact = [](auto* a, auto* b) { return is_same(*a, *b); };
  order.erase(std::unique(order.begin(), order.end(), is_same_fact), order.end());
  made.facts.reserve(order.size());
  for (ChartFact* fact : order) made.facts.push_back(std::move(*fact));
  return made;
}

}  // namespace

struct Prefill::State {
  State(Questionnaire its_questionnaire, const CodeLists& its_lists, const Limits& limits)
      : questionnaire(std::move(its_questionnaire)), lists(its_lists), workspace(limits) {}

  Result<void> read_variables(const json::Node* bundle);
  Result<Collection> evaluate(const ChartExpression& expression);
  void keep(Collection values);
  Result<void> find_facts(const CompiledChartRule& rule);

  Questionnaire questionnaire;
  const CodeLists& lists;
  fhirpath::Workspace workspace;
  fhir::CodingMemory memory;

  // Of the chart that is read. A slot is a name of ChartExpression: %chart, then the variables.
  fhir::ChartResources chart;
  Arena arena;
  std::vector<Collection> values;  // by slot
  fhirpath::Environment environment;
  std::vector<const json::Node*> found;  // by a rule of the question at hand
  std::vector<ChartFact> facts;          // about that question
};

// The values of a variable outlive the evaluation that made them.
void Prefill::State::keep(Collection made) {
  Value* kept = arena.make_array<Value>(made.size());
  std::ranges::transform(made, kept, [this](const Value& value) { return kept_in(arena, value); });
  values.push_back({kept, made.size()});
}

Result<Collection> Prefill::State::evaluate(const ChartExpression& expression) {
  environment.variables = values;
  return fhirpath::evaluate(*expression.expression, environment, workspace);
}

Result<void> Prefill::State::read_variables(const json::Node* bundle) {
  arena.reset();
  values.clear();
  environment = {.input = JsonNode(bundle), .value_sets = &lists.value_sets()};
  const std::size_t count = chart.resources.size();
  Value* resources = arena.make_array<Value>(count);
  for (std::size_t i = 0; i < count; ++i)
    resources[i] =
        ValueAccess::of_node(chart.resources[i].resource, nullptr, chart.resources[i].type);
  values.push_back({resources, count});
  const Questionnaire::Model& model = questionnaire.model();
  for (std::size_t i = 0; i < model.chart_values.size(); ++i) {
    auto made = evaluate(model.chart_values[i]);
    if (!made) return rule_error("variable " + model.chart_variables[i].name, made.problems());
    keep(*made);
  }
  return {};
}

Result<void> Prefill::State::find_facts(const CompiledChartRule& compiled) {
  const Item& question = *questionnaire.model().questions[compiled.question];
  const ChartRule& rule = question.chart[compiled.rule];
  const bool speaks = !rule.suggests.empty() || !rule.speaks_against.empty();
  const auto where = [&] {
    return "rule " + std::to_string(compiled.rule + 1) + " of the question " + question.id;
  };
  const auto result = evaluate(compiled.find);
  if (!result) return rule_error(where(), result.problems());
  const std::size_t before = found.size();
  for (const Value& value : *result) {
    const fhir::ChartResource* resource =
        is_node(value) ? chart.find(ValueAccess::node(value)) : nullptr;
    if (!resource) return rule_error(where() + " (it found what is no resource of the chart)", {});
    const auto earlier = found.begin() + static_cast<std::ptrdiff_t>(before);
    if (!speaks && std::find(found.begin(), earlier, resource->resource) != earlier) continue;
    found.push_back(resource->resource);
    ChartFact& fact = facts.emplace_back();
    fact.resource = name_of(*resource);
    fact.coding = fhir::coding_of(*resource->resource, compiled.find.code_lists, lists, memory);
    fact.date = fhir::date_of(*resource->resource);
    fact.answer = rule.suggests;
    fact.against = rule.speaks_against;
    fact.text = rule.text;
    fact.value = fhir::value_of(*resource->resource);
  }
  return {};
}

Limits chart_limits(Limits limits) {
  limits.record_bytes = limits.chart_bytes;
  return limits;
}

Prefill::Prefill(Questionnaire questionnaire, const CodeLists& lists, const Limits& limits)
    : state_(std::make_unique<State>(std::move(questionnaire), lists, limits)) {}
Prefill::~Prefill() = default;
Prefill::Prefill(Prefill&&) noexcept = default;
Prefill& Prefill::operator=(Prefill&&) noexcept = default;

Result<Chart> Prefill::run(JsonNode bundle) {
  State& state = *state_;
  const auto entries = fhirpath::entries_of(state.workspace, bundle.get());
  if (auto read = fhir::read_chart(bundle.get(), entries, state.chart); !read)
    return std::move(read).problems();
  if (auto read = state.read_variables(bundle.get()); !read) return std::move(read).problems();

  Chart chart;
  const Questionnaire::Model& model = state.questionnaire.model();
  chart.suggestions.reserve(model.questions.size());
  for (auto rule = model.chart_rules.begin(); rule != model.chart_rules.end();) {
    const std::uint32_t question = rule->question;
    state.facts.clear();
    state.found.clear();
    for (; rule != model.chart_rules.end() && rule->question == question; ++rule)
      if (auto read = state.find_facts(*rule); !read) return std::move(read).problems();
    if (!state.facts.empty())
      chart.suggestions.push_back(conclude(*model.questions[question], state.facts));
  }
  chart.patient = state.chart.patient;
  chart.ignored = state.chart.ignored;
  chart.sample = state.chart.is_sample;
  return chart;
}

}  // namespace fbss
