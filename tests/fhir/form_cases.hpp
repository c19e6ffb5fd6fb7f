// SPDX-License-Identifier: Apache-2.0
// Cases of forms as data. A file is a list of forms; each has a name, its items (and in "form"
// whatever else its Questionnaire has), and either what linting it finds or responses:
//
//     [{"name": "…", "items": [{"linkId": …}], "lint": ["error required Questionnaire.item[0]"],
//       "cases": [{"name": "…", "items": [{"linkId": …, "answer": …}], "status": "completed",
//                  "enabled": ["a", "b"], "issues": ["error required QuestionnaireResponse"]}]}]
//
// An issue is its severity, its rule and its path; expected are exactly those that are listed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <fbss/form.hpp>

namespace form_cases {

struct ResponseCase {
  std::string name, json;
  std::optional<std::vector<std::string>> enabled, issues;
};

struct FormCase {
  std::string name, json;
  std::optional<std::vector<std::string>> lint;
  std::vector<ResponseCase> responses;
};

/// The cases of a file; fails the test where it cannot be read.
std::vector<FormCase> read(const std::filesystem::path& file);

/// The cases of every file of tests/fhir/FOLDER/cases.
std::vector<FormCase> read_folder(const std::string& folder);

/// "error required QuestionnaireResponse.item[0]", one a issue.
std::vector<std::string> lines(const fbss::FormIssues& issues);
std::string joined(const std::vector<std::string>& lines);

/// A Questionnaire of these items, and a response to it. The Questionnaire is active, unless what
/// it has besides begins with another status.
std::string form_of(const std::string& items, const std::string& others = {});
std::string response_of(const std::string& items, const std::string& status = "completed");

/// Extensions with an expression: SDC's of that name ("calculatedExpression"), and a variable.
std::string expression(const std::string& name, const std::string& text);
std::string variable(const std::string& name, const std::string& text);

/// An integer item with a calculatedExpression.
std::string calculated(const std::string& link_id, const std::string& text);

}  // namespace form_cases
