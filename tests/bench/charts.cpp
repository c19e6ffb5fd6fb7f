// SPDX-License-Identifier: Apache-2.0
// Charts a second: the text of a Bundle of 200 resources in, what it suggests out, one thread. In:
// what to do: "bundle" prints the Bundle, "members" what its codes are members of (for the peers),
// "rules" the expressions of the pre-operative screen and a record; "parse", "prefill", "screen"
// (with the record assessed, as for a line of `fbss batch`) and "report" (with the findings
// explained, and the report as JSON) measure. Out: JSON; with how many resources each chart rule
// found and how each rule came out, so that it can be compared.
#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <fbss/fbss.hpp>

#include "chart_bundle.hpp"
#include "measure.hpp"

using namespace fbss;

namespace {

constexpr std::string_view record = R"({"back_surgery_planned": "yes",
  "planned_procedure_extensive_or_complex": "no", "other_preexisting_condition": "no",
  "smoking_status": "former", "diabetes": "yes", "weight_management_addressed": "no"})";

// What decides questions, findings and notices, each once.
std::vector<std::string> conditions_of(const Questionnaire& questionnaire) {
  std::vector<std::string> conditions;
  const auto add = [&](const std::string& expression) {
    if (!expression.empty() && std::ranges::find(conditions, expression) == conditions.end())
      conditions.push_back(expression);
  };
  for (const Item* question : questionnaire.questions()) add(question->asked_when);
  for (const Rule& rule : questionnaire.rules()) {
    add(rule.applies_when);
    add(rule.present_when);
  }
  for (const Notice& notice : questionnaire.notices()) add(notice.when);
  return conditions;
}

nlohmann::ordered_json rules_of(const Questionnaire& questionnaire) {
  nlohmann::ordered_json variables, finds, rules, answers;
  // As they are told to the conditions: yes and no are Booleans, what is not answered is empty.
  const auto recorded = nlohmann::ordered_json::parse(record);
  for (const Item* question : questionnaire.questions()) {
    auto& answer = answers[question->id] = recorded.value(question->id, answers.array());
    if (question->type == ItemType::yes_no && !answer.is_array()) answer = answer == "yes";
  }
  for (const Rule& rule : questionnaire.rules())
    rules.push_back({{"id", rule.id},
                     {"applies_when", rule.applies_when},
                     {"present_when", rule.present_when}});
  for (const ChartVariable& variable : questionnaire.chart_variables())
    variables.push_back({{"name", variable.name}, {"expression", variable.value}});
  for (const Item* question : questionnaire.questions())
    for (std::size_t i = 0; i < question->chart.size(); ++i)
      finds.push_back({{"id", question->id + "/" + std::to_string(i + 1)},
                       {"expression", question->chart[i].find}});
  return {{"variables", variables},
          {"finds", finds},
          {"answers", answers},
          {"conditions", conditions_of(questionnaire)},
          {"rules", rules}};
}

// The lists of the expressions, each with those of the Bundle's codes that are in it.
void collect_codes(JsonNode node, std::vector<std::pair<std::string, std::string>>& codes) {
  if (node.kind() == JsonKind::object && node.find("system") && node.find("code"))
    codes.emplace_back(node.find("system").text(), node.find("code").text());
  for (JsonNode child = node.first(); child; child = child.next()) collect_codes(child, codes);
}

nlohmann::ordered_json members_of(const Questionnaire& questionnaire, const CodeLists& lists,
                                  JsonNode bundle) {
  std::vector<std::pair<std::string, std::string>> codes;
  collect_codes(bundle, codes);
  nlohmann::ordered_json members = nlohmann::ordered_json::object();
  const std::string text = rules_of(questionnaire).dump();
  const std::string mark = "memberOf('";
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
    at += mark.size();
    const std::string list = text.substr(at, text.find('\'', at) - at);
    auto& known = members[list] = nlohmann::ordered_json::array();
    for (const auto& [system, code] : codes)
      if (lists.value_sets().contains(list, system, code) == true)
        known.push_back(system + "|" + code);
  }
  return members;
}

