// SPDX-License-Identifier: Apache-2.0
// Any form's sheet on paper: what is handed in stands there as text, in order.
#include <string>

#include <fbss/sheet.hpp>

#include "fixture.hpp"
#include "tags.hpp"

namespace {

fbss::SheetEntry entry(const std::string& id, fbss::ItemType type, const std::string& text) {
  fbss::SheetEntry made;
  made.question.id = id;
  made.question.type = type;
  made.question.text = text;
  return made;
}

fbss::Sheet sample() {
  fbss::SheetEntry pain = entry("pain", fbss::ItemType::yes_no, "Any pain?");
  pain.remark = "Has to be answered.";
  fbss::SheetEntry sum = entry("sum", fbss::ItemType::integer, "The sum");
  sum.is_written = false;
  fbss::Sheet sheet{.title = "Diary", .kind = "Blank form", .running = "Diary, version 1"};
  sheet.head = {{"Version", "1"}};
  sheet.before = {{"How to fill in", "With a pen."}};
  sheet.sections.push_back(
      {.id = "1",
       .heading = "A day",
       .remark = "Copy this part.",
       .entries = {entry("hint", fbss::ItemType::display, "In the evening."), pain, sum,
                   entry("far", fbss::ItemType::quantity, "How far?")}});
  return sheet;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a sheet's texts stand in order, questions numbered, displays without boxes") {
  const std::string words = fixture::words_of_html(fbss::handout(sample()));
  CHECK(holds(words, "Diary Blank form "));
  CHECK(holds(words, "Version 1 "));
  CHECK(holds(words, "Before you begin How to fill in With a pen. "));
  CHECK(
      holds(words,
            "A day Copy this part. In the evening. 1 Any pain? Has to be answered. Yes No Unknown "
            "Declined pain Notes 2 The sum Not filled in by hand. sum Notes 3 How far? Answer a "
            "number and its unit Unknown Declined far Notes"));
}

TEST_CASE("what a form's author wrote is text, whatever it holds, also in ids") {
  const std::size_t tags = tags::tags_of(fbss::handout(sample())).size();
  for (const std::string text :
       {"<script>alert(1)</script>", "</style><b>", "\" onload=\"alert(1)", "{{title}}"}) {
    fbss::Sheet sheet = sample();
    sheet.title = sheet.running = sheet.head[0].second = text;
    sheet.sections[0].heading = text;
    for (fbss::SheetEntry& one : sheet.sections[0].entries)
      one.question.id = one.question.text = one.remark = text;
    sheet.sections[0].entries[2].remark = "";
    sheet.sections[0].entries[3].remark = "";
    INFO(text);
    CHECK(tags::tags_of(fbss::handout(sheet)).size() == tags);
  }
}
