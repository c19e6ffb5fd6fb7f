// SPDX-License-Identifier: Apache-2.0
// How a chart names its patient, and where others can refer to it.
#include <fbss/suggestion.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

TEST_CASE("a patient is referred to by type and id, by url or by urn, never by a place") {
  const struct {
    std::string_view patient;
    bool is_reference;
  } cases[] = {
      {"Patient/p1", true},
      {"http://site.example/fhir/Patient/p1", true},
      {"urn:uuid:2c8e0f9a-7d33-4f6e-9a55-0c4f0c2b9d11", true},
      {"entry 1", false},
      {"entry 12", false},
      {"Patient/", false},
      {"/p1", false},
      {"", false},
  };
  for (const auto& row : cases) {
    INFO(std::string(row.patient));
    CHECK(fbss::patient_reference(row.patient) ==
          (row.is_reference ? row.patient : std::string_view{}));
  }
}
