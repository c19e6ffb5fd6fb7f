// SPDX-License-Identifier: Apache-2.0
// Turns an Assessment into the ordered content of a report. In: findings in the file's order. Out:
// present, unknown, absent, not applicable; within each the kinds in their order; the tally only
// after the list; then what was not answered, the clinician's words, and what the report rests on.
#include "report/outline.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fbss/version.hpp>

#include "base/utf8.hpp"

namespace fbss::report {
namespace {

/// How findings of a kind are headed. Kinds that are not named here follow in the file's order
/// under their own word.
struct KindWords {
  std::string_view kind, heading, present, absent;
};
constexpr KindWords kind_words[] = {
    {"factor", "Listed factors", "", ""},
    {"step", "Prevention steps",
     "Present here means that the step is open, or is not recorded as done. Steps are not counted.",
     "Absent here means that the answers do not leave the step open. Steps are not counted."},
    {"note", "Notes", "Notes are not counted.", "Notes are not counted."},
};

struct StatusWords {
  Status status;
  std::string_view id, heading, intro, none;
};
constexpr StatusWords status_words[] = {
    {Status::present, "present", "Present", "The answers match these lines of the source.",
     "No line of the source is matched by the answers."},
    {Status::unknown, "unknown", "Could not be determined",
     "Unknown is not no: these stay open until one of the questions named is answered.",
     "Nothing was left open."},
    {Status::absent, "absent", "Absent", "", "Nothing was found absent."},
    {Status::not_applicable, "not_applicable", "Not applicable",
     "A recorded answer, shown with each, makes these not applicable.",
     "Nothing is made not applicable by an answer."},
};

constexpr std::size_t short_hash = 12;

std::string state_text(Status status) {
  return status == Status::not_applicable ? "not applicable" : std::string(status_word(status));
}

std::string capital(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  std::size_t behind_first = 0;
  if (!text.empty()) next_character(text, &behind_first);
  return to_upper(text.substr(0, behind_first)) + text.substr(behind_first);
}

std::string in_quotes(std::string_view text) {
  return "“" + std::string(text) + "”";
}

Sentence plain(std::string_view text) {
  return {{Ink::plain, std::string(text), {}}};
}

Row row(std::string_view label, std::string_view text) {
  return {std::string(label), {plain(text)}};
}

/// A question's wording without the instructions behind it.
std::string wording(const Item& question) {
  const std::size_t end = question.text.find('?');
  return end == std::string::npos ? question.text : question.text.substr(0, end + 1);
}

/// A question and what was answered, or why there is no answer.
Sentence question_and(const Item& question, std::string_view answer) {
  return {{Ink::plain, wording(question), {}}, {Ink::strong, std::string(answer), {}}};
}

class Maker {
 public:
  explicit Maker(const Assessment& assessment) : a_(assessment), q_(assessment.questionnaire) {}

  Outline make() {
    Outline out;
    out.title = q_.title();
    if (a_.sample) out.sample = "SAMPLE DATA: this record describes no real patient.";
    const std::string record = a_.record_id.empty() ? "not given" : a_.record_id;
    const std::string date = a_.date.empty() ? "not given" : a_.date;
    const std::string file = std::string(q_.id()) + ' ' + std::string(q_.version());
    const std::string content(q_.sha256().substr(0, short_hash));
    const std::string engine = "fbss " + std::string(version());
    out.running = (a_.sample ? "SAMPLE DATA, record " : "Record ") + record + ", date " + date +
                  ", " + file + ", content " + content;
    out.head = {row("Record", record), row("Date", date), row("Questionnaire", file),
                row("Content", "sha256 " + content), row("Engine", engine)};
    out.term = q_.term();
    for (const Citation& cite : q_.term_cites()) out.term += " (" + origin(cite) + ')';
    collect_kinds();
    out.glance = glance();
    for (const StatusWords& words : status_words) out.sections.push_back(section(words));

    tallies(out);
    checks(out);
    unanswered(out);
    own_words(out);
    about(out);
    sources(out);
    out.parts.push_back(
        {"identity",
         "Questionnaire and engine",
         {},
         {row("Questionnaire", file), row("Content", "sha256 " + std::string(q_.sha256())),
          row("Engine", engine)}});
    return out;
  }

 private:
  /// The kinds that occur: those that have words first, then the others in the file's order.
  void collect_kinds() {
    const auto occurs = [this](std::string_view kind) {
      return std::any_of(a_.findings.begin(), a_.findings.end(),
                         [&](const Finding& finding) { return finding.rule->kind == kind; });
    };
    for (const KindWords& words : kind_words)
      if (occurs(words.kind)) kinds_.push_back(words);
    for (const Finding& finding : a_.findings) {
      const std::string_view kind = finding.rule->kind;
      const bool known = std::any_of(kinds_.begin(), kinds_.end(),
                                     [&](const KindWords& words) { return words.kind == kind; });
      if (!known) kinds_.push_back({kind, {}, {}, {}});
    }
  }

