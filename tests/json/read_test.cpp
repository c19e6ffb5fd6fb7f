// SPDX-License-Identifier: Apache-2.0
// Which texts are JSON (RFC 8259) and which are not, what is kept of them, and the limits.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include <fbss/document.hpp>

#include "json/node.hpp"
#include "json/write.hpp"

using namespace fbss;
using namespace std::string_view_literals;

namespace {

// What was read, as canonical text: numbers as written, strings with the writer's escapes.
std::string canonical(const Document& document) {
  std::string out;
  if (document.root()) json::write(out, *document.root().get());
  return out;
}

std::string nested(std::size_t depth, std::string_view open, std::string_view middle,
                   std::string_view close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += middle;
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("texts that are JSON, and what is read from them") {
  struct {
    std::string_view text, read;
  } const cases[] = {
      {"null", "null"},
      {"true", "true"},
      {"false", "false"},
      {" true ", "true"},
      {"\t\n\r null\r\n\t ", "null"},
      {"\xEF\xBB\xBFnull", "null"},  // a byte order mark is skipped
      {"\xEF\xBB\xBF {\"a\":1}", R"({"a":1})"},
      {"0", "0"},
      {"42", "42"},
      {R"("")", R"("")"},
      {R"("text")", R"("text")"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"[ ]", "[]"},
      {"{\n}", "{}"},
      {"[[],[[]],{}]", "[[],[[]],{}]"},
      {"[1,2,3]", "[1,2,3]"},
      {"[ 1 , 2 , 3 ]", "[1,2,3]"},
      {"[true,false,null]", "[true,false,null]"},
      {R"({"a":1})", R"({"a":1})"},
      {R"({ "a" : 1 , "b" : [ { } , { "c" : null } ] })", R"({"a":1,"b":[{},{"c":null}]})"},
      {R"({"":0})", R"({"":0})"},
      {R"({"a":{"a":{"a":{}}}})", R"({"a":{"a":{"a":{}}}})"},
      {R"([{"a":[1]},{"b":[]},[[2],3],4])", R"([{"a":[1]},{"b":[]},[[2],3],4])"},
      // Numbers keep their digits, whatever their size.
      {"-0", "-0"},
      {"[-0.0,1.50,1E+2,1e-2,0e0,-1.0e+05]", "[-0.0,1.50,1E+2,1e-2,0e0,-1.0e+05]"},
      {"[0.10000000000000000555,123456789012345678901234567890]",
       "[0.10000000000000000555,123456789012345678901234567890]"},
      {"1e400", "1e400"},
      {"-1e-99999999999999999999", "-1e-99999999999999999999"},
      {"[1e400 , 1.0\n]", "[1e400,1.0]"},
      {R"({"a":1.50,"b":"1.50","c":[2.0,"x,2.0",-3]})",
       R"({"a":1.50,"b":"1.50","c":[2.0,"x,2.0",-3]})"},
      // Structure within strings is text.
      {R"(["[1,2]","{\"a\":1}",":,","]"])", R"(["[1,2]","{\"a\":1}",":,","]"])"},
      {R"({"a,b":"c:d","{":"}","[":"]"})", R"({"a,b":"c:d","{":"}","[":"]"})"},
      {R"(["   " , "  a  "   ])", R"(["   ","  a  "])"},
      {R"(["a\\","\\","\\\\\"","b"])", R"(["a\\","\\","\\\\\"","b"])"},
      // Escapes.
      {R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")"},
      {R"("\u0041\u00e9\u20AC")", "\"A\xC3\xA9\xE2\x82\xAC\""},
      {R"("\ud83d\udd25\uD83D\uDD25")", "\"\xF0\x9F\x94\xA5\xF0\x9F\x94\xA5\""},
      {R"("\u0000a\u001f\u007f")", R"("\u0000a\u001f\u007f")"},
      {R"("\u2028\u2029")", R"("\u2028\u2029")"},
      {R"("a\u0062c\\d" )", R"("abc\\d")"},
      {R"({"\u0061":"\n","b\u0062":"x","c":"\t"})", R"({"a":"\n","bb":"x","c":"\t"})"},
      {R"("\uFFFF\uffff")", "\"\xEF\xBF\xBF\xEF\xBF\xBF\""},
      {"\"\xF4\x8F\xBF\xBF\"", "\"\xF4\x8F\xBF\xBF\""},
      {"\"\x7F\"", R"("\u007f")"},
      // Duplicate members are kept, in order.
      {R"({"a":1,"a":2,"b":3,"a":1})", R"({"a":1,"a":2,"b":3,"a":1})"},
  };
  Document document;
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const Result<void> result = document.parse(c.text);
    REQUIRE_MESSAGE(result.ok(), result.problems()[0].message);
    CHECK(canonical(document) == c.read);
  }
}

