// SPDX-License-Identifier: Apache-2.0
// The patient's chart for the commands that take one; see charts.hpp.
#include "charts.hpp"

#include <algorithm>
#include <utility>

#include "io.hpp"
#include "record.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

// A text that is no JSON at all has nothing sound to add.
bool is_unreadable(const Problem& problem) {
  return problem.code == ErrorCode::not_json || problem.code == ErrorCode::too_deep ||
         problem.code == ErrorCode::too_large;
}

}  // namespace

OptionSpec chart_option() {
  return {"chart", 0,  "BUNDLE", "show what the patient's chart suggests beside the answers",
          {},      {}, {}};
}

OptionSpec code_lists_option() {
  return {"value-sets", 0,
          "FILE",       "a site's code lists, beside those built in or in their place; repeatable",
          {},           {},
          {},           true};
}

Result<CodeLists> open_code_lists(const Options& options, const Questionnaire& questionnaire,
                                  Console& console, ProblemForm form) {
  CodeLists lists;
  for (const std::string& file : options.values("value-sets")) {
    const Result<std::string> bytes = read_whole(file, chart_limits().record_bytes);
    if (!bytes) return in_file(bytes.problems(), file);
    const Result<void> added = lists.add(*bytes, chart_limits());
    if (added) continue;
    Problems problems = in_file(added.problems(), file);
    if (std::any_of(problems.begin(), problems.end(), is_unreadable)) return problems;
    tell(console, problems, form, Exit::done);
  }
  tell(console, check_code_lists(questionnaire, lists), form, Exit::done);
  return lists;
}

Result<OpenChart> read_chart(const std::string& file, const Questionnaire& questionnaire,
                             const CodeLists& lists) {
  const Result<std::string> bytes = read_whole(file, chart_limits().record_bytes);
  if (!bytes) return in_file(bytes.problems(), file);
  OpenChart open;
  if (const Result<void> parsed = open.bundle.parse(*bytes, chart_limits()); !parsed) {
    return in_file(parsed.problems(), file);
  }
  Result<Chart> chart = Prefill(questionnaire, lists, chart_limits()).run(open.bundle.root());
  if (!chart) return in_file(chart.problems(), file);
  open.chart = *std::move(chart);
  return open;
}

Result<std::optional<OpenChart>> open_chart(const Options& options,
                                            const Questionnaire& questionnaire, Console& console,
                                            ProblemForm form) {
  if (!options.has("chart")) return std::optional<OpenChart>();
  const Result<CodeLists> lists = open_code_lists(options, questionnaire, console, form);
  if (!lists) return lists.problems();
  Result<OpenChart> chart = read_chart(options.value("chart"), questionnaire, *lists);
  if (!chart) return chart.problems();
  return std::optional<OpenChart>(*std::move(chart));
}

ChartId chart_id(JsonNode bundle, std::string_view patient) {
  const JsonNode identifier = bundle.find("identifier").find("value");
  if (!identifier.text().empty()) return {std::string(identifier.text()), "/identifier/value"};
  const JsonNode id = bundle.find("id");
  if (!id.text().empty()) return {std::string(id.text()), "/id"};
  patient = patient_reference(patient);
  constexpr std::string_view type = "Patient/";
  if (patient.starts_with(type)) patient.remove_prefix(type.size());
  return {std::string(patient), {}};
}

Result<void> take_recorded(Response& response, RecordReader& reader, JsonNode bundle,
                           const Chart& chart) {
  const Result<bool> read = reader.read_from_chart(response, bundle);
  if (!read) return read.problems();
  if (chart.sample) response.set_sample(true);
  const auto [id, pointer] = chart_id(bundle, chart.patient);
  const Result<void> set = response.set_record_id(id);
  if (set) return {};
  Problems problems = set.problems();
  for (Problem& problem : problems) problem.pointer = pointer;
  return problems;
}

void tell_ignored(Console& console, const Chart& chart, ProblemForm form) {
  constexpr std::size_t most_named = 20;
  const std::size_t count = chart.ignored.size();
  if (count == 0 || form == ProblemForm::json) return;
  std::string out = "fbss: Left out of the chart:";
  for (std::size_t i = 0; i < std::min(count, most_named); ++i) {
    out += (i == 0 ? " " : ", ") + printable(chart.ignored[i].resource);
  }
  if (count > most_named) out += " and " + std::to_string(count - most_named) + " more";
  console.err.write(out + ".\n");
}

std::optional<Problem> reads_input_twice(const Options& options) {
  std::vector<std::string> files = options.values("value-sets");
  files.push_back(options.value("chart"));
  // Without a file of the chart, open_questionnaire() tells it.
  if (std::count(files.begin(), files.end(), "-") == 0) return std::nullopt;
  files.insert(files.end(), options.files().begin(), options.files().end());
  files.push_back(options.value("questionnaire"));
  if (std::count(files.begin(), files.end(), "-") == 1) return std::nullopt;
  return usage_problem("Standard input can be one file only: name the others.");
}

bool is_chart_file(const Options& options, std::string_view name) {
  const auto& sets = options.values("value-sets");
  return same_file(options.value("chart"), name) ||
         std::any_of(sets.begin(), sets.end(),
                     [&](const std::string& file) { return same_file(file, name); });
}

std::optional<Problem> replaces_chart(const Options& options, std::string_view option) {
  if (!is_chart_file(options, options.value(option))) return std::nullopt;
  const std::string given = option == "output" ? "-o" : "--" + std::string(option);
  return usage_problem(given + " names a file that is read; name another one.");
}

}  // namespace fbss::app
