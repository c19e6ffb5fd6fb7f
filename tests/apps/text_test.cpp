// SPDX-License-Identifier: Apache-2.0
// Small work on text.
#include "text.hpp"

#include <doctest/doctest.h>

using namespace fbss::app;

TEST_CASE("text: what could steer the terminal is shown as U+FFFD") {
  const std::string_view bad = "\xEF\xBF\xBD";
  const std::string_view steering[] = {
      "\x1b",         "\n",   "\x7f",     "\xC2\x9B",      // CSI as one character
      "\xE2\x80\xAE",                                      // right-to-left override
      "\xEF\xBB\xBF", "\xFF", "\xC0\x80", "\xED\xA0\x80",  // no UTF-8
  };
  for (const std::string_view text : steering) {
    const std::string shown = printable(text);
    CHECK(shown.starts_with(bad));
    CHECK(shown.find(text) == std::string::npos);
  }
  CHECK(printable("Zoë’s “x” — 5 µg 漢 \xF0\x9F\xA6\xB4") ==
        "Zoë’s “x” — 5 µg 漢 \xF0\x9F\xA6\xB4");
}

TEST_CASE("text: UTF-8") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("Zo\xC3\xAB \xEF\xBF\xBD"));
  for (const std::string_view bad : {"Zo\xEB", "\xC3", "\xE2\x80", "\xF5\x80\x80\x80", "\x80"}) {
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("text: wrapping") {
  CHECK(wrapped("one two three", 7) == "one two\nthree\n");
  CHECK(wrapped("one two three", 9, "- ") == "- one two\n  three\n");
  CHECK(wrapped("one two three", 9, "x: ", " ") == "x: one\n two\n three\n");
  CHECK(wrapped("a wordlongerthanaline b", 5) == "a\nwordlongerthanaline\nb\n");
  CHECK(wrapped("", 10, "- ") == "- \n");
  CHECK(wrapped("äöü äöü", 7) == "äöü äöü\n");
}

TEST_CASE("text: cut to a width") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "ab…");
  CHECK(shortened("äöüß", 3) == "äö…");
  CHECK(shortened("", 1) == "");
}

TEST_CASE("text: the nearest word") {
  const std::vector<std::string_view> words = {"screen", "batch", "check", "show",
                                               "smoking_status"};
  CHECK(nearest("scren", words) == "screen");
  CHECK(nearest("SCREEN", words) == "screen");
  CHECK(nearest("hsow", words) == "show");
  CHECK(nearest("smoking", words) == "smoking_status");
  CHECK(nearest("fhirpath", words) == "");
  CHECK(nearest(std::string(100'000, 'x'), words) == "");
  CHECK(nearest("", words) == "");
}

TEST_CASE("text: words of a shell") {
  CHECK(shell_word("answers.json") == "answers.json");
  CHECK(shell_word("my answers.json") == "'my answers.json'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("$(x)") == "'$(x)'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("text: lists and numbers") {
  CHECK(listed({}) == "");
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b"}) == "a and b");
  CHECK(listed({"a", "b", "c"}, "or") == "a, b or c");
  CHECK(whole_number("12") == 12);
  for (const std::string_view none : {"", "-1", "+1", " 1", "1 ", "1x", "99999999999999999999"}) {
    CHECK_FALSE(whole_number(none));
  }
  CHECK(counted(1, "record") == "1 record");
  CHECK(counted(0, "record") == "0 records");
}