TEST_CASE("texts that are not JSON, and where they go wrong") {
  struct {
    std::string_view text;
    std::uint32_t line, column;
  } const cases[] = {
      {"", 1, 1},
      {" \n\t ", 1, 1},
      {"\xEF\xBB\xBF", 1, 1},
      {"nul", 1, 1},
      {"nulll", 1, 1},
      {"True", 1, 1},
      {"NULL", 1, 1},
      {"undefined", 1, 1},
      {"NaN", 1, 1},
      {"[NaN]", 1, 2},
      {"[-NaN]", 1, 2},
      {"[Infinity,1]", 1, 2},
      {"-", 1, 1},
      {"+1", 1, 1},
      {"01", 1, 1},
      {"-01", 1, 1},
      {"00", 1, 1},
      {"1.", 1, 1},
      {".5", 1, 1},
      {"-.5", 1, 1},
      {"1.e5", 1, 1},
      {"1e", 1, 1},
      {"1e+", 1, 1},
      {"1e5.5", 1, 1},
      {"0x10", 1, 1},
      {"1_000", 1, 1},
      {"1a", 1, 1},
      {"1\"a\"", 1, 1},
      {"[1[2]]", 1, 2},
      {"1 2", 1, 3},
      {"[1 2]", 1, 4},
      {"[1]\n[2]", 2, 1},
      {"{} {}", 1, 4},
      {"null,", 1, 5},
      {"]", 1, 1},
      {"}", 1, 1},
      {",", 1, 1},
      {":", 1, 1},
      {"[", 1, 2},
      {"{", 1, 2},
      {"[1", 1, 3},
      {"[1,", 1, 4},
      {"{\"a\"", 1, 5},
      {"{\"a\":", 1, 6},
      {"{\"a\":1", 1, 7},
      {"{\"a\":1,", 1, 8},
      {"[[[1]", 1, 6},
      {"[1,]", 1, 4},
      {"[,1]", 1, 2},
      {"[1,,2]", 1, 4},
      {"[1}", 1, 3},
      {"{\"a\":1]", 1, 7},
      {"{\"a\":1,}", 1, 8},
      {"{,}", 1, 2},
      {"{1:2}", 1, 2},
      {"{null:2}", 1, 2},
      {"{a:2}", 1, 2},
      {"{'a':2}", 1, 2},
      {"['a']", 1, 2},
      {"{\"a\" 1}", 1, 6},
      {"{\"a\",1}", 1, 5},
      {"{\"a\"}", 1, 5},
      {"{\"a\"::1}", 1, 6},
      {"{\"a\":1 \"b\":2}", 1, 8},
      {"{[]:1}", 1, 2},
      {"[1:2]", 1, 3},
      {"[\"a\":2]", 1, 5},
      {"\"a\":1", 1, 4},
      {"\"a\"\"b\"", 1, 4},
      {"\"a\"1", 1, 4},
      {"true false", 1, 6},
      {"[truefalse]", 1, 2},
      {"[1] // a comment", 1, 5},
      {"[1, /* a comment */ 2]", 1, 5},
      {"# a comment\n1", 1, 1},
      {"{\n  \"a\": 1,\n  \"b\" 2\n}", 3, 7},
      {"{\r\n\"a\": tru\r\n}", 2, 6},
      // Strings.
      {"\"", 1, 1},
      {"\"abc", 1, 1},
      {"[\"abc]", 1, 2},
      {"[\n\"a\", \"b\\\"]", 2, 6},
      {"\"\\\"", 1, 1},
      {"\"\\x\"", 1, 2},
      {"\"a\\'b\"", 1, 3},
      {"\"\\U0041\"", 1, 2},
      {"\"\\u\"", 1, 2},
      {"\"\\u12\"", 1, 2},
      {"\"\\u12G4\"", 1, 2},
      {"\"\\u+123\"", 1, 2},
      {"[\"\\ud800\"]", 1, 3},  // half of a pair
      {"\"\\ud800\\n\"", 1, 2},
      {"\"\\ud800\\u0041\"", 1, 2},
      {"\"\\ud800\\ud800\"", 1, 2},
      {"\"\\ud800\\ue000\"", 1, 2},
      {"\"\\udbff\\udbff\"", 1, 2},
      {"\"ab\\udc00\"", 1, 4},
      {"\"a\nb\"", 1, 3},
      {"\"a\tb\"", 1, 3},
      {"\"a\x1F\"", 1, 3},
      {"\"a\0b\""sv, 1, 3},
      {"\0"sv, 1, 1},
      {"1\0"sv, 1, 1},
      {"[1]\0"sv, 1, 4},
      {"[1\f]", 1, 2},
      {"[1,\v2]", 1, 4},
      {"[\xC2\xA0"
       "1]",
       1, 2},
      {"\\n", 1, 1},
      {"[\\\"a\\\"]", 1, 2},
      // Bytes that are not UTF-8.
      {"\"\xFF\"", 1, 2},
      {"\"\xC3\"", 1, 2},
      {"\"\xC0\x80\"", 1, 2},
      {"\"\xED\xA0\x80\"", 1, 2},
      {"[\"ok\",\n\"\xE2\x82\"]", 2, 2},
      {"{\"\x80\":1}", 1, 3},
      {"\xFE\xFF", 1, 1},
      {"\xEF\xBB\xBF\xEF\xBB\xBF"
       "1",
       1, 1},  // only one byte order mark
      {"\xEF\xBB", 1, 1},
  };
  Document document;
  for (const auto& c : cases) {
    CAPTURE(c.text);
    REQUIRE(document.parse("{\"before\":1}").ok());
    const Result<void> result = document.parse(c.text);
    REQUIRE_FALSE(result.ok());
    REQUIRE(result.problems().size() == 1);
    CHECK(result.problems()[0].code == ErrorCode::not_json);
    CHECK(result.problems()[0].line == c.line);
    CHECK(result.problems()[0].column == c.column);
    CHECK_FALSE(document.root());  // nothing is left of the record before
  }
}

