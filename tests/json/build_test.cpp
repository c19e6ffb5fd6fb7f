// SPDX-License-Identifier: Apache-2.0
// Documents that are told value by value: the same nodes as from text, every misuse refused, the
// limits of parse(), and no allocation once warm (counted in warm_test.cpp).
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fbss/document.hpp>

#include "json/node.hpp"
#include "json/write.hpp"

using namespace fbss;
using namespace std::string_view_literals;

namespace {

using Fill = std::function<void(DocumentBuilder&)>;

std::string canonical(const Document& document) {
  std::string out;
  if (document.root()) json::write(out, *document.root().get());
  return out;
}

// What was built as compact JSON, or the word of the problem and its place.
std::string built(const Fill& fill, const Limits& limits = {}) {
  Document document;
  const Result<void> result = document.build(fill, limits);
  if (result) return canonical(document);
  CHECK(result.problems().size() == 1);
  CHECK_FALSE(document.root());
  const Problem& problem = result.problems().front();
  CHECK(problem.message.size() > 20);
  return std::string(code_word(problem.code)) + " " + problem.pointer;
}

// Tells the builder what a node holds.
void tell(DocumentBuilder& builder, JsonNode node) {
  switch (node.kind()) {
    case JsonKind::null:
      builder.null();
      break;
    case JsonKind::boolean:
      builder.boolean(node.boolean());
      break;
    case JsonKind::number:
      builder.number(node.text());
      break;
    case JsonKind::string:
      builder.string(node.text());
      break;
    case JsonKind::array:
      builder.begin_array();
      for (JsonNode child = node.first(); child; child = child.next()) tell(builder, child);
      builder.end_array();
      break;
    case JsonKind::object:
      builder.begin_object();
      for (JsonNode child = node.first(); child; child = child.next()) {
        builder.key(child.key());
        tell(builder, child);
      }
      builder.end_object();
      break;
  }
}

// Everything that lower floors and callers may read of a node, those below it included.
void check_same(JsonNode a, JsonNode b) {
  REQUIRE(a.kind() == b.kind());
  CHECK(a.boolean() == b.boolean());
  CHECK(a.text() == b.text());
  CHECK(a.key() == b.key());
  CHECK((a.get()->key == nullptr) == (b.get()->key == nullptr));
  if (a.get()->key) CHECK(a.get()->key_sign == b.get()->key_sign);
  CHECK(a.get()->skip == b.get()->skip);
  CHECK(a.get()->last == b.get()->last);
  REQUIRE(a.size() == b.size());
  JsonNode x = a.first(), y = b.first();
  for (; x && y; x = x.next(), y = y.next()) check_same(x, y);
  CHECK(bool(x) == bool(y));
}

// A JSON text of any shape; short names, so that some occur twice.
std::string random_text(std::mt19937& random, int depth) {
  const char* const scalars[] = {"null",
                                 "true",
                                 "false",
                                 "-0",
                                 "1.50",
                                 "7e2",
                                 R"("a\u0000\"")",
                                 R"("")",
                                 R"("caf\u00e9 \ud83d\ude00")"};
  const auto choice = random() % (depth > 0 ? 15 : 9);
  if (choice < 9) return scalars[choice];
  const bool object = choice % 2 == 0;
  std::string text = object ? "{" : "[";
  for (auto left = random() % 5; left > 0; --left) {
    if (object) text += std::string("\"") + "abc"[random() % 3] + "\":";
    text += random_text(random, depth - 1) + (left > 1 ? "," : "");
  }
  return text + (object ? "}" : "]");
}

}  // namespace

TEST_CASE("values of every kind") {
  CHECK(built([](DocumentBuilder& b) { b.null(); }) == "null");
  CHECK(built([](DocumentBuilder& b) { b.boolean(true); }) == "true");
  CHECK(built([](DocumentBuilder& b) { b.string(""); }) == R"("")");
  CHECK(built([](DocumentBuilder& b) { b.string("a\0\"\n"sv); }) == R"("a\u0000\"\n")");
  CHECK(built([](DocumentBuilder& b) { b.begin_object().end_object(); }) == "{}");
  CHECK(built([](DocumentBuilder& b) { b.begin_array().end_array(); }) == "[]");
  CHECK(built([](DocumentBuilder& b) {
          b.begin_object().key("").null().key("a").begin_array();
          for (int i = 0; i < 3; ++i) b.number(i);
          b.begin_object().end_object().end_array().key("a").boolean(false).end_object();
        }) == R"({"":null,"a":[0,1,2,{}],"a":false})");
}

TEST_CASE("texts are copied") {
  Document document;
  REQUIRE(document.build([](DocumentBuilder& b) {
    std::string text = "a text that is gone when build() returns", name = "name", digits = "12.50";
    b.begin_object().key(name).string(text).key("digits").number(digits).end_object();
    text.assign(text.size(), 'x');
    name = digits = "xxxxx";
  }));
  CHECK(canonical(document) ==
        R"({"name":"a text that is gone when build() returns","digits":12.50})");
}

