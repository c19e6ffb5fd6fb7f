// SPDX-License-Identifier: Apache-2.0
// A questionnaire: questions, rules and the sources they rest on; loaded and checked once, then
// immutable.
//
//     auto loaded = fbss::load_builtin("preop_screen");
//     for (const fbss::Item* question : loaded->questions())
//       std::cout << question->id << ": " << question->text << '\n';
//
// Threads: a Questionnaire is immutable; copies share it and any number of threads may read and
// evaluate it at once. The model is FHIR's item tree (groups, nesting, repeats); the file format is
// described in questionnaires/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss {

/// What a question asks for. The words of the file format are those in comments; FHIR's types stand
/// beside them.
enum class ItemType : std::uint8_t {
  group,    ///< "group": a section; asks nothing itself (FHIR group)
  display,  ///< "display": text only (FHIR display)
  yes_no,   ///< "yes_no": a Boolean in rules (FHIR boolean, exported as choice)
  choice,  ///< "choice": the code of one of its options, a String in rules; several where `several`
           ///< (FHIR choice)
  open_choice,  ///< FHIR open-choice
  integer,      ///< "integer" (FHIR integer)
  decimal,      ///< "decimal" (FHIR decimal)
  date,         ///< "date": YYYY, YYYY-MM or YYYY-MM-DD (FHIR date)
  date_time,    ///< FHIR dateTime
  time,         ///< FHIR time
  text,         ///< "text": free text, shown and never interpreted (FHIR string)
  long_text,    ///< FHIR text
  url,          ///< FHIR url
  quantity,     ///< FHIR quantity
  attachment,   ///< FHIR attachment
  reference,    ///< FHIR Reference
};

/// A code in a terminology (FHIR Coding).
struct Coding {
  std::string system, code, display;
};

/// One answer that a choice offers.
struct Option {
  std::string code;        ///< snake_case; what a record and a rule hold
  std::string text;        ///< what a person reads
  bool exclusive = false;  ///< allows no other option beside it
  std::vector<Coding> codings;
  std::string code_list;  ///< url of a value set whose codes mean the same; may be empty
};

/// A place in a source: the phrase stands there word for word (at most twelve words, U+00A0 read as
/// a space).
struct Citation {
  std::string source;  ///< id of a Source
  std::string
      heading;  ///< the heading it stands under; empty where the source has none for the place
  std::string phrase;
};

/// A document that statements rest on.
struct Source {
  std::string id, title, publisher, kind, published;
  std::string evidence;     ///< one clause on its weight: "cites no studies"
  std::string text_sha256;  ///< of the source's text with U+00A0 read as a space
};

/// What resources of a patient's chart say about a question (prefill.hpp applies it). Of a
/// question's rules the first that finds a resource counts: one that only shows passes over
/// resources that a rule before it has found.
struct ChartRule {
  std::string find;      ///< FHIRPath over the chart; gives resources
  std::string suggests;  ///< the answer that they speak for, as a record holds it; empty: they are
                         ///< shown only
  std::vector<std::string> speaks_against;  ///< answers that they contradict; may be empty
  std::string text;  ///< what they say, in our words; may be empty where they suggest
};

/// A named part of the chart that chart rules read as %name.
struct ChartVariable {
  std::string name;
  std::string value;  ///< FHIRPath over the chart
};

/// A question, or a group of them.
struct Item {
  std::string id;  ///< snake_case; FHIR's linkId; %id in rules
  ItemType type{};
  std::string text;             ///< the wording (a group: its title)
  std::string help;             ///< how to answer in doubtful cases; may be empty
  std::string unit;             ///< what a number counts, for instance "repetitions"; may be empty
  bool several = false;         ///< takes several answers (FHIR repeats)
  bool optional = false;        ///< a group that may be left out as a whole
  std::vector<Option> options;  ///< choice only; yes_no has none
  std::optional<std::int64_t> least,
      most;                      ///< integer: the range that is taken, both ends included
  std::string asked_when;        ///< FHIRPath; empty: always asked
  std::optional<Citation> why;   ///< what the question rests on
  std::vector<ChartRule> chart;  ///< what a patient's chart says about it
  std::string code_list;         ///< url of a value set whose codes mean the same; may be empty
  std::vector<Item> items;       ///< a group's questions
};

/// A remark that a finding shows when its condition holds.
struct Note {
  std::string when;  ///< FHIRPath
  std::string text;
  std::string brief;  ///< a few words for the count sentence ("no earlier operation"); may be empty
  std::vector<Citation> cites;  ///< where the remark tells what a source says; may be empty
};

/// A step that a source names against a factor.
struct Step {
  std::string timing;  ///< "before surgery", "after surgery" or "in general"
  std::string text;    ///< in our own words
  std::vector<Citation> cites;
};

/// What a source says, in our own words.
struct Statement {
  std::string text;
  std::vector<Citation> cites;  ///< at least one
};

/// A number that a source gives for an exercise.
struct Amount {
  std::string name;      ///< "repetitions" or "times a day"
  std::string text;      ///< "10", "at least 2"
  std::string question;  ///< id of the question that records it; empty where none does
  std::vector<Citation> cites;
};

/// Where a source disagrees with itself or leaves open what it means.
struct SourceConflict {
  std::string name;  ///< as the documentation lists it: "X2"
  std::string text;  ///< what stands there, and how it is treated
  std::vector<Citation> cites;
};

