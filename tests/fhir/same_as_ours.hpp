// SPDX-License-Identifier: Apache-2.0
// What a form says of a record beside what we say: the same questions and remarks enabled, the same
// status of each rule, the same counts. In: a form and a Response. Out: failed checks.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include <fbss/assessment.hpp>

#include "form.hpp"

namespace form {

inline void check_same(Form& form, const fbss::Response& response) {
  INFO(response.to_json());
  const Filled filled = form.fill(form.answers_of(response));
  const auto assessment = fbss::assess(response);
  REQUIRE(assessment.ok());
  const auto shown = [&](const std::string& link) { return filled.enabled.contains(link); };

  for (const fbss::Item* question : response.questionnaire().questions()) {
    INFO(question->id);
    CHECK(shown(question->id) == response.enabled(*question));
  }
  for (const fbss::Finding& finding : assessment->findings) {
    INFO(finding.rule->id);
    CHECK(filled.computed.at(finding.rule->id) == fbss::status_word(finding.status));
    for (std::size_t i = 0; i < finding.rule->notes.size(); ++i) {
      const auto& told = finding.notes;
      const bool ours = std::find(told.begin(), told.end(), &finding.rule->notes[i]) != told.end();
      CHECK(shown(finding.rule->id + ".note" + std::to_string(i + 1)) == ours);
    }
  }
  for (const fbss::Notice& notice : response.questionnaire().notices()) {
    INFO(notice.id);
    const auto& told = assessment->notices;
    CHECK(shown("fbss.notice." + notice.id) ==
          (std::find(told.begin(), told.end(), &notice) != told.end()));
  }
  for (const fbss::Tally& tally : assessment->tallies) {
    const auto count = [&](std::string_view part) {
      return filled.computed.at("fbss.tally." + tally.definition->id + '.' + std::string(part));
    };
    CHECK(count("at_least") == std::to_string(tally.at_least()));
    CHECK(count("at_most") == std::to_string(tally.at_most()));
    CHECK(count("present") == std::to_string(tally.present));
    CHECK(count("absent") == std::to_string(tally.absent));
    CHECK(count("unknown") == std::to_string(tally.unknown));
    CHECK(count("not_applicable") == std::to_string(tally.not_applicable));
  }
}

}  // namespace form