TEST_CASE("numbers") {
  const auto number = [](auto value) {
    return built([value](DocumentBuilder& b) { b.number(value); });
  };
  for (const char* digits : {"0", "-0", "1.50", "-0.0", "1E+2", "1e-02", "1e400",
                             "123456789012345678901234567890", "0.10000000000000000555"})
    CHECK(number(digits) == digits);
  for (std::string_view digits :
       {""sv, "-"sv, "+1"sv, "01"sv, "1."sv, ".5"sv, "1e"sv, "1e+"sv, " 1"sv, "1 "sv, "1,5"sv,
        "0x10"sv, "NaN"sv, "1\0"sv, "1\0002"sv, "--1"sv, "1-"sv, "one"sv})
    CHECK_MESSAGE(number(digits) == "not_json ", digits);

  CHECK(number(7) == "7");
  CHECK(number(-7L) == "-7");
  CHECK(number(std::uint8_t{200}) == "200");
  CHECK(number(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(number(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");

  CHECK(number(0.1) == "0.1");
  CHECK(number(1.0) == "1.0");
  CHECK(number(-0.0) == "-0.0");
  CHECK(number(100000.0) == "100000.0");
  CHECK(number(123456789012345.0) == "123456789012345.0");
  CHECK(number(-0.000012345678901234568) == "-0.000012345678901234568");
  CHECK(number(1e22) == "1e+22");
  CHECK(number(5e-324) == "5e-324");
  CHECK(number(-1.7976931348623157e308) == "-1.7976931348623157e+308");
  CHECK(number(std::nan("")) == "not_json ");
  CHECK(number(std::numeric_limits<double>::infinity()) == "not_json ");
  CHECK(number(-std::numeric_limits<double>::infinity()) == "not_json ");
}

TEST_CASE("every misuse is refused, with its place") {
  struct {
    const char* what;
    Fill fill;
    const char* refused;
  } const cases[] = {
      {"nothing at all", [](DocumentBuilder&) {}, "not_json "},
      {"no function", Fill(), "not_json "},
      {"two values", [](DocumentBuilder& b) { b.null().null(); }, "not_json "},
      {"a value behind the root",
       [](DocumentBuilder& b) { b.begin_array().end_array().begin_array().end_array(); },
       "not_json "},
      {"a key at the root", [](DocumentBuilder& b) { b.key("a"); }, "not_json "},
      {"a key in an array", [](DocumentBuilder& b) { b.begin_array().null().key("a"); },
       "not_json /1"},
      {"two keys", [](DocumentBuilder& b) { b.begin_object().key("a").key("b"); }, "not_json /a"},
      {"a value without key", [](DocumentBuilder& b) { b.begin_object().null(); }, "not_json "},
      {"a second value without key",
       [](DocumentBuilder& b) { b.begin_object().key("a").null().null(); }, "not_json "},
      {"an object without key",
       [](DocumentBuilder& b) { b.begin_array().begin_object().begin_object(); }, "not_json /0"},
      {"a key without value", [](DocumentBuilder& b) { b.begin_object().key("a/~").end_object(); },
       "not_json /a~1~0"},
      {"an end without begin", [](DocumentBuilder& b) { b.end_object(); }, "not_json "},
      {"an end behind the root",
       [](DocumentBuilder& b) { b.begin_array().end_array().end_array(); }, "not_json "},
      {"the end of the other kind, array", [](DocumentBuilder& b) { b.begin_array().end_object(); },
       "not_json /0"},
      {"the end of the other kind, object",
       [](DocumentBuilder& b) { b.begin_object().end_array(); }, "not_json "},
      {"an open array", [](DocumentBuilder& b) { b.begin_array().null(); }, "not_json /1"},
      {"open containers",
       [](DocumentBuilder& b) { b.begin_array().null().begin_object().key("a").begin_array(); },
       "not_json /1/a/0"},
      {"an open key", [](DocumentBuilder& b) { b.begin_object().key("a"); }, "not_json /a"},
      {"a text that is not UTF-8",
       [](DocumentBuilder& b) { b.begin_object().key("a").string("\xC3("); }, "not_json /a"},
      {"half of a pair", [](DocumentBuilder& b) { b.string("\xED\xA0\x80"); }, "not_json "},
      {"a key that is not UTF-8", [](DocumentBuilder& b) { b.begin_object().key("\xFF"); },
       "not_json "},
      {"the caller's own refusal",
       [](DocumentBuilder& b) {
         b.begin_array().refuse("The column holds a picture.").end_array();
       },
       "not_json /0"},
  };
  for (const auto& test : cases) CHECK_MESSAGE(built(test.fill) == test.refused, test.what);
}

TEST_CASE("the first refusal stands, and nothing after it matters") {
  Document document;
  const auto result = document.build([](DocumentBuilder& b) {
    CHECK(b.ok());
    b.begin_array().number("x");
    CHECK_FALSE(b.ok());
    b.key("a").end_object().end_array().null().string("\xFF").refuse("The second.");
    for (int i = 0; i < 1000; ++i) b.begin_array();
  });
  REQUIRE_FALSE(result);
  REQUIRE(result.problems().size() == 1);
  CHECK(result.problems().front().message.starts_with("This is not a JSON number"));
  CHECK(result.problems().front().pointer == "/0");
}

TEST_CASE("no message repeats the record") {
  Document document;
  for (const Fill& fill : {Fill([](DocumentBuilder& b) { b.number("Miller"); }),
                           Fill([](DocumentBuilder& b) { b.string("Miller\xFF"); }),
                           Fill([](DocumentBuilder& b) { b.string("Miller").string("Miller"); })}) {
    const auto result = document.build(fill);
    REQUIRE_FALSE(result);
    CHECK(result.problems().front().message.find("Miller") == std::string::npos);
  }
}

TEST_CASE("depth is limited as in parse()") {
  const auto nested = [](int levels) {
    return [levels](DocumentBuilder& b) {
      for (int i = 0; i < levels; ++i) b.begin_array();
      for (int i = 0; i < levels; ++i) b.end_array();
    };
  };
  Limits limits;
  limits.record_depth = 3;
  CHECK(built(nested(3), limits) == "[[[]]]");
  CHECK(built(nested(4), limits) == "too_deep /0/0/0");
  CHECK(built(nested(64)).size() == 128);
  CHECK(built(nested(65)).starts_with("too_deep /0/0"));
  limits.record_depth = 0;
  CHECK(built(nested(1), limits) == "too_deep ");
  CHECK(built([](DocumentBuilder& b) { b.null(); }, limits) == "null");
}

TEST_CASE("size is limited as in parse() of the same record as compact JSON") {
  for (const char* text : {"null", "true", "false", "12.50", R"("")", R"("abc")", "[]", "{}", "[1]",
                           "[1,2,null]", R"({"":0})", R"({"a":1,"bc":[{},{"d":"e"}],"f":false})"}) {
    Document document;
    REQUIRE(document.parse(text));
    Limits limits;
    limits.record_bytes = std::string_view(text).size();
    const Fill fill = [&](DocumentBuilder& b) { tell(b, document.root()); };
    CHECK(built(fill, limits) == text);
    --limits.record_bytes;
    CHECK_MESSAGE(built(fill, limits).starts_with("too_large"), text);
  }
  CHECK(built([](DocumentBuilder& b) { b.string(std::string(1024 * 1024 - 1, 'x')); }) ==
        "too_large ");
}

TEST_CASE("the nodes are those of parse()") {
  std::mt19937 random(20261121);
  Document parsed, told;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = random_text(random, 6);
    REQUIRE(parsed.parse(text));
    REQUIRE(told.build([&](DocumentBuilder& b) { tell(b, parsed.root()); }));
    check_same(parsed.root(), told.root());
    CHECK(canonical(parsed) == canonical(told));
  }
}

TEST_CASE("a Document is filled either way, again and again") {
  Document document;
  REQUIRE(document.parse("[1]"));
  REQUIRE(document.build([](DocumentBuilder& b) { b.number(2); }));
  CHECK(canonical(document) == "2");
  REQUIRE(document.parse("[3]"));
  CHECK(canonical(document) == "[3]");
  REQUIRE_FALSE(document.build([](DocumentBuilder& b) { b.begin_array(); }));
  CHECK_FALSE(document.root());
  REQUIRE(document.parse("[4]"));
  CHECK(canonical(document) == "[4]");
}

TEST_CASE("what the function does to the Document itself is without effect") {
  Document document;
  REQUIRE(document.build([&](DocumentBuilder& b) {
    b.begin_array().number(1);
    CHECK_FALSE(document.root());
    CHECK(document.parse("[2]"));
    CHECK(document.build([](DocumentBuilder& inner) { inner.number(3); }));
    b.number(4).end_array();
  }));
  CHECK(canonical(document) == "[1,4]");
}

TEST_CASE("an exception passes through and leaves the Document empty") {
  Document document;
  REQUIRE(document.parse("[1]"));
  CHECK_THROWS_AS((void)document.build([](DocumentBuilder& b) {
    b.begin_array();
    throw std::runtime_error("the connection is lost");
  }),
                  std::runtime_error);
  CHECK_FALSE(document.root());
  REQUIRE(document.parse("[2]"));
  CHECK(canonical(document) == "[2]");
}
