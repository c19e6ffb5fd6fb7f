// SPDX-License-Identifier: Apache-2.0
// item.where(linkId = 'x') gives the same however often it is asked, whatever the list holds and
// however the record changes under the same Document. The oracle is the same criterion in a form
// that is never looked up: where((linkId = 'x') and true).
#include <doctest/doctest.h>

#include <random>
#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

// A list of up to 40 objects; some without linkId, some with one that is no text, many alike.
std::string random_record(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::string text = "{\"item\":[";
  const bool all_plain = below(2) == 0;
  const unsigned count = below(40);
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) text += ',';
    const std::string id = std::string(1, static_cast<char>('a' + below(6)));
    const unsigned shape = all_plain ? 9 : below(12);
    if (shape == 0)
      text += "null";
    else if (shape == 1)
      text += "{\"n\":" + std::to_string(i) + "}";
    else if (shape == 2)
      text += "{\"linkId\":[\"" + id + "\"],\"n\":" + std::to_string(i) + "}";
    else
      text += "{\"linkId\":\"" + id + "\",\"n\":" + std::to_string(i) + "}";
  }
  return text + "]}";
}

}  // namespace

TEST_CASE("a list that is asked often answers as one that is walked through") {
  std::mt19937 random(7);
  Workspace workspace;
  Document document;
  std::vector<Expression> asked, walked;
  for (const char c : std::string("abcdefg")) {
    const std::string test = std::string("linkId = '") + c + "'";
    asked.push_back(std::move(*Expression::compile("item.where(" + test + ").n")));
    walked.push_back(std::move(*Expression::compile("item.where((" + test + ") and true).n")));
  }
  std::size_t found = 0;
  for (int record = 0; record < 300; ++record) {
    REQUIRE(document.parse(random_record(random)));
    const Environment environment{.input = document.root()};
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::string quick = render(*evaluate(asked[i], environment, workspace));
        CHECK(quick == render(*evaluate(walked[i], environment, workspace)));
        found += quick != "{}";
      }
    }
  }
  CHECK(found > 1000);
}

TEST_CASE("two documents with the same Workspace are kept apart") {
  Workspace workspace;
  const auto expression = Expression::compile("item.where(linkId = 'a').n");
  Document one, other;
  REQUIRE(
      one.parse(R"({"item":[{"linkId":"a","n":1},{"linkId":"b"},{"linkId":"c"},{"linkId":"d"}]})"));
  REQUIRE(other.parse(
      R"({"item":[{"linkId":"b"},{"linkId":"a","n":2},{"linkId":"c"},{"linkId":"d"}]})"));
  for (int round = 0; round < 4; ++round) {
    CHECK(render(*evaluate(*expression, {.input = one.root()}, workspace)) == "1");
    CHECK(render(*evaluate(*expression, {.input = other.root()}, workspace)) == "2");
  }
}

TEST_CASE("a record that only %resource leads to is not taken for the one before") {
  Workspace workspace;
  const auto expression = Expression::compile("%resource.item.where(linkId = 'a').n");
  Document document;
  for (int round = 0; round < 4; ++round) {
    for (const char* n : {"1", "2"}) {
      REQUIRE(document.parse(std::string(R"({"item":[{"linkId":"a","n":)") + n +
                             R"(},{"linkId":"b"},{"linkId":"c"},{"linkId":"d"}]})"));
      const JsonNode root = document.root();
      if (round % 2 == 0)
        CHECK(render(*evaluate(*expression, {.input = root, .resource = root}, workspace)) == n);
      CHECK(render(*evaluate(*expression, {.resource = root}, workspace)) == n);
    }
  }
}

TEST_CASE("two lists of one object, and two members of one list, are kept apart") {
  Workspace workspace;
  Document document;
  REQUIRE(document.parse(R"({
    "item":  [{"linkId":"a","code":"b","n":1},{"linkId":"b","code":"a","n":2},
              {"linkId":"c","code":"c","n":3},{"linkId":"d","code":"d","n":4}],
    "other": [{"linkId":"b","n":5},{"linkId":"a","n":6},{"linkId":"c","n":7},{"linkId":"d","n":8}],
    "extensionOfTheItem":  [{"linkId":"d","n":9},{"linkId":"c","n":10},{"linkId":"b","n":11},
                            {"linkId":"a","n":12}]})"));
  const struct {
    const char *expression, *values;
  } cases[] = {{"item.where(linkId = 'a').n", "1"},
               {"item.where(code = 'a').n", "2"},
               {"other.where(linkId = 'a').n", "6"},
               {"extensionOfTheItem.where(linkId = 'a').n", "12"},
               {"item.where(linkId = 'none').n", "{}"}};
  for (int round = 0; round < 4; ++round) {
    for (const auto& one : cases) {
      CAPTURE(one.expression);
      const auto expression = Expression::compile(one.expression);
      REQUIRE(expression);
      CHECK(render(*evaluate(*expression, {.input = document.root()}, workspace)) == one.values);
    }
  }
}