/// An exercise card: what the sources say about one exercise, and no more than that.
struct Exercise {
  std::string id, title;
  std::string planned_when;           ///< FHIRPath; reports show the card where it holds
  std::vector<Citation> cites;        ///< where the source names it; at least one
  std::optional<Statement> position;  ///< none: the source states none; so for all that follows
  std::vector<Statement> steps;
  std::optional<Amount> repetitions, times_a_day;
  std::vector<Statement> cautions;
  std::vector<SourceConflict> conflicts;
  std::string interpretation;  ///< how the source is read; may be empty
};

/// A statement of a source about an answer pattern.
struct Rule {
  std::string id, kind, title;
  std::string brief;  ///< the title in a word or two for the count sentence; may be empty
  std::string
      place;  ///< where in the source's list it stands ("line 3 of the source's 6 …"); may be empty
  std::string applies_when;     ///< FHIRPath; empty: always
  std::string present_when;     ///< FHIRPath
  std::vector<Citation> cites;  ///< at least one
  std::string interpretation;   ///< how vague words of the source are read; may be empty
  std::vector<Note> notes;
  std::vector<Step> steps;
  std::string exercise;  ///< id of the exercise whose numbers stand beside the recorded ones; may
                         ///< be empty
};

/// How many rules of a kind came out how.
struct TallyDefinition {
  std::string id, kind;
  std::string noun;       ///< plural, for the count sentence: "listed factors"
  std::string statement;  ///< stands behind every count
};

/// A sentence that reports carry.
struct Notice {
  std::string id;
  std::string text;
  std::string when;  ///< FHIRPath; empty: always shown. For odd but allowed answers ("check this")
};

/// One attribute that decision support discloses about itself (45 CFR 170.315(b)(11)(iv)(A)).
struct Attribute {
  std::string name, value;
};

class Questionnaire {
 public:
  std::string_view id() const;
  std::string_view version() const;
  std::string_view title() const;
  std::string_view sha256() const;  ///< of the content: RFC 8785 of the parsed file, lower-case hex
  std::string_view intended_use() const;
  std::string_view evidence() const;  ///< what the sources are worth, in a sentence or two
  std::string_view term() const;      ///< what the condition is called here, and its other name
  std::span<const Citation> term_cites() const;  ///< where the term's wording quotes a source
  std::string_view absent_means() const;         ///< "absent means that …, nothing more"

  std::span<const Item> items() const;  ///< the tree: sections with their questions
  std::span<const Item* const> questions()
      const;  ///< every question, in order; groups and displays are left out
  const Item* question(std::string_view id) const;     ///< null where there is none
  const Item& section_of(const Item& question) const;  ///< the group that holds it
  std::span<const ChartVariable> chart_variables() const;
  std::span<const Exercise> exercises() const;
  const Exercise* exercise(std::string_view id) const;  ///< null where there is none
  std::span<const Rule> rules() const;
  const Rule* rule(std::string_view id) const;
  std::span<const Source> sources() const;
  const Source* source(std::string_view id) const;
  std::span<const TallyDefinition> tallies() const;
  std::span<const Notice> notices() const;
  std::span<const Attribute> attributes() const;

  /// The questions that a rule reads, in order, those of its gate first; variables are followed.
  std::span<const Item* const> questions_of(const Rule& rule) const;

  /// A condition in plain words, generated from the expression that is evaluated: "the answer to
  /// "…" is Yes".
  std::string plain_words(const Rule& rule) const;  ///< "Present when …. Applies only when …."
  std::string plain_words_asked(
      const Item& question) const;  ///< "Asked only when …." or "" for always

  struct Model;  // lib/questionnaire/model.hpp
  const Model& model() const { return *model_; }
  explicit Questionnaire(std::shared_ptr<const Model> model) : model_(std::move(model)) {}

 private:
  std::shared_ptr<const Model> model_;
};

/// Reads and checks a questionnaire file's text. `file` is the name for messages. All problems that
/// can be found are reported together, each with file, line, column, JSON pointer and a hint. Cost:
/// milliseconds (rules are tried out).
Result<Questionnaire> load_questionnaire(std::string_view json, std::string_view file = {},
                                         const Limits& limits = {});

/// One of the questionnaires compiled into the library; problem bad_reference where there is none
/// of that id.
Result<Questionnaire> load_builtin(std::string_view id);

/// The ids of the built-in questionnaires, and the text of one (the bytes of its file); empty where
/// there is none.
std::span<const std::string_view> builtin_ids();
std::string_view builtin_text(std::string_view id);

/// One text that may be a source: its file name for messages, and its bytes.
struct SourceText {
  std::string file;
  std::string text;
};

/// Looks up every citation in the texts (found by text_sha256): source_not_found,
/// heading_not_in_source, phrase_not_in_source. A phrase must stand under its own heading. Nothing
/// is printed or opened.
Problems check_sources(const Questionnaire& questionnaire, std::span<const SourceText> texts);

/// Fills in file, line and column of problems that have only a JSON pointer, from the file's text.
/// A pointer that leads nowhere, or a text that is no JSON, leaves its problem as it is.
void add_places(Problems& problems, std::string_view json, std::string_view file,
                const Limits& limits = {});

}  // namespace fbss
