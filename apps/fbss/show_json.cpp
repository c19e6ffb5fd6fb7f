// SPDX-License-Identifier: Apache-2.0
// A questionnaire as JSON; see show_json.hpp.
#include "show_json.hpp"

#include "forms.hpp"
#include "json_text.hpp"
#include "wording.hpp"

namespace fbss::app {

namespace {

void add_citation(JsonWriter& json, const Citation& cite) {
  json.begin_object().key("source").string(cite.source);
  json.key("heading").string(cite.heading).key("phrase").string(cite.phrase).end_object();
}

void add_citations(JsonWriter& json, const std::vector<Citation>& cites) {
  json.key("citations").begin_array();
  for (const Citation& cite : cites) add_citation(json, cite);
  json.end_array();
}

void add_bound(JsonWriter& json, std::string_view name, const std::optional<std::int64_t>& bound) {
  if (bound) json.key(name).number(*bound);
}

void add_bounds(JsonWriter& json, const Item& question) {
  add_bound(json, "least", question.least);
  add_bound(json, "most", question.most);
}

void add_options(JsonWriter& json, const Item& question) {
  json.key("options").begin_array();
  for (const Option& option : question.options) {
    json.begin_object().key("code").string(option.code).key("text").string(option.text);
    json.key("exclusive").boolean(option.exclusive).key("codings").begin_array();
    for (const Coding& coding : option.codings) {
      json.begin_object().key("system").string(coding.system).key("code").string(coding.code);
      json.key("display").string(coding.display).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void add_item(JsonWriter& json, const Questionnaire& questionnaire, const Item& item) {
  json.begin_object().key("id").string(item.id).key("type").string(type_word(item.type));
  json.key("text").string(item.text);
  if (item.type == ItemType::group) {
    json.key("optional").boolean(item.optional);
  } else {
    json.key("help").string(item.help).key("unit").string(item.unit);
    json.key("several").boolean(item.several);
    add_options(json, item);
    add_bounds(json, item);
    json.key("asked_when").string(item.asked_when);
    json.key("asked_when_in_words").string(questionnaire.plain_words_asked(item));
    json.key("why");
    if (item.why) {
      add_citation(json, *item.why);
    } else {
      json.null();
    }
  }
  if (!item.items.empty()) {
    json.key("items").begin_array();
    for (const Item& inner : item.items) add_item(json, questionnaire, inner);
    json.end_array();
  }
  json.end_object();
}

void add_statement(JsonWriter& json, const std::string& text, const std::vector<Citation>& cites) {
  json.key("text").string(text);
  add_citations(json, cites);
  json.end_object();
}

void add_statements(JsonWriter& json, std::string_view name,
                    const std::vector<Statement>& statements) {
  json.key(name).begin_array();
  for (const Statement& statement : statements) {
    json.begin_object();
    add_statement(json, statement.text, statement.cites);
  }
  json.end_array();
}

void add_amount(JsonWriter& json, std::string_view name, const std::optional<Amount>& amount) {
  json.key(name);
  if (!amount) {
    json.null();
    return;
  }
  json.begin_object().key("question").string(amount->question);
  add_statement(json, amount->text, amount->cites);
}

void add_exercise(JsonWriter& json, const Exercise& exercise) {
  json.begin_object().key("id").string(exercise.id).key("title").string(exercise.title);
  json.key("planned_when").string(exercise.planned_when);
  add_citations(json, exercise.cites);
  json.key("position");
  if (exercise.position) {
    json.begin_object();
    add_statement(json, exercise.position->text, exercise.position->cites);
  } else {
    json.null();
  }
  add_statements(json, "steps", exercise.steps);
  add_amount(json, "repetitions", exercise.repetitions);
  add_amount(json, "times_a_day", exercise.times_a_day);
  add_statements(json, "cautions", exercise.cautions);
  json.key("conflicts").begin_array();
  for (const SourceConflict& conflict : exercise.conflicts) {
    json.begin_object().key("name").string(conflict.name);
    add_statement(json, conflict.text, conflict.cites);
  }
  json.end_array();
  json.key("interpretation").string(exercise.interpretation).end_object();
}

void add_rule(JsonWriter& json, const Questionnaire& questionnaire, const Rule& rule) {
  json.begin_object().key("id").string(rule.id).key("kind").string(rule.kind);
  json.key("title").string(rule.title).key("brief").string(rule.brief);
  json.key("place").string(rule.place).key("applies_when").string(rule.applies_when);
  json.key("present_when").string(rule.present_when);
  json.key("plain_words").string(questionnaire.plain_words(rule)).key("questions").begin_array();
  for (const Item* question : questionnaire.questions_of(rule)) json.string(question->id);
  json.end_array();
  add_citations(json, rule.cites);
  json.key("interpretation").string(rule.interpretation).key("notes").begin_array();
  for (const Note& note : rule.notes) {
    json.begin_object().key("when").string(note.when).key("text").string(note.text);
    json.key("brief").string(note.brief);
    add_citations(json, note.cites);
    json.end_object();
  }
  json.end_array().key("steps").begin_array();
  for (const Step& step : rule.steps) {
    json.begin_object().key("timing").string(step.timing).key("text").string(step.text);
    add_citations(json, step.cites);
    json.end_object();
  }
  json.end_array().key("exercise").string(rule.exercise).end_object();
}

// The item at that place with those within; the place behind them.
std::size_t add_form_item(JsonWriter& json, const std::vector<FormItem>& items, std::size_t at) {
  const FormItem& item = items[at];
  const Item& question = item.question;
  const bool is_question = question.type != ItemType::group && question.type != ItemType::display;
  json.begin_object().key("id").string(question.id).key("type").string(item.type);
  json.key("text").string(question.text).key("help").string(question.help);
  json.key("several").boolean(question.several).key("required").boolean(item.required);
  json.key("read_only").boolean(item.read_only).key("hidden").boolean(item.hidden);
  if (is_question) {
    json.key("units").begin_array();
    for (const std::string& unit : item.units) json.string(unit);
    json.end_array();
    add_options(json, question);
    json.key("code_list").string(question.code_list);
    add_bounds(json, question);
    json.key("calculated").string(item.calculated);
  }
  json.key("asked_when").string(question.asked_when);
  std::size_t next = at + 1;
  if (next < items.size() && items[next].depth > item.depth) {
    json.key("items").begin_array();
    while (next < items.size() && items[next].depth > item.depth)
      next = add_form_item(json, items, next);
    json.end_array();
  }
  json.end_object();
  return next;
}

void add_identity(JsonWriter& json, const Questionnaire& questionnaire) {
  json.key("id").string(questionnaire.id()).key("version").string(questionnaire.version());
  json.key("title").string(questionnaire.title()).key("sha256").string(questionnaire.sha256());
}

void add_attributes(JsonWriter& json, const Questionnaire& questionnaire) {
  json.key("attributes").begin_array();
  for (const Attribute& attribute : questionnaire.attributes()) {
    json.begin_object().key("name").string(attribute.name);
    json.key("value").string(attribute.value).end_object();
  }
  json.end_array();
}

void add_sources(JsonWriter& json, const Questionnaire& questionnaire) {
  json.key("sources").begin_array();
  for (const Source& source : questionnaire.sources()) {
    json.begin_object().key("id").string(source.id).key("title").string(source.title);
    json.key("publisher").string(source.publisher).key("kind").string(source.kind);
    json.key("published").string(source.published).key("evidence").string(source.evidence);
    json.key("text_sha256").string(source.text_sha256).end_object();
  }
  json.end_array();
}

}  // namespace

std::string questionnaire_json(const Questionnaire& questionnaire) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  add_identity(json, questionnaire);
  json.key("term").string(questionnaire.term());
  json.key("intended_use").string(questionnaire.intended_use());
  json.key("evidence").string(questionnaire.evidence());
  json.key("absent_means").string(questionnaire.absent_means());
  add_attributes(json, questionnaire);
  add_sources(json, questionnaire);
  json.key("items").begin_array();
  for (const Item& item : questionnaire.items()) add_item(json, questionnaire, item);
  json.end_array().key("exercises").begin_array();
  for (const Exercise& exercise : questionnaire.exercises()) add_exercise(json, exercise);
  json.end_array().key("rules").begin_array();
  for (const Rule& rule : questionnaire.rules()) add_rule(json, questionnaire, rule);
  json.end_array().key("tallies").begin_array();
  for (const TallyDefinition& tally : questionnaire.tallies()) {
    json.begin_object().key("id").string(tally.id).key("kind").string(tally.kind);
    json.key("noun").string(tally.noun).key("statement").string(tally.statement).end_object();
  }
  json.end_array().key("notices").begin_array();
  for (const Notice& notice : questionnaire.notices()) {
    json.begin_object().key("id").string(notice.id).key("text").string(notice.text);
    json.key("when").string(notice.when).end_object();
  }
  json.end_array().end_object();
  return out + '\n';
}

std::string form_json(const Form& form) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object().key("url").string(form.url()).key("version").string(form.version());
  json.key("title").string(form.title()).key("items").begin_array();
  const std::vector<FormItem> items = items_of(form);
  for (std::size_t at = 0; at < items.size();) at = add_form_item(json, items, at);
  json.end_array();
  add_issues(json, form.issues());
  json.end_object();
  return out + '\n';
}

std::string attributes_json(const Questionnaire& questionnaire) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  add_identity(json, questionnaire);
  add_attributes(json, questionnaire);
  json.end_object();
  return out + '\n';
}

}  // namespace fbss::app