  bool counted(std::string_view kind) const {
    return std::any_of(q_.tallies().begin(), q_.tallies().end(),
                       [&](const TallyDefinition& tally) { return tally.kind == kind; });
  }

  std::string kind_heading(const KindWords& words) const {
    for (const TallyDefinition& tally : q_.tallies())
      if (tally.kind == words.kind) return capital(tally.noun);
    return words.heading.empty() ? capital(words.kind) : std::string(words.heading);
  }

  Part glance() const {
    Part part{"glance", "At a glance", {}, {}};
    for (const StatusWords& words : status_words) {
      Row states{capital(state_text(words.status)), {}};
      for (const Finding& finding : a_.findings)
        if (finding.status == words.status && counted(finding.rule->kind))
          states.entries.push_back({{Ink::plain, finding.rule->title, finding.rule->id}});
      if (!states.entries.empty()) part.rows.push_back(std::move(states));
    }
    for (const TallyDefinition& tally : q_.tallies()) {
      part.heading += part.heading == "At a glance" ? ": the " : " and the ";
      part.heading += tally.noun;
    }
    return part;
  }

  Section section(const StatusWords& words) const {
    Section section{
        std::string(words.id), std::string(words.heading), std::string(words.intro), {}};
    if (words.status == Status::absent) section.intro = q_.absent_means();
    for (const KindWords& kind : kinds_) {
      Group group{kind_heading(kind), {}, {}};
      if (words.status == Status::present) group.remark = kind.present;
      if (words.status == Status::absent) group.remark = kind.absent;
      for (const Finding& finding : a_.findings)
        if (finding.status == words.status && finding.rule->kind == kind.kind)
          group.findings.push_back(finding_text(finding));
      if (!group.findings.empty()) section.groups.push_back(std::move(group));
    }
    if (section.groups.empty()) section.intro = words.none;
    return section;
  }

  FindingText finding_text(const Finding& finding) const {
    const Rule& rule = *finding.rule;
    FindingText text{rule.id, rule.title, state_text(finding.status), rule.place, {}};
    const auto add = [&text](Row added) {
      if (!added.entries.empty()) text.rows.push_back(std::move(added));
    };

    Row answers{finding.because.size() == 1 ? "Answer" : "Answers", {}};
    for (const Given& given : finding.because)
      answers.entries.push_back(question_and(*given.question, given.label));
    add(std::move(answers));
    if (finding.status == Status::unknown) add(would_settle(finding));

    add({rule.cites.size() == 1 ? "Source" : "Sources", citations(rule.cites)});
    const std::string words = q_.plain_words(rule);
    if (!words.empty()) add(row("Rule", words));
    if (!rule.interpretation.empty()) add(row("How we read it", rule.interpretation));
    for (const Note* note : finding.notes) {
      Row told = row("Note", note->text);
      for (Sentence& cite : citations(note->cites)) told.entries.push_back(std::move(cite));
      add(std::move(told));
    }
    add_steps(text, rule);
    return text;
  }

  /// A step "in general" is none against the factor: it stands apart from those with a time.
  void add_steps(FindingText& text, const Rule& rule) const {
    Row prevention{"Prevention", {}}, general{"In general", {}};
    for (const Step& step : rule.steps) {
      const bool timed = step.timing != "in general";
      Row& told = timed ? prevention : general;
      told.entries.push_back(
          plain(timed ? "Source names a step " + step.timing + ": " + step.text : step.text));
      for (Sentence& cite : citations(step.cites)) told.entries.push_back(std::move(cite));
    }
    if (prevention.entries.empty() && rule.kind == "factor")
      prevention.entries.push_back(plain("Source names no step for this"));
    for (Row* told : {&prevention, &general})
      if (!told->entries.empty()) text.rows.push_back(std::move(*told));
  }

  static bool holds(const std::vector<const Item*>& list, const Item* question) {
    return std::find(list.begin(), list.end(), question) != list.end();
  }

  bool open(const Item* question) const {
    return holds(a_.not_asked, question) || holds(a_.unknown, question) ||
           holds(a_.declined, question);
  }

  std::string_view open_state(const Item* question) const {
    return holds(a_.unknown, question)    ? "unknown"
           : holds(a_.declined, question) ? "declined"
                                          : "not asked";
  }

