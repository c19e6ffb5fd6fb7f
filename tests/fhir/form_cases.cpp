// SPDX-License-Identifier: Apache-2.0
// Reading form_cases.hpp's files.
#include "form_cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fbss/document.hpp>

#include "json/write.hpp"

namespace form_cases {
namespace {

using fbss::JsonNode;

std::string text_of(JsonNode node) {
  std::string text;
  if (node) fbss::json::write(text, *node.get());
  return text;
}

// The members of an object, each with a comma before it.
std::string members_of(JsonNode object) {
  std::string text;
  for (JsonNode member = object.first(); member; member = member.next())
    text += ",\"" + std::string(member.key()) + "\":" + text_of(member);
  return text;
}

std::optional<std::vector<std::string>> texts_of(JsonNode list) {
  if (!list) return std::nullopt;
  std::vector<std::string> texts;
  for (JsonNode one = list.first(); one; one = one.next()) texts.emplace_back(one.text());
  return texts;
}

}  // namespace

std::string form_of(const std::string& items, const std::string& others) {
  return R"({"resourceType":"Questionnaire","url":"http://example.org/q")" +
         (others.starts_with(",\"status\"") ? std::string() : R"(,"status":"active")") + others +
         ",\"item\":" + items + '}';
}

std::string response_of(const std::string& items, const std::string& status) {
  return R"({"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/q",)"
         R"("status":")" +
         status + "\",\"item\":" + items + '}';
}

std::string expression(const std::string& name, const std::string& text) {
  return R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-)" + name +
         R"(","valueExpression":{"language":"text/fhirpath","expression":")" + text + "\"}}";
}

std::string variable(const std::string& name, const std::string& text) {
  return R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":)"
         R"({"name":")" +
         name + R"(","language":"text/fhirpath","expression":")" + text + "\"}}";
}

std::string calculated(const std::string& link_id, const std::string& text) {
  return R"({"linkId":")" + link_id + R"(","type":"integer","extension":[)" +
         expression("calculatedExpression", text) + "]}";
}

std::vector<FormCase> read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  fbss::Document document;
  const auto parsed = document.parse(text.str());
  REQUIRE_MESSAGE(parsed.ok(), file.string(), ": ",
                  parsed.ok() ? "" : parsed.problems().front().message);
  std::vector<FormCase> forms;
  for (JsonNode node = document.root().first(); node; node = node.next()) {
    FormCase& form = forms.emplace_back();
    form.name = file.filename().string() + ": " + std::string(node.find("name").text());
    form.json = form_of(text_of(node.find("items")), members_of(node.find("form")));
    form.lint = texts_of(node.find("lint"));
    for (JsonNode one = node.find("cases").first(); one; one = one.next()) {
      ResponseCase& made = form.responses.emplace_back();
      made.name = form.name + ": " + std::string(one.find("name").text());
      const std::string status(one.find("status").text());
      made.json = one.find("response") ? text_of(one.find("response"))
                                       : response_of(text_of(one.find("items")),
                                                     status.empty() ? "completed" : status);
      made.enabled = texts_of(one.find("enabled"));
      made.issues = texts_of(one.find("issues"));
    }
  }
  return forms;
}

std::vector<FormCase> read_folder(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(FBSS_SOURCE_DIR "/tests/fhir") / folder / "cases"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<FormCase> all;
  for (const auto& file : files)
    for (FormCase& form : read(file)) all.push_back(std::move(form));
  return all;
}

std::vector<std::string> lines(const fbss::FormIssues& issues) {
  std::vector<std::string> texts;
  for (const fbss::FormIssue& issue : issues)
    texts.push_back(std::string(fbss::severity_word(issue.severity)) + ' ' +
                    std::string(fbss::rule_word(issue.rule)) + ' ' + issue.path);
  return texts;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n    " + line;
  return text;
}

}  // namespace form_cases
