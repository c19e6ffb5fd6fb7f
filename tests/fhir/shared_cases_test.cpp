// SPDX-License-Identifier: Apache-2.0
// The FHIR cases that lie beside the project: which items are enabled, what is wrong with forms and
// with responses, as other engines recorded it. Prints a figure a kind. Deliberate differences
// stand in shared_differences.txt, each with its reason.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/form.hpp>
#include <fbss/validate.hpp>

#include "shared_files.hpp"

namespace {

using namespace fbss;
using shared_files::folder;
using shared_files::Json;
using shared_files::text_of;

struct SharedCase {
  std::string id, kind, questionnaire, response, expected, agreement;
  bool needs_terminology = false;
};

std::vector<SharedCase> shared_cases(const std::string& kind) {
  std::vector<SharedCase> found;
  if (!shared_files::are_there()) return found;
  const Json index(text_of(folder / "index.json"));
  for (JsonNode node = index.root().first(); node; node = node.next()) {
    if (node.find("kind").text() != kind) continue;
    SharedCase& made = found.emplace_back();
    made.id = node.find("id").text();
    made.kind = kind;
    made.questionnaire = node.find("questionnaire").text();
    made.response = node.find("response").text();
    made.expected = node.find("expected").text();
    made.agreement = node.find("agreement").text();
    for (JsonNode need = node.find("needs").first(); need; need = need.next())
      made.needs_terminology |= need.text() == "terminology";
  }
  return found;
}

// Counts the cases of a kind, and holds each against the table of differences.
class Figures {
 public:
  explicit Figures(std::string kind) : kind_(std::move(kind)) {}

  void add(const SharedCase& one, bool agrees, const std::string& what) {
    ++all_;
    agreed_ += agrees ? 1 : 0;
    if (shared_files::differs_on_purpose(one.id))
      CHECK_MESSAGE(!agrees, one.id, " stands in shared_differences.txt and no longer differs");
    else
      CHECK_MESSAGE(agrees, one.id, ": ", what);
  }

  ~Figures() {
    if (all_ > 0)
      MESSAGE(kind_, ": ", agreed_, " of ", all_, " as recorded, the others differ on purpose");
  }

 private:
  std::string kind_;
  std::size_t all_ = 0, agreed_ = 0;
};

std::set<std::string> texts(JsonNode list) {
  std::set<std::string> all;
  for (JsonNode one = list.first(); one; one = one.next()) all.emplace(one.text());
  return all;
}

std::string listed(const std::set<std::string>& all) {
  std::string text;
  for (const std::string& one : all) text += ' ' + one;
  return text;
}

void add_link_ids(JsonNode holder, std::set<std::string>& all) {
  for (JsonNode item = holder.find("item").first(); item; item = item.next()) {
    all.emplace(item.find("linkId").text());
    add_link_ids(item, all);
  }
}

void check_disabled(const SharedCase& one, Figures& figures) {
  const auto form = Form::load(text_of(folder / one.questionnaire));
  REQUIRE_MESSAGE(form.ok(), one.id);
  FormSession session(*form);
  REQUIRE_MESSAGE(session.read(text_of(folder / one.response)).ok(), one.id);
  const Json questionnaire(text_of(folder / one.questionnaire)),
      expected(text_of(folder / one.expected));
  std::set<std::string> disabled;
  add_link_ids(questionnaire.root(), disabled);
  for (const std::string_view link_id : session.enabled()) disabled.erase(std::string(link_id));
  const std::set<std::string> wanted = texts(expected.root().find("disabled"));
  figures.add(one, disabled == wanted,
              "disabled are" + listed(disabled) + ", expected were" + listed(wanted));
}

}  // namespace

TEST_CASE("shared: enable") {
  Figures figures("enable");
  for (const SharedCase& one : shared_cases("enable")) check_disabled(one, figures);
}

TEST_CASE("shared: differential, what is disabled") {
  Figures figures("differential (disabled items)");
  for (const SharedCase& one : shared_cases("differential")) check_disabled(one, figures);
}

TEST_CASE("shared: q-lint, an error where the HL7 validator has one") {
  Figures figures("q-lint");
  for (const SharedCase& one : shared_cases("q-lint")) {
    const auto form = Form::load(text_of(folder / one.questionnaire));
    REQUIRE_MESSAGE(form.ok(), one.id);
    std::set<std::string> errors;
    for (const FormIssue& issue : form->issues())
      if (issue.severity <= Severity::error) errors.insert(issue.path);
    const Json expected(text_of(folder / one.expected));
    std::set<std::string> missed;
    for (JsonNode issue = expected.root().find("java_hl7_validator").first(); issue;
         issue = issue.next())
      if (!errors.contains(std::string(issue.find("path").text())))
        missed.emplace(issue.find("path").text());
    figures.add(one, missed.empty(), "no error at" + listed(missed));
  }
}

TEST_CASE("shared: every questionnaire loads") {
  for (const char* kind : {"calc", "score", "extract", "populate", "differential", "qr-validate"})
    for (const SharedCase& one : shared_cases(kind))
      if (!one.questionnaire.empty())
        CHECK_MESSAGE(Form::load(text_of(folder / one.questionnaire)).ok(), one.id);
}

TEST_CASE("shared: qr-validate, the verdict and every error's path") {
  std::map<std::string, std::pair<int, int>> by_agreement;
  Figures figures("qr-validate");
  for (const SharedCase& one : shared_cases("qr-validate")) {
    const std::string response = text_of(folder / one.response);
    FormIssues issues;
    if (one.questionnaire.empty()) {
      const Json alone(text_of(folder / one.response));
      issues = validate_alone(alone.root());
    } else {
      const auto form = Form::load(text_of(folder / one.questionnaire));
      REQUIRE_MESSAGE(form.ok(), one.id);
      FormSession session(*form);
      REQUIRE_MESSAGE(session.read(response).ok(), one.id);
      issues = validate(session);
    }
    const Json expected(text_of(folder / one.expected));
    std::set<std::string> paths, missed;
    std::string ours;
    for (const FormIssue& issue : issues) {
      paths.insert(issue.path);
      paths.insert(issue.other_path);
      ours += "\n    " + std::string(severity_word(issue.severity)) + ' ' +
              std::string(rule_word(issue.rule)) + ' ' + issue.path;
    }
    for (JsonNode issue = expected.root().find("dotnet_forms_lab").first(); issue;
         issue = issue.next()) {
      const std::string_view severity = issue.find("severity").text();
      const std::string path(issue.find("path").text());
      if ((severity == "error" || severity == "fatal") && !paths.contains(path))
        missed.insert(path);
    }
    const bool is_invalid = expected.root().find("verdict").text() == "invalid";
    const bool agrees = has_errors(issues) == is_invalid && missed.empty();
    auto& [agreed, all] = by_agreement[one.agreement.empty() ? "none" : one.agreement];
    ++all;
    agreed += agrees ? 1 : 0;
    // The bar: where two validators agree and no terminology is needed, so do we.
    if (one.agreement == "full" && !one.needs_terminology) CHECK_MESSAGE(agrees, one.id);
    figures.add(one, agrees,
                "expected is " + std::string(is_invalid ? "invalid" : "valid") +
                    ", missed paths are" + listed(missed) + ", ours" + ours);
  }
  for (const auto& [agreement, counts] : by_agreement)
    MESSAGE("qr-validate, agreement ", agreement, ": ", counts.first, " of ", counts.second);
}
