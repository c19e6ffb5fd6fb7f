// SPDX-License-Identifier: Apache-2.0
// References within a Bundle lead to the same resources whether its entries are indexed or walked
// through. The oracle is the same Bundle as a part of another one, which is never indexed.
#include "fhirpath/entry_index.hpp"

#include <doctest/doctest.h>

#include <random>
#include <span>
#include <string>
#include <string_view>

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

TEST_CASE("the entries that a Workspace gives are those of the record, refilled or another") {
  const auto bundle_of = [](std::string_view entries) {
    return R"({"resourceType":"Bundle","entry":[)" + std::string(entries) + "]}";
  };
  const auto ids = [](std::span<const BundleEntry> entries) {
    std::string text;
    for (const BundleEntry& entry : entries)
      text += std::to_string(entry.place) + ":" + std::string(entry.type) + "/" +
              std::string(entry.id) + " " + std::string(entry.url) + ";";
    return text;
  };
  Workspace workspace;
  const auto target = Expression::compile("entry.resource.ref.resolve().id");
  REQUIRE(target);
  const auto resolve = [&](const Document& document) {
    const auto found = evaluate(*target, {.input = document.root()}, workspace);
    REQUIRE(found);
    return render(*found);
  };
  Document document, other;
  REQUIRE(document.parse(bundle_of(
      R"({"request":{}},{"fullUrl":"urn:1","resource":{"resourceType":"Basic","id":"a"}},
      {"resource":{"id":7,"ref":{"reference":"Basic/a"}}})")));
  REQUIRE(other.parse(bundle_of(R"({"resource":{"resourceType":"Basic","id":"o",
      "ref":{"reference":"Basic/o"}}})")));
  CHECK(ids(entries_of(workspace, document.root().get())) == "2:Basic/a urn:1;3:/ ;");
  const std::string of_a = resolve(document);
  CHECK(of_a.find('a') != std::string::npos);
  // Asked again, nothing is read again.
  const auto before = entries_of(workspace, document.root().get());
  resolve(document);
  const auto after = entries_of(workspace, document.root().get());
  CHECK(before.data() == after.data());
  CHECK(before.size() == after.size());
  // Another record between two evaluations of the first one.
  CHECK(ids(entries_of(workspace, other.root().get())) == "1:Basic/o ;");
  CHECK(resolve(document) == of_a);
  CHECK(resolve(other).find('o') != std::string::npos);
  CHECK(ids(entries_of(workspace, document.root().get())) == "2:Basic/a urn:1;3:/ ;");
  // Refilled, the root lies where it lay.
  REQUIRE(document.parse(bundle_of(
      R"({"request":{}},{"fullUrl":"urn:2","resource":{"resourceType":"Basic","id":"b"}},
      {"resource":{"id":7,"ref":{"reference":"Basic/b"}}})")));
  CHECK(ids(entries_of(workspace, document.root().get())) == "2:Basic/b urn:2;3:/ ;");
  CHECK(resolve(document).find('b') != std::string::npos);
  // One that lies in another record may change unnoticed: it is read each time.
  REQUIRE(other.parse(R"({"in":)" + bundle_of(R"({"resource":{"id":"c"}})") + "}"));
  const json::Node* part = other.root().find("in").get();
  CHECK(ids(entries_of(workspace, part)) == "1:/c ;");
  REQUIRE(other.parse(R"({"in":)" + bundle_of(R"({"resource":{"id":"d"}})") + "}"));
  CHECK(ids(entries_of(workspace, other.root().find("in").get())) == "1:/d ;");

  CHECK(entries_of(workspace, nullptr).empty());
  REQUIRE(other.parse(R"({"entry":{"resource":{}}})"));
  CHECK(entries_of(workspace, other.root().get()).empty());
}
