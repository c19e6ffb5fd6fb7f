// SPDX-License-Identifier: Apache-2.0
// `fbss show`: one questionnaire as a person reads it: questions, rules in plain words, sources,
// intended use, evidence. Its JSON is in show_json.cpp.
#include "show_json.hpp"

#include <fbss/questionnaire.hpp>

#include "commands.hpp"
#include "forms.hpp"
#include "questionnaires.hpp"
#include "show_form.hpp"
#include "terminal.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace fbss::app {

namespace {

/// Appends the parts of one questionnaire, in the order of the page.
class Page {
 public:
  Page(const Questionnaire& questionnaire, std::size_t width)
      : questionnaire_(questionnaire), width_(width) {}

  std::string whole() {
    head();
    paragraph("Term", questionnaire_.term());
    paragraph("Intended use", questionnaire_.intended_use());
    paragraph("Evidence", questionnaire_.evidence());
    heading("Questions");
    for (const Item& item : questionnaire_.items()) this->item(item);
    if (!questionnaire_.exercises().empty()) exercises();
    heading("Rules");
    paragraph("", questionnaire_.absent_means());
    for (const Rule& rule : questionnaire_.rules()) this->rule(rule);
    if (!questionnaire_.tallies().empty()) tallies();
    if (!questionnaire_.notices().empty()) notices();
    sources();
    return std::move(out_);
  }

