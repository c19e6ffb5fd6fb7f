// SPDX-License-Identifier: Apache-2.0
// Responses in bulk, to our questionnaires and to any form, cost no allocation once warm: counted
// by an operator new of this program.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>

#include <fbss/fhir.hpp>
#include <fbss/form.hpp>
#include <fbss/validate.hpp>

#include "../counted_allocations.hpp"
#include "../response/small_screen.hpp"
#include "form_cases.hpp"

using namespace fbss;

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

TEST_CASE("reading and validating a sound response allocates nothing once warm") {
  const auto form = Form::load(form_cases::form_of(
      R"([{"linkId":"a","type":"boolean"},{"linkId":"g","type":"group","repeats":true,"item":[)"
      R"({"linkId":"b","type":"choice","answerOption":[{"valueCoding":{"code":"x"}}],)"
      R"("enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]},)"
      R"({"linkId":"c","type":"string","maxLength":50,"extension":[)" +
          form_cases::expression("enableWhenExpression", "%all.count() > 1") +
          R"(]},{"linkId":"n","type":"decimal","extension":[)"
          R"({"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0}]}]}])",
      ",\"extension\":[" + form_cases::variable("all", "%resource.descendants().answer") + ']'));
  REQUIRE(form);
  FormSession session(*form);
  std::string responses[3];
  for (int i = 0; i < 3; ++i) {
    std::string groups;
    for (int j = 0; j < 3; ++j)
      groups +=
          R"(,{"linkId":"g","item":[{"linkId":"b","answer":[{"valueCoding":{"code":"x"}}]},)"
          R"({"linkId":"c","answer":[{"valueString":"a text of some length, not a short one"}]},)"
          R"({"linkId":"n","answer":[{"valueDecimal":1.5}]}]})";
    responses[i] = form_cases::response_of(R"([{"linkId":"a","answer":[{"valueBoolean":true}]})" +
                                           groups + ']');
  }
  const auto all = [&] {
    bool ok = true;
    for (const std::string& response : responses)
      ok = ok && session.read(response).ok() && validate(session).empty();
    return ok;
  };
  REQUIRE(all());
  REQUIRE(all());
  const std::size_t before = counted::allocations;
  const bool ok = all();
  const std::size_t after = counted::allocations;
  CHECK(ok);
  CHECK(after == before);
}
