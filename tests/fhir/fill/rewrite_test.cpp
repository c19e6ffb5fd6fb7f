// SPDX-License-Identifier: Apache-2.0
// A response's text with one change: what is added stands in the form's order, all else as it was.
#include "fhir/fill/rewrite.hpp"

#include <doctest/doctest.h>

#include "../form_cases.hpp"

using namespace fbss;

namespace {

const std::string items =
    R"([{"linkId":"a","type":"string"},{"linkId":"g","type":"group","text":"G","repeats":true,)"
    R"("item":[{"linkId":"b","type":"integer","text":"B"},{"linkId":"c","type":"boolean"}]}])";

struct Fixture {
  explicit Fixture(const std::string& response) : session(*Form::load(form_cases::form_of(items))) {
    REQUIRE(session.read(form_cases::response_of(response, "in-progress")));
  }

  std::uint32_t instance(std::string_view link_id, std::size_t nth = 0) {
    return session.state().instances_of(session.state().model.find(link_id))[nth];
  }

  // The list of items, without what stands around it.
  std::string changed(const form::Change& change) {
    const std::string text = form::rewritten(session.state(), change);
    const std::size_t at = text.find("\"item\":");
    return at == text.npos ? "" : text.substr(at + 7, text.rfind('}') - at - 7);
  }

  FormSession session;
};

}  // namespace

TEST_CASE("an answer is added with what holds it, in the form's order") {
  Fixture fixture(R"([{"linkId":"a","answer":[{"valueString":"x"}]}])");
  CHECK(fixture.changed({.given = {{fixture.instance("b"), {{"valueInteger", "4"}}}}}) ==
        R"([{"linkId":"a","answer":[{"valueString":"x"}]},{"linkId":"g","text":"G","item":)"
        R"([{"linkId":"b","text":"B","answer":[{"valueInteger":4}]}]}])");
}

TEST_CASE("an answer is taken back, and an item that says nothing goes; one that says more stays") {
  Fixture fixture(R"([{"linkId":"a","answer":[{"valueString":"x"}]}])");
  CHECK(fixture.changed({.given = {{fixture.instance("a"), {}}}}).empty());
  Fixture marked(R"([{"linkId":"a","id":"i","answer":[{"valueString":"x"}]}])");
  CHECK(marked.changed({.given = {{marked.instance("a"), {}}}}) == R"([{"linkId":"a","id":"i"}])");
}

TEST_CASE("a repetition is added behind one, kept while it is empty, and dropped at the end") {
  const std::string one = R"({"linkId":"g","item":[{"linkId":"b","answer":[{"valueInteger":1}]}]})";
  const std::string two = R"({"linkId":"g","item":[{"linkId":"b","answer":[{"valueInteger":2}]}]})";
  Fixture fixture('[' + one + ',' + two + ']');
  CHECK(fixture.changed({.repeated = fixture.instance("g", 0)}) ==
        '[' + one + R"(,{"linkId":"g","text":"G"},)" + two + ']');
  Fixture empty('[' + one + R"(,{"linkId":"g"}])");
  CHECK(empty.changed({}) == '[' + one + R"(,{"linkId":"g"}])");
  CHECK(empty.changed({.drops_empty = true}) == '[' + one + ']');
}

TEST_CASE("a response without answers names the form and the day") {
  const auto form = Form::load(form_cases::form_of(items, R"(,"version":"2")"));
  REQUIRE(form);
  CHECK(form::empty_response(*form, "2026-11-21") ==
        "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"http://example.org/q|2\","
        "\"status\":\"in-progress\",\"authored\":\"2026-11-21\"}\n");
}
