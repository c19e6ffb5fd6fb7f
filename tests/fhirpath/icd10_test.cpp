// SPDX-License-Identifier: Apache-2.0
// Codes of ICD-10 stand below their beginnings, and nothing is said of what is no such code.
#include "fhirpath/icd10.hpp"

#include <doctest/doctest.h>

using namespace fbss::fhirpath;

TEST_CASE("codes of ICD-10 are known by their form") {
  struct Row {
    const char *text, *plain, *dotted;
  };
  const Row codes[] = {{"E11", "E11", "E11"},
                       {"E11.9", "E119", "E11.9"},
                       {"E119", "E119", "E11.9"},
                       {"e11.65", "E1165", "E11.65"},
                       {"Z87.891", "Z87891", "Z87.891"},
                       {"M80.08XA", "M8008XA", "M80.08XA"},
                       {"M8008xa", "M8008XA", "M80.08XA"},
                       {"C4A.0", "C4A0", "C4A.0"}};
  for (const Row& row : codes) {
    const auto code = Icd10Code::parse(row.text);
    REQUIRE_MESSAGE(code, row.text);
    CHECK(code->plain() == row.plain);
    CHECK(code->dotted() == row.dotted);
  }
  for (const char* text :
       {"", "E", "E1", "E11.", "E1.19", "E11..9", "E11.9.1", "11E", "EE1", "E11-", "E11.-",
        "E08-E13", "E11.9 ", " E11.9", "E11.12345", "73211009", "É11"})
    CHECK_MESSAGE(!Icd10Code::parse(text), text);
}

TEST_CASE("a code stands below its beginnings") {
  CHECK(icd10_subsumes("E11", "E11.9") == true);
  CHECK(icd10_subsumes("E11", "e119") == true);
  CHECK(icd10_subsumes("E11.6", "E11.65") == true);
  CHECK(icd10_subsumes("E11", "E11") == true);
  CHECK(icd10_subsumes("E11.9", "E11") == false);
  CHECK(icd10_subsumes("E11", "E10.9") == false);
  CHECK(icd10_subsumes("E11.6", "E11.9") == false);
  CHECK(icd10_subsumes("E1", "E11.9") == std::nullopt);
  CHECK(icd10_subsumes("E08-E13", "E11.9") == std::nullopt);
  CHECK(icd10_subsumes("E11", "E11.-") == std::nullopt);
}