// How many resources each rule finds, the expressions evaluated one by one.
class Finder {
 public:
  Finder(const CodeLists& lists, JsonNode bundle) : lists_(lists), bundle_(bundle) {
    define("chart",
           "entry.resource.where((subject | Immunization.patient).reference = 'Patient/p1')");
  }

  void define(const std::string& name, const std::string& expression) {
    values_.push_back(values_of(expression));
    names_.push_back(name);
  }
  std::size_t count(const std::string& expression) { return values_of(expression).size(); }

 private:
  // A value lives as long as its expression and its workspace.
  fhirpath::Collection values_of(const std::string& expression) {
    kept_.push_back(bench::expect(
        fhirpath::Expression::compile(expression, {.variables = names_, .functions = {}})));
    workspaces_.emplace_back();
    return bench::expect(fhirpath::evaluate(
        kept_.back(), {.input = bundle_, .variables = values_, .value_sets = &lists_.value_sets()},
        workspaces_.back()));
  }

  const CodeLists& lists_;
  JsonNode bundle_;
  std::vector<std::string> names_;
  std::vector<fhirpath::Collection> values_;
  std::deque<fhirpath::Expression> kept_;
  std::deque<fhirpath::Workspace> workspaces_;
};

nlohmann::ordered_json found_by(const Questionnaire& questionnaire, const CodeLists& lists,
                                JsonNode bundle) {
  Finder finder(lists, bundle);
  const auto rules = rules_of(questionnaire);
  for (const auto& variable : rules["variables"])
    finder.define(variable["name"], variable["expression"]);
  nlohmann::ordered_json found;
  for (const auto& rule : rules["finds"])
    found[rule["id"].get<std::string>()] = finder.count(rule["expression"]);
  return found;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2)
    bench::fail("usage: bench_charts bundle|members|rules|parse|prefill|screen|report");
  const std::string what = arguments[1];
  const std::string text = bench::ChartBundle::make(20260301);
  const Questionnaire questionnaire = bench::expect(load_builtin("preop_screen"));
  const CodeLists lists;
  Document bundle;
  const Limits limits = chart_limits();
  bench::expect(bundle.parse(text, limits));

  if (what == "bundle") std::printf("%s\n", text.c_str());
  if (what == "rules") std::printf("%s\n", rules_of(questionnaire).dump(1).c_str());
  if (what == "members")
    std::printf("%s\n", members_of(questionnaire, lists, bundle.root()).dump(1).c_str());
  if (what != "parse" && what != "prefill" && what != "screen" && what != "report") return 0;

  Prefill prefill(questionnaire, lists);
  Response response(questionnaire);
  std::size_t seen = 0;
  const double rate = bench::best_rate([&] {
    bench::expect(bundle.parse(text, limits));
    if (what == "parse") return;
    const Chart chart = bench::expect(prefill.run(bundle.root()));
    seen += chart.suggestions.size();
    if (what == "prefill") return;
    bench::expect(response.read(record));
    const bool explain = what == "report";
    const Assessment assessment = bench::expect(assess(response, {.explain = explain}));
    seen += explain ? report_json(assessment).size() : assessment.findings.size();
  });
  bench::expect(response.read(record));
  nlohmann::ordered_json statuses;
  for (const Finding& finding : bench::expect(assess(response)).findings)
    statuses[finding.rule->id] = status_word(finding.status);
  const nlohmann::ordered_json out = {
      {"what", what},
      {"resources", bundle.root().find("entry").size()},
      {"bytes", text.size()},
      {"per_cpu_s", std::round(rate)},
      {"suggestions", bench::expect(prefill.run(bundle.root())).suggestions.size()},
      {"found", found_by(questionnaire, lists, bundle.root())},
      {"statuses", statuses}};
  std::printf("%s\n", out.dump().c_str());
}
