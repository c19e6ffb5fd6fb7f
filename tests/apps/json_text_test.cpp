// SPDX-License-Identifier: Apache-2.0
// JSON out: always valid, whatever comes in.
#include "json_text.hpp"

#include <doctest/doctest.h>

#include <fbss/document.hpp>

using namespace fbss::app;

TEST_CASE("json: strings") {
  const auto written = [](std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
  };
  CHECK(written("") == "\"\"");
  CHECK(written("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(written("a\nb\tc") == "\"a\\nb\\u0009c\"");
  CHECK(written(std::string_view("\0", 1)) == "\"\\u0000\"");
  CHECK(written("Zoë \xFF") == "\"Zoë \xEF\xBF\xBD\"");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = written(std::string(3, static_cast<char>(byte)));
    CHECK(fbss::Document().parse(text).ok());
  }
}

TEST_CASE("json: compact and indented") {
  const auto fill = [](JsonWriter& json) {
    json.begin_object().key("a").number(-1).key("b").begin_array();
    json.boolean(true).null().begin_object().end_object().begin_array().end_array();
    json.end_array().key("c").string_or_null("").end_object();
  };
  std::string compact, indented;
  JsonWriter one(compact), other(indented, JsonWriter::Layout::indented);
  fill(one);
  fill(other);
  CHECK(compact == R"({"a":-1,"b":[true,null,{},[]],"c":null})");
  CHECK(indented ==
        "{\n  \"a\": -1,\n  \"b\": [\n    true,\n    null,\n    {},\n    []\n  ],\n"
        "  \"c\": null\n}");
}
