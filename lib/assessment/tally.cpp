// SPDX-License-Identifier: Apache-2.0
// A tally in words. In: the counts and the findings. Out: "Between 3 and 5 of the 9 listed factors
// are present: …", and behind it what does not apply and why. A count, never a headline.
#include "assessment/explain.hpp"

namespace fbss {
namespace {

// "no earlier operation": the remark that says why, or else the answers that made it so.
std::string why_not(const Finding& finding) {
  for (const Note* note : finding.notes)
    if (!note->brief.empty()) return note->brief;
  std::string labels;
  for (const Given& given : finding.because) {
    if (!labels.empty()) labels += ", ";
    labels += given.label;
  }
  return labels;
}

std::string not_applicable_sentence(const Tally& tally, std::span<const Finding> findings) {
  std::string reasons;
  for (const Finding& finding : findings) {
    if (finding.status != Status::not_applicable || finding.rule->kind != tally.definition->kind)
      continue;
    if (!reasons.empty()) reasons += "; ";
    reasons += finding.rule->brief.empty() ? finding.rule->title : finding.rule->brief;
    reasons += ": " + why_not(finding);
  }
  return ' ' + std::to_string(tally.not_applicable) +
         (tally.not_applicable == 1 ? " does not apply (" : " do not apply (") + reasons + ").";
}

}  // namespace

std::string count_sentence(const Tally& tally, std::span<const Finding> findings) {
  const std::string present = std::to_string(tally.present);
  const std::string absent = std::to_string(tally.absent);
  const std::string of = " of the " + std::to_string(tally.listed) + ' ' + tally.definition->noun;
  std::string sentence;
  if (tally.unknown == 0)
    sentence = present + of + (tally.present == 1 ? " is" : " are") + " recorded as present, " +
               absent + " as absent.";
  else
    sentence = "Between " + std::to_string(tally.at_least()) + " and " +
               std::to_string(tally.at_most()) + of + " are present: " + present +
               " recorded as present, " + absent + " as absent, " + std::to_string(tally.unknown) +
               " could not be determined.";
  if (tally.not_applicable > 0) sentence += not_applicable_sentence(tally, findings);
  return sentence;
}

}  // namespace fbss
