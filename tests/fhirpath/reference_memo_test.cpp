// SPDX-License-Identifier: Apache-2.0
// References that many rules follow lead where those lead that are followed once: also where the
// record changes under the same Document, and where it is not the record alone that tells.
#include "fhirpath/reference_memo.hpp"

#include <doctest/doctest.h>

#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

std::string bundle_of(const std::string& id, const std::string& name) {
  return R"({"resourceType":"Bundle","entry":[
      {"resource":{"resourceType":"Basic","subject":{"reference":"Patient/1"}}},
      {"resource":{"resourceType":"Patient","id":")" +
         id + R"(","gender":")" + name + "\"}}]}";
}

}  // namespace

TEST_CASE("what is kept is of this record") {
  Document document;
  REQUIRE(document.parse("[1,2]"));
  const json::Node *one = document.root().get(), *other = document.root().first().get();
  ReferenceMemo memo;
  CHECK(memo.find(one) == nullptr);
  memo.keep(one, other);
  memo.keep(other, nullptr);
  REQUIRE(memo.find(one));
  CHECK(memo.find(one)->target == other);
  REQUIRE(memo.find(other));
  CHECK(memo.find(other)->target == nullptr);
  memo.enter();
  CHECK(memo.find(one) == nullptr);
  CHECK(memo.find(other) == nullptr);
}

TEST_CASE("a reference that is followed often leads where the record says") {
  const auto asked = Expression::compile("entry.resource.subject.resolve().gender");
  REQUIRE(asked);
  Workspace workspace;
  Document document;
  const auto result = [&](const Environment& environment) {
    const auto values = evaluate(*asked, environment, workspace);
    REQUIRE(values);
    return render(*values);
  };
  // Parsed into the same memory, so that the references lie where those before them lay.
  for (const char* gender : {"male", "other"}) {
    REQUIRE(document.parse(bundle_of("1", gender)));
    for (int round = 0; round < 2; ++round)
      CHECK(result({.input = document.root()}) == "\"" + std::string(gender) + "\"");
  }
  REQUIRE(document.parse(bundle_of("2", "male")));
  for (int round = 0; round < 2; ++round) CHECK(result({.input = document.root()}) == "{}");
  // Another record of the environment may have what this one has not.
  for (const char* gender : {"male", "other"}) {
    Document more;
    REQUIRE(more.parse(bundle_of("1", gender)));
    CHECK(result({.input = document.root(), .root_resource = more.root()}) ==
          "\"" + std::string(gender) + "\"");
    CHECK(result({.input = document.root(), .bundle = more.root()}) ==
          "\"" + std::string(gender) + "\"");
  }
  CHECK(result({.input = document.root()}) == "{}");
}
