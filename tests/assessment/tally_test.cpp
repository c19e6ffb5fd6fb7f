// SPDX-License-Identifier: Apache-2.0
// Counts, and the sentence that tells them.
#include <doctest/doctest.h>

#include <string>

#include <fbss/assessment.hpp>

#include "small_rules.hpp"

namespace {

struct Row {
  const char* record;
  int present, absent, unknown, not_applicable;
  const char* sentence;
};

}  // namespace

TEST_CASE("a tally counts the rules of its kind and says so in a sentence") {
  const Row table[] = {
      {R"({})", 0, 0, 5, 0,
       "Between 0 and 5 of the 5 listed factors are present: 0 recorded as present, 0 as absent, "
       "5 could not be determined."},
      {R"({"planned":"yes","other":"no","earlier":"two_or_more","rehab":"followed",)"
       R"("depression":"no","exercises":["walking"]})",
       1, 4, 0, 0, "1 of the 5 listed factors is recorded as present, 4 as absent."},
      {R"({"planned":"yes","other":"yes","earlier":"two_or_more","rehab":"not_followed",)"
       R"("depression":"yes","depression_treated":"no","exercises":["none"]})",
       5, 0, 0, 0, "5 of the 5 listed factors are recorded as present, 0 as absent."},
      {R"({"planned":"yes","other":"no","earlier":"none","depression":"no",)"
       R"("exercises":["walking"]})",
       0, 4, 0, 1,
       "0 of the 5 listed factors are recorded as present, 4 as absent. 1 does not apply "
       "(rehabilitation: no earlier operation)."},
      {R"({"planned":"no","earlier":"none","depression":"no","exercises":["walking"]})", 0, 3, 0, 2,
       "0 of the 5 listed factors are recorded as present, 3 as absent. 2 do not apply "
       "(rehabilitation: no earlier operation; Another condition: No)."},
      {R"({"planned":"yes","other":"no","earlier":"two_or_more","rehab":"no_program",)"
       R"("depression":"unknown","exercises":["yoga"]})",
       2, 1, 1, 1,
       "Between 2 and 3 of the 5 listed factors are present: 2 recorded as present, 1 as absent, "
       "1 could not be determined. 1 does not apply (rehabilitation: Two or more, No program "
       "given)."},
  };
  for (const Row& row : table) {
    CAPTURE(row.record);
    const auto assessment = small_rules::assess(row.record);
    REQUIRE(assessment.tallies.size() == 1);
    const fbss::Tally& tally = assessment.tallies.front();
    CHECK(tally.definition->id == "listed");
    CHECK(tally.listed == 5);
    CHECK(tally.present == row.present);
    CHECK(tally.absent == row.absent);
    CHECK(tally.unknown == row.unknown);
    CHECK(tally.not_applicable == row.not_applicable);
    CHECK(tally.at_least() == row.present);
    CHECK(tally.at_most() == row.present + row.unknown);
    CHECK(tally.sentence == row.sentence);
  }
}
