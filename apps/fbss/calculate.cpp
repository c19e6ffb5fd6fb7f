// SPDX-License-Identifier: Apache-2.0
// `fbss calculate`: a response to an FHIR Questionnaire with its calculated values, or what these
// can still become.
#include <fbss/calculation.hpp>

#include <optional>

#include "commands.hpp"
#include "forms.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

constexpr std::string_view not_determined = "not determined";

// Text.
std::string range_text(const Interval& interval) {
  if (!interval.has_value) return "no value, whatever is answered";
  std::string out;
  if (interval.low.empty() && interval.high.empty())
    out = not_determined;
  else if (interval.high.empty())
    out = "at least " + interval.low + ", the most is not determined";
  else if (interval.low.empty())
    out = "at most " + interval.high + ", the least is not determined";
  else if (interval.low == interval.high)
    out = interval.low;
  else
    out = "between " + interval.low + " and " + interval.high;
  return out + (interval.may_be_empty ? ", or no value" : "");
}

std::string rule_text(const MissingData& rule) {
  std::string out = "; rule " + std::string(rule.rule) + ": " + std::to_string(rule.answered) +
                    " of " + std::to_string(rule.counted) + " answered";
  if (!rule.is_met())
    out += ", at least " + std::to_string(rule.least_answered) + " needed, so no value yet";
  else if (rule.is_prorated())
    out += ", so the value is prorated";
  return out;
}

std::string text_of(const std::vector<Interval>& intervals) {
  std::string out;
  for (const Interval& interval : intervals) {
    std::string line(interval.link_id);
    if (!interval.text.empty()) line += " (" + std::string(interval.text) + ')';
    line += ": " + range_text(interval) + "; ";
    line += interval.value.empty() ? "no value so far, " : interval.value + " so far, ";
    line += std::to_string(interval.answered) + " of " + std::to_string(interval.questions) +
            (interval.questions == 1 ? " question answered" : " questions answered");
    if (interval.missing_data) line += rule_text(*interval.missing_data);
    if (!interval.unanswered.empty()) line += "; missing: " + listed(interval.unanswered);
    out += printable(line) + '\n';
  }
  return out;
}

// JSON.
void write_end(JsonWriter& json, std::string_view name, const Interval& interval,
               const std::string& digits) {
  json.key(name);
  if (!interval.has_value)
    json.null();
  else if (digits.empty())
    json.string(not_determined);
  else
    json.raw(digits);
}

void write_rule(JsonWriter& json, const MissingData& rule) {
  json.key("missingData").begin_object().key("rule").string(rule.rule);
  json.key("counted").number(static_cast<long long>(rule.counted));
  json.key("answered").number(static_cast<long long>(rule.answered));
  json.key("leastAnswered").number(static_cast<long long>(rule.least_answered));
  json.key("met").boolean(rule.is_met()).key("prorated").boolean(rule.is_prorated());
  json.end_object();
}

std::string json_of(const std::vector<Interval>& intervals, std::uint64_t line) {
  std::string out;
  JsonWriter json(out, line > 0 ? JsonWriter::Layout::compact : JsonWriter::Layout::indented);
  json.begin_object();
  if (line > 0) json.key("line").number(static_cast<long long>(line));
  json.key("intervals").begin_array();
  for (const Interval& interval : intervals) {
    json.begin_object().key("linkId").string(interval.link_id);
    json.key("path").string(interval.path).key("value");
    interval.value.empty() ? json.null() : json.raw(interval.value);
    write_end(json, "low", interval, interval.low);
    write_end(json, "high", interval, interval.high);
    json.key("mayBeEmpty").boolean(interval.may_be_empty);
    json.key("questions").number(static_cast<long long>(interval.questions));
    json.key("answered").number(static_cast<long long>(interval.answered));
    json.key("unanswered").begin_array();
    for (const std::string_view link_id : interval.unanswered) json.string(link_id);
    json.end_array();
    if (interval.missing_data) write_rule(json, *interval.missing_data);
    json.end_object();
  }
  json.end_array().end_object();
  return out + '\n';
}

Exit run(const Options& options, Console& console) {
  const bool is_bulk = options.has("ndjson"), asks_intervals = options.has("intervals");
  const bool is_json = is_bulk || options.value("format") == "json";
  const ProblemForm problems = is_json ? ProblemForm::json : ProblemForm::text;
  std::optional<Calculation> calculation;
  std::string out;
  return each_response(options, console, problems, [&](const ReadResponse& response) {
    if (!response.problems.empty()) return Exit::refused;
    if (!calculation) calculation.emplace(response.session);
    if (const auto done = calculation->run(); !done)
      return tell(console, done.problems(), problems, Exit::refused);
    out.clear();
    if (asks_intervals)
      out = is_json ? json_of(calculation->intervals(), response.line)
                    : text_of(calculation->intervals());
    else if (is_bulk)
      calculation->append_line(out);
    else
      out = calculation->response();
    console.out.write(out);
    console.err.write(issue_lines(response.session.issues(), response.line));
    return Exit::done;
  });
}

}  // namespace

Command calculate_command() {
  CommandSpec spec =
      response_command("calculate", "fills in what an FHIR Questionnaire calculates");
  spec.examples = {{"fbss calculate --questionnaire form.json response.json",
                    "the response with every calculated value"},
                   {"fbss calculate --questionnaire form.json --intervals response.json",
                    "what each calculated number can still become"}};
  spec.options.push_back(
      {"intervals", 0, "", "what the numbers can still become, instead", {}, {}, {}});
  spec.options.push_back(format_option({"text", "json"}));
  spec.remarks = {
      "Prints the QuestionnaireResponse in the order of the form, with --ndjson one a line. "
      "Every calculatedExpression gives its item's answer, in the item's type; it takes the place "
      "of one that was there. Items that are missing are added with their groups. Answers of items "
      "that are not enabled count as not given: a draft keeps them, a completed response loses "
      "them. An expression that does not compile, raises an error or gives what does not fit "
      "leaves "
      "its item empty, with a warning on standard error, and the rest goes on.",
      "--intervals: while questions are open, the least and the greatest value that completing the "
      "response can still give each number, what it is so far, and the questions that matter; "
      "\"not determined\" where there may be no bound, or where neither interval arithmetic nor "
      "20,000 completions tell. An answer marked as unknown counts as open.",
      "A score may declare what happens where answers are missing: extension missing-data-rule, "
      "all-needed, prorated or half-needed (fbss/calculation.hpp)."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
