// SPDX-License-Identifier: Apache-2.0
// "Did you mean?": what people mistype finds what they meant, and what nobody meant finds nothing.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/utf8.hpp"

using fbss::nearest;

namespace {

const std::vector<std::string_view> question_count = {
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
const std::vector<std::string_view> known_commands = {"list",    "show",    "ask",      "screen",
                                                      "batch",   "check",   "validate", "lint",
                                                      "enabled", "prefill", "export",   "fhirpath"};
const std::vector<std::string_view> option_count = {
    "current_every_day", "current_some_days", "former", "never", "unknown", "declined"};

struct Case {
  const std::vector<std::string_view>& candidates;
  std::string_view word;
  std::string_view meant;  // empty: nothing
};

}  // namespace

TEST_CASE("the nearest name") {
  const Case cases[] = {
      {question_count, "smoker", "smoking_status"},
      {question_count, "smoking", "smoking_status"},
      {question_count, "smoking-status", "smoking_status"},
      {question_count, "smokingStatus", "smoking_status"},
      {question_count, "Depression", "depression"},
      {question_count, "depresion", "depression"},
      {question_count, "depressed", "depression"},
      {question_count, "depression_treatment", "depression_treated"},
      {question_count, "treated_depression", "depression_treated"},
      {question_count, "diabetic", "diabetes"},
      {question_count, "osteoperosis", "osteoporosis"},
      {question_count, "prior_surgeries", "prior_back_surgeries"},
      {question_count, "mri", "mri_done"},
      {question_count, "date_of_surgery", "surgery_date"},
      {question_count, "xyzzy", ""},
      {question_count, "", ""},
      {question_count, "a", ""},
      {question_count, "patient_name", ""},
      {question_count, "height_cm", ""},
      {question_count, "____", ""},
      {known_commands, "screeen", "screen"},
      {known_commands, "scren", "screen"},
      {known_commands, "csreen", "screen"},
      {known_commands, "bacth", "batch"},
      {known_commands, "lsit", "list"},
      {known_commands, "valid", "validate"},
      {known_commands, "xyzzy", ""},
      {known_commands, "serve", ""},
      {option_count, "every_day", "current_every_day"},
      {option_count, "formerly", "former"},
      {option_count, "Unknown", "unknown"},
      {option_count, "Margaret Smith", ""},
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
  CHECK_FALSE(nearest(std::string(1'000'000, 'a'), question_count).has_value());
}
