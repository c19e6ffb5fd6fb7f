// SPDX-License-Identifier: Apache-2.0
// The steps that Environment::on_step hears of, and that being heard changes no result.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

// "depth:index text = values", one a step. An index is left out where there is none.
std::vector<std::string> steps_of(std::string_view text, std::string_view json = "{}") {
  Document document;
  REQUIRE(document.parse(json));
  const auto expression = Expression::compile(text, {.traceable = true});
  REQUIRE(expression);
  std::vector<std::string> steps;
  const std::function<void(const TracedStep&)> listener = [&](const TracedStep& step) {
    CHECK(text.substr(step.position, step.text.size()) == step.text);
    steps.push_back(std::to_string(step.depth) +
                    (step.index < 0 ? "" : ":" + std::to_string(step.index)) + " " +
                    std::string(step.text) + " = " + render(step.values));
  };
  Workspace workspace;
  const auto result =
      evaluate(*expression, {.input = document.root(), .on_step = &listener}, workspace);
  const std::string traced = result ? render(*result) : render(result.problems().front());
  CHECK(traced == result_of(text, {.input = document.root()}));
  return steps;
}

using Steps = std::vector<std::string>;

constexpr std::string_view known_names =
    R"({"name":[{"use":"usual","given":["Adi"]},{"use":"official","given":["Ada","Maria"]}]})";

}  // namespace

TEST_CASE("a path is traced member by member, as written") {
  CHECK(
      steps_of("name . given", known_names) ==
      Steps{
          R"(0 name = {"use":"usual","given":["Adi"]}, {"use":"official","given":["Ada","Maria"]})",
          R"(0 name . given = "Adi", "Ada", "Maria")"});
  CHECK(steps_of("nothing.at.all") ==
        Steps{"0 nothing = {}", "0 nothing.at = {}", "0 nothing.at.all = {}"});
}

TEST_CASE("criteria are traced item by item") {
  CHECK(
      steps_of("name.given.where($this.length() > 3)", known_names) ==
      Steps{
          R"(0 name = {"use":"usual","given":["Adi"]}, {"use":"official","given":["Ada","Maria"]})",
          R"(0 name.given = "Adi", "Ada", "Maria")", R"(1:0 $this = "Adi")",
          "1:0 $this.length() = 3", "1:0 $this.length() > 3 = false", R"(1:1 $this = "Ada")",
          "1:1 $this.length() = 3", "1:1 $this.length() > 3 = false", R"(1:2 $this = "Maria")",
          "1:2 $this.length() = 5", "1:2 $this.length() > 3 = true",
          R"(0 name.given.where($this.length() > 3) = "Maria")"});
  // The shape that is one step where nobody listens.
  CHECK(
      steps_of("item.where(linkId = 'b').n", R"({"item":[{"linkId":"a"},{"linkId":"b","n":1}]})") ==
      Steps{R"(0 item = {"linkId":"a"}, {"linkId":"b","n":1})", R"(1:0 linkId = "a")",
            "1:0 linkId = 'b' = false", R"(1:1 linkId = "b")", "1:1 linkId = 'b' = true",
            R"(0 item.where(linkId = 'b') = {"linkId":"b","n":1})",
            "0 item.where(linkId = 'b').n = 1"});
}

TEST_CASE("constants are not folded, and literals are no steps") {
  CHECK(steps_of("1 + 2 * 3 = 7") ==
        Steps{"0 2 * 3 = 6", "0 1 + 2 * 3 = 7", "0 1 + 2 * 3 = 7 = true"});
  CHECK(steps_of("(1 + 2) * -3") == Steps{"1 1 + 2 = 3", "0 (1 + 2) * -3 = -9"});
  CHECK(steps_of("1 | 2 | 1") == Steps{"0 1 | 2 = 1, 2", "0 1 | 2 | 1 = 1, 2"});
  CHECK(steps_of("%ucum & 'x'") == Steps{"0 %ucum = 'http://unitsofmeasure.org'",
                                         "0 %ucum & 'x' = 'http://unitsofmeasure.orgx'"});
  CHECK(steps_of("'a' in %ucum") ==
        Steps{"0 %ucum = 'http://unitsofmeasure.org'", "0 'a' in %ucum = false"});
  CHECK(steps_of("42").empty());
}

TEST_CASE("brackets of every kind go one deeper") {
  CHECK(steps_of("((a).b)[0 + 1]", R"({"a":{"b":[1,2]}})") ==
        Steps{R"(2 a = {"b":[1,2]})", "1 (a).b = 1, 2", "1 0 + 1 = 1", "0 ((a).b)[0 + 1] = 2"});
  CHECK(
      steps_of("iif(true, iif(false, 1, 2 + 3))") ==
      Steps{"2 2 + 3 = 5", "1 iif(false, 1, 2 + 3) = 5", "0 iif(true, iif(false, 1, 2 + 3)) = 5"});
}

TEST_CASE("sides that decide nothing are not evaluated, and what raises is no step") {
  CHECK(steps_of("false and 1 / 0 = 2") == Steps{"0 false and 1 / 0 = 2 = false"});
  CHECK(steps_of("name.given.single()", known_names).size() == 2);
}

TEST_CASE("without a listener a traceable expression gives the same") {
  for (const char* text : {"1 + 1", "name.where(use = 'usual').given", "name.given.first() & 'x'",
                           "name.defineVariable('a' & 'b', given).select(%ab)"}) {
    Document document;
    REQUIRE(document.parse(known_names));
    const Environment environment{.input = document.root()};
    CHECK(result_of(text, environment, {.traceable = true}) == result_of(text, environment));
  }
}
