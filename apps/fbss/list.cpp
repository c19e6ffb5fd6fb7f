// SPDX-License-Identifier: Apache-2.0
// `fbss list`: the built-in questionnaires, as a table or as JSON.
#include <algorithm>
#include <array>

#include <fbss/questionnaire.hpp>

#include "commands.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

std::string as_json(const std::vector<Questionnaire>& all) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_array();
  for (const Questionnaire& one : all) {
    json.begin_object().key("id").string(one.id()).key("version").string(one.version());
    json.key("title").string(one.title()).key("sha256").string(one.sha256());
    json.key("questions").number(static_cast<long long>(one.questions().size()));
    json.key("rules").number(static_cast<long long>(one.rules().size())).end_object();
  }
  json.end_array();
  return out + '\n';
}

std::string as_table(const std::vector<Questionnaire>& all) {
  using Row = std::array<std::string, 5>;
  std::vector<Row> rows = {{"id", "version", "questions", "rules", "title"}};
  for (const Questionnaire& one : all) {
    rows.push_back({std::string(one.id()), std::string(one.version()),
                    std::to_string(one.questions().size()), std::to_string(one.rules().size()),
                    std::string(one.title())});
  }
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      out += row[i] + std::string(widths[i] - columns(row[i]) + 2, ' ');
    }
    out += row.back() + '\n';
  }
  return out;
}

Exit run(const Options& options, Console& console) {
  const bool json = options.value("format", "text") == "json";
  std::vector<Questionnaire> all;
  for (const std::string_view id : builtin_ids()) {
    Result<Questionnaire> loaded = load_builtin(id);
    if (!loaded) {
      return tell(console, loaded.problems(), json ? ProblemForm::json : ProblemForm::text,
                  Exit::bad_questionnaire);
    }
    all.push_back(*std::move(loaded));
  }
  console.out.write(json ? as_json(all) : as_table(all));
  return Exit::done;
}

}  // namespace

Command list_command() {
  CommandSpec spec;
  spec.name = "list";
  spec.summary = "the built-in questionnaires";
  spec.examples = {{"fbss list", "a table"}, {"fbss list --format json", "for programs"}};
  spec.options = {format_option({"text", "json"})};
  return {std::move(spec), run};
}

}  // namespace fbss::app
