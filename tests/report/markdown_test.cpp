// SPDX-License-Identifier: Apache-2.0
// The Markdown report: text of clinicians never acts as markup, headings do not skip a level.
#include <string>

#include "fixture.hpp"

TEST_CASE("what a clinician typed is escaped") {
  const struct {
    std::string_view typed, shown;
  } cases[] = {
      {"gout", "“gout”"},
      {"*bold* _it_ `code`", "“\\*bold\\* \\_it\\_ \\`code\\`”"},
      {"in_a_word, __init__, _", "“in_a_word, \\_\\_init\\_\\_, \\_”"},
      {"[a](b) ![c](d)", "“\\[a\\](b) \\!\\[c\\](d)”"},
      {"<script>alert(1)</script>", "“\\<script\\>alert(1)\\</script\\>”"},
      {"a | b # c", "“a \\| b \\# c”"},
      {"&amp; = ~x~ $y$", "“\\&amp; \\= \\~x\\~ \\$y\\$”"},
      {"see https://example.org", "“see https\\://example.org”"},
      {"www.example.org", "“www\\.example.org”"},
      {"back\\slash", "“back\\\\slash”"},
  };
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  for (const auto& row : cases) {
    for (fbss::Given& given : assessment.answers)
      if (given.question->id == "other_preexisting_condition_text") given.label = row.typed;
    const std::string note = fbss::report_markdown(assessment);
    INFO(std::string(row.typed));
    CHECK(note.find(row.shown) != std::string::npos);
  }
}

TEST_CASE("a line break in a text starts no new block") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  assessment.record_id = "one\n# two\r\n- three";
  const std::string note = fbss::report_markdown(assessment);
  CHECK(note.find("- Record: one \\# two  - three\n") != std::string::npos);
}

TEST_CASE("the note begins with its one first-level heading, and headings skip no level") {
  for (const std::string_view record : fixture::records) {
    const std::string note = fbss::report_markdown(fixture::screen(record));
    CHECK(note.rfind("# ", 0) == 0);
    std::size_t level = 0;
    std::size_t first_level = 0;
    for (std::size_t start = 0; start < note.size(); start = note.find('\n', start) + 1) {
      const std::size_t marks = note.find_first_not_of('#', start) - start;
      if (marks == 0) continue;
      CHECK(note[start + marks] == ' ');
      CHECK(marks <= level + 1);
      // A heading stands between blank lines.
      if (start > 0) CHECK(note.substr(start - 2, 2) == "\n\n");
      CHECK(note[note.find('\n', start) + 1] == '\n');
      level = marks;
      if (marks == 1) ++first_level;
    }
    CHECK(first_level == 1);
    CHECK(note.back() == '\n');
  }
}
