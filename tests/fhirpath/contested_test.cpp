// SPDX-License-Identifier: Apache-2.0
// The table of contested cases: whole, and true of the engine.
#include "contested.hpp"

#include <doctest/doctest.h>

#include <set>

#include "render.hpp"

TEST_CASE("every contested case says what we do, why, and who does otherwise") {
  using namespace fbss;
  const auto rows = contested::read(FBSS_SOURCE_DIR "/tests/fhirpath/contested.txt");
  REQUIRE(rows.size() > 20);
  std::set<std::string> ids;
  for (const contested::Row& row : rows) {
    INFO("contested.txt:", row.line, " ", row.id);
    CHECK(row.unknown_key.empty());
    CHECK(!row.id.empty());
    CHECK(ids.insert(row.id).second);
    CHECK(!row.reason.empty());
    CHECK(!row.others.empty());
    CHECK(!row.example.empty());
    Document document;
    fhirpath::Environment environment{.today = "2026-11-21", .now = "2026-11-21T14:30:00.000Z"};
    if (row.input != "-") {
      REQUIRE(document.parse(row.input).ok());
      environment.input = document.root();
    }
    CHECK(fhirpath::result_of(row.example, environment) == row.ours);
  }
}
