// SPDX-License-Identifier: Apache-2.0
// lib/fhir/run/new_response.cpp: what stands in a response before the first answer.
#include "fhir/run/new_response.hpp"

#include <doctest/doctest.h>

using namespace fbss;
using form::new_response;

TEST_CASE("a new response names the form, and what is known of whom and when it is about") {
  const auto bare = Form::load(R"({"resourceType":"Questionnaire","status":"active","item":[]})");
  REQUIRE(bare);
  CHECK(new_response(*bare, {}) ==
        "{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"in-progress\"}\n");
  const auto named = Form::load(R"({"resourceType":"Questionnaire","status":"active",)"
                                R"("url":"http://a.example/q","version":"2","item":[]})");
  REQUIRE(named);
  CHECK(
      new_response(
          *named, {.subject = "Patient/p", .encounter = "Encounter/e", .authored = "2026-11-21"}) ==
      "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"http://a.example/q|2\","
      "\"status\":\"in-progress\",\"subject\":{\"reference\":\"Patient/p\"},"
      "\"encounter\":{\"reference\":\"Encounter/e\"},\"authored\":\"2026-11-21\"}\n");
}
