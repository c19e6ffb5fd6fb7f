// SPDX-License-Identifier: Apache-2.0
// %name.where(code.memberOf('url')) gives the same however often it is asked, whatever the objects
// hold, however the record changes under the same Document and whatever value sets are asked. The
// oracle is the same criterion in a Workspace that knows nothing yet.
#include "fhirpath/member_memo.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/value_sets.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

void add(ValueSets& sets, const std::string& url, const std::string& codes) {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"ValueSet","url":")" + url +
                         R"(","compose":{"include":[{"system":"s","concept":[)" + codes + "]}]}}"));
  REQUIRE(sets.replace(document.root()));
}

std::string random_code(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const std::string code = R"("code":")" + std::string(1, static_cast<char>('a' + below(5))) + "\"";
  const std::string system = R"("system":")" + std::string(below(6) == 0 ? "t" : "s") + "\"";
  switch (below(8)) {
    case 0:
      return "{" + code + "}";
    case 1:
      return "{" + system + "}";
    default:
      return "{" + system + "," + code + "}";
  }
}

// Objects with a code in every shape that a record may have.
std::string random_record(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::string text = "{\"item\":[";
  const unsigned count = below(30);
  for (unsigned i = 0; i < count; ++i) {
    const std::string one = random_code(random), other = random_code(random);
    const std::string shapes[] = {
        R"("code":{"coding":[)" + one + "]}",
        R"("code":{"coding":[)" + one + "," + other + "]}",
        R"("code":)" + one,
        R"("code":[{"coding":[)" + one + "]}]",
        R"("code":[{"coding":[)" + one + R"(]},{"coding":[)" + other + "]}]",
        R"("code":{"coding":[]})",
        R"("code":{"text":"a"})",
        R"("code":"a")",
        R"("_code":{"id":"x"},"code":{"coding":[)" + one + "]}",
        R"("other":1)"};
    text += std::string(i > 0 ? "," : "") + R"({"n":)" + std::to_string(i) + "," +
            shapes[below(4) == 0 ? below(10) : 0] + "}";
  }
  return text + "]}";
}

}  // namespace

TEST_CASE("codes that are asked often answer as those that are asked once") {
  std::mt19937 random(11);
  ValueSets sets;
  add(sets, "one", R"({"code":"a"},{"code":"b"})");
  add(sets, "two", R"({"code":"c"})");
  Workspace workspace;
  Document document;
  const Expression::Options options{.variables = {"items"}, .functions = {}};
  std::vector<Expression> asked, walked;
  for (const char* set : {"one", "two", "nobody"}) {
    const std::string test = std::string("code.memberOf('") + set + "')";
    asked.push_back(*Expression::compile("%items.where(" + test + ").n", options));
    walked.push_back(*Expression::compile("%items.select(iif(" + test + ", n))", options));
  }
  const auto items = *Expression::compile("item");
  std::size_t found = 0;
  for (int record = 0; record < 400; ++record) {
    if (record % 50 == 49)
      add(sets, "two", record % 100 == 49 ? R"({"code":"d"})" : R"({"code":"c"})");
    REQUIRE(document.parse(random_record(random)));
    Workspace kept;
    const auto values = evaluate(items, {.input = document.root()}, kept);
    REQUIRE(values);
    const Collection variables[] = {*values};
    // Also where the record is another one, and the variable's parts are not of it.
    for (const JsonNode input : {document.root(), JsonNode{}}) {
      const Environment environment{.input = input, .variables = variables, .value_sets = &sets};
      for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < asked.size(); ++i) {
          const auto quick = evaluate(asked[i], environment, workspace);
          Workspace other;
          const auto slow = evaluate(walked[i], environment, other);
          REQUIRE(quick);
          REQUIRE(slow);
          found += quick->size();
          CHECK(render(*quick) == render(*slow));
        }
      }
    }
  }
  CHECK(found > 1000);
}

TEST_CASE("more sets and more codes than are kept") {
  ValueSets sets;
  for (int i = 0; i < 80; ++i)
    add(sets, "set" + std::to_string(i), R"({"code":")" + std::to_string(i) + "\"}");
  std::string text = "{\"item\":[";
  for (int i = 0; i < 5000; ++i)
    text += std::string(i > 0 ? "," : "") + R"({"code":{"coding":[{"system":"s","code":")" +
            std::to_string(i) + "\"}]}}";
  Document document;
  REQUIRE(document.parse(text + "]}"));
  Workspace kept, workspace;
  const auto values = evaluate(*Expression::compile("item"), {.input = document.root()}, kept);
  const Collection variables[] = {*values};
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 80; ++i) {
      const auto expression = Expression::compile(
          "%items.where(code.memberOf('set" + std::to_string(i) + "')).code.coding.code",
          {.variables = {"items"}, .functions = {}});
      const auto result = evaluate(
          *expression, {.input = document.root(), .variables = variables, .value_sets = &sets},
          workspace);
      REQUIRE(result);
      CHECK(render(*result) == "\"" + std::to_string(i) + "\"");
    }
  }
}
