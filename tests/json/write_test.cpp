// SPDX-License-Identifier: Apache-2.0
// JSON out: strings, the Writer, nodes, and that what was written reads as the same.
#include "json/write.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

#include <fbss/document.hpp>

using namespace fbss;
using namespace std::string_view_literals;
using json::Writer;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

// A value written as write() writes it: no white space, no needless escape.
std::string random_value(std::mt19937& random, int depth) {
  static const char* const number_words[] = {
      "0", "-1", "1.50", "1e400", "123456789012345678901", "-0.0", "0e5", "2E+10", "7", "0.000"};
  static const std::string_view known_texts[] = {
      "",
      "a",
      "key",
      "caf\xC3\xA9",
      "\xF0\x9F\x94\xA5",
      "\"",
      "\\",
      "line\nline",
      "a\0b"sv,
      "\x1B",
      "\xE2\x80\xA8",
      "\x7F",
      "a longer text with spaces, commas and [brackets] {}: \\\"",
      "/"};
  const auto text = [&] { return quoted(known_texts[random() % std::size(known_texts)]); };
  switch (random() % (depth > 0 ? 7 : 4)) {
    case 0:
      return number_words[random() % std::size(number_words)];
    case 1:
      return random() % 2 ? "true" : "false";
    case 2:
      return "null";
    case 3:
      return text();
    case 4:
    case 5: {
      std::string out = "[";
      for (std::size_t n = random() % 5, i = 0; i < n; ++i)
        out += (i ? "," : "") + random_value(random, depth - 1);
      return out + "]";
    }
    default: {
      std::string out = "{";
      for (std::size_t n = random() % 5, i = 0; i < n; ++i)
        out += (i ? "," : "") + text() + ":" + random_value(random, depth - 1);
      return out + "}";
    }
  }
}

// The same value with white space wherever JSON allows it.
std::string spread_out(const std::string& json, std::mt19937& random) {
  std::string out;
  bool in_string = false;
  const auto space = [&] {
    for (std::size_t n = random() % 3; n > 0; --n) out += " \n\t\r"[random() % 4];
  };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const bool structure = !in_string && std::string_view("{}[]:,").find(c) != std::string::npos;
    if (structure) space();
    out += c;
    if (structure) space();
    if (in_string && c == '\\') out += json[++i];
    if (c == '"') in_string = !in_string;
  }
  return out;
}

}  // namespace

TEST_CASE("a JSON pointer escapes ~ and /, in this order (RFC 6901)") {
  std::string pointer;
  json::append_pointer_step(pointer, "a/b");
  json::append_pointer_step(pointer, "m~n");
  json::append_pointer_step(pointer, "~1");
  json::append_pointer_step(pointer, "");
  CHECK(pointer == "/a~1b/m~0n/~01/");
}

TEST_CASE("strings: what is escaped and what is not") {
  struct {
    std::string_view text, json;
  } const cases[] = {
      {"", R"("")"},
      {"plain / text", R"("plain / text")"},
      {"\"\\", R"("\"\\")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {"\0\x01\x1B\x1F"sv, R"("\u0000\u0001\u001b\u001f")"},
      {"\x7F", R"("\u007f")"},
      {"\xE2\x80\xA8\xE2\x80\xA9", R"("\u2028\u2029")"},
      {"\xE2\x80\xA7\xE2\x80\xAA\xE2\x82\xAC", "\"\xE2\x80\xA7\xE2\x80\xAA\xE2\x82\xAC\""},
      {"caf\xC3\xA9 \xF0\x9F\x94\xA5", "\"caf\xC3\xA9 \xF0\x9F\x94\xA5\""},
      {"cut\xE2", "\"cut\xE2\""},
      {"cut\xE2\x80", "\"cut\xE2\x80\""},
      {"</script>", R"("</script>")"},
  };
  for (const auto& c : cases) CHECK(quoted(c.text) == c.json);
}

TEST_CASE("the writer keeps the commas") {
  std::string out;
  Writer(out)
      .begin_object()
      .member("id", "x")
      .member("line", std::int64_t{12})
      .key("list")
      .begin_array()
      .integer(-1)
      .boolean(true)
      .null()
      .string("s")
      .raw("1.50")
      .begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .end_array()
      .key("empty")
      .begin_object()
      .end_object()
      .member("last", std::string_view("z"))
      .end_object();
  CHECK(out ==
        R"({"id":"x","line":12,"list":[-1,true,null,"s",1.50,{},[]],"empty":{},"last":"z"})");
}

TEST_CASE("the writer on one member a line") {
  std::string out;
  Writer writer(out, 2);
  writer.begin_object().member("a", "b").key("c").begin_array().integer(1).begin_object();
  writer.member("d", "e").end_object().end_array().key("f").begin_array().end_array();
  writer.key("g").begin_object().end_object().end_object();
  CHECK(out == R"({
  "a": "b",
  "c": [
    1,
    {
      "d": "e"
    }
  ],
  "f": [],
  "g": {}
})");
  Document document;
  CHECK(document.parse(out).ok());
}

TEST_CASE("single values, and numbers at the end of their range") {
  std::string out;
  Writer(out).integer(std::numeric_limits<std::int64_t>::min());
  CHECK(out == "-9223372036854775808");
  out.clear();
  Writer(out, 2).string("only");
  CHECK(out == "\"only\"");
  out = "x = ";
  Writer(out).begin_array().end_array();
  CHECK(out == "x = []");
}

TEST_CASE("write gives back what was read, for any value without needless space and escapes") {
  std::mt19937 random(11);
  Document document;
  for (int i = 0; i < 3000; ++i) {
    const std::string value = random_value(random, 5);
    CAPTURE(value);
    for (const std::string& text : {value, spread_out(value, random)}) {
      const Result<void> result = document.parse(text);
      REQUIRE_MESSAGE(result.ok(), result.problems()[0].message);
      std::string written;
      json::write(written, *document.root().get());
      CHECK(written == value);
    }
  }
}

TEST_CASE("a part of a document is written without its name and its neighbours") {
  Document document;
  REQUIRE(document.parse(R"({"a":[1,{"b":"c"}],"d":[[2],3]})"));
  const JsonNode root = document.root();
  const auto text = [](JsonNode node) {
    std::string out;
    json::write(out, *node.get());
    return out;
  };
  CHECK(text(root.find("a")) == R"([1,{"b":"c"}])");
  CHECK(text(root.find("a").first()) == "1");
  CHECK(text(root.find("a").first().next()) == R"({"b":"c"})");
  CHECK(text(root.find("a").first().next().first()) == R"("c")");
  CHECK(text(root.find("d").first()) == "[2]");
}
