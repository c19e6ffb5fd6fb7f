// SPDX-License-Identifier: Apache-2.0
// The twenty rules of the post-operative follow-up in plain C++, one function a rule. Nothing of
// fbss is included here, on purpose.
#include "second_truth.hpp"

namespace second {
namespace {

// --- what several rules share

Truth operated(const Answers& a) {
  return yes(a, "had_spine_surgery");
}

Truth pain(const Answers& a) {
  return either(is(a, "pain_after_surgery", "persistent"), is(a, "pain_after_surgery", "returned"));
}

Truth operated_with_pain(const Answers& a) {
  return both(operated(a), pain(a));
}

Truth revision(const Answers& a) {
  return both(operated(a), yes(a, "revision_considered"));
}

/// A symptom that any operated patient is asked for.
template <const char* question>
std::string symptom(const Answers& a) {
  return status(operated(a), yes(a, question));
}

// --- the description, the advice, the symptoms, rehabilitation

std::string matches_description(const Answers& a) {
  return status(operated(a), pain(a));
}

std::string consult_specialist(const Answers& a) {
  const Truth not_improved = both(no(a, "pain_improved"), yes(a, "few_months_passed"));
  return status(operated(a), both(pain(a), either(not_improved, yes(a, "pain_worsening"))));
}

std::string persistent_pain(const Answers& a) {
  return status(operated(a), is(a, "pain_after_surgery", "persistent"));
}

std::string similar_or_worse(const Answers& a) {
  return status(operated_with_pain(a), yes(a, "pain_similar_or_worse_than_before"));
}

constexpr char legs[] = "leg_numbness_tingling_weakness";
constexpr char standing[] = "difficulty_standing_walking";
constexpr char stiffness[] = "limited_mobility_stiffness";
constexpr char sleep[] = "sleep_disturbed_by_pain";
constexpr char distress[] = "distress_from_discomfort";
constexpr char aching[] = "diffuse_dull_aching_back_pain";

std::string rehab_not_followed(const Answers& a) {
  const Truth no_program = is(a, "rehab_after_this_surgery", "no_program_given");
  return status(both(operated(a), negated(no_program)),
                is(a, "rehab_after_this_surgery", "not_followed"));
}

// --- the tests that a source names

std::string history_exam(const Answers& a) {
  return status(operated_with_pain(a), no(a, "history_exam_done"));
}

std::string mri(const Answers& a) {
  const Truth suspected =
      either(yes(a, "suspect_recurrent_disc_herniation"), yes(a, "suspect_scar_tissue"));
  return status(operated_with_pain(a), both(suspected, no(a, "mri_done")));
}

std::string ct(const Answers& a) {
  return status(operated_with_pain(a), both(yes(a, "question_bone_or_hardware"), no(a, "ct_done")));
}

std::string xray(const Answers& a) {
  const Truth asked_for =
      either(yes(a, "suspect_spinal_instability"), yes(a, "question_alignment"));
  return status(operated_with_pain(a), both(asked_for, no(a, "xray_done")));
}

std::string nerve_conduction(const Answers& a) {
  return status(operated_with_pain(a),
                both(yes(a, "suspect_nerve_damage"), no(a, "nerve_conduction_done")));
}

std::string cause_without_named_test(const Answers& a) {
  return status(operated_with_pain(a), either(either(yes(a, "suspect_incorrect_diagnosis"),
                                                     yes(a, "suspect_psychological")),
                                              either(yes(a, "suspect_progressive_degeneration"),
                                                     yes(a, "suspect_incomplete_decompression"))));
}

// --- further techniques, another operation

std::string advanced_pain_options(const Answers& a) {
  return status(operated_with_pain(a),
                both(yes(a, "conservative_care_tried"), no(a, "conservative_care_enough")));
}

std::string needs_evaluation(const Answers& a) {
  return status(revision(a), no(a, "specialist_evaluation_done"));
}

std::string no_structural_issue(const Answers& a) {
  return status(revision(a), no(a, "structural_issue_on_imaging"));
}

/// The questions that are asked of every operated patient.
constexpr const char* of_the_operated[] = {"pain_after_surgery",
                                           legs,
                                           "revision_considered",
                                           standing,
                                           stiffness,
                                           sleep,
                                           distress,
                                           aching,
                                           "rehab_after_this_surgery"};

bool asked(const std::string& id, const Answers& answers) {
  if (id == "had_spine_surgery") return true;
  for (const char* other : of_the_operated)
    if (id == other) return recorded(answers, "had_spine_surgery") == "yes";
  if (id == "conservative_care_enough")
    return recorded(answers, "conservative_care_tried") == "yes";
  if (id == "structural_issue_on_imaging" || id == "specialist_evaluation_done")
    return recorded(answers, "revision_considered") == "yes";
  const std::string pain = recorded(answers, "pain_after_surgery");
  return pain == "persistent" || pain == "returned";
}

std::vector<Question> questions() {
  std::vector<Question> all = {
      {"had_spine_surgery", {}},
      {"pain_after_surgery", {"persistent", "returned", "none"}},
      {"pain_improved", {}},
      {"few_months_passed", {}},
      {"pain_worsening", {}},
      {"pain_similar_or_worse_than_before", {}},
      {legs, {}},
      {standing, {}},
      {stiffness, {}},
      {sleep, {}},
      {distress, {}},
      {aching, {}},
      {"rehab_after_this_surgery", {"followed", "not_followed", "no_program_given"}},
      {"suspect_incorrect_diagnosis", {}},
      {"suspect_scar_tissue", {}},
      {"suspect_recurrent_disc_herniation", {}},
      {"suspect_spinal_instability", {}},
      {"suspect_nerve_damage", {}},
      {"suspect_psychological", {}},
      {"suspect_progressive_degeneration", {}},
      {"suspect_incomplete_decompression", {}},
      {"question_bone_or_hardware", {}},
      {"question_alignment", {}},
      {"history_exam_done", {}},
      {"mri_done", {}},
      {"ct_done", {}},
      {"xray_done", {}},
      {"nerve_conduction_done", {}},
      {"conservative_care_tried", {}},
      {"conservative_care_enough", {}},
      {"revision_considered", {}},
      {"structural_issue_on_imaging", {}},
      {"specialist_evaluation_done", {}},
  };
  for (Question& question : all)
    if (question.values.empty()) question.values = {"yes", "no"};
  return all;
}

/// The gate's questions, then those of the condition.
std::vector<std::string> with_pain(std::vector<std::string> reads) {
  reads.insert(reads.begin(), {"had_spine_surgery", "pain_after_surgery"});
  return reads;
}

std::vector<Rule> rules() {
  const std::string operation = "had_spine_surgery";
  return {
      {"matches_description", with_pain({}), matches_description},
      {"consult_specialist", with_pain({"pain_improved", "few_months_passed", "pain_worsening"}),
       consult_specialist},
      {"sx_persistent_pain", with_pain({}), persistent_pain},
      {"sx_similar_or_worse", with_pain({"pain_similar_or_worse_than_before"}), similar_or_worse},
      {"sx_leg_neuro", {operation, legs}, symptom<legs>},
      {"sx_standing_walking", {operation, standing}, symptom<standing>},
      {"sx_stiffness", {operation, stiffness}, symptom<stiffness>},
      {"sx_sleep", {operation, sleep}, symptom<sleep>},
      {"sx_distress", {operation, distress}, symptom<distress>},
      {"sx_diffuse_dull_ache", {operation, aching}, symptom<aching>},
      {"rf_rehab_not_followed_this_surgery",
       {operation, "rehab_after_this_surgery"},
       rehab_not_followed},
      {"test_history_exam", with_pain({"history_exam_done"}), history_exam},
      {"test_mri",
       with_pain({"suspect_recurrent_disc_herniation", "suspect_scar_tissue", "mri_done"}), mri},
      {"test_ct", with_pain({"question_bone_or_hardware", "ct_done"}), ct},
      {"test_xray", with_pain({"suspect_spinal_instability", "question_alignment", "xray_done"}),
       xray},
      {"test_nerve_conduction", with_pain({"suspect_nerve_damage", "nerve_conduction_done"}),
       nerve_conduction},
      {"cause_without_named_test",
       with_pain({"suspect_incorrect_diagnosis", "suspect_psychological",
                  "suspect_progressive_degeneration", "suspect_incomplete_decompression"}),
       cause_without_named_test},
      {"advanced_pain_options", with_pain({"conservative_care_tried", "conservative_care_enough"}),
       advanced_pain_options},
      {"revision_needs_evaluation",
       {operation, "revision_considered", "specialist_evaluation_done"},
       needs_evaluation},
      {"revision_no_structural_issue",
       {operation, "revision_considered", "structural_issue_on_imaging"},
       no_structural_issue},
  };
}

}  // namespace

const Questionnaire& postop_followup() {
  static const Questionnaire followup = {"postop_followup", questions(), rules(), asked};
  return followup;
}

}  // namespace second
