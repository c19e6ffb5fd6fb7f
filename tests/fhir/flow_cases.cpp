// SPDX-License-Identifier: Apache-2.0
// Reading cases of populating and extracting, and showing what came out.
#include "flow_cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "json/write.hpp"

namespace flow_cases {

using namespace fbss;

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  std::string read = text.str();
  replace_all(read,
              "\"sdc:", "\"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-");
  replace_all(read, "\"core:", "\"http://hl7.org/fhir/StructureDefinition/");
  return read;
}

std::string json_of(JsonNode node) {
  std::string out;
  if (node) json::write(out, *node.get());
  return out;
}

// {"a": 1} with members before it.
std::string with(const std::string& json, const std::string& members) {
  return json.empty() ? json : '{' + members + (json == "{}" ? "" : ",") + json.substr(1);
}

std::vector<std::string> texts(JsonNode list) {
  std::vector<std::string> all;
  for (JsonNode one = list ? list.first() : JsonNode(); one; one = one.next())
    all.emplace_back(one.text());
  return all;
}

FlowCase case_of(JsonNode node) {
  FlowCase made;
  made.name = node.find("name").text();
  made.form =
      with(json_of(node.find("form")), R"("resourceType":"Questionnaire","status":"active")");
  made.response = with(json_of(node.find("response")), R"("resourceType":"QuestionnaireResponse")");
  made.on = node.find("on").text();
  made.now = node.find("now").text();
  made.origins = node.find("origins").boolean();
  if (const JsonNode list = node.find("sources"))
    for (JsonNode one = list.first(); one; one = one.next()) made.sources.push_back(json_of(one));
  if (const JsonNode named = node.find("contexts"))
    for (JsonNode one = named.first(); one; one = one.next())
      made.contexts.emplace_back(one.key(), json_of(one));
  made.answers = texts(node.find("answers"));
  made.issues = texts(node.find("issues"));
  if (const JsonNode list = node.find("entries"))
    for (JsonNode one = list.first(); one; one = one.next())
      made.entries.push_back(std::string(one.first().key()) + ' ' + json_of(one.first()));
  return made;
}

std::string shown(JsonNode value) {
  if (value.kind() != JsonKind::object) return json_of(value);
  if (const JsonNode code = value.find("code"); code && !value.find("value"))
    return std::string(code.text());
  if (const JsonNode number = value.find("value"))
    return std::string(number.text()) + ' ' + std::string(value.find("unit").text());
  if (const JsonNode reference = value.find("reference")) return std::string(reference.text());
  return json_of(value);
}

void add_answers(JsonNode holder, const std::string& before, std::vector<std::string>& all) {
  const JsonNode items = holder.find("item");
  for (JsonNode item = items ? items.first() : JsonNode(); item; item = item.next()) {
    const std::string link_id(item.find("linkId").text());
    const JsonNode answers = item.find("answer");
    for (JsonNode answer = answers ? answers.first() : JsonNode(); answer; answer = answer.next()) {
      for (JsonNode member = answer.first(); member; member = member.next())
        if (member.key().starts_with("value"))
          all.push_back(before + link_id + " = " + shown(member));
        else if (member.key() == "extension")
          all.push_back(before + link_id + " from " + json_of(member));
      add_answers(answer, before + link_id + " > ", all);
    }
    add_answers(item, before, all);
  }
}

}  // namespace

std::vector<FlowCase> read_folder(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(
           std::filesystem::path(FBSS_SOURCE_DIR) / "tests/fhir" / folder / "cases"))
    files.push_back(file.path());
  std::ranges::sort(files);
  std::vector<FlowCase> all;
  for (const auto& file : files) {
    Document document;
    const auto parsed = document.parse(text_of(file));
    REQUIRE_MESSAGE(parsed.ok(), file.string());
    for (JsonNode node = document.root().first(); node; node = node.next())
      all.push_back(case_of(node));
  }
  return all;
}

Form form_of(const FlowCase& one) {
  auto form = Form::load(one.form);
  REQUIRE_MESSAGE(form.ok(), one.name, ": ", form.ok() ? "" : form.problems().front().message);
  return *form;
}

FormSessionOptions clock_of(const FlowCase& one) {
  FormSessionOptions made;
  made.today = one.on;
  made.now = one.now;
  return made;
}

Sources sources_of(const FlowCase& one) {
  Sources sources;
  for (const auto& [name, json] : one.contexts) REQUIRE(sources.add_context(name, json).ok());
  for (const std::string& json : one.sources) REQUIRE(sources.add(json).ok());
  return sources;
}

std::vector<std::string> answers_of(std::string_view response) {
  Document document;
  REQUIRE(document.parse(response).ok());
  std::vector<std::string> all;
  add_answers(document.root(), "", all);
  return all;
}

std::vector<std::string> entries_of(std::string_view bundle) {
  Document document;
  REQUIRE(document.parse(bundle).ok());
  std::vector<std::string> all;
  const JsonNode list = document.root().find("entry");
  std::map<std::string, std::string> names;
  for (JsonNode entry = list ? list.first() : JsonNode(); entry; entry = entry.next()) {
    const JsonNode request = entry.find("request");
    std::string text;
    for (JsonNode member = request.first(); member; member = member.next())
      text +=
          (member.key() == "method" || member.key() == "url" ? ""
                                                             : std::string(member.key()) + '=') +
          std::string(member.text()) + ' ';
    all.push_back(text + json_of(entry.find("resource")));
    names.emplace(std::string(entry.find("fullUrl").text()), "");
  }
  // UUIDs by the order in which they are met.
  std::size_t count = 0;
  std::map<std::string, std::string> short_names;
  for (std::string& line : all)
    for (std::size_t at = line.find('-'); at != std::string::npos; at = line.find('-', at + 1)) {
      if (at < 8 || line.size() < at + 28 || line[at + 5] != '-' || line[at + 6] != '8' ||
          line[at + 10] != '-')
        continue;
      const std::string uuid = line.substr(at - 8, 36);
      auto [known, is_new] = short_names.try_emplace(uuid);
      if (is_new) known->second = "uuid-" + std::to_string(++count);
      line.replace(at - 8, 36, known->second);
      at -= 8;
    }
  return all;
}

std::vector<std::string> lines(const FormIssues& issues) {
  std::vector<std::string> all;
  for (const FormIssue& issue : issues)
    if (issue.severity != Severity::information)
      all.push_back(std::string(severity_word(issue.severity)) + ' ' +
                    std::string(rule_word(issue.rule)) + ' ' +
                    (issue.link_id.empty() ? issue.path : issue.link_id));
  return all;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += "\n    " + line;
  return all;
}

}  // namespace flow_cases
