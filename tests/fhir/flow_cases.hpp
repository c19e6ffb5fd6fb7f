// SPDX-License-Identifier: Apache-2.0
// Cases of populating and extracting as data. A file is a list of cases:
//
//     [{"name": "…", "form": {Questionnaire}, "sources": [resources], "contexts": {"NAME":
//     resource},
//       "response": {QuestionnaireResponse}, "on": "2026-11-21", "now": "…", "origins": true,
//       "answers": ["linkId = value"],             what populating fills in, in its order
//       "entries": [{"POST Observation": {…}}],    what extracting gives: request and resource
//       "issues": ["warning rule linkId-or-path"]}]
//
// "sdc:" and "core:" at the beginning of a url stand for the long beginnings of SDC's and R4's
// extensions, resourceType and status of a form may be left out. UUIDs of entries are written
// uuid-1, uuid-2, … in the order in which they are met.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/form.hpp>
#include <fbss/populate.hpp>

namespace flow_cases {

struct FlowCase {
  std::string name, form, response, on, now;
  std::vector<std::string> sources;
  std::vector<std::pair<std::string, std::string>> contexts;
  bool origins = false;
  std::vector<std::string> answers, entries, issues;
};

/// The cases of every file of tests/fhir/FOLDER/cases.
std::vector<FlowCase> read_folder(const std::string& folder);

/// The case's form; fails the test where it does not load.
fbss::Form form_of(const FlowCase& one);
fbss::FormSessionOptions clock_of(const FlowCase& one);
/// Its sources and contexts.
fbss::Sources sources_of(const FlowCase& one);

/// "linkId = value", one an answer, in the order of the response; a Coding is shown as code, a
/// Quantity as value and unit, a Reference as its target. Below a question's answer: "a > b = …".
std::vector<std::string> answers_of(std::string_view response);

/// "POST Observation {…}", one an entry, compact.
std::vector<std::string> entries_of(std::string_view bundle);

/// "warning rule linkId": the path where there is no linkId. Only warnings and worse.
std::vector<std::string> lines(const fbss::FormIssues& issues);

std::string joined(const std::vector<std::string>& lines);

}  // namespace flow_cases
