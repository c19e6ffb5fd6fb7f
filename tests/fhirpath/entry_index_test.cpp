// SPDX-License-Identifier: Apache-2.0
// References within a Bundle lead to the same resources whether its entries are indexed or walked
// through. The oracle is the same Bundle as a part of another one, which is never indexed.
#include "fhirpath/entry_index.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "fhirpath/whereabouts.hpp"
#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

std::string random_bundle(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const auto one_of = [&](std::initializer_list<const char*> words) {
    return std::string(words.begin()[below(static_cast<unsigned>(words.size()))]);
  };
  std::string text = R"({"resourceType":"Bundle","entry":[)";
  const unsigned count = 1 + below(12);
  for (unsigned i = 0; i < count; ++i) {
    const std::string type = one_of({"Patient", "Condition"}), id = std::to_string(below(4));
    std::string entry;
    if (below(3) > 0)
      entry = R"("fullUrl":")" + one_of({"http://a/", "http://b/", "urn:uuid:"}) + type + "/" +
              std::to_string(below(4)) + "\",";
    const std::string reference = one_of({"", "http://a/", "http://b/", "urn:uuid:"}) +
                                  one_of({"Patient/", "Condition/"}) + std::to_string(below(4)) +
                                  one_of({"", "", "/_history/1"});
    std::string resource = R"("resourceType":")" + type + R"(","n":)" + std::to_string(i) +
                           R"(,"ref":{"reference":")" + reference + "\"}";
    if (below(8) > 0) resource += R"(,"id":")" + id + "\"";
    if (below(2) == 0) resource += R"(,"meta":{"versionId":"1"})";
    if (below(9) == 0)
      entry += R"("request":{"method":"GET"})";
    else
      entry += R"("resource":{)" + resource + "}";
    text += std::string(i > 0 ? "," : "") + "{" + entry + "}";
  }
  return text + "]}";
}

}  // namespace

TEST_CASE("an indexed Bundle answers as one that is walked through") {
  std::mt19937 random(5);
  Workspace workspace, other;
  Document indexed, nested;
  const auto asked = Expression::compile(
      "entry.resource.select(iif(ref.resolve().exists(), "
      "ref.resolve().n, -1))");
  const auto walked = Expression::compile(
      "entry.resource.entry.resource.select("
      "iif(ref.resolve().exists(), ref.resolve().n, -1))");
  REQUIRE(asked);
  REQUIRE(walked);
  std::size_t found = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string bundle = random_bundle(random);
    REQUIRE(indexed.parse(bundle));
    REQUIRE(nested.parse(R"({"resourceType":"Bundle","entry":[{"resource":)" + bundle + "}]}"));
    const auto quick = evaluate(*asked, {.input = indexed.root()}, workspace);
    const auto slow = evaluate(*walked, {.input = nested.root()}, other);
    REQUIRE(quick);
    REQUIRE(slow);
    const std::string text = render(*quick);
    INFO(bundle);
    CHECK(text == render(*slow));
    for (const char c : text) found += c >= '0' && c <= '9';
  }
  CHECK(found > 500);
}

TEST_CASE("the entry in which a node lies") {
  Document document;
  REQUIRE(document.parse(R"({"resourceType":"Bundle","id":"b","entry":[
      {"resource":{"resourceType":"Basic","id":"1","x":[{"y":1}]}},
      {"request":{}},
      {"resource":{"resourceType":"Basic","id":"2"}}],"signature":{"data":"x"}})"));
  const json::Node* bundle = document.root().get();
  EntryIndex index;
  CHECK_FALSE(index.knows(bundle));
  index.enter(bundle);
  REQUIRE(index.knows(bundle));
  CHECK(index.size() == 2);
  const json::Node* first = first_of_list(*bundle, "entry");
  const json::Node* resource = first->find("resource");
  CHECK(index.entry_of(resource) == first);
  CHECK(index.entry_of(first_of_list(*resource, "x")->first()) == first);
  CHECK(index.entry_of(bundle) == nullptr);
  CHECK(index.entry_of(bundle->find("id")) == nullptr);
  CHECK(index.entry_of(first->next()) == nullptr);  // it has no resource
  CHECK(index.entry_of(bundle->find("signature")) == nullptr);
  CHECK_FALSE(index.knows(first->find("resource")));
  CHECK(index.find(parse_reference("Basic/2"), first) == first->next()->next()->find("resource"));
  CHECK(index.find(parse_reference("Basic/3"), first) == nullptr);
}