  std::string attributes() {
    head();
    heading("Source attributes");
    for (const Attribute& attribute : questionnaire_.attributes()) {
      line(attribute.name + ":");
      line(attribute.value, "    ");
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text, std::string_view first = {},
            std::optional<std::string_view> rest = std::nullopt) {
    if (!text.empty()) out_ += wrapped(text, width_, first, rest);
  }

  // A line within a question or rule that says what it is: "source: …".
  void labelled(std::string_view label, std::string_view text) {
    line(text, "     " + std::string(label) + ": ", "       ");
  }

  void heading(std::string_view text) {
    out_ += '\n' + printable(text) + '\n' + std::string(columns(text), '=') + '\n';
  }

  void paragraph(std::string_view title, std::string_view text) {
    if (text.empty()) return;
    out_ += '\n';
    line(title);
    line(text, title.empty() ? "" : "  ");
  }

  void head() {
    line(questionnaire_.title());
    line(std::string(questionnaire_.id()) + ", version " + std::string(questionnaire_.version()));
    line("content SHA-256 " + std::string(questionnaire_.sha256()));
  }

  void item(const Item& item) {
    if (item.type == ItemType::group) {
      out_ += '\n';
      line(item.text + (item.optional ? " (optional section)" : ""));
    } else if (item.type == ItemType::display) {
      line(item.text, "  ");
    } else {
      question(item);
    }
    for (const Item& inner : item.items) this->item(inner);
  }

  void question(const Item& item) {
    out_ += '\n';
    line(item.text, "  " + std::to_string(++number_) + ". ");
    labelled("id", item.id);
    if (item.type == ItemType::yes_no) {
      labelled("takes", "yes or no");
    } else if (item.options.empty()) {
      labelled("takes", answer_form(item));
    } else {
      line(item.several ? "takes one or more of:" : "takes one of:", "     ");
      for (const Option& option : item.options) {
        line(option.code + ": " + option.text + (option.exclusive ? " (alone)" : ""), "       - ",
             "         ");
      }
    }
    labelled("help", item.help);
    line(questionnaire_.plain_words_asked(item), "     ");
    if (item.why) labelled("source", citation_text(questionnaire_, *item.why));
  }

  void rule(const Rule& rule) {
    out_ += '\n';
    line(rule.title + " (" + rule.kind + ")", "  ");
    labelled("id", rule.id);
    line(rule.place, "     ");
    line(questionnaire_.plain_words(rule), "     ");
    for (const Citation& cite : rule.cites) {
      labelled("source", citation_text(questionnaire_, cite));
    }
    labelled("interpretation", rule.interpretation);
    labelled("beside the recorded numbers stand those of the exercise", rule.exercise);
    for (const Note& note : rule.notes) {
      labelled("may carry the note", note.text);
      sources_of(note.cites);
    }
    for (const Step& step : rule.steps) {
      labelled("step " + step.timing, step.text);
      sources_of(step.cites);
    }
  }

  void exercises() {
    heading("Exercise cards");
    for (const Exercise& exercise : questionnaire_.exercises()) {
      out_ += '\n';
      line(exercise.title, "  ");
      labelled("id", exercise.id);
      sources_of(exercise.cites);
      if (exercise.position) {
        statement("position", exercise.position->text, exercise.position->cites);
      }
      for (const Statement& step : exercise.steps) statement("step", step.text, step.cites);
      if (exercise.steps.empty()) labelled("steps", "the source gives none");
      for (const auto* amount : {&exercise.repetitions, &exercise.times_a_day}) {
        if (*amount) statement((*amount)->name, (*amount)->text, (*amount)->cites);
      }
      for (const Statement& each : exercise.cautions) statement("caution", each.text, each.cites);
      for (const SourceConflict& conflict : exercise.conflicts) {
        statement("conflict " + conflict.name, conflict.text, conflict.cites);
      }
      labelled("interpretation", exercise.interpretation);
    }
  }

  void statement(std::string_view label, std::string_view text,
                 const std::vector<Citation>& cites) {
    labelled(label, text);
    sources_of(cites);
  }

  void sources_of(const std::vector<Citation>& cites) {
    for (const Citation& cite : cites)
      line(citation_text(questionnaire_, cite), "       source: ", "         ");
  }

  void tallies() {
    heading("Counts");
    for (const TallyDefinition& tally : questionnaire_.tallies()) {
      out_ += '\n';
      line("counts the rules of the kind \"" + tally.kind + "\" as " + tally.noun,
           "  " + tally.id + ": ");
      line(tally.statement, "    ");
    }
  }

  void notices() {
    heading("Notices");
    for (const Notice& notice : questionnaire_.notices()) {
      out_ += '\n';
      line(notice.text + (notice.when.empty() ? "" : " (shown where the answers call for it)"),
           "  - ");
    }
  }

  void sources() {
    heading("Sources");
    for (const Source& source : questionnaire_.sources()) {
      out_ += '\n';
      line(source.publisher + ", “" + source.title + "”", "  ");
      line(source.kind + "; published: " + source.published, "     ");
      labelled("evidence", source.evidence);
      line(source.text_sha256, "     text SHA-256: ");
    }
  }

  const Questionnaire& questionnaire_;
  std::size_t width_;
  std::string out_;
  int number_ = 0;
};

Exit run(const Options& options, Console& console) {
  const bool json = options.value("format", "text") == "json";
  const bool attributes = options.has("attributes");
  const Result<Chosen> chosen = choose(options);
  if (!chosen)
    return tell(console, chosen.problems(), json ? ProblemForm::json : ProblemForm::text,
                Exit::bad_questionnaire);
  if (chosen->is_fhir && !attributes) return show_form(*chosen, options, console);
  Result<Questionnaire> questionnaire = open_questionnaire(*chosen);
  if (!questionnaire) {
    return tell(console, questionnaire.problems(), json ? ProblemForm::json : ProblemForm::text,
                Exit::bad_questionnaire);
  }
  if (json) {
    console.out.write(attributes ? attributes_json(*questionnaire)
                                 : questionnaire_json(*questionnaire));
    return Exit::done;
  }
  Page page(*questionnaire, width_of(console.out, options));
  console.out.write(attributes ? page.attributes() : page.whole());
  return Exit::done;
}

}  // namespace

Command show_command() {
  CommandSpec spec;
  spec.name = "show";
  spec.summary = "one questionnaire: questions, rules in plain words, sources, intended use";
  spec.examples = {
      {"fbss show -q preop_screen | less", "all of it"},
      {"fbss show --attributes", "the thirteen source attributes of 45 CFR 170.315(b)(11)"},
      {"fbss show --format json", "for programs"},
      {"fbss show -q form.json", "the items of any FHIR R4 Questionnaire"},
  };
  spec.options = {questionnaire_option(),
                  {"attributes", 0, "", "only the source attributes", {}, {}, {}},
                  format_option({"text", "json"}),
                  value_sets_option(),
                  width_option()};
  return {std::move(spec), run};
}

}  // namespace fbss::app
