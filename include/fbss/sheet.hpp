// SPDX-License-Identifier: Apache-2.0
// Any form on paper, whoever made it: what stands on the sheet is handed in.
//
//     fbss::SheetEntry entry;
//     entry.question.id = "pain";
//     entry.question.type = fbss::ItemType::yes_no;
//     entry.question.text = "Any pain?";
//     fbss::Sheet sheet{.title = "Pain diary", .kind = "Blank form"};
//     sheet.sections.push_back({.id = "day", .heading = "A day", .entries = {entry}});
//     std::cout << fbss::handout(sheet);
//
// Same input, same bytes. Thread-safe; nothing fails.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fbss/questionnaire.hpp>

namespace fbss {

/// A question with its boxes and lines, or a text where its type is display. Of the question count
/// its id, type, text, help, options, unit and range; items within stand as entries of their own.
struct SheetEntry {
  Item question;
  std::string remark{};    ///< beneath the wording: when it is asked, whether it has to be
  bool is_written = true;  ///< false: nobody fills it in by hand (it is worked out elsewhere)
};

struct SheetSection {
  std::string id, heading;
  std::string remark{};  ///< beneath the heading; may be empty
  std::vector<SheetEntry> entries{};
};

struct Sheet {
  std::string title, kind;
  std::string running{};                                      ///< at the top of every printed page
  std::vector<std::pair<std::string, std::string>> head{};    ///< label and text: what it is
  std::vector<std::pair<std::string, std::string>> before{};  ///< the same, before the questions
  std::vector<SheetSection> sections{};
};

/// One HTML file, black on white, without any outside resource, that prints on A4 and Letter: in
/// the form and style of a questionnaire's blank form (report.hpp). Texts are escaped.
std::string handout(const Sheet& sheet);

}  // namespace fbss
