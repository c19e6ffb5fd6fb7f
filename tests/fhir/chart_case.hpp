// SPDX-License-Identifier: Apache-2.0
// Cases of cases/chart/: a chart written in short, a line a resource, and what it suggests. In: a
// file's text. Out: for each case the Bundle, the site's code lists, and the outcome as lines;
// a Chart as the same lines, so that both can be compared.
//
//   == diabetes, active and confirmed                 a case and its name
//   questionnaire preop_screen                        only where it is another one
//   list spine-operations-site local:OP1              fills a code list
//   Condition/c1 code=icd:E11.9 clinical=active date=2026-03-01
//   -> diabetes suggested yes                         a question, what it comes to, the answer
//   - yes Condition/c1 E11.9 2026-03-01               a fact, in order: for an answer, or "shown"
//   -> ignored Condition/c2: belongs to another patient
//
// A resource belongs to Patient/p1, who is there where no line says Patient/…, unless it says
// subject=…. `code=a,b` gives several codings; `site=`, `reason=`, `medication=`, `service=`,
// `type=` and `value=` take codes too, `value=` also a number with a unit (150:min/wk), true or
// false. `reasonref=` and `ref:ELEMENT=` are references. `json={…}` at the end of a line adds
// members.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/suggestion.hpp>

namespace chart_cases {

struct Case {
  std::string file, name;
  std::size_t line = 0;
  std::string questionnaire = "preop_screen";
  std::vector<std::string> lists;      // JSON of value sets
  std::vector<std::string> resources;  // JSON of entries
  std::vector<std::string> expected;   // lines
  bool has_snomed = false;             // it holds a code of SNOMED CT

  std::string bundle() const;
};

std::vector<Case> read_cases(const std::string& path);

/// The outcome as lines of a case. Texts are left out.
std::vector<std::string> lines_of(const fbss::Chart& chart);

}  // namespace chart_cases
