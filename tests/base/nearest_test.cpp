// SPDX-License-Identifier: Apache-2.0
// "Did you mean?": what people mistype finds what they meant, and what nobody meant finds nothing.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/utf8.hpp"

using fbss::nearest;

namespace {

const std::vector<std::string_view> kQuestions = {
    "smoking_status",
    "depression",
    "depression_treated",
    "anxiety",
    "anxiety_treated",
    "diabetes",
    "osteoporosis",
    "sedentary_lifestyle",
    "other_preexisting_condition",
    "prior_back_surgeries",
    "had_spine_surgery",
    "surgery_date",
    "pain_after_surgery",
    "rehab_program_planned",
    "rehab_program_followed",
    "back_surgery_planned",
    "sleep_disturbed_by_pain",
    "mri_done",
    "ct_done",
    "limited_mobility_stiffness",
};
const std::vector<std::string_view> kCommands = {"list",    "show",    "ask",      "screen",
                                                 "batch",   "check",   "validate", "lint",
                                                 "enabled", "prefill", "export",   "fhirpath"};
const std::vector<std::string_view> kOptions = {
    "current_every_day", "current_some_days", "former", "never", "unknown", "declined"};

struct Case {
  const std::vector<std::string_view>& candidates;
  std::string_view word;
  std::string_view meant;  // empty: nothing
};

}  // namespace

TEST_CASE("the nearest name") {
  const Case cases[] = {
      {kQuestions, "smoker", "smoking_status"},
      {kQuestions, "smoking", "smoking_status"},
      {kQuestions, "smoking-status", "smoking_status"},
      {kQuestions, "smokingStatus", "smoking_status"},
      {kQuestions, "Depression", "depression"},
      {kQuestions, "depresion", "depression"},
      {kQuestions, "depressed", "depression"},
      {kQuestions, "depression_treatment", "depression_treated"},
      {kQuestions, "treated_depression", "depression_treated"},
      {kQuestions, "diabetic", "diabetes"},
      {kQuestions, "osteoperosis", "osteoporosis"},
      {kQuestions, "prior_surgeries", "prior_back_surgeries"},
      {kQuestions, "mri", "mri_done"},
      {kQuestions, "date_of_surgery", "surgery_date"},
      {kQuestions, "xyzzy", ""},
      {kQuestions, "", ""},
      {kQuestions, "a", ""},
      {kQuestions, "patient_name", ""},
      {kQuestions, "height_cm", ""},
      {kQuestions, "____", ""},
      {kCommands, "screeen", "screen"},
      {kCommands, "scren", "screen"},
      {kCommands, "csreen", "screen"},
      {kCommands, "bacth", "batch"},
      {kCommands, "lsit", "list"},
      {kCommands, "valid", "validate"},
      {kCommands, "xyzzy", ""},
      {kCommands, "serve", ""},
      {kOptions, "every_day", "current_every_day"},
      {kOptions, "formerly", "former"},
      {kOptions, "Unknown", "unknown"},
      {kOptions, "Margaret Smith", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.word);
    CHECK(nearest(c.word, c.candidates).value_or("") == c.meant);
  }
}

TEST_CASE("of equally near names the first is taken, and none of no names") {
  const std::vector<std::string_view> twins = {"alpha_x", "alpha_y"};
  CHECK(nearest("alpha_z", twins).value_or("") == "alpha_x");
  CHECK_FALSE(nearest("alpha", {}).has_value());
}

TEST_CASE("a very long word costs nothing and finds nothing") {
  CHECK_FALSE(nearest(std::string(1'000'000, 'a'), kQuestions).has_value());
}
