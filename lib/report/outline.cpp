// SPDX-License-Identifier: Apache-2.0
// Turns an Assessment into the ordered content of a report. In: findings in the file's order. Out:
// present, unknown, absent, not applicable; within each the kinds in their order; the tally only
// after the list; then what was not answered, the clinician's words, and what the report rests on.
#include "report/outline.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <fbss/version.hpp>

#include "base/temporal.hpp"
#include "base/temporal_spans.hpp"
#include "base/utf8.hpp"
#include "report/chart.hpp"
#include "report/truth_table.hpp"

namespace fbss::report {
namespace {

/// How findings of a kind are headed. Kinds that are not named here follow in the file's order
/// under their own word.
struct KindWords {
  std::string_view kind, heading, present, absent;
};
constexpr KindWords kind_words[] = {
    {"finding", "Description of the term", "", ""},
    {"action", "Advice of the source", "", ""},
    {"symptom", "Symptoms", "", ""},
    {"factor", "Listed factors", "", ""},
    {"step", "Prevention steps",
     "Present here means that the step is open, or is not recorded as done. Steps are not counted.",
     "Absent here means that the answers do not leave the step open. Steps are not counted."},
    {"test", "Tests that the source names",
     "Present here means that the source names the test for what is recorded, and that it is not "
     "recorded as done.",
     ""},
    {"option", "Treatments that the source names", "", ""},
    {"readiness", "Before the exercises", "", ""},
    {"caution", "Cautions", "", ""},
    {"dose", "Recorded numbers and the source’s",
     "Present here means that the numbers differ. A difference is not a mistake.",
     "Absent here means that the recorded numbers do not differ in the way that the rule says."},
    {"adherence", "Following the plan", "", ""},
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

std::string capital(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  std::size_t behind_first = 0;
  if (!text.empty()) next_character(text, &behind_first);
  return to_upper(text.substr(0, behind_first)) + text.substr(behind_first);
}

std::string or_not_given(const std::string& text) {
  return text.empty() ? "not given" : text;
}

std::string file_text(const Questionnaire& questionnaire) {
  return std::string(questionnaire.id()) + ' ' + std::string(questionnaire.version());
}

std::string short_content(const Questionnaire& questionnaire) {
  return std::string(questionnaire.sha256().substr(0, short_hash));
}

Sentence plain(std::string_view text) {
  return {{Ink::plain, std::string(text), {}}};
}

Row row(std::string_view label, std::string_view text) {
  return {std::string(label), {plain(text)}};
}

/// "14 days before the date of the assessment"; from a month on in whole months. Empty where one of
/// the dates does not name its day.
std::string time_before(std::string_view date, std::string_view assessed) {
  const auto from = Temporal::parse(date, TemporalKind::date);
  const auto to = Temporal::parse(assessed, TemporalKind::date);
  if (!from || !to) return {};
  const auto days = duration(*from, *to, {TemporalField::day});
  const auto months = duration(*from, *to, {TemporalField::month});
  if (!days || !months || *days < 0) return {};
  const std::int64_t count = *months > 0 ? *months : *days;
  return std::to_string(count) + (*months > 0 ? " whole month" : " day") + (count == 1 ? "" : "s") +
         " before the date of the assessment";
}

class Maker {
 public:
  explicit Maker(const Assessment& assessment) : a_(assessment), q_(assessment.questionnaire) {}

  Outline make() {
    Outline out;
    out.title = q_.title();
    if (a_.sample) out.sample = sample_mark;
    const std::string file = file_text(q_);
    const std::string engine = "fbss " + std::string(version());
    out.running = running_text(a_);
    out.head = {row("Record", or_not_given(a_.record_id)), row("Date", or_not_given(a_.date)),
                row("Questionnaire", file), row("Content", "sha256 " + short_content(q_)),
                row("Engine", engine)};
    out.term = term_text(q_);
    collect_kinds();
    out.glance = glance();
    for (const StatusWords& words : status_words) out.sections.push_back(section(words));

    exercises(out);
    tallies(out);
    checks(out);
    unanswered(out);
    if (a_.chart) out.parts.push_back(chart_part(*a_.chart, &a_));
    only_shown(out);
    own_words(out);
    if (!a_.explanations.empty()) out.parts.push_back(truth_table_legend());
    out.parts.push_back(about_part(q_, a_.notices));
    out.parts.push_back(sources_part(q_));
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
    if (finding.status == Status::unknown) {
      add(would_settle(finding));
      if (a_.chart) add(suggested_row(*a_.chart, settling(finding)));
    }
    add(numbers(finding));

    add({rule.cites.size() == 1 ? "Source" : "Sources", citations(rule.cites)});
    const std::string words = q_.plain_words(rule);
    if (!words.empty()) add(row("Rule", words));
    if (!a_.explanations.empty())
      for (Row& told : truth_table(q_, explanation_of(finding))) add(std::move(told));
    if (!rule.interpretation.empty()) add(row("How we read it", rule.interpretation));
    for (const Note* note : finding.notes) {
      Row told = row("Note", note->text);
      for (Sentence& cite : citations(note->cites)) told.entries.push_back(std::move(cite));
      add(std::move(told));
    }
    add_steps(text, rule);
    return text;
  }

  const Explanation& explanation_of(const Finding& finding) const {
    return a_.explanations[static_cast<std::size_t>(&finding - a_.findings.data())];
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

  /// The questions that would settle an unknown finding, each alone or else all together.
  std::vector<const Item*> settling(const Finding& finding) const {
    if (!finding.would_settle.empty()) return finding.would_settle;
    std::vector<const Item*> open;
    for (const Item* question : q_.questions_of(*finding.rule))
      if (!open_state(a_, question).empty()) open.push_back(question);
    return open;
  }

  Row would_settle(const Finding& finding) const {
    Row settle{"Settled by", {}};
    const std::vector<const Item*> questions = settling(finding);
    // What is left without an open question can only be the day on which the record is assessed.
    if (finding.would_settle.empty())
      settle.entries.push_back(plain(questions.empty()
                                         ? "The date of the assessment, which is not given."
                                         : "No single answer alone; these together:"));
    for (const Item* question : questions)
      settle.entries.push_back(question_and(*question, open_state(a_, question)));
    return settle;
  }

  std::vector<Sentence> citations(const std::vector<Citation>& cites) const {
    std::vector<Sentence> sentences;
    for (const Citation& cite : cites)
      sentences.push_back({{Ink::quote, cite.phrase, {}}, {Ink::origin, origin(q_, cite), {}}});
    return sentences;
  }

  std::string not_recorded(const Item* question) const {
    const std::string_view state = open_state(a_, question);
    return std::string(state.empty() ? "not asked" : state);
  }

  /// Recorded numbers and the source's, each pair on a line: neither stands above the other.
  Row numbers(const Finding& finding) const {
    Row pairs{"Numbers", {}};
    for (const ComparedNumber& number : finding.numbers) {
      const std::string recorded =
          number.recorded.empty() ? not_recorded(number.question) : number.recorded;
      pairs.entries.push_back(plain(capital(number.named->name) + ": recorded " + recorded +
                                    ", source " + number.named->text));
    }
    return pairs;
  }

  void exercises(Outline& out) const {
    Part part{"exercises",
              "Exercise cards",
              {"What the source says about each planned exercise, in our own words beside its own. "
               "Whoever guides the exercises may say otherwise."},
              {}};
    for (const Exercise* exercise : a_.exercises) part.cards.push_back(make_card(q_, *exercise));
    if (!part.cards.empty()) out.parts.push_back(std::move(part));
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

  /// "…? → An answer settles 1 to 3 of those left open"
  static Sentence settles_most(const SettlingQuestion& first) {
    std::string count = std::to_string(first.most);
    if (first.fewest != first.most)
      count = (first.fewest == 0 ? "up to " : std::to_string(first.fewest) + " to ") + count;
    return question_and(*first.question, "an answer settles " + count + " of those left open");
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
    if (!a_.settles_most.empty())
      part.rows.push_back({"Settles most", {settles_most(a_.settles_most.front())}});
    part.paragraphs = {part.rows.empty()
                           ? "Every question that applies has an answer."
                           : "Unknown means asked and not known. None of these is read as no."};
    out.parts.push_back(std::move(part));
  }

  bool read_by_rule(const Item* question) const {
    return std::any_of(q_.rules().begin(), q_.rules().end(), [&](const Rule& rule) {
      const auto read = q_.questions_of(rule);
      return std::find(read.begin(), read.end(), question) != read.end();
    });
  }

  /// Dates that no rule reads, and how long before the assessment they lie.
  void only_shown(Outline& out) const {
    Part part{"only_shown",
              "Recorded dates",
              {"Shown as recorded. No rule reads them, and no finding rests on them."},
              {}};
    for (const Given& given : a_.answers) {
      if (given.question->type != ItemType::date || read_by_rule(given.question)) continue;
      Row shown = row(wording(*given.question), given.label);
      const std::string since = time_before(given.answer, a_.date);
      if (!since.empty()) shown.entries.push_back(plain(since));
      part.rows.push_back(std::move(shown));
    }
    if (!part.rows.empty()) out.parts.push_back(std::move(part));
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

  const Assessment& a_;
  const Questionnaire& q_;
  std::vector<KindWords> kinds_;
};

}  // namespace

Outline make_outline(const Assessment& assessment) {
  return Maker(assessment).make();
}

std::string running_text(const Assessment& assessment) {
  const Questionnaire& questionnaire = assessment.questionnaire;
  return (assessment.sample ? "SAMPLE DATA, record " : "Record ") +
         or_not_given(assessment.record_id) + ", date " + or_not_given(assessment.date) + ", " +
         content_text(questionnaire);
}

std::string content_text(const Questionnaire& questionnaire) {
  return file_text(questionnaire) + ", content " + short_content(questionnaire);
}

std::string wording(const Item& question) {
  const std::size_t end = question.text.find('?');
  return end == std::string::npos ? question.text : question.text.substr(0, end + 1);
}

std::string state_text(Status status) {
  return status == Status::not_applicable ? "not applicable" : std::string(status_word(status));
}

std::string_view open_state(const Assessment& assessment, const Item* question) {
  const auto holds = [question](const std::vector<const Item*>& list) {
    return std::find(list.begin(), list.end(), question) != list.end();
  };
  if (holds(assessment.not_asked)) return "not asked";
  if (holds(assessment.unknown)) return "unknown";
  return holds(assessment.declined) ? "declined" : "";
}

Sentence question_and(const Item& question, std::string_view answer) {
  return {{Ink::plain, wording(question), {}}, {Ink::strong, std::string(answer), {}}};
}

Part about_part(const Questionnaire& questionnaire, const std::vector<const Notice*>& notices) {
  Part part{"about", "About this report", {}, {}};
  if (!questionnaire.intended_use().empty())
    part.rows.push_back(row("Intended use", questionnaire.intended_use()));
  if (!questionnaire.evidence().empty())
    part.rows.push_back(row("Evidence", questionnaire.evidence()));
  Row listed{"Notices", {}};
  for (const Notice* notice : notices)
    if (notice->when.empty()) listed.entries.push_back(plain(notice->text));
  if (!listed.entries.empty()) part.rows.push_back(std::move(listed));
  return part;
}

Part sources_part(const Questionnaire& questionnaire) {
  Part part{"sources", "Sources", {}, {}};
  for (const Source& source : questionnaire.sources())
    part.rows.push_back(
        {source.title,
         {plain(source.publisher + "; " + source.kind), plain("Published: " + source.published),
          plain("Evidence: " + source.evidence)}});
  return part;
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
