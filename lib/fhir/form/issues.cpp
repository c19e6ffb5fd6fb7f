// SPDX-License-Identifier: Apache-2.0
// The words of rules and severities, and issues as an OperationOutcome. In: FormIssues. Out: JSON.
#include <algorithm>
#include <array>

#include <fbss/form.hpp>

#include "fhir/form/rules.hpp"
#include "json/write.hpp"

namespace fbss {
namespace {

struct RuleRow {
  std::string_view word, issue_type;
  Severity severity;
  std::string_view sentence;
};

constexpr std::array rule_rows = {
#define FBSS_FORM_RULE(name, issue_type, severity, sentence) \
  RuleRow{#name, issue_type, Severity::severity, sentence},
#include <fbss/form_rules.def>
#undef FBSS_FORM_RULE
};

const RuleRow& row(FormRule rule) {
  return rule_rows[static_cast<std::size_t>(rule)];
}

// The words are ours to give out; their code system leads nowhere, like fbss' other names.
constexpr std::string_view rule_system = "https://fbss.example/fhir/CodeSystem/form-rules";

void write_issue(json::Writer& writer, const FormIssue& issue) {
  writer.begin_object();
  writer.member("severity", severity_word(issue.severity));
  writer.member("code", rule_issue_type(issue.rule));
  writer.key("details").begin_object();
  writer.key("coding").begin_array().begin_object();
  writer.member("system", rule_system).member("code", rule_word(issue.rule));
  writer.end_object().end_array();
  writer.member("text", issue.message);
  writer.end_object();
  if (!issue.link_id.empty()) writer.member("diagnostics", "linkId: " + issue.link_id);
  if (!issue.path.empty()) {
    writer.key("expression").begin_array().string(issue.path);
    if (!issue.other_path.empty()) writer.string(issue.other_path);
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace

std::string_view severity_word(Severity severity) {
  constexpr std::array words = {"fatal", "error", "warning", "information"};
  return words[static_cast<std::size_t>(severity)];
}

std::string_view rule_word(FormRule rule) {
  return row(rule).word;
}

std::string_view rule_sentence(FormRule rule) {
  return row(rule).sentence;
}

std::string_view rule_issue_type(FormRule rule) {
  return row(rule).issue_type;
}

namespace form {

Severity usual_severity(FormRule rule) {
  return row(rule).severity;
}

void IssueList::add(FormIssue issue) {
  if (issues_.size() < most_issues)
    issues_.push_back(std::move(issue));
  else
    left_out_ = std::min(left_out_.value_or(Severity::information), issue.severity);
}

FormIssues IssueList::take() {
  FormIssues all = std::move(issues_);
  if (left_out_)
    all.push_back({.rule = FormRule::moreIssues,
                   .severity = *left_out_,
                   .message = "There are more issues than " + std::to_string(most_issues) +
                              "; the others are left out."});
  issues_.clear();
  left_out_.reset();
  return all;
}

}  // namespace form

std::string operation_outcome(const FormIssues& issues) {
  std::string out;
  json::Writer writer(out, 2);
  writer.begin_object().member("resourceType", "OperationOutcome").key("issue").begin_array();
  for (const FormIssue& issue : issues) write_issue(writer, issue);
  if (issues.empty()) {  // OperationOutcome.issue is 1..*
    writer.begin_object().member("severity", "information").member("code", "informational");
    writer.key("details").begin_object().member("text", "No issues were found.").end_object();
    writer.end_object();
  }
  writer.end_array().end_object();
  out += '\n';
  return out;
}

bool has_errors(const FormIssues& issues) {
  return std::ranges::any_of(
      issues, [](const FormIssue& issue) { return issue.severity <= Severity::error; });
}

}  // namespace fbss
