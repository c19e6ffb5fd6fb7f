// SPDX-License-Identifier: Apache-2.0
// The terminal's report: no line wider than asked, colour never the only sign, free text harmless.
#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "fixture.hpp"

namespace {

std::string without_styles(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\x1b') {
      out += text[i];
      continue;
    }
    // Bold, dim and back: nothing else may steer the terminal.
    const std::string_view style = text.substr(i, 4);
    REQUIRE((style == "\x1b[0m" || style == "\x1b[1m" || style == "\x1b[2m"));
    i += 3;
  }
  return out;
}

/// The columns of the widest line; lines end with a line break and without spaces.
std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  CHECK(text.back() == '\n');
  CHECK(text.find(" \n") == std::string::npos);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    widest = std::max(widest, fbss::count_columns(text.substr(start, end - start)));
    start = end + 1;
  }
  return widest;
}

}  // namespace

TEST_CASE("no line is wider than asked, and none ends in a space") {
  for (const std::string_view record : fixture::records) {
    fbss::Assessment assessment = fixture::screen(record);
    assessment.record_id = std::string(150, 'x');  // a word that fits no line
    const int step = record == fixture::mixed ? 1 : 13;
    for (int width = 40; width <= 140; width += step) {
      INFO(width);
      CHECK(widest_line(fbss::report_text(assessment, {width, false})) <=
            static_cast<std::size_t>(width));
    }
  }
}

TEST_CASE("widths below the least are taken as the least") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  CHECK(fbss::report_text(assessment, {-3, false}) == fbss::report_text(assessment, {40, false}));
}

TEST_CASE("wide characters are measured in columns") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  std::string wide;
  for (int i = 0; i < 70; ++i) wide += "脊";
  for (fbss::Given& given : assessment.answers)
    if (given.question->id == "other_preexisting_condition_text") given.label = wide;
  for (const int width : {40, 41, 80})
    CHECK(widest_line(fbss::report_text(assessment, {width, false})) <=
          static_cast<std::size_t>(width));
}

TEST_CASE("colour adds no word and no colour of its own") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    for (const int width : {40, 80, 120}) {
      const std::string plain = fbss::report_text(assessment, {width, false});
      const std::string styled = fbss::report_text(assessment, {width, true});
      CHECK(plain.find('\x1b') == std::string::npos);
      CHECK(styled.find('\x1b') != std::string::npos);
      CHECK(without_styles(styled) == plain);
    }
  }
}

TEST_CASE("control characters in an answer or a record's id do not reach the terminal") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  assessment.record_id = "id\x1b]0;title\x07";
  for (fbss::Given& given : assessment.answers) given.label = "\x1b[31mred\r\xe2\x80\xae";
  const std::string text = fbss::report_text(assessment);
  CHECK(text.find_first_of("\x1b\x07\r") == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("id[U+001B]]0;title[U+0007]") != std::string::npos);
}
