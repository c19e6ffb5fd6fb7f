// SPDX-License-Identifier: Apache-2.0
// Vectors of RFC 8785: section 3.2.2 (the example), 3.2.3 (sorting), appendix B (numbers).
#include "questionnaire/canonical_form.hpp"

#include <doctest/doctest.h>

namespace {

std::string canonical(const std::string& text) {
  const auto tree = fbss::read_file(text, "", {});
  REQUIRE(tree.ok());
  return fbss::canonical_form(tree->root());
}

}  // namespace

TEST_CASE("RFC 8785: the example of section 3.2.2") {
  CHECK(canonical(R"({
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false] })") ==
        R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
        "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST_CASE("RFC 8785: names are sorted by UTF-16 units (section 3.2.3)") {
  CHECK(canonical(R"({
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis" })") ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
        "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
        "\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("RFC 8785: numbers (appendix B, as decimals)") {
  struct Row {
    const char* in;
    const char* out;
  };
  const Row rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.0", "0"},
      {"5e-324", "5e-324"},
      {"-5e-324", "-5e-324"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"},
      {"9007199254740992", "9007199254740992"},
      {"-9007199254740992", "-9007199254740992"},
      {"295147905179352830000", "295147905179352830000"},
      {"9.999999999999997e22", "9.999999999999997e+22"},
      {"1e23", "1e+23"},
      {"1.0000000000000001e23", "1.0000000000000001e+23"},
      {"999999999999999700000", "999999999999999700000"},
      {"999999999999999900000", "999999999999999900000"},
      {"1e21", "1e+21"},
      {"9.999999999999997e-7", "9.999999999999997e-7"},
      {"0.000001", "0.000001"},
      {"333333333.3333332", "333333333.3333332"},
      {"-0.0000033333333333333333", "-0.0000033333333333333333"},
      {"1424953923781206.2", "1424953923781206.2"},
      {"999", "999"},
      {"1.0", "1"},
      {"100", "100"},
      {"1.50", "1.5"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.in);
    CHECK(fbss::canonical_number(row.in) == row.out);
  }
}

TEST_CASE("the same content written otherwise has the same form, other content another") {
  CHECK(canonical("{\"b\": [1.0, \"x\"], \"a\": \"\\u0041\"}") ==
        canonical("{ \"a\":\"A\",\n\"b\":[1,\"x\"] }"));
  CHECK(canonical("[1, 2]") != canonical("[2, 1]"));
}
