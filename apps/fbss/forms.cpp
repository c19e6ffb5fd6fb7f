// SPDX-License-Identifier: Apache-2.0
// Forms and responses for commands; see forms.hpp.
#include "forms.hpp"

#include <algorithm>

#include <fbss/document.hpp>
#include <fbss/value_sets.hpp>

#include "fhirpath_clock.hpp"
#include "io.hpp"
#include "record.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

Exit worse(Exit a, Exit b) {
  return std::max(a, b);
}

Result<fhirpath::ValueSets> open_value_sets(const Options& options, Console& console) {
  fhirpath::ValueSets sets;
  Limits limits;
  limits.record_bytes = std::size_t{64} * 1024 * 1024;  // code systems are large
  for (const std::string& file : options.values("value-sets")) {
    const Result<std::string> bytes = read_whole(file, limits.record_bytes);
    if (!bytes) return in_file(bytes.problems(), file);
    Document document;
    if (const auto parsed = document.parse(*bytes, limits); !parsed)
      return in_file(parsed.problems(), file);
    // What a set cannot decide is not known; it is told, and the rest counts.
    if (const auto added = sets.add(document.root()); !added)
      tell(console, in_file(added.problems(), file), ProblemForm::text, Exit::done);
  }
  return sets;
}

class Responses {
 public:
  Responses(FormSession& session, Console& console, ProblemForm form,
            const std::function<Exit(const ReadResponse&)>& visit)
      : session_(session), console_(console), form_(form), visit_(visit) {}

  Exit file(const std::string& name) {
    const Result<std::string> bytes = read_whole(name, Limits{}.record_bytes);
    if (!bytes) return tell(console_, in_file(bytes.problems(), name), form_, Exit::refused);
    return one(*bytes, name, 0);
  }

  Exit lines(const std::string& name) {
    Result<Input> input = Input::open(name);
    if (!input) return tell(console_, input.problems(), form_, Exit::failed);
    const std::size_t limit = Limits{}.record_bytes;
    LineReader reader(*input, limit);
    Exit result = Exit::done;
    while (true) {
      const Result<Line> line = reader.next();
      if (!line) return tell(console_, line.problems(), form_, Exit::failed);
      if (line->at_end) return result;
      if (line->too_long) {
        Problem problem;
        problem.code = ErrorCode::too_large;
        problem.message = "The line has more than " + std::to_string(limit) +
                          " bytes, the most that a record may have.";
        result = worse(result, refuse({problem}, name, line->number));
      } else if (!trimmed(line->text).empty()) {
        result = worse(result, one(line->text, name, line->number));
      }
    }
  }

 private:
  Exit one(std::string_view json, const std::string& name, std::uint64_t line) {
    const Result<void> read = session_.read(json);
    if (!read) return refuse(read.problems(), name, line);
    return visit_({session_, line, read.problems()});
  }

  Exit refuse(Problems problems, const std::string& name, std::uint64_t line) {
    for (Problem& problem : problems) {
      if (line == 0) continue;
      problem.line = static_cast<std::uint32_t>(line);
      problem.column = 0;
    }
    problems = in_file(std::move(problems), name);
    const Exit told = tell(console_, problems, form_, Exit::refused);
    return worse(told, visit_({session_, line, problems}));
  }

  FormSession& session_;
  Console& console_;
  ProblemForm form_;
  const std::function<Exit(const ReadResponse&)>& visit_;
};

}  // namespace

OptionSpec value_sets_option() {
  return {
      "value-sets", 0,  "FILE", "value sets and code systems that the form refers to; repeatable",
      {},           {}, {},     true};
}

std::vector<OptionSpec> form_options() {
  return {{"questionnaire", 0, "FILE", "the FHIR Questionnaire", {}, {}, {}},
          value_sets_option(),
          {"ndjson", 0, "FILE", "responses, one a line, instead of FILE", {}, {}, {}},
          {"on", 0, "DATE", "what today() is (default: empty)", {}, {}, {}},
          {"now", 0, "DATETIME", "what now() is (default: empty)", {}, {}, {}}};
}

