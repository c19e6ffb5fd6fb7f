// SPDX-License-Identifier: Apache-2.0
// Runs form/cases/*.json: what linting a form finds.
#include <doctest/doctest.h>

#include <set>

#include <fbss/form.hpp>

#include "../form_cases.hpp"

using namespace fbss;

TEST_CASE("forms have the issues that their case says") {
  std::set<std::string> met;
  const auto forms = form_cases::read_folder("form");
  REQUIRE(forms.size() > 20);
  for (const form_cases::FormCase& one : forms) {
    const auto form = Form::load(one.json);
    REQUIRE_MESSAGE(form.ok(), one.name);
    const auto lines = form_cases::lines(form->issues());
    REQUIRE_MESSAGE(one.lint, one.name, ": no issues are named");
    CHECK_MESSAGE(lines == *one.lint, one.name, "\n  expected:", form_cases::joined(*one.lint),
                  "\n  got:", form_cases::joined(lines));
    for (const FormIssue& issue : form->issues()) met.emplace(rule_word(issue.rule));
  }
  // Every rule on questionnaires is broken somewhere.
  constexpr std::size_t first = static_cast<std::size_t>(FormRule::moreIssues) + 1;
  for (std::size_t i = first; i <= static_cast<std::size_t>(FormRule::notSupported); ++i) {
    const std::string word(rule_word(static_cast<FormRule>(i)));
    CHECK_MESSAGE(met.contains(word), "no case breaks the rule ", word);
  }
}
