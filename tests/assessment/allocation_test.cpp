// SPDX-License-Identifier: Apache-2.0
// Records in bulk cost no allocation once warm: counted by an operator new of this program.
#include <doctest/doctest.h>

#include <cstddef>

#include <fbss/assessment.hpp>
#include <fbss/document.hpp>

#include "../counted_allocations.hpp"
#include "small_rules.hpp"

TEST_CASE("statuses and counts of a record allocate nothing once warm") {
  const char* records[] = {
      R"({"_id":"a longer name of a record","planned":"yes","earlier":"two_or_more",
          "rehab":"followed","depression":true,"depression_treated":"no","exercises":["yoga",
          "walking"],"repetitions":10,"weight":72.5,"last_visit":"2026-05-01","other":"yes",
          "other_text":"a text that is longer than a short string"})",
      R"({"planned":"unknown","earlier":"none","depression":"declined"})",
  };
  fbss::Document document;
  fbss::Response response(small_rules::questionnaire());
  fbss::Assessment assessment{small_rules::questionnaire()};
  const auto assess_all = [&] {
    bool ok = true;
    for (const char* record : records) {
      ok = ok && document.parse(record).ok();
      ok = ok && response.read(document).ok();
      ok = ok && fbss::assess_into(assessment, response, {.explain = false}).ok();
    }
    return ok;
  };
  REQUIRE(assess_all());
  REQUIRE(assess_all());
  const std::size_t before = counted::allocations;
  const bool ok = assess_all();
  const std::size_t after = counted::allocations;
  CHECK(ok);
  CHECK(after == before);
}