TEST_CASE("nesting up to the limit, and not beyond") {
  struct {
    std::string_view open, middle, close;
  } const shapes[] = {
      {"[", "", "]"}, {"[", "1", "]"}, {"{\"a\":", "null", "}"}, {"[{\"a\":", "0", "}]"}};
  Document document;
  for (const auto& shape : shapes) {
    const std::size_t levels = shape.open.size() > 5 ? 2 : 1;
    CAPTURE(shape.open);
    CHECK(document.parse(nested(64 / levels, shape.open, shape.middle, shape.close)).ok());
    const Result<void> deep =
        document.parse(nested(64 / levels + 1, shape.open, shape.middle, shape.close));
    REQUIRE_FALSE(deep.ok());
    CHECK(deep.problems()[0].code == ErrorCode::too_deep);
    CHECK(deep.problems()[0].message.find("64") != std::string::npos);
  }
  // Side by side is not nested.
  CHECK(document.parse("[" + nested(63, "[", "", "]") + "," + nested(63, "[", "", "]") + "]").ok());

  Limits limits;
  limits.record_depth = 0;
  CHECK(document.parse("1", limits).ok());
  CHECK(document.parse("[]", limits).problems()[0].code == ErrorCode::too_deep);
  limits.record_depth = 1;
  CHECK(document.parse("[1]", limits).ok());
  CHECK(document.parse("[{}]", limits).problems()[0].code == ErrorCode::too_deep);
}

TEST_CASE("hostile depth neither crashes nor needs the stack") {
  Limits limits;
  limits.record_bytes = 64 * 1024 * 1024;
  limits.record_depth = static_cast<std::size_t>(-1);
  Document document;
  const std::string deep = nested(1'000'000, "[", "", "]");
  REQUIRE(document.parse(deep, limits).ok());
  CHECK(canonical(document) == deep);
  CHECK_FALSE(document.parse(nested(1'000'000, "[", "", ""), limits).ok());
  CHECK_FALSE(document.parse(nested(1'000'000, "{\"a\":[", "", ""), limits).ok());
  CHECK_FALSE(document.parse(nested(1'000'000, "{\"a\":", "", "")).ok());
}

