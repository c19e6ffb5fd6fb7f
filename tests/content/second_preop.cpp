// SPDX-License-Identifier: Apache-2.0
// The eighteen rules of the pre-operative screen in plain C++, one function a rule. Nothing of fbss
// is included here, on purpose.
#include "second_truth.hpp"

namespace second {
namespace {

// --- what several rules share

Truth operation_planned(const Answers& a) {
  return yes(a, "back_surgery_planned");
}

Truth earlier_operation(const Answers& a) {
  return either(is(a, "prior_back_surgeries", "one"), is(a, "prior_back_surgeries", "two_or_more"));
}

Truth smokes(const Answers& a) {
  return either(is(a, "smoking_status", "current_every_day"),
                is(a, "smoking_status", "current_some_days"));
}

Truth untreated_depression(const Answers& a) {
  return both(yes(a, "depression"), no(a, "depression_treated"));
}

Truth untreated_anxiety(const Answers& a) {
  return both(yes(a, "anxiety"), no(a, "anxiety_treated"));
}

// --- the nine factors

std::string multiple_prior_surgeries(const Answers& a) {
  return always(is(a, "prior_back_surgeries", "two_or_more"));
}

std::string extensive_or_complex(const Answers& a) {
  return status(operation_planned(a), yes(a, "planned_procedure_extensive_or_complex"));
}

std::string diabetes(const Answers& a) {
  return always(yes(a, "diabetes"));
}

std::string osteoporosis(const Answers& a) {
  return always(yes(a, "osteoporosis"));
}

std::string smoking(const Answers& a) {
  return always(smokes(a));
}

std::string sedentary(const Answers& a) {
  return always(yes(a, "sedentary_lifestyle"));
}

std::string depression(const Answers& a) {
  return always(untreated_depression(a));
}

std::string anxiety(const Answers& a) {
  return always(untreated_anxiety(a));
}

std::string rehab_not_followed(const Answers& a) {
  const Truth no_program = is(a, "rehab_after_earlier_surgery", "no_program_given");
  return status(both(earlier_operation(a), negated(no_program)),
                is(a, "rehab_after_earlier_surgery", "not_followed"));
}

// --- the eight prevention steps

std::string more_than_one_opinion(const Answers& a) {
  return status(operation_planned(a), no(a, "more_than_one_opinion"));
}

std::string advanced_imaging(const Answers& a) {
  const Truth inappropriate = is(a, "diagnosis_advanced_imaging", "not_appropriate");
  return status(both(operation_planned(a), negated(inappropriate)),
                no(a, "diagnosis_advanced_imaging"));
}

std::string diagnostic_blocks(const Answers& a) {
  const Truth inappropriate = is(a, "diagnosis_diagnostic_blocks", "not_appropriate");
  return status(both(operation_planned(a), negated(inappropriate)),
                no(a, "diagnosis_diagnostic_blocks"));
}

std::string manage_weight(const Answers& a) {
  return status(negated(is(a, "weight_management_addressed", "not_needed")),
                no(a, "weight_management_addressed"));
}

std::string psychological_factors(const Answers& a) {
  return always(either(untreated_depression(a), untreated_anxiety(a)));
}

std::string plan_rehab(const Answers& a) {
  return status(operation_planned(a), no(a, "rehab_program_planned"));
}

// --- the note

std::string other_condition(const Answers& a) {
  return always(yes(a, "other_preexisting_condition"));
}

bool asked(const std::string& id, const Answers& answers) {
  if (id == "rehab_after_earlier_surgery") {
    const std::string prior = recorded(answers, "prior_back_surgeries");
    return prior == "one" || prior == "two_or_more";
  }
  if (id == "depression_treated") return recorded(answers, "depression") == "yes";
  if (id == "anxiety_treated") return recorded(answers, "anxiety") == "yes";
  if (id == "planned_procedure_extensive_or_complex" || id == "more_than_one_opinion" ||
      id == "diagnosis_advanced_imaging" || id == "diagnosis_diagnostic_blocks" ||
      id == "rehab_program_planned")
    return recorded(answers, "back_surgery_planned") == "yes";
  return true;
}

std::vector<Question> questions() {
  const std::vector<std::string> yes_no = {"yes", "no"};
  const std::vector<std::string> yes_no_appropriate = {"yes", "no", "not_appropriate"};
  return {
      {"back_surgery_planned", yes_no},
      {"prior_back_surgeries", {"none", "one", "two_or_more"}},
      {"rehab_after_earlier_surgery", {"followed", "not_followed", "no_program_given"}},
      {"planned_procedure_extensive_or_complex", yes_no},
      {"diabetes", yes_no},
      {"osteoporosis", yes_no},
      {"other_preexisting_condition", yes_no},
      {"smoking_status", {"current_every_day", "current_some_days", "former", "never"}},
      {"sedentary_lifestyle", yes_no},
      {"depression", yes_no},
      {"depression_treated", yes_no},
      {"anxiety", yes_no},
      {"anxiety_treated", yes_no},
      {"more_than_one_opinion", yes_no},
      {"diagnosis_advanced_imaging", yes_no_appropriate},
      {"diagnosis_diagnostic_blocks", yes_no_appropriate},
      {"weight_management_addressed", {"yes", "no", "not_needed"}},
      {"rehab_program_planned", yes_no},
  };
}

std::vector<Rule> rules() {
  return {
      {"rf_multiple_prior_surgeries", {"prior_back_surgeries"}, multiple_prior_surgeries},
      {"rf_extensive_or_complex",
       {"back_surgery_planned", "planned_procedure_extensive_or_complex"},
       extensive_or_complex},
      {"rf_diabetes", {"diabetes"}, diabetes},
      {"rf_osteoporosis", {"osteoporosis"}, osteoporosis},
      {"rf_smoking", {"smoking_status"}, smoking},
      {"rf_sedentary", {"sedentary_lifestyle"}, sedentary},
      {"rf_untreated_depression", {"depression", "depression_treated"}, depression},
      {"rf_untreated_anxiety", {"anxiety", "anxiety_treated"}, anxiety},
      {"rf_rehab_not_followed",
       {"prior_back_surgeries", "rehab_after_earlier_surgery"},
       rehab_not_followed},
      {"step_more_than_one_opinion",
       {"back_surgery_planned", "more_than_one_opinion"},
       more_than_one_opinion},
      {"step_advanced_imaging",
       {"back_surgery_planned", "diagnosis_advanced_imaging"},
       advanced_imaging},
      {"step_diagnostic_blocks",
       {"back_surgery_planned", "diagnosis_diagnostic_blocks"},
       diagnostic_blocks},
      {"step_avoid_smoking", {"smoking_status"}, smoking},
      {"step_stay_active", {"sedentary_lifestyle"}, sedentary},
      {"step_manage_weight", {"weight_management_addressed"}, manage_weight},
      {"step_psychological_factors",
       {"depression", "depression_treated", "anxiety", "anxiety_treated"},
       psychological_factors},
      {"step_plan_rehab", {"back_surgery_planned", "rehab_program_planned"}, plan_rehab},
      {"note_other_condition", {"other_preexisting_condition"}, other_condition},
  };
}

}  // namespace

const Questionnaire& preop_screen() {
  static const Questionnaire screen = {"preop_screen", questions(), rules(), asked};
  return screen;
}

}  // namespace second
