// SPDX-License-Identifier: Apache-2.0
// lib/fhir/populate/: the cases of cases/*.json, and what they cannot say.
#include <doctest/doctest.h>

#include <string>

#include <fbss/populate.hpp>

#include "../flow_cases.hpp"

using namespace fbss;

TEST_CASE("populating fills in what the case says, and tells the rest") {
  for (const auto& one : flow_cases::read_folder("populate")) {
    CAPTURE(one.name);
    FormSession session(flow_cases::form_of(one), flow_cases::clock_of(one));
    Sources sources = flow_cases::sources_of(one);
    const auto made =
        populate(session, sources, {.response = one.response, .origins = one.origins});
    REQUIRE(made.ok());
    CHECK(flow_cases::joined(flow_cases::answers_of(made->response)) ==
          flow_cases::joined(one.answers));
    CHECK(flow_cases::joined(flow_cases::lines(made->issues)) == flow_cases::joined(one.issues));
    // The same once more gives the same bytes.
    const auto again =
        populate(session, sources, {.response = one.response, .origins = one.origins});
    REQUIRE(again.ok());
    CHECK(again->response == made->response);
  }
}

namespace {

constexpr const char* small_form = R"({"resourceType": "Questionnaire", "status": "active",
  "url": "http://example.org/q", "version": "2", "item": [
    {"linkId": "g", "text": "Group", "type": "group", "item": [
      {"linkId": "a", "text": "A", "type": "string", "initial": [{"valueString": "x"}]},
      {"linkId": "b", "type": "string"}, {"linkId": "d", "type": "display", "text": "D"}]},
    {"linkId": "r", "type": "group", "repeats": true, "item": [
      {"linkId": "r1", "type": "string"}]}]})";

}  // namespace

TEST_CASE("a new response says which form it answers, whose it is and when it was made") {
  const auto form = Form::load(small_form);
  REQUIRE(form);
  FormSession session(*form, {.today = "2026-11-21", .now = "2026-11-21T10:00:00+01:00"});
  Sources sources;
  REQUIRE(sources.add(R"({"resourceType": "Patient", "id": "p1"})"));
  REQUIRE(sources.add_context("encounter", R"({"resourceType": "Encounter", "id": "e1"})"));
  const auto made = populate(session, sources);
  REQUIRE(made);
  CHECK(made->response == R"({
  "resourceType": "QuestionnaireResponse",
  "questionnaire": "http://example.org/q|2",
  "status": "in-progress",
  "subject": {
    "reference": "Patient/p1"
  },
  "encounter": {
    "reference": "Encounter/e1"
  },
  "authored": "2026-11-21T10:00:00+01:00",
  "item": [
    {
      "linkId": "g",
      "text": "Group",
      "item": [
        {
          "linkId": "a",
          "text": "A",
          "answer": [
            {
              "valueString": "x"
            }
          ]
        },
        {
          "linkId": "b"
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("two patients are refused, unless one is named") {
  const auto form = Form::load(small_form);
  REQUIRE(form);
  FormSession session(*form);
  constexpr const char* both = R"({"resourceType": "Bundle", "type": "collection", "entry": [
    {"resource": {"resourceType": "Patient", "id": "p1"}},
    {"resource": {"resourceType": "Patient", "id": "p2"}}]})";
  Sources two;
  REQUIRE(two.add(both));
  const auto refused = populate(session, two);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.problems().front().code == ErrorCode::more_than_one_patient);
  Sources named;
  REQUIRE(named.add_context("patient", R"({"resourceType": "Patient", "id": "p2"})"));
  REQUIRE(named.add(both));
  const auto made = populate(session, named);
  REQUIRE(made);
  CHECK(made->response.find("\"Patient/p2\"") != std::string::npos);
}

TEST_CASE("what is no resource is not added") {
  Sources sources;
  CHECK(sources.add("[]").problems().front().code == ErrorCode::wrong_type);
  CHECK(sources.add("{").problems().front().code == ErrorCode::not_json);
  CHECK(sources.add_context("x", R"({"a": 1})").problems().front().code == ErrorCode::wrong_type);
}

TEST_CASE("a response that cannot be read is refused") {
  const auto form = Form::load(small_form);
  REQUIRE(form);
  FormSession session(*form);
  Sources sources;
  const auto made = populate(session, sources, {.response = R"({"resourceType": "Patient"})"});
  REQUIRE_FALSE(made.ok());
  CHECK(made.problems().front().code == ErrorCode::wrong_type);
}

TEST_CASE("where answers came from is told, with the date") {
  const auto cases = flow_cases::read_folder("populate");
  std::size_t told = 0;
  for (const auto& one : cases) {
    FormSession session(flow_cases::form_of(one), flow_cases::clock_of(one));
    Sources sources = flow_cases::sources_of(one);
    const auto made = populate(session, sources, {.response = one.response});
    REQUIRE(made);
    for (const FormIssue& issue : made->issues)
      if (issue.message == "Answered from Observation/new (2026-10-01).") ++told;
  }
  CHECK(told > 0);
}
