// SPDX-License-Identifier: Apache-2.0
// The built-in questionnaires as FHIR, filled by another engine: on random records it enables and
// computes what we do.
#include <doctest/doctest.h>

#include <random>

#include <fbss/fhir.hpp>

#include "../fhir/random_record.hpp"
#include "../fhir/same_as_ours.hpp"
#include "builtins.hpp"

TEST_CASE("another engine enables and computes the exported questionnaires as we do") {
  constexpr int records = 1000;  // of each questionnaire
  std::mt19937 random(20'261'128);
  for (const fbss::Questionnaire& questionnaire : content::builtins()) {
    INFO(questionnaire.id());
    form::Form form(fbss::export_questionnaire(questionnaire));
    for (int i = 0; i < records; ++i)
      form::check_same(form, form::random_record(questionnaire, random));
  }
}