CommandSpec response_command(std::string_view name, std::string_view summary) {
  CommandSpec spec;
  spec.name = name;
  spec.summary = summary;
  spec.files = "[FILE]";
  spec.most_files = 1;
  spec.usage = {"--questionnaire FILE [options] FILE",
                "--questionnaire FILE [options] --ndjson FILE"};
  spec.options = form_options();
  return spec;
}

Result<Form> open_form(const std::string& file, const Options& options, Console& console) {
  const Result<std::string> bytes = read_whole(file, Limits{}.questionnaire_bytes);
  if (!bytes) return in_file(bytes.problems(), file);
  Result<Form> form = load_form(*bytes, options, console);
  if (!form && form.problems().front().file.empty()) return in_file(form.problems(), file);
  return form;
}

Result<Form> load_form(std::string_view json, const Options& options, Console& console) {
  Result<fhirpath::ValueSets> sets = open_value_sets(options, console);
  if (!sets) return sets.problems();
  return Form::load(json, {.value_sets = std::move(*sets)});
}

Result<FormSessionOptions> session_options(const Options& options) {
  FormSessionOptions made;
  if (!options.has("on") && !options.has("now")) return made;
  const Result<Clock> clock = clock_of(options);
  if (!clock) return clock.problems();
  made.today = clock->today;
  if (options.has("now")) made.now = clock->now;
  return made;
}

Exit each_response(const Options& options, Console& console, ProblemForm form,
                   const std::function<Exit(const ReadResponse&)>& visit) {
  const auto& files = options.files();
  if (!options.has("questionnaire"))
    return tell(console, {usage_problem("Name the form: --questionnaire FILE.")}, form,
                Exit::usage);
  if (files.empty() == !options.has("ndjson"))
    return tell(console,
                {usage_problem("Name the response: FILE, or --ndjson FILE with one a line.")}, form,
                Exit::usage);
  const std::string& questionnaire = options.value("questionnaire");
  const std::string records = options.has("ndjson") ? options.value("ndjson") : files.front();
  if (questionnaire == "-" && records == "-")
    return tell(console,
                {usage_problem("Standard input can be the form or the response, not both.")}, form,
                Exit::usage);
  Result<FormSessionOptions> clock = session_options(options);
  if (!clock) return tell(console, clock.problems(), form, Exit::usage);
  Result<Form> loaded = open_form(questionnaire, options, console);
  if (!loaded) return tell(console, loaded.problems(), form, Exit::bad_questionnaire);
  FormSession session(std::move(*loaded), std::move(*clock));
  Responses responses(session, console, form, visit);
  return options.has("ndjson") ? responses.lines(records) : responses.file(records);
}

FormIssues not_run(const Form& form) {
  FormIssues found;
  for (const FormIssue& issue : form.issues()) {
    const bool concerns =
        issue.rule == FormRule::notSupported || issue.rule == FormRule::badExpression ||
        issue.rule == FormRule::unknownName || issue.rule == FormRule::extensionValue;
    if (concerns && issue.severity != Severity::information) found.push_back(issue);
  }
  return found;
}

void add_issues(JsonWriter& json, const FormIssues& issues) {
  json.key("issues").begin_array();
  for (const FormIssue& issue : issues) {
    json.begin_object().key("severity").string(severity_word(issue.severity));
    json.key("rule").string(rule_word(issue.rule));
    json.key("expression").begin_array().string(issue.path);
    if (!issue.other_path.empty()) json.string(issue.other_path);
    json.end_array();
    if (!issue.link_id.empty()) json.key("linkId").string(issue.link_id);
    json.key("text").string(issue.message).end_object();
  }
  json.end_array();
}

std::string issue_lines(const FormIssues& issues, std::uint64_t line) {
  std::string out;
  for (const FormIssue& issue : issues) {
    std::string text = line > 0 ? std::to_string(line) + ": " : std::string();
    text += std::string(severity_word(issue.severity)) + ' ' + issue.path;
    if (!issue.link_id.empty()) text += " (" + issue.link_id + ')';
    text += ": " + issue.message + " [" + std::string(rule_word(issue.rule)) + ']';
    out += printable(text) + '\n';
  }
  return out;
}

}  // namespace fbss::app
