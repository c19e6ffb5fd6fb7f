// SPDX-License-Identifier: Apache-2.0
// The questionnaire on paper. In: a Questionnaire, an Assessment of it, or any form's Sheet. Out:
// handout.mustache.html, filled: the blank form, or the exercise cards where the questionnaire has
// exercises, with the plan's numbers and findings where there are answers.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/report.hpp>
#include <fbss/sheet.hpp>
#include <fbss/version.hpp>

#include "questionnaire/heading.hpp"
#include "report/outline.hpp"
#include "report/page.hpp"

namespace fbss {
namespace {

using report::data;
using report::Ink;
using report::Part;
using report::Row;
using report::Sentence;

Sentence plain(std::string text) {
  return {{Ink::plain, std::move(text), {}}};
}

/// What is written on the line of a question without options.
std::string written_answer(const Item& question) {
  std::string out;
  switch (question.type) {
    case ItemType::integer:
      out = "a whole number";
      break;
    case ItemType::decimal:
      out = "a number";
      break;
    case ItemType::quantity:
      out = "a number and its unit";
      break;
    case ItemType::date:
      return "year, year and month, or year, month and day";
    case ItemType::date_time:
      return "year, month, day and time";
    case ItemType::time:
      return "hour and minute";
    case ItemType::url:
      return "a web address";
    case ItemType::attachment:
      return "attached";
    default:
      return "in a few words";
  }
  if (question.least) out += " from " + std::to_string(*question.least);
  if (question.most) out += " to " + std::to_string(*question.most);
  if (!question.unit.empty()) out += ": " + question.unit;
  return out;
}

data options_data(const Item& question) {
  std::vector<std::string> texts;
  if (question.type == ItemType::yes_no) texts = {"Yes", "No"};
  for (const Option& option : question.options)
    texts.push_back(option.text + (option.exclusive ? " (alone)" : ""));
  if (texts.empty()) return data(false);
  data list(data::type::list);
  for (const std::string& text : texts) {
    data one;
    one.set("text", text);
    list.push_back(one);
  }
  data out;
  out.set("list", list);
  return out;
}

/// A question that is filled in by hand.
data written_question(const Item& question, std::size_t number, const std::string& asked) {
  data out;
  out.set("is_question", data(true));
  out.set("is_written", data(true));
  out.set("display", data(false));
  out.set("elsewhere", data(false));
  out.set("id", question.id);
  out.set("anchor", question.id);
  out.set("number", std::to_string(number));
  out.set("text", question.text);
  out.set("asked", report::text_or_nothing(asked));
  out.set("help", report::text_or_nothing(question.help));
  const data options = options_data(question);
  const bool written = options.is_false() || question.type == ItemType::open_choice;
  out.set("options", options);
  out.set("write", written ? data(written_answer(question)) : data(false));
  out.set("why", data(false));
  return out;
}

data rows_data(const std::vector<Row>& rows) {
  data out;
  report::set_rows(out, rows, true);
  return out;
}

/// Where a page begins: a style sheet whose running head says what it is.
void set_style(data& page, const std::string& running) {
  page.set("running", running);
  page.set("style", report::embedded("handout.css") +
                        "@page { @top-left { content: " + report::css_string(running) + "; } }");
}

data field(std::string_view label, const std::string& value = {}) {
  data out;
  out.set("label", std::string(label));
  out.set("value", value);
  return out;
}

/// Lines to write on in any handout.
void add_fields(data& list) {
  for (const std::string_view label : {"Filled in by", "Checked by", "Date", "Signature"})
    list.push_back(field(label));
}

class Handout {
 public:
  Handout(const Questionnaire& questionnaire, const Assessment* assessment)
      : q_(questionnaire), a_(assessment) {}

  std::string page() const {
    const bool cards = !q_.exercises().empty();
    const bool sample = a_ && a_->sample;
    const std::string kind = !cards ? "Blank form"
                             : a_   ? "Exercise cards of the plan"
                                    : "Exercise cards";
    const std::string file = std::string(q_.id()) + ' ' + std::string(q_.version());
    const std::string hash(q_.sha256());
    const std::string running = (sample ? "SAMPLE DATA, " : "") + kind + ", " + file +
                                ", content " + hash.substr(0, report::short_hash);
    data page;
    page.set("title", std::string(q_.title()));
    page.set("kind", kind + ", for the patient’s file");
    set_style(page, running);
    page.set("sample", report::text_or_nothing(sample ? std::string(report::sample_mark) : ""));
    page.set("fields", fields());
    page.set("head", rows_data({{"Questionnaire", {plain(file)}},
                                {"Content", {plain("sha256 " + hash)}},
                                {"Engine", {plain("fbss " + std::string(version()))}}}));
    page.set("term", report::text_or_nothing(report::term_text(q_)));
    page.set("first_parts", first_parts(cards));
    page.set("form", cards ? data(false) : form());
    page.set("before_cards", findings(Status::present));
    page.set("cards", cards ? this->cards() : data(false));
    page.set("behind_cards", findings(Status::unknown));
    return report::render("handout.mustache.html", std::move(page));
  }

