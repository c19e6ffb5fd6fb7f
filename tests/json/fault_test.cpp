// SPDX-License-Identifier: Apache-2.0
// What people are told about the mistakes they make most often in JSON.
#include <doctest/doctest.h>

#include <string>

#include <fbss/document.hpp>

using namespace fbss;

TEST_CASE("every message names the way out") {
  struct {
    std::string_view text, told;
  } const cases[] = {
      {"", "empty"},
      {"{\"a\":1", "cut off"},
      {"{\"a\":1,", "cut off"},
      {"[1,2", "closing bracket"},
      {"[1,2,]", "take away the comma"},
      {"{\"a\":1,}", "take away the comma"},
      {"{'a':1}", "double quotes"},
      {"{a:1}", "name in double quotes"},
      {"['x']", "double quotes"},
      {"[1] // one", "one value a line"},
      {"[ // one", "no comments"},
      {"# one", "no comments"},
      {"[NaN]", "write null"},
      {"[Infinity]", "write null"},
      {"[undefined]", "write null"},
      {"[None]", "write null"},
      {"[True]", "small letters"},
      {"[FALSE]", "small letters"},
      {"[Null]", "small letters"},
      {"[+1]", "digit or a minus"},
      {"[.5]", "digit or a minus"},
      {"[01]", "no zero leads"},
      {"[1.]", "no zero leads"},
      {"{\"a\" 1}", "colon"},
      {"{\"a\":1 \"b\":2}", "comma"},
      {"[1 2]", "comma"},
      {"[?]", "value"},
      {"{} {}", "one value a line"},
      {"\"a\\xb\"", "escape"},
      {"\"\\ud800\"", "pair"},
      {"[\"abc]", "closing quote"},
      {"\"a\nb\"", "\\n"},
      {"\"\xE9\"", "UTF-8"},
  };
  Document document;
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const Result<void> result = document.parse(c.text);
    REQUIRE_FALSE(result.ok());
    const std::string& message = result.problems()[0].message;
    CAPTURE(message);
    CHECK(message.find(c.told) != std::string::npos);
    CHECK(message.back() == '.');
  }
}
