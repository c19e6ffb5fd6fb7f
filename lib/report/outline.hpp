// SPDX-License-Identifier: Apache-2.0
// What a report says and in which order, written once for all formats that people read. In: an
// Assessment. Out: headings, labels and sentences in order; a format only sets them. Text in here
// is plain: each format escapes it, and runs it through visible().
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

#include "questionnaire/citation_words.hpp"

namespace fbss::report {

/// What a piece of text is, so that a format can set it apart.
enum class Ink {
  plain,
  strong,  ///< an answer, or the state of a question
  quote,   ///< word for word from a source or from the clinician; the format sets quotation marks
  origin,  ///< where a quote stands; on a line of its own where the format has lines
};

struct Piece {
  Ink ink = Ink::plain;
  std::string text;
  std::string target;  ///< rule id that the piece refers to; empty for none
};
using Sentence = std::vector<Piece>;

/// A label and what belongs to it.
struct Row {
  std::string label;
  std::vector<Sentence> entries;
};

struct FindingText {
  std::string id, title;
  std::string state;  ///< "present", "absent", "unknown" or "not applicable"
  std::string place;  ///< may be empty
  std::vector<Row> rows;
};

/// The findings of one kind within a section.
struct Group {
  std::string heading, remark;
  std::vector<FindingText> findings;
};

/// The findings of one status.
struct Section {
  std::string id;  ///< the status as one word, for links and styles
  std::string heading, intro;
  std::vector<Group> groups;  ///< none: the section says so in `intro`
};

/// One of several things that a part holds, under a title of its own.
struct Card {
  std::string id, title;
  std::vector<Row> rows;
};

/// Anything else that stands under a heading of its own.
struct Part {
  std::string id, heading;
  std::vector<std::string> paragraphs;
  std::vector<Row> rows;
  std::vector<Card> cards = {};  ///< behind the rows
};

struct Outline {
  std::string title;
  std::string sample;   ///< the mark of sample data; empty for other data
  std::string running;  ///< record, date and content in one line, for every printed page
  std::vector<Row> head;
  std::string term;
  Part glance;                    ///< the counted rules by state; without rows where there are none
  std::vector<Section> sections;  ///< present, unknown, absent, not applicable
  std::vector<Part> parts;        ///< from the tally to the questionnaire's identity
};

Outline make_outline(const Assessment& assessment);

/// Sample data or not, record, date, questionnaire and content in one line.
std::string running_text(const Assessment& assessment);

/// Id and version, and the beginning of the content's hash.
std::string content_text(const Questionnaire& questionnaire);

/// A question's wording without the instructions behind it.
std::string wording(const Item& question);

/// "present", "absent", "unknown" or "not applicable"
std::string state_text(Status status);

/// "not asked", "unknown" or "declined"; empty where the question has a value, or is not enabled.
std::string_view open_state(const Assessment& assessment, const Item* question);

/// A question and what was answered, or why there is no answer.
Sentence question_and(const Item& question, std::string_view answer);

constexpr std::string_view sample_mark = "SAMPLE DATA: this record describes no real patient.";
constexpr std::size_t short_hash = 12;  ///< digits of the content's hash where space is short

/// The rows of an exercise's card that a plan has numbers for.
constexpr std::string_view repetitions_label = "Repetitions";
constexpr std::string_view times_a_day_label = "Times a day";

/// An exercise with all that is said about it, and where the source is silent, that it is.
Card make_card(const Questionnaire& questionnaire, const Exercise& exercise);

using fbss::origin;
using fbss::term_text;

/// Intended use, evidence, and those of the notices that are always shown.
Part about_part(const Questionnaire& questionnaire, const std::vector<const Notice*>& notices);

Part sources_part(const Questionnaire& questionnaire);

/// The columns of the widest label. Labels of more than `longest_label` columns have no column of
/// their own; they stand above what they label.
std::size_t widest_label(const std::vector<Row>& rows);
constexpr std::size_t longest_label = 15;

/// The text with every control character shown by its name and line breaks and tabs as spaces, so
/// that no text can steer a terminal or reverse the order of what is read.
std::string visible(std::string_view text);

}  // namespace fbss::report
