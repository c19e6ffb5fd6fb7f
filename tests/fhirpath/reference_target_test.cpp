// SPDX-License-Identifier: Apache-2.0
// References taken apart, and the server of an entry.
#include "fhirpath/reference_target.hpp"

#include <doctest/doctest.h>

using namespace fbss::fhirpath;

TEST_CASE("a reference is relative or absolute, with or without a version") {
  struct Row {
    const char *text, *url, *version, *type, *id;
    bool is_absolute;
  };
  const Row rows[] = {{"Patient/1", "Patient/1", "", "Patient", "1", false},
                      {"Patient/1/_history/2", "Patient/1", "2", "Patient", "1", false},
                      {"http://s/fhir/Patient/1", "http://s/fhir/Patient/1", "", "", "", true},
                      {"http://s/Patient/1/_history/2", "http://s/Patient/1", "2", "", "", true},
                      {"urn:uuid:0a", "urn:uuid:0a", "", "", "", true},
                      {"Patient", "Patient", "", "", "", false},
                      {"a/b/c", "a/b/c", "", "", "", false},
                      {"", "", "", "", "", false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const ReferenceTarget target = parse_reference(row.text);
    CHECK(target.url == row.url);
    CHECK(target.version == row.version);
    CHECK(target.type == row.type);
    CHECK(target.id == row.id);
    CHECK(target.is_absolute == row.is_absolute);
  }
}

TEST_CASE("the server is what stands before type and id") {
  CHECK(server_of("http://s/fhir/Patient/1", "Patient", "1") == "http://s/fhir/");
  CHECK(server_of("http://s/Patient/1", "Patient", "2").empty());
  CHECK(server_of("http://s/Patient/1", "Person", "1").empty());
  CHECK(server_of("http://s/XPatient/1", "Patient", "1").empty());
  CHECK(server_of("urn:uuid:1", "Patient", "1").empty());
  CHECK(server_of("Patient/1", "Patient", "1").empty());
  CHECK(server_of("/Patient/1", "Patient", "1").empty());
  CHECK(server_of("x/Patient/1", "Patient", "1") == "x/");
  CHECK(server_of("", "Patient", "1").empty());
  CHECK(server_of("http://s/Patient/", "Patient", "").empty());
  CHECK(server_of(nullptr).empty());
}
