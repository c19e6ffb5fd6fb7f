// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names; see questionnaires.hpp.
#include "questionnaires.hpp"

#include <algorithm>
#include <vector>

#include <fbss/document.hpp>

#include "io.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

bool is_builtin(std::string_view id) {
  const auto ids = builtin_ids();
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool parse_questionnaire(Document& document, std::string_view json) {
  Limits limits;
  limits.record_bytes = limits.questionnaire_bytes;
  return document.parse(json, limits).ok();
}

}  // namespace

Result<std::string> questionnaire_text(std::string_view id_or_file) {
  if (is_builtin(id_or_file)) return std::string(builtin_text(id_or_file));

  Result<std::string> text = read_whole(id_or_file, Limits{}.questionnaire_bytes);
  if (text) return text;

  // What looks like a path was meant as one; everything else as an id.
  const bool looks_like_path = id_or_file.find_first_of("/.") != std::string_view::npos;
  const bool is_no_id = looks_like_path || id_or_file == "-" || is_there(id_or_file);
  if (is_no_id) return text.problems();
  const auto ids = builtin_ids();
  const std::vector<std::string_view> known(ids.begin(), ids.end());
  return usage_problem("There is no questionnaire \"" + printable(id_or_file) +
                       "\", and no file of that name; built in: " + listed(known) + '.' +
                       did_you_mean(id_or_file, known));
}

bool is_fhir_questionnaire(std::string_view json) {
  Document document;
  return parse_questionnaire(document, json) &&
         document.root().find("resourceType").text() == "Questionnaire";
}

Result<Chosen> choose(const Options& options) {
  Chosen chosen{.name = options.value("questionnaire", "preop_screen")};
  const auto& files = options.files();
  if (chosen.name == "-" && std::find(files.begin(), files.end(), chosen.name) != files.end()) {
    return usage_problem(
        "Standard input can be the questionnaire or the records, not both: name a file for one.");
  }
  Result<std::string> text = questionnaire_text(chosen.name);
  if (!text) return text.problems();
  chosen.text = *std::move(text);
  chosen.is_fhir = !is_builtin(chosen.name) && is_fhir_questionnaire(chosen.text);
  return chosen;
}

Result<Questionnaire> open_questionnaire(const Chosen& chosen) {
  const std::string name = chosen.name == "-" ? "standard input" : chosen.name;
  if (chosen.is_fhir) {
    return usage_problem(printable(name) +
                         " is an FHIR Questionnaire; this needs a questionnaire with rules and "
                         "sources. An FHIR Questionnaire is taken by ask, show, export --as "
                         "handout, lint, enabled, validate, calculate, populate and extract." +
                         builtin_hint(chosen.text));
  }
  return load_questionnaire(chosen.text, name);
}

Result<Questionnaire> open_questionnaire(const Options& options) {
  const Result<Chosen> chosen = choose(options);
  if (!chosen) return chosen.problems();
  return open_questionnaire(*chosen);
}

std::string builtin_hint(std::string_view json) {
  Document document;
  if (!parse_questionnaire(document, json)) return {};
  const JsonNode tags = document.root().find("meta").find("tag");
  for (const std::string_view id : builtin_ids()) {
    if (!document.root().find("url").text().ends_with("/Questionnaire/" + std::string(id)))
      continue;
    const Result<Questionnaire> builtin = load_builtin(id);
    for (JsonNode tag = tags.first(); tag; tag = tag.next())
      if (builtin && tag.find("code").text() == builtin->sha256())
        return " It is an export of " + std::string(id) + ": with -q " + std::string(id) +
               " there are findings too.";
  }
  return {};
}

bool is_questionnaire_file(const Options& options, std::string_view name) {
  const std::string questionnaire = options.value("questionnaire");
  return !is_builtin(questionnaire) && same_file(questionnaire, name);
}

std::optional<Problem> replaces_questionnaire(const Options& options, std::string_view option) {
  if (!is_questionnaire_file(options, options.value(option))) return std::nullopt;
  const std::string given = option == "output" ? "-o" : "--" + std::string(option);
  return usage_problem(given +
                       " names the questionnaire itself, which must stay; name another file.");
}

Result<Response> open_response(const Options& options) {
  const Result<Chosen> chosen = choose(options);
  if (!chosen) return chosen.problems();
  return open_response(*chosen, options);
}

Result<Response> open_response(const Chosen& chosen, const Options& options) {
  Result<Questionnaire> questionnaire = open_questionnaire(chosen);
  if (!questionnaire) return questionnaire.problems();
  Response response(*std::move(questionnaire));
  if (options.has("on")) {
    if (const auto date = response.set_date(options.value("on")); !date) {
      return usage_problem("--on: " + date.problems().front().message);
    }
  }
  return response;
}

}  // namespace fbss::app