TEST_CASE("size up to the limit, and not beyond") {
  Limits limits;
  limits.record_bytes = 10;
  Document document;
  CHECK(document.parse("[1,2,3,40]", limits).ok());
  const Result<void> large = document.parse("[1,2,3,400]", limits);
  REQUIRE_FALSE(large.ok());
  CHECK(large.problems()[0].code == ErrorCode::too_large);
  CHECK(large.problems()[0].message.find("11") != std::string::npos);
  CHECK(large.problems()[0].message.find("10") != std::string::npos);
  // Too large is said before anything is read.
  CHECK(document.parse("not json at all", limits).problems()[0].code == ErrorCode::too_large);
  // The default is one mebibyte.
  CHECK(document.parse('"' + std::string(1024 * 1024 - 2, 'a') + '"').ok());
  CHECK(document.parse('"' + std::string(1024 * 1024 - 1, 'a') + '"').problems()[0].code ==
        ErrorCode::too_large);
}

TEST_CASE("no message holds text of the input") {
  const char* const texts[] = {"{\"Margaret\" \"Smith\"}",
                               "{\"Margaret\":\"Smi\\xth\"}",
                               "[\"Margaret",
                               "Margaret",
                               "{\"a\":\"Margaret\nSmith\"}",
                               "{\"a\":Margaret}",
                               "[\"Margaret\xFF\"]",
                               "{} Margaret"};
  Document document;
  for (const char* text : texts) {
    const Result<void> result = document.parse(text);
    REQUIRE_FALSE(result.ok());
    const Problem& problem = result.problems()[0];
    for (const std::string& part : {problem.message, problem.pointer, problem.question}) {
      CHECK(part.find("Margaret") == std::string::npos);
      CHECK(part.find("Smi") == std::string::npos);
    }
  }
}

TEST_CASE("every prefix of a record is refused, and none crashes") {
  const std::string record =
      R"({"a":[1,-2.50e+3,true,null,"x\u00e9\ud83d\udd25"],"b":{"c":{},"d":[[]]},"e":false})";
  Document document;
  REQUIRE(document.parse(record).ok());
  for (std::size_t length = 0; length < record.size(); ++length) {
    // The text stands alone in memory, so that a read behind its end is seen.
    const std::string prefix(record, 0, length);
    CAPTURE(length);
    CHECK_FALSE(document.parse(prefix).ok());
  }
}

TEST_CASE("mutated records never crash, and what is accepted can be written and read again") {
  const std::string seeds[] = {
      R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"1","answer":[{"valueDecimal":)"
      R"(27.50},{"valueBoolean":true}]},{"linkId":"2","text":"caf\u00e9 \"x\"\n"}]})",
      R"([[[]],{"":""},[{"a":{"b":[1e5,-0,0.1]}}],"\ud83d\udd25",null,  false ])",
      "{\"smoking_status\":\"former\",\"depression\":\"no\",\"_id\":7}",
  };
  std::mt19937 random(2026);
  const std::string_view bytes = "\"\\{}[]:,0123456789.eE+-truefalsn \n\t\x80\xC3\xE2\xFFu/d8";
  Document document, again;
  int accepted = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string text = seeds[random() % std::size(seeds)];
    for (std::size_t edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random() % text.size();
      switch (random() % 5) {
        case 0:
          text[at] = bytes[random() % bytes.size()];
          break;
        case 1:
          text.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        case 2:
          text.erase(at, 1 + random() % 6);
          break;
        case 3:
          text.insert(at, text.substr(random() % text.size(), random() % 20));
          break;
        default:
          text[at] = static_cast<char>(text[at] ^ (1 << (random() % 8)));
          break;
      }
    }
    const Result<void> result = document.parse(text);
    if (!result) {
      CHECK(result.problems()[0].line > 0);
      CHECK(result.problems()[0].column <= text.size() + 1);
      continue;
    }
    ++accepted;
    const std::string written = canonical(document);
    REQUIRE_MESSAGE(again.parse(written).ok(), text);
    REQUIRE(canonical(again) == written);
  }
  CHECK(accepted > 300);  // or the mutations would test only one side
}
