// SPDX-License-Identifier: Apache-2.0
// lib/fhir/populate/query.cpp: searches over resources at hand, and what they do not know.
#include "fhir/populate/query.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace fbss;

namespace {

constexpr const char* chart = R"({"resourceType": "Bundle", "type": "collection", "entry": [
  {"fullUrl": "urn:uuid:0001", "resource": {"resourceType": "Patient", "id": "p", "active": true,
    "gender": "female", "birthDate": "1970-01-02", "identifier": [{"system": "http://i",
    "value": "7"}]}},
  {"resource": {"resourceType": "Observation", "id": "a", "status": "final",
    "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-01-05T10:00:00Z",
    "category": [{"coding": [{"system": "http://c", "code": "vital"}]}, {"coding": [{"system":
    "http://c", "code": "lab"}]}],
    "code": {"coding": [{"system": "http://l", "code": "1"}, {"system": "http://s", "code":
    "x"}]}}},
  {"resource": {"resourceType": "Observation", "id": "b", "status": "amended",
    "subject": {"reference": "urn:uuid:0001"}, "effectivePeriod": {"start": "2026-02-01", "end":
    "2026-02-10"}, "code": {"coding": [{"system": "http://l", "code": "2"}]}}},
  {"resource": {"resourceType": "Observation", "id": "c", "status": "final",
    "subject": {"reference": "http://server/Patient/other"}, "effectiveDateTime": "2025",
    "code": {"coding": [{"code": "1"}]}}},
  {"resource": {"resourceType": "Observation", "id": "d", "status": "final",
    "code": {"text": "no code, no subject, no date"}}}]})";

struct Case {
  const char *query, *ids;  // "!" and the reason where it is not supported
};

constexpr Case cases[] = {
    {"Observation", "a b c d"},
    {"Patient?_id=p", "p"},
    {"Patient/p", "p"},
    {"Patient?active=true&gender=female", "p"},
    {"Patient?active=false", ""},
    {"Patient?identifier=http://i|7", "p"},
    {"Patient?identifier=http://j|7", ""},
    {"Patient?birthdate=1970", "p"},
    {"Patient?birthdate=lt1970-01-02", ""},
    {"Patient?birthdate=le1970-01-02", "p"},
    {"Observation?patient=p", "a b"},
    {"Observation?subject=Patient/p", "a b"},
    {"Observation?subject:Patient=p", "a b"},
    {"Observation?patient=other", "c"},
    {"Observation?code=1", "a c"},
    {"Observation?code=http://l|1", "a"},
    {"Observation?code=|1", "c"},
    {"Observation?code=http://l|", "a b"},
    {"Observation?code=http%3A%2F%2Fl%7C1", "a"},
    {"Observation?code=1,2", "a b c"},
    {"Observation?code=1&status=amended", ""},
    {"Observation?status:not=final", "b"},
    {"Observation?category=lab&category=vital", "a"},
    {"Observation?date=2026", "a b"},
    {"Observation?date=2026-02", "b"},
    {"Observation?date=gt2026-01-05", "b"},
    {"Observation?date=ge2026-01-05", "a b"},
    {"Observation?date=lt2026-01", "c"},
    {"Observation?date=ge2026-01-01&date=le2026-01-31", "a"},
    {"Observation?_sort=-date", "b a c d"},
    {"Observation?_sort=date&_count=2", "c a"},
    {"Observation?_summary=true&_format=json&_elements=id", "a b c d"},
    {"Observation?code:in=http://set", "!its parameter code:in is not supported"},
    {"Observation?code:text=a", "!its parameter code:text is not supported"},
    {"Observation?onset-date=2020", "!its parameter onset-date is not supported"},
    {"Observation?_has:Provenance:target=a",
     "!its parameter _has:Provenance:target is not "
     "supported"},
    {"Observation?_sort=code", "!it cannot be sorted by code"},
    {"Nothing?a=b", "!it names no type of resource"},
    {"$lastn", "!it names no type of resource"},
};

}  // namespace

TEST_CASE("a search finds what its conditions say, or nothing at all and says why") {
  Sources sources;
  REQUIRE(sources.add(chart));
  REQUIRE(sources.state().build());
  for (const Case& one : cases) {
    CAPTURE(one.query);
    std::string why, ids;
    const auto found = form::search(sources.state(), one.query, why);
    if (!found) ids = '!' + why;
    if (found)
      for (const auto* match : found->matches)
        ids += (ids.empty() ? "" : " ") + std::string(JsonNode(match->node).find("id").text());
    CHECK(ids == std::string(one.ids));
  }
}

TEST_CASE("resources are found by their references, across what was added apart") {
  Sources sources;
  REQUIRE(sources.add(chart));
  REQUIRE(sources.add(R"({"resourceType": "Patient", "id": "p", "active": false})"));
  REQUIRE(sources.add(R"({"resourceType": "Practitioner", "id": "d"})"));
  REQUIRE(sources.state().build());
  const auto name = [&](const char* reference) {
    const auto* found = sources.state().find(reference);
    return found ? name_of(*found) : std::string("none");
  };
  CHECK(name("Patient/p") == "Patient/p");
  CHECK(name("urn:uuid:0001") == "Patient/p");
  CHECK(name("http://any/fhir/Practitioner/d") == "Practitioner/d");
  CHECK(name("Practitioner/e") == "none");
  // Of two of one type and id the first counts.
  CHECK(JsonNode(sources.state().find("Patient/p")->node).find("active").boolean());
}
