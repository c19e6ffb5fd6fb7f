// SPDX-License-Identifier: Apache-2.0
// The seventeen rules of the rehabilitation plan in plain C++, one function a rule. Nothing of fbss
// is included here, on purpose.
#include "second_truth.hpp"

namespace second {
namespace {

// --- what several rules share

Truth operated(const Answers& a) {
  return yes(a, "had_spine_surgery");
}

Truth plans(const Answers& a, const std::string& exercise) {
  return includes(a, "exercises_planned", exercise);
}

Truth operated_and_plans(const Answers& a, const std::string& exercise) {
  return both(operated(a), plans(a, exercise));
}

// --- readiness

std::string doctor_not_consulted(const Answers& a) {
  return status(operated(a), no(a, "doctor_consulted_about_exercise"));
}

std::string no_guidance(const Answers& a) {
  return status(operated(a), no(a, "professional_guides_exercise"));
}

std::string guide_not_told(const Answers& a) {
  return status(both(operated(a), negated(no(a, "professional_guides_exercise"))),
                no(a, "guide_told_all_three"));
}

// --- cautions

std::string extreme_or_twisting(const Answers& a) {
  return status(operated(a), yes(a, "extreme_or_twisting_exercise"));
}

std::string yoga_not_gentle(const Answers& a) {
  return status(operated_and_plans(a, "yoga"), no(a, "yoga_gentle_version"));
}

std::string swimming_no_advice(const Answers& a) {
  return status(operated_and_plans(a, "swimming"), no(a, "swimming_advice_given"));
}

std::string swimming_restricted(const Answers& a) {
  return status(operated_and_plans(a, "swimming"), yes(a, "swimming_restricted"));
}

std::string breath_held(const Answers& a) {
  return status(operated_and_plans(a, "abdominal_bracing"),
                yes(a, "abdominal_bracing_breath_held"));
}

std::string head_off_pillow(const Answers& a) {
  return status(operated_and_plans(a, "cervical_mobility"), no(a, "cervical_head_stays_on_pillow"));
}

std::string cervical_not_small(const Answers& a) {
  return status(operated_and_plans(a, "cervical_mobility"), no(a, "cervical_movements_small"));
}

std::string symptoms_worse(const Answers& a) {
  return status(operated(a), yes(a, "symptoms_worse_with_exercise"));
}

// --- numbers beside those of the source

std::string dose_bracing(const Answers& a) {
  return status(operated_and_plans(a, "abdominal_bracing"),
                either(less(number(a, "abdominal_bracing_repetitions"), 10),
                       less(number(a, "abdominal_bracing_times_per_day"), 2)));
}

Truth differs(const Answers& a, const std::string& id, int named) {
  return either(less(number(a, id), named), more(number(a, id), named));
}

std::string dose_cervical(const Answers& a) {
  return status(operated_and_plans(a, "cervical_mobility"),
                either(differs(a, "cervical_mobility_repetitions", 5),
                       differs(a, "cervical_mobility_times_per_day", 3)));
}

std::string dose_shoulders(const Answers& a) {
  const auto times = number(a, "shoulder_circles_times_per_day");
  return status(operated_and_plans(a, "shoulder_circles"),
                either(differs(a, "shoulder_circles_repetitions", 10),
                       either(less(times, 2), more(times, 3))));
}

std::string dose_not_stated(const Answers& a) {
  Truth any = Truth::no;
  for (const char* exercise : {"yoga", "walking", "swimming", "isokinetic",
                               "dynamic_lumbar_stabilization", "aqua_exercises"})
    any = either(any, plans(a, exercise));
  return status(operated(a), any);
}

// --- adherence

std::string not_regular(const Answers& a) {
  return status(operated(a), no(a, "exercises_done_regularly"));
}

std::string program_not_followed(const Answers& a) {
  const Truth no_program = is(a, "rehab_program_followed", "no_program_given");
  return status(both(operated(a), negated(no_program)),
                is(a, "rehab_program_followed", "not_followed"));
}

bool asked(const std::string& id, const Answers& answers) {
  if (id == "had_spine_surgery") return true;
  if (id == "guide_told_all_three")
    return recorded(answers, "professional_guides_exercise") == "yes";
  const auto planned = [&](const char* exercise) { return plans(answers, exercise) == Truth::yes; };
  if (id == "yoga_gentle_version") return planned("yoga");
  if (id == "swimming_advice_given" || id == "swimming_restricted") return planned("swimming");
  if (id.rfind("abdominal_bracing_", 0) == 0) return planned("abdominal_bracing");
  if (id.rfind("cervical_", 0) == 0) return planned("cervical_mobility");
  if (id.rfind("shoulder_circles_", 0) == 0) return planned("shoulder_circles");
  return recorded(answers, "had_spine_surgery") == "yes";
}

std::vector<Question> questions() {
  const std::vector<std::string> yes_no = {"yes", "no"};
  return {
      {"had_spine_surgery", yes_no},
      {"doctor_consulted_about_exercise", yes_no},
      {"professional_guides_exercise", yes_no},
      {"guide_told_all_three", yes_no},
      {"exercises_planned",
       {"none", "abdominal_bracing", "yoga", "walking", "swimming", "cervical_mobility",
        "shoulder_circles", "isokinetic", "dynamic_lumbar_stabilization", "aqua_exercises",
        "abdominal_bracing, cervical_mobility, shoulder_circles", "yoga, walking",
        "abdominal_bracing, yoga, walking, swimming, cervical_mobility, shoulder_circles, "
        "isokinetic, dynamic_lumbar_stabilization, aqua_exercises"}},
      {"extreme_or_twisting_exercise", yes_no},
      {"yoga_gentle_version", yes_no},
      {"swimming_advice_given", yes_no},
      {"swimming_restricted", yes_no},
      {"abdominal_bracing_repetitions", {"0", "9", "10", "11", "999"}},
      {"abdominal_bracing_times_per_day", {"0", "1", "2", "3", "99"}},
      {"abdominal_bracing_breath_held", yes_no},
      {"cervical_mobility_repetitions", {"0", "4", "5", "6", "999"}},
      {"cervical_mobility_times_per_day", {"0", "2", "3", "4", "99"}},
      {"cervical_head_stays_on_pillow", yes_no},
      {"cervical_movements_small", yes_no},
      {"shoulder_circles_repetitions", {"0", "9", "10", "11", "999"}},
      {"shoulder_circles_times_per_day", {"0", "1", "2", "3", "4", "99"}},
      {"symptoms_worse_with_exercise", yes_no},
      {"exercises_done_regularly", yes_no},
      {"rehab_program_followed", {"followed", "not_followed", "no_program_given"}},
  };
}

std::vector<Rule> rules() {
  const auto one = [](const char* question) {
    return std::vector<std::string>{"had_spine_surgery", question};
  };
  const auto exercise = [](std::vector<std::string> reads) {
    reads.insert(reads.begin(), {"had_spine_surgery", "exercises_planned"});
    return reads;
  };
  return {
      {"ready_doctor_not_consulted", one("doctor_consulted_about_exercise"), doctor_not_consulted},
      {"ready_no_guidance", one("professional_guides_exercise"), no_guidance},
      {"ready_guide_not_told",
       {"had_spine_surgery", "professional_guides_exercise", "guide_told_all_three"},
       guide_not_told},
      {"caution_extreme_or_twisting", one("extreme_or_twisting_exercise"), extreme_or_twisting},
      {"caution_yoga_not_gentle", exercise({"yoga_gentle_version"}), yoga_not_gentle},
      {"caution_swimming_no_advice", exercise({"swimming_advice_given"}), swimming_no_advice},
      {"caution_swimming_restricted", exercise({"swimming_restricted"}), swimming_restricted},
      {"caution_breath_held", exercise({"abdominal_bracing_breath_held"}), breath_held},
      {"caution_head_off_pillow", exercise({"cervical_head_stays_on_pillow"}), head_off_pillow},
      {"caution_cervical_not_small", exercise({"cervical_movements_small"}), cervical_not_small},
      {"caution_symptoms_worse", one("symptoms_worse_with_exercise"), symptoms_worse},
      {"dose_abdominal_bracing",
       exercise({"abdominal_bracing_repetitions", "abdominal_bracing_times_per_day"}),
       dose_bracing},
      {"dose_cervical_mobility",
       exercise({"cervical_mobility_repetitions", "cervical_mobility_times_per_day"}),
       dose_cervical},
      {"dose_shoulder_circles",
       exercise({"shoulder_circles_repetitions", "shoulder_circles_times_per_day"}),
       dose_shoulders},
      {"dose_not_stated", exercise({}), dose_not_stated},
      {"adherence_not_regular", one("exercises_done_regularly"), not_regular},
      {"adherence_program_not_followed", one("rehab_program_followed"), program_not_followed},
  };
}

}  // namespace

const Questionnaire& rehab_plan() {
  static const Questionnaire plan = {"rehab_plan", questions(), rules(), asked};
  return plan;
}

}  // namespace second