  Row would_settle(const Finding& finding) const {
    Row settle{"Settled by", {}};
    for (const Item* question : finding.would_settle)
      settle.entries.push_back(question_and(*question, open_state(question)));
    if (!settle.entries.empty()) return settle;
    for (const Item* question : q_.questions_of(*finding.rule))
      if (open(question)) settle.entries.push_back(question_and(*question, open_state(question)));
    // What is left without an open question can only be the day on which the record is assessed.
    settle.entries.insert(
        settle.entries.begin(),
        plain(settle.entries.empty() ? "The date of the assessment, which is not given."
                                     : "No single answer alone; these together:"));
    return settle;
  }

  std::vector<Sentence> citations(const std::vector<Citation>& cites) const {
    std::vector<Sentence> sentences;
    for (const Citation& cite : cites)
      sentences.push_back({{Ink::quote, cite.phrase, {}}, {Ink::origin, origin(cite), {}}});
    return sentences;
  }

  std::string origin(const Citation& cite) const {
    const Source* source = q_.source(cite.source);
    std::string text = source ? source->publisher + ", " + in_quotes(source->title) : cite.source;
    if (!cite.heading.empty()) text += ", under " + in_quotes(cite.heading);
    return text;
  }

  void tallies(Outline& out) const {
    for (const Tally& tally : a_.tallies)
      out.parts.push_back({"tally_" + tally.definition->id,
                           "Tally of the " + tally.definition->noun,
                           {tally.sentence + ' ' + tally.definition->statement},
                           {}});
  }

  /// Answers that are allowed but odd.
  void checks(Outline& out) const {
    Part part{"checks", "Please check", {}, {}};
    for (const Notice* notice : a_.notices)
      if (!notice->when.empty()) part.paragraphs.push_back(notice->text);
    if (!part.paragraphs.empty()) out.parts.push_back(std::move(part));
  }

  void unanswered(Outline& out) const {
    Part part{"unanswered", "Questions without an answer", {}, {}};
    const auto add = [&part](std::string_view label, const std::vector<const Item*>& questions) {
      Row listed{std::string(label), {}};
      for (const Item* question : questions) listed.entries.push_back(plain(wording(*question)));
      if (!listed.entries.empty()) part.rows.push_back(std::move(listed));
    };
    add("Not asked", a_.not_asked);
    add("Unknown", a_.unknown);
    add("Declined", a_.declined);
    part.paragraphs = {part.rows.empty()
                           ? "Every question that applies has an answer."
                           : "Unknown means asked and not known. None of these is read as no."};
    out.parts.push_back(std::move(part));
  }

  void own_words(Outline& out) const {
    Part part{"own_words",
              "In the clinician’s own words",
              {"Shown as typed; not counted and not interpreted."},
              {}};
    for (const Given& given : a_.answers)
      if (given.question->type == ItemType::text || given.question->type == ItemType::long_text)
        part.rows.push_back({wording(*given.question), {{{Ink::quote, given.label, {}}}}});
    if (!part.rows.empty()) out.parts.push_back(std::move(part));
  }

  void about(Outline& out) const {
    Part part{"about", "About this report", {}, {}};
    if (!q_.intended_use().empty()) part.rows.push_back(row("Intended use", q_.intended_use()));
    if (!q_.evidence().empty()) part.rows.push_back(row("Evidence", q_.evidence()));
    Row notices{"Notices", {}};
    for (const Notice* notice : a_.notices)
      if (notice->when.empty()) notices.entries.push_back(plain(notice->text));
    if (!notices.entries.empty()) part.rows.push_back(std::move(notices));
    out.parts.push_back(std::move(part));
  }

  void sources(Outline& out) const {
    Part part{"sources", "Sources", {}, {}};
    for (const Source& source : q_.sources())
      part.rows.push_back(
          {source.title,
           {plain(source.publisher + "; " + source.kind), plain("Published: " + source.published),
            plain("Evidence: " + source.evidence)}});
    out.parts.push_back(std::move(part));
  }

  const Assessment& a_;
  const Questionnaire& q_;
  std::vector<KindWords> kinds_;
};

}  // namespace

Outline make_outline(const Assessment& assessment) {
  return Maker(assessment).make();
}

std::size_t widest_label(const std::vector<Row>& rows) {
  std::size_t columns = 0;
  for (const Row& row : rows) columns = std::max(columns, count_columns(visible(row.label)));
  return columns;
}

std::string visible(std::string_view text) {
  if (is_valid_utf8(text) && !find_control_character(text)) return std::string(text);
  std::string out;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t start = position;
    const char32_t character = next_character(text, &position);
    const std::string_view bytes = text.substr(start, position - start);
    if (character == U'\n' || character == U'\r' || character == U'\t')
      out += ' ';
    else if (find_control_character(bytes))
      out += '[' + character_name(character) + ']';
    else
      append_utf8(out, character);
  }
  return out;
}

}  // namespace fbss::report
