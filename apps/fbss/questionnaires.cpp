// SPDX-License-Identifier: Apache-2.0
// Finds the questionnaire that -q names; see questionnaires.hpp.
#include "questionnaires.hpp"

#include <algorithm>
#include <vector>

#include "io.hpp"
#include "text.hpp"

namespace fbss::app {

Result<Questionnaire> open_questionnaire(std::string_view id_or_file) {
  const auto ids = builtin_ids();
  if (std::find(ids.begin(), ids.end(), id_or_file) != ids.end()) return load_builtin(id_or_file);

  Result<std::string> text = read_whole(id_or_file, Limits{}.questionnaire_bytes);
  if (text) return load_questionnaire(*text, id_or_file == "-" ? "standard input" : id_or_file);

  // What looks like a path was meant as one; everything else as an id.
  const bool looks_like_path = id_or_file.find_first_of("/.") != std::string_view::npos;
  if (looks_like_path || has_content(id_or_file)) return text.problems();
  const std::vector<std::string_view> known(ids.begin(), ids.end());
  return usage_problem("There is no questionnaire \"" + printable(id_or_file) +
                       "\", and no file of that name; built in: " + listed(known) + '.' +
                       did_you_mean(id_or_file, known));
}

Result<Questionnaire> open_questionnaire(const Options& options) {
  return open_questionnaire(options.value("questionnaire", "preop_screen"));
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