 private:
  static data parts_data(const std::vector<Part>& parts) {
    data list(data::type::list);
    for (const Part& part : parts) list.push_back(report::part_data(part));
    data out;
    out.set("parts", list);
    return out;
  }

  /// What is known of the record, the rest as lines to write on.
  data fields() const {
    data list(data::type::list);
    list.push_back(field("Record", a_ ? a_->record_id : ""));
    list.push_back(field("Date", a_ ? a_->date : ""));
    add_fields(list);
    return list;
  }

  data first_parts(bool cards) const {
    std::vector<const Notice*> notices;
    for (const Notice& notice : q_.notices()) notices.push_back(&notice);
    Part about = report::about_part(q_, notices);
    about.heading = "Before you begin";
    if (!cards)
      about.rows.push_back(
          {"How to fill in",
           {plain("Mark one box for each question, unless it says that several may be marked. "
                  "Unknown: asked, and not known. Declined: asked, and the patient declined. "
                  "Without a mark a question counts as not asked. None of these is read as no.")}});
    std::vector<Part> parts{std::move(about)};
    if (a_)
      for (Part& part : report::make_outline(*a_).parts)
        if (part.id == "checks") parts.push_back(std::move(part));
    parts.push_back(sources());
    return parts_data(parts);
  }

  data form() const {
    data sections(data::type::list);
    const std::span<const Item* const> questions = q_.questions();
    for (std::size_t i = 0; i < questions.size();) {
      const Item& section = q_.section_of(*questions[i]);
      data list(data::type::list);
      for (; i < questions.size() && &q_.section_of(*questions[i]) == &section; ++i)
        list.push_back(question_data(*questions[i], i + 1));
      data one;
      one.set("id", section.id);
      one.set("remark", data(false));
      one.set("heading", heading_of(section));
      one.set("questions", list);
      sections.push_back(one);
    }
    return sections;
  }

  data question_data(const Item& question, std::size_t number) const {
    std::string asked = q_.plain_words_asked(question);
    if (question.several) asked += (asked.empty() ? "" : " ") + std::string("Mark all that apply.");
    data out = written_question(question, number, asked);
    data why(false);
    if (question.why) why = quote_data(*question.why, report::origin(q_, *question.why));
    out.set("why", why);
    return out;
  }

  static data quote_data(const Citation& cite, const std::string& origin) {
    data out;
    out.set("phrase", cite.phrase);
    out.set("origin", origin);
    return out;
  }

  /// The findings of one status, as in a report.
  data findings(Status status) const {
    if (!a_ || q_.exercises().empty()) return data(false);
    data list(data::type::list);
    for (report::Section& section : report::make_outline(*a_).sections) {
      if (section.id != status_word(status)) continue;
      section.heading = status == Status::present ? "Findings present in the plan"
                                                  : "Findings that could not be determined";
      list.push_back(report::section_data(section));
    }
    data out;
    out.set("sections", list);
    return out;
  }

  /// The planned exercises, or all where there are no answers.
  std::vector<const Exercise*> shown() const {
    if (a_) return a_->exercises;
    std::vector<const Exercise*> all;
    for (const Exercise& exercise : q_.exercises()) all.push_back(&exercise);
    return all;
  }

  data cards() const {
    const std::vector<const Exercise*> exercises = shown();
    data list(data::type::list);
    for (const Exercise* exercise : exercises) list.push_back(card(*exercise));
    data out;
    out.set("intro",
            exercises.empty()
                ? "No exercise of this questionnaire is recorded as planned."
                : "What the sources say of each exercise, in our own words, and no more. A "
                  "number of the plan that differs from the source’s is a difference, never "
                  "a mistake: whoever guides the exercises may have set it on purpose.");
    out.set("list", list);
    return out;
  }

  /// The card as in a report, but for the numbers: they stand beside those of the plan.
  data card(const Exercise& exercise) const {
    const report::Card card = report::make_card(q_, exercise);
    std::vector<Row> rows;
    data numbers(data::type::list);
    for (const Row& row : card.rows) {
      if (row.label == report::repetitions_label)
        numbers.push_back(number(row, exercise.repetitions));
      else if (row.label == report::times_a_day_label)
        numbers.push_back(number(row, exercise.times_a_day));
      else
        rows.push_back(row);
    }
    data out;
    report::set_rows(out, rows, true);
    out.set("id", card.id);
    out.set("title", card.title);
    out.set("numbers", numbers);
    return out;
  }

