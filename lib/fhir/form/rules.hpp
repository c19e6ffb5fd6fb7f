// SPDX-License-Identifier: Apache-2.0
// What form_rules.def says of a rule, for those who make issues.
#pragma once

#include <cstddef>
#include <optional>

#include <fbss/form.hpp>

namespace fbss::form {

/// How bad a breach is, unless its place says otherwise.
Severity usual_severity(FormRule rule);

/// So many issues are told of one form or response, so that one that is wrong in a hundred thousand
/// places cannot fill the memory; then one more says that there are others.
inline constexpr std::size_t most_issues = 1000;

/// Issues as they are found, the first of them kept.
class IssueList {
 public:
  void add(FormIssue issue);
  bool empty() const { return issues_.empty(); }

  /// All that were kept and, where others were left out, one more, as bad as the worst of those.
  FormIssues take();

 private:
  FormIssues issues_;
  std::optional<Severity> left_out_;
};

}  // namespace fbss::form
