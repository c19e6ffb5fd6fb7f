// SPDX-License-Identifier: Apache-2.0
// `fbss populate`: an FHIR Questionnaire filled in from resources in files, without a server.
#include <fbss/populate.hpp>

#include "commands.hpp"
#include "forms.hpp"
#include "io.hpp"
#include "record.hpp"
#include "sources.hpp"

namespace fbss::app {

namespace {

// What $populate of a server returns.
std::string parameters_of(const std::string& response, const FormIssues& issues) {
  std::string out =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"response\","
      "\"resource\":" +
      response;
  if (!issues.empty()) out += "},{\"name\":\"issues\",\"resource\":" + operation_outcome(issues);
  return out + "}]}\n";
}

Exit run(const Options& options, Console& console) {
  const ProblemForm form = ProblemForm::text;
  if (!options.has("questionnaire"))
    return tell(console, {usage_problem("Name the form: --questionnaire FILE.")}, form,
                Exit::usage);
  std::vector<std::string> files = options.files();
  files.push_back(options.value("questionnaire"));
  files.push_back(options.value("missing-only"));
  if (reads_input_twice(options, files))
    return tell(console, {usage_problem("Standard input can be one of the files, not several.")},
                form, Exit::usage);
  Result<FormSessionOptions> clock = session_options(options);
  if (!clock) return tell(console, clock.problems(), form, Exit::usage);
  Result<Form> loaded = open_form(options.value("questionnaire"), options, console);
  if (!loaded) return tell(console, loaded.problems(), form, Exit::bad_questionnaire);
  Result<Sources> sources = open_sources(options, options.files());
  if (!sources) return tell(console, sources.problems(), form, Exit::refused);
  PopulateOptions chosen;
  chosen.origins = options.has("origins");
  const std::string file = options.value("missing-only");
  if (!file.empty()) {
    const Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
    if (!bytes) return tell(console, in_file(bytes.problems(), file), form, Exit::refused);
    chosen.response = *bytes;
  }
  FormSession session(*loaded, std::move(*clock));
  const auto made = populate(session, *sources, chosen);
  if (!made) return tell(console, in_file(made.problems(), file), form, Exit::refused);
  FormIssues issues = not_run(*loaded);
  issues.insert(issues.end(), made->issues.begin(), made->issues.end());
  if (options.value("format") == "parameters") {
    console.out.write(parameters_of(made->response, issues));
  } else {
    console.out.write(made->response);
    console.err.write(issue_lines(issues));
  }
  return Exit::done;
}

}  // namespace

Command populate_command() {
  CommandSpec spec;
  spec.name = "populate";
  spec.summary = "an FHIR Questionnaire filled in from a chart";
  spec.files = "[FILE...]";
  spec.most_files = 1000;
  spec.usage = {"--questionnaire FILE [options] [FILE...]"};
  spec.examples = {
      {"fbss populate --questionnaire form.json chart.json",
       "a QuestionnaireResponse from a Bundle"},
      {"fbss populate --questionnaire form.json --context patient=p.json --context "
       "ObsWeight=weights.json",
       "launch contexts and results of queries by their names"},
      {"fbss populate --questionnaire form.json --missing-only response.json chart.json",
       "only what is still unanswered"}};
  spec.options = {{"questionnaire", 0, "FILE", "the FHIR Questionnaire", {}, {}, {}},
                  context_option(),
                  {"missing-only", 0, "FILE", "a response to go on with", {}, {}, {}},
                  {"origins", 0, "", "each answer says which resource it is from", {}, {}, {}},
                  format_option({"response", "parameters"}),
                  value_sets_option(),
                  {"on", 0, "DATE", "what today() is, and the day of the response", {}, {}, {}},
                  {"now", 0, "DATETIME", "what now() is, and when it is authored", {}, {}, {}}};
  spec.remarks = {
      "Files are resources, Bundles, or the Parameters of $populate; nothing is fetched. A launch "
      "context without a --context is the only resource of its type; queries are run over the "
      "files. Several Patients are refused unless --context patient=FILE says which one counts.",
      "A value comes from the initialExpression, else from the newest Observation within "
      "observationLinkPeriod (needs --on), else from initial[x] or initialSelected. What cannot be "
      "filled in stays empty and is told on standard error, as is where answers came from. "
      "--format parameters gives both as $populate does, in one."};
  return {std::move(spec), run};
}

}  // namespace fbss::app
