// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/item_index.hpp"

#include <doctest/doctest.h>

#include <fbss/document.hpp>

using namespace fbss;

namespace {

std::string_view text_of(const json::Node* item) {
  return item ? JsonNode(item).find("text").text() : "no item";
}

}  // namespace

TEST_CASE("items are found by linkId at every depth, the first of several") {
  Document form;
  REQUIRE(form.parse(R"({"item":[{"linkId":"a","text":"A","item":[{"linkId":"b","text":"B"}]},
    {"linkId":"b","text":"second B"},{"linkId":7,"text":"no text"},{"text":"no linkId"}]})"));
  fhirpath::ItemIndex index;
  CHECK_FALSE(index.knows(*form.root().get()));
  index.enter(*form.root().get());
  CHECK(index.knows(*form.root().get()));
  CHECK(text_of(index.find("a")) == "A");
  CHECK(text_of(index.find("b")) == "B");
  CHECK(text_of(index.find("7")) == "no item");
}

TEST_CASE("another record in the same memory is another Questionnaire, and a part is never known") {
  Document form;
  fhirpath::ItemIndex index;
  REQUIRE(form.parse(R"({"item":[{"linkId":"a","text":"A"}]})"));
  index.enter(*form.root().get());
  REQUIRE(form.parse(R"({"item":[{"linkId":"a","text":"Z"}]})"));
  CHECK_FALSE(index.knows(*form.root().get()));
  index.enter(*form.root().get());
  CHECK(text_of(index.find("a")) == "Z");
  const json::Node& part = *form.root().find("item").first().get();
  index.enter(part);
  CHECK(text_of(index.find("a")) == "Z");
  CHECK_FALSE(index.knows(part));
}
