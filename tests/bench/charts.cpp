// SPDX-License-Identifier: Apache-2.0
// Charts a second: the text of a Bundle of 200 resources in, what it suggests out, one thread. In:
// what to do: "bundle" prints the Bundle, "members" what its codes are members of (for the peers),
// "rules" the chart's expressions of the pre-operative screen; "parse", "prefill" and "screen"
// (with a recorded response assessed, and its report as JSON) measure. Out: JSON; with what each
// chart rule found, so that it can be compared.
#include <cmath>
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

nlohmann::ordered_json rules_of(const Questionnaire& questionnaire) {
  nlohmann::ordered_json variables, finds;
  for (const ChartVariable& variable : questionnaire.chart_variables())
    variables.push_back({{"name", variable.name}, {"expression", variable.value}});
  for (const Item* question : questionnaire.questions())
    for (std::size_t i = 0; i < question->chart.size(); ++i)
      finds.push_back({{"id", question->id + "/" + std::to_string(i + 1)},
                       {"expression", question->chart[i].find}});
  return {{"variables", variables}, {"finds", finds}};
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

nlohmann::ordered_json suggestions_of(const Chart& chart) {
  nlohmann::ordered_json out;
  for (const Suggestion& suggestion : chart.suggestions)
    out.push_back({{"question", suggestion.question->id},
                   {"kind", std::string(suggestion_word(suggestion.kind))},
                   {"answer", suggestion.answer},
                   {"facts", suggestion.facts.size()}});
  return out;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 2)
    bench::fail("usage: bench_charts bundle|members|rules|parse|prefill|screen");
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
  if (what != "parse" && what != "prefill" && what != "screen") return 0;

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
    seen += report_json(bench::expect(assess(response))).size();
  });
  const nlohmann::ordered_json out = {
      {"what", what},
      {"resources", bundle.root().find("entry").size()},
      {"bytes", text.size()},
      {"per_cpu_s", std::round(rate)},
      {"suggestions", suggestions_of(bench::expect(prefill.run(bundle.root())))}};
  std::printf("%s\n", out.dump().c_str());
}
