// SPDX-License-Identifier: Apache-2.0
#include "json/hide.hpp"

#include <doctest/doctest.h>

#include <fbss/document.hpp>

using namespace fbss;

TEST_CASE("a hidden list reads as empty, and its neighbours as before") {
  Document document;
  REQUIRE(document.parse(R"({"a":[1,{"b":[2]}],"c":3})"));
  const JsonNode list = document.root().find("a");
  json::hide(*list.get());
  CHECK(list.size() == 0);
  CHECK_FALSE(list.first());
  CHECK(document.root().find("c").text() == "3");
  CHECK(document.root().find("a").next().key() == "c");
  json::show(*list.get(), 2);
  CHECK(list.first().text() == "1");
  CHECK(list.first().next().find("b").first().text() == "2");
}

TEST_CASE("a renewed record has a number that no other has") {
  Document one, other;
  REQUIRE(one.parse("{}"));
  REQUIRE(other.parse("{}"));
  const std::uint64_t before = one.root().get()->stamp();
  json::renew(*one.root().get());
  CHECK(one.root().get()->stamp() != before);
  CHECK(one.root().get()->stamp() != 0);
  CHECK(one.root().get()->stamp() != other.root().get()->stamp());
}