  data number(const Row& row, const std::optional<Amount>& amount) const {
    data out = report::row_data(row);
    out.set("recorded", amount ? recorded(amount->question) : "");
    return out;
  }

  /// The answer of the plan, or why there is none; nothing to write on where no question asks.
  std::string recorded(const std::string& question) const {
    const Item* asked = q_.question(question);
    if (!a_ || !asked) return {};
    for (const Given& given : a_->answers)
      if (given.question == asked) return given.label;
    const auto holds = [&](const std::vector<const Item*>& list) {
      return std::find(list.begin(), list.end(), asked) != list.end();
    };
    return holds(a_->unknown) ? "unknown" : holds(a_->declined) ? "declined" : "not asked";
  }

  /// The sources, each with the headings under which the questions or the exercises stand there.
  Part sources() const {
    Part part = report::sources_part(q_);
    std::vector<Citation> cites;
    for (const Exercise* exercise : shown())
      cites.insert(cites.end(), exercise->cites.begin(), exercise->cites.end());
    if (q_.exercises().empty())
      for (const Item* question : q_.questions())
        if (question->why) cites.push_back(*question->why);
    for (std::size_t i = 0; i < part.rows.size(); ++i) {
      const Source& source = q_.sources()[i];
      std::vector<std::string> headings;
      for (const Citation& cite : cites)
        if (cite.source == source.id && !cite.heading.empty() &&
            std::find(headings.begin(), headings.end(), cite.heading) == headings.end())
          headings.push_back(cite.heading);
      std::string list;
      for (const std::string& heading : headings)
        list += (list.empty() ? "Cited under: “" : "; “") + heading + "”";
      if (!list.empty()) part.rows[i].entries.push_back(plain(list));
      part.rows[i].entries.push_back(plain("Text: sha256 " + source.text_sha256));
    }
    return part;
  }

  const Questionnaire& q_;
  const Assessment* a_;
};

std::vector<Row> plain_rows(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::vector<Row> rows;
  for (const auto& [label, text] : pairs) rows.push_back({label, {plain(text)}});
  return rows;
}

data entry_data(const SheetEntry& entry, std::size_t& number) {
  if (entry.question.type == ItemType::display) {
    data out;
    out.set("is_question", data(false));
    out.set("display", entry.question.text);
    return out;
  }
  data out = written_question(entry.question, ++number, entry.remark);
  out.set("anchor", std::to_string(number));  // linkIds may hold anything
  if (entry.is_written) return out;
  out.set("is_written", data(false));
  out.set("options", data(false));
  out.set("write", data(false));
  out.set("elsewhere", "Not filled in by hand.");
  return out;
}

data sections_data(const Sheet& sheet) {
  data sections(data::type::list);
  std::size_t number = 0;
  for (const SheetSection& section : sheet.sections) {
    data entries(data::type::list);
    for (const SheetEntry& entry : section.entries) entries.push_back(entry_data(entry, number));
    data one;
    one.set("id", section.id);
    one.set("heading", section.heading);
    one.set("remark", report::text_or_nothing(section.remark));
    one.set("questions", entries);
    sections.push_back(one);
  }
  return sections;
}

}  // namespace

std::string handout(const Questionnaire& questionnaire) {
  return Handout(questionnaire, nullptr).page();
}

std::string handout(const Assessment& assessment) {
  return Handout(assessment.questionnaire, &assessment).page();
}

std::string handout(const Sheet& sheet) {
  data page;
  page.set("title", sheet.title);
  page.set("kind", sheet.kind);
  set_style(page, sheet.running);
  page.set("sample", data(false));
  data fields(data::type::list);
  fields.push_back(field("Record"));
  fields.push_back(field("Date"));
  add_fields(fields);
  page.set("fields", fields);
  page.set("head", rows_data(plain_rows(sheet.head)));
  page.set("term", data(false));
  data parts(data::type::list);
  parts.push_back(report::part_data({.id = "about",
                                     .heading = "Before you begin",
                                     .paragraphs = {},
                                     .rows = plain_rows(sheet.before)}));
  data first;
  first.set("parts", parts);
  page.set("first_parts", first);
  page.set("form", sections_data(sheet));
  for (const char* part : {"before_cards", "cards", "behind_cards"}) page.set(part, data(false));
  return report::render("handout.mustache.html", std::move(page));
}

}  // namespace fbss
