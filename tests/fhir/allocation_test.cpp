// SPDX-License-Identifier: Apache-2.0
// QuestionnaireResponses in bulk cost no allocation once warm: counted by an operator new of this
// program.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>

#include <fbss/fhir.hpp>

#include "../counted_allocations.hpp"
#include "../response/small_screen.hpp"

TEST_CASE("reading QuestionnaireResponses and other records allocates nothing once warm") {
  fbss::Response response(small_screen::load());
  REQUIRE(response.set_date("2026-11-21").ok());
  std::string records[] = {
      R"({"_id":"a longer name of a record","planned":"yes","earlier":"two_or_more",
          "rehab":"followed","depression":true,"depression_treated":"no","exercises":["yoga",
          "walking"],"repetitions":10,"weight":72.5,"last_visit":"2026-05-01","other":"yes",
          "other_text":"a text that is longer than a short string"})",
      R"({"_id":17,"other_text":"another text of some length","other":true,"planned":true})",
      R"({"planned":"unknown","earlier":"none","depression":"declined","weight":"unknown"})",
      R"({"_id":"b","planned":"yes"})",
  };
  for (std::string& record : records) {
    if (&record == std::end(records) - 1) break;  // in the form in which it is
    REQUIRE(response.read(record).ok());
    record = fbss::export_response(response);
  }
  fbss::RecordReader reader;
  const auto read_all = [&] {
    bool ok = true;
    for (const std::string& record : records) ok = ok && reader.read(response, record).ok();
    return ok;
  };
  REQUIRE(read_all());
  REQUIRE(read_all());
  const std::size_t before = counted::allocations;
  const bool ok = read_all();
  const std::size_t after = counted::allocations;
  CHECK(ok);
  CHECK(after == before);
}
