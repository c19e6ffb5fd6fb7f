// SPDX-License-Identifier: Apache-2.0
// `fbss enabled`: which items of an FHIR Questionnaire are enabled by a response.
#include "commands.hpp"
#include "forms.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

std::string text_of(const std::vector<std::string_view>& link_ids) {
  std::string out;
  for (const std::string_view link_id : link_ids) out += printable(link_id) + '\n';
  return out;
}

std::string json_of(const std::vector<std::string_view>& link_ids, std::uint64_t line) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (line > 0) json.key("line").number(static_cast<long long>(line));
  json.key("enabled").begin_array();
  for (const std::string_view link_id : link_ids) json.string(link_id);
  json.end_array().end_object();
  return out + '\n';
}

Exit run(const Options& options, Console& console) {
  // Lines of NDJSON need lines for an answer.
  const bool is_json = options.value("format") == "json" || options.has("ndjson");
  return each_response(
      options, console, is_json ? ProblemForm::json : ProblemForm::text,
      [&](const ReadResponse& response) {
        if (!response.problems.empty()) return Exit::refused;
        const auto link_ids = response.session.enabled();
        console.out.write(is_json ? json_of(link_ids, response.line) : text_of(link_ids));
        console.err.write(issue_lines(response.session.issues(), response.line));
        return Exit::done;
      });
}

}  // namespace

Command enabled_command() {
  CommandSpec spec =
      response_command("enabled", "which items of an FHIR Questionnaire are enabled");
  spec.examples = {{"fbss enabled --questionnaire form.json response.json",
                    "the linkIds, one a line, in the order of the form"}};
  spec.options.push_back(format_option({"text", "json"}));
  spec.remarks = {
      "An item is enabled where what holds it is, its enableWhen hold and its enableWhenExpression "
      "is true. A question that is not enabled counts as unanswered. An item of a repeating group "
      "is named where it is enabled in some repetition; items that the response leaves out are "
      "named too.",
      "--format json prints {\"enabled\":[…]}, with --ndjson one line a response, with its "
      "\"line\". An expression that raises an error is told, and leaves its item enabled."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
