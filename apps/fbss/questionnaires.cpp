// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names; see questionnaires.hpp.
#include "questionnaires.hpp"

#include <algorithm>
#include <vector>

#include "io.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

bool is_builtin(std::string_view id) {
  const auto ids = builtin_ids();
  return std::find(ids.begin(), ids.end(), id) != ids.end();
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

Result<Questionnaire> open_questionnaire(std::string_view id_or_file) {
  const Result<std::string> text = questionnaire_text(id_or_file);
  if (!text) return text.problems();
  return load_questionnaire(*text, id_or_file == "-" ? "standard input" : id_or_file);
}

Result<Questionnaire> open_questionnaire(const Options& options) {
  const std::string name = options.value("questionnaire", "preop_screen");
  const auto& files = options.files();
  if (name == "-" && std::find(files.begin(), files.end(), name) != files.end()) {
    return usage_problem(
        "Standard input can be the questionnaire or the records, not both: name a file for one.");
  }
  return open_questionnaire(name);
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
  Result<Questionnaire> questionnaire = open_questionnaire(options);
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
