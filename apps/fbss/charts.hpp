// SPDX-License-Identifier: Apache-2.0
// The patient's chart for the commands that take one: --chart and --value-sets in; the code lists,
// a Bundle and what it suggests out. What is wrong with a site's code list is told, and the rest
// goes on; a chart that is refused gives nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/fhir.hpp>
#include <fbss/prefill.hpp>
#include <fbss/response.hpp>
#include <fbss/suggestion.hpp>

#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

OptionSpec chart_option();
OptionSpec code_lists_option();

/// The built-in lists, and those of --value-sets. Problems: cannot_read, not_json, too_deep,
/// too_large; all others are told here.
Result<CodeLists> open_code_lists(const Options& options, const Questionnaire& questionnaire,
                                  Console& console, ProblemForm form);

/// A chart as it stands in its file.
struct OpenChart {
  Document bundle;
  Chart chart;
};

/// What the file's Bundle suggests. Problems name the file: those of read_whole(),
/// Document::parse() and Prefill::run().
Result<OpenChart> read_chart(const std::string& file, const Questionnaire& questionnaire,
                             const CodeLists& lists);

/// What --chart names, and nothing without it. Problems: also those of open_code_lists().
Result<std::optional<OpenChart>> open_chart(const Options& options,
                                            const Questionnaire& questionnaire, Console& console,
                                            ProblemForm form);

/// Which record a chart is: the value of the Bundle's identifier, else its id, else its patient's;
/// empty where not even the patient has one.
struct ChartId {
  std::string id;
  std::string pointer;  ///< to where it stands; "" for the patient's
};
ChartId chart_id(JsonNode bundle, std::string_view patient);

/// Fills the response with what the chart holds of recorded answers, its id and its mark of sample
/// data. Problems: those of RecordReader::read_from_chart() and of Response::set_record_id().
Result<void> take_recorded(Response& response, RecordReader& reader, JsonNode bundle,
                           const Chart& chart);

/// Names what was left out of the chart, for a person; a program finds it in the data.
void tell_ignored(Console& console, const Chart& chart, ProblemForm form);

/// The problem where "-" is to be a file of the chart and another one too.
std::optional<Problem> reads_input_twice(const Options& options);

/// Whether the name is of a file that --chart or --value-sets names: an output must not replace it.
bool is_chart_file(const Options& options, std::string_view name);

/// The problem where the option's value is such a name.
std::optional<Problem> replaces_chart(const Options& options, std::string_view option);

}  // namespace fbss::app
