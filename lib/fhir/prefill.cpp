// SPDX-License-Identifier: Apache-2.0
// A chart's resources -> facts -> suggestions. In: a Bundle, and the questionnaire's chart rules.
// Out: what they come to, question by question. Entered through Prefill.
#include <fbss/prefill.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "fhir/chart_fact.hpp"
#include "fhir/chart_resources.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/value.hpp"
#include "questionnaire/model.hpp"
#include "response/answer_words.hpp"

namespace fbss {
namespace {

using fhirpath::Collection;
using fhirpath::Value;
using fhirpath::ValueAccess;
using fhirpath::ValueSets;

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

// A fact while its question is read: few are moved, so only what was put together owns its text.
// The rest lies in the chart, the code lists and the questionnaire.
struct Finding {
  const json::Node* node = nullptr;
  std::string resource;
  ValueSets::Code coding;
  std::string_view date, answer, text;
  std::string value;
  std::span<const std::string> against;
};

// Findings in the order in which they are shown: for an answer, against one, neither. Dates are
// compared as they are written.
int rank(const Finding& one) {
  const int speaks = !one.answer.empty() ? 0 : !one.against.empty() ? 2 : 4;
  return speaks + (one.date.empty() ? 1 : 0);
}

auto texts(const Finding& one) {
  return std::tie(one.resource, one.coding.system, one.coding.code, one.answer, one.text,
                  one.value);
}

bool comes_before(const Finding& a, const Finding& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (a.date != b.date) return a.date > b.date;
  if (texts(a) != texts(b)) return texts(a) < texts(b);
  return std::ranges::lexicographical_compare(a.against, b.against);
}

bool is_same(const Finding& a, const Finding& b) {
  return rank(a) == rank(b) && a.date == b.date && texts(a) == texts(b) &&
         std::ranges::equal(a.against, b.against);
}

void add_fact(Suggestion& made, Finding& found) {
  ChartFact& fact = made.facts.emplace_back();
  fact.resource = std::move(found.resource);
  fact.coding.system = found.coding.system;
  fact.coding.code = found.coding.code;
  fact.coding.display = found.coding.display;
  fact.date = found.date;
  fact.answer = found.answer;
  if (!fact.answer.empty()) fact.label = answer_words(*made.question, fact.answer);
  fact.text = found.text;
  fact.value = std::move(found.value);
  fact.against.assign(found.against.begin(), found.against.end());
}

/// What the findings about a question come to; they are taken.
Suggestion conclude(const Item& question, std::vector<Finding>& findings) {
  Suggestion made;
  made.question = &question;
  std::string_view answer;  // of those that speak for one
  bool disagree = false, suffices = false;
  for (const Finding& one : findings) {
    if (one.answer.empty()) continue;
    disagree = disagree || (!answer.empty() && one.answer != answer);
    answer = one.answer;
    suffices = suffices || !one.date.empty();
  }
  for (const Finding& one : findings)
    disagree = disagree || std::ranges::find(one.against, answer) != one.against.end();

  made.kind = disagree   ? SuggestionKind::disagree
              : suffices ? SuggestionKind::suggested
                         : SuggestionKind::shown;
  if (made.kind == SuggestionKind::suggested) {
    made.answer = answer;
    made.label = answer_words(question, answer);
  }
  std::vector<Finding*> order;
  order.reserve(findings.size());
  for (Finding& one : findings) {
    if (!disagree && one.date.empty()) one.answer = {};  // without a date it is only shown
    order.push_back(&one);
  }
  std::ranges::sort(order, [](auto* a, auto* b) { return comes_before(*a, *b); });
  const auto is_same_finding = [](auto* a, auto* b) { return is_same(*a, *b); };
  order.erase(std::unique(order.begin(), order.end(), is_same_finding), order.end());
  made.facts.reserve(order.size());
  for (Finding* one : order) add_fact(made, *one);
  return made;
}

}  // namespace

struct Prefill::State {
  State(Questionnaire its_questionnaire, const CodeLists& its_lists, const Limits& limits)
      : questionnaire(std::move(its_questionnaire)),
        lists(its_lists),
        workspace(limits),
        codings(its_lists) {}

  Result<void> read_variables(const json::Node* bundle);
  Result<Collection> evaluate(const ChartExpression& expression);
  void keep(Collection values);
  Result<void> apply(const CompiledChartRule& rule);
  ValueSets::Code coding_of_reason(const json::Node& resource);

  Questionnaire questionnaire;
  const CodeLists& lists;
  fhirpath::Workspace workspace;
  fhir::CodingFinder codings;

  // Of the chart that is read. A slot is a name of ChartExpression: %chart, then the variables.
  fhir::ChartResources chart;
  Arena arena;
  std::vector<Collection> values;  // by slot
  fhirpath::Environment environment;
  std::vector<Finding> findings;  // about the question at hand
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

Result<void> Prefill::State::apply(const CompiledChartRule& compiled) {
  const Item& question = *questionnaire.model().questions[compiled.question];
  const ChartRule& rule = question.chart[compiled.rule];
  const bool speaks = !rule.suggests.empty() || !rule.speaks_against.empty();
  const auto where = [&] {
    return "rule " + std::to_string(compiled.rule + 1) + " of the question " + question.id;
  };
  const auto result = evaluate(compiled.find);
  if (!result) return rule_error(where(), result.problems());
  if (result->empty()) return {};
  codings.use(compiled.find.code_lists);
  const std::size_t earlier = findings.size();
  const auto is_found_earlier = [&](const json::Node& node) {
    return std::ranges::any_of(std::span(findings).first(earlier),
                               [&](const Finding& one) { return one.node == &node; });
  };
  for (const Value& value : *result) {
    const fhir::ChartResource* resource =
        is_node(value) ? chart.find(ValueAccess::node(value)) : nullptr;
    if (!resource) return rule_error(where() + " (it found what is no resource of the chart)", {});
    const json::Node& node = *resource->resource;
    if (!speaks && is_found_earlier(node)) continue;
    findings.push_back({&node, name_of(*resource), codings.find(node), fhir::date_of(node),
                        rule.suggests, rule.text, fhir::value_of(node), rule.speaks_against});
  }
  // Behind the loop: what it goes through lives until something is evaluated again.
  for (Finding& one : std::span(findings).subspan(earlier))
    if (one.coding.code.empty()) one.coding = coding_of_reason(*one.node);
  return {};
}

// A treatment in words, whose reason has the code that led to it: another resource, or one within.
ValueSets::Code Prefill::State::coding_of_reason(const json::Node& resource) {
  static const auto reasons = fhirpath::Expression::compile("reasonReference.resolve()");
  const fhir::ChartResource* known = chart.find(&resource);
  const auto found = fhirpath::evaluate_at(
      *reasons, ValueAccess::of_node(&resource, nullptr, known->type), environment, workspace);
  if (!found) return {};
  for (const Value& reason : *found)
    if (const auto coding = codings.find(*ValueAccess::node(reason)); !coding.code.empty())
      return coding;
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
    state.findings.clear();
    for (; rule != model.chart_rules.end() && rule->question == question; ++rule)
      if (auto read = state.apply(*rule); !read) return std::move(read).problems();
    if (!state.findings.empty())
      chart.suggestions.push_back(conclude(*model.questions[question], state.findings));
  }
  chart.patient = std::move(state.chart.patient);
  chart.ignored = std::move(state.chart.ignored);
  chart.sample = state.chart.is_sample;
  return chart;
}

}  // namespace fbss
