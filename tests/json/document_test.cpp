// SPDX-License-Identifier: Apache-2.0
// Document and JsonNode as a caller uses them.
#include <fbss/document.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace fbss;
using namespace std::string_view_literals;

TEST_CASE("the example of the header") {
  Document document;
  REQUIRE(document.parse(R"({"smoking_status": "former", "dose": 1.50})"));
  CHECK(document.root().find("smoking_status").text() == "former");
  CHECK(document.root().find("dose").text() == "1.50");
}

TEST_CASE("a walk over members and elements") {
  Document document;
  REQUIRE(document.parse(
      R"({"null":null,"yes":true,"no":false,"number":-1.0,"text":"a\u0000b","list":[1,[2,3],{}],)"
      R"("object":{"inner":{"x":"y"}},"last":"z"})"));
  const JsonNode root = document.root();
  CHECK(root.kind() == JsonKind::object);
  CHECK(root.size() == 8);
  CHECK(root.key() == "");
  CHECK(root.text() == "");
  CHECK_FALSE(root.next());

  std::vector<std::string> keys;
  for (JsonNode member = root.first(); member; member = member.next())
    keys.emplace_back(member.key());
  CHECK(keys ==
        std::vector<std::string>{"null", "yes", "no", "number", "text", "list", "object", "last"});

  CHECK(root.find("null").kind() == JsonKind::null);
  CHECK(root.find("null"));
  CHECK(root.find("yes").boolean());
  CHECK_FALSE(root.find("no").boolean());
  CHECK(root.find("no").kind() == JsonKind::boolean);
  CHECK(root.find("number").kind() == JsonKind::number);
  CHECK(root.find("number").text() == "-1.0");
  CHECK(root.find("number").size() == 0);
  CHECK(root.find("text").text() == "a\0b"sv);

  const JsonNode list = root.find("list");
  CHECK(list.kind() == JsonKind::array);
  CHECK(list.size() == 3);
  CHECK(list.first().text() == "1");
  CHECK(list.first().key() == "");
  CHECK(list.first().next().size() == 2);
  CHECK(list.first().next().first().next().text() == "3");
  CHECK_FALSE(list.first().next().first().next().next());
  CHECK(list.first().next().next().kind() == JsonKind::object);
  CHECK_FALSE(list.first().next().next().first());
  CHECK_FALSE(list.first().next().next().next());
  CHECK(root.find("object").find("inner").find("x").text() == "y");
}

TEST_CASE("what is not there is nothing, and asking it anything is safe") {
  Document document;
  CHECK_FALSE(document.root());
  REQUIRE(document.parse(R"({"a":1})"));
  const JsonNode nothing = document.root().find("b");
  CHECK_FALSE(nothing);
  CHECK(nothing.kind() == JsonKind::null);
  CHECK_FALSE(nothing.boolean());
  CHECK(nothing.text() == "");
  CHECK(nothing.key() == "");
  CHECK(nothing.size() == 0);
  CHECK_FALSE(nothing.find("a"));
  CHECK_FALSE(nothing.first());
  CHECK_FALSE(nothing.next());
  CHECK_FALSE(document.root().find("a").find("b"));
  CHECK_FALSE(document.root().find("a").first());
  CHECK_FALSE(document.root().find("A"));
  CHECK_FALSE(document.root().find(""));
}

TEST_CASE("names are told apart however alike they are") {
  // The same length, and the same first and last four bytes.
  Document document;
  REQUIRE(document.parse(
      R"({"valueXXXXdate":1,"valueYYYYdate":2,"abc":3,"abd":4,"ab":5,"":6,"a\u0000":7,"a":8})"));
  const JsonNode root = document.root();
  CHECK(root.find("valueYYYYdate").text() == "2");
  CHECK(root.find("valueXXXXdate").text() == "1");
  CHECK_FALSE(root.find("valueZZZZdate"));
  CHECK(root.find("abd").text() == "4");
  CHECK(root.find("ab").text() == "5");
  CHECK(root.find("").text() == "6");
  CHECK(root.find("a\0"sv).text() == "7");
  CHECK(root.find("a").text() == "8");
}

TEST_CASE("of duplicate members find gives the first, and all are there") {
  Document document;
  REQUIRE(document.parse(R"({"a":1,"b":2,"a":3})"));
  CHECK(document.root().size() == 3);
  CHECK(document.root().find("a").text() == "1");
  CHECK(document.root().find("a").next().next().text() == "3");
}

TEST_CASE("the input may be freed, and a document be moved") {
  Document document;
  {
    std::string input = R"({"text":"kept","escaped":"a\nb","number":12.0})";
    REQUIRE(document.parse(input));
    input.assign(input.size(), 'x');
  }
  Document other = std::move(document);
  CHECK(other.root().find("text").text() == "kept");
  CHECK(other.root().find("escaped").text() == "a\nb");
  CHECK(other.root().find("number").text() == "12.0");
  CHECK_FALSE(document.root());  // NOLINT: a document that was moved from may be used again
  REQUIRE(document.parse("[1]"));
  CHECK(document.root().size() == 1);
  CHECK(other.root().size() == 3);
  other = std::move(document);
  CHECK(other.root().kind() == JsonKind::array);
}

TEST_CASE("documents of all sizes one after another") {
  Document document;
  for (std::size_t n : {0u, 1u, 5u, 100u, 3u, 5000u, 2u, 40'000u, 10u, 40'000u}) {
    std::string text = "[";
    for (std::size_t i = 0; i < n; ++i)
      text += (i ? ",\"" : "\"") + std::to_string(i) + (i % 7 == 0 ? "\\n\"" : "\"");
    text += ']';
    REQUIRE(document.parse(text));
    CHECK(document.root().size() == n);
    std::size_t i = 0;
    bool equal = true;
    for (JsonNode e = document.root().first(); e; e = e.next(), ++i)
      equal = equal && e.text() == std::to_string(i) + (i % 7 == 0 ? "\n" : "");
    CHECK(equal);
    CHECK(i == n);
  }
}
