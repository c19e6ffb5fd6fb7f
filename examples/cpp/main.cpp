// SPDX-License-Identifier: Apache-2.0
// A program that uses fbss as a library: in, nothing; out, one sample record's findings and report.
// Build it against an installed fbss: see CMakeLists.txt beside this file.
#include <iostream>

#include <fbss/fbss.hpp>

int tell(const fbss::Problems& problems) {
  for (const fbss::Problem& problem : problems) std::cerr << problem.message << '\n';
  return 1;
}

int main() {
  auto questionnaire = fbss::load_builtin("preop_screen");
  if (!questionnaire) return tell(questionnaire.problems());

  fbss::Response response(*questionnaire);
  response.set_sample(true);
  if (auto set = response.answer("back_surgery_planned", true); !set) return tell(set.problems());
  if (auto set = response.answer("prior_back_surgeries", "one"); !set) return tell(set.problems());
  if (auto set = response.answer("smoking_status", "former"); !set) return tell(set.problems());
  if (auto set = response.answer("diabetes", "unknown"); !set) return tell(set.problems());

  std::cout << "Still to be asked:\n";
  for (const fbss::Item* question : response.open_questions())
    std::cout << "  " << question->id << '\n';

  auto assessment = fbss::assess(response);
  if (!assessment) return tell(assessment.problems());

  std::cout << "Findings:\n";
  for (const fbss::Finding& finding : assessment->findings)
    std::cout << "  " << finding.rule->id << ": " << fbss::status_word(finding.status) << '\n';
  for (const fbss::Tally& tally : assessment->tallies)
    std::cout << "At least " << tally.at_least() << ", at most " << tally.at_most() << " of "
              << tally.listed << ' ' << tally.definition->noun << ".\n\n";

  std::cout << fbss::report_text(*assessment);
}
