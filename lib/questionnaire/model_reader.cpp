// SPDX-License-Identifier: Apache-2.0
// FileTree -> Model: what the file says, read strictly; every fault is reported and reading goes
// on. Entered through read_model().
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "questionnaire/chart_reader.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/fields.hpp"

namespace fbss {
namespace {

struct TypeWord {
  std::string_view word;
  ItemType type;
};
constexpr std::array<TypeWord, 6> type_words = {{{"yes_no", ItemType::yes_no},
                                                 {"choice", ItemType::choice},
                                                 {"integer", ItemType::integer},
                                                 {"decimal", ItemType::decimal},
                                                 {"date", ItemType::date},
                                                 {"text", ItemType::text}}};

constexpr std::array<std::string_view, 3> timings = {"before surgery", "after surgery",
                                                     "in general"};
constexpr std::size_t most_phrase_words = 12;
/// Far more than a person can answer or read, and few enough that what the checks of each against
/// all others cost stays small.
constexpr std::size_t most_things = 1000;

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool within = false;
  for (char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space && !within) ++words;
    within = !space;
  }
  return words;
}

class ModelReader {
 public:
  explicit ModelReader(Draft& draft) : draft_(draft), faults_(draft.faults), model_(*draft.model) {}

  void read() {
    Fields top(faults_, draft_.tree.root(), "a questionnaire");
    model_.id = top.id("id");
    model_.version = top.text("version");
    model_.title = top.text("title");
    model_.term = top.text("term");
    model_.intended_use = top.text("intended_use");
    model_.evidence = top.text("evidence");
    model_.absent_means = top.text("absent_means");
    for (const FileValue* value : top.list("attributes", true)) {
      Fields fields(faults_, *value, "an attribute");
      Attribute& attribute = model_.attributes.emplace_back();
      attribute.name = fields.text("name");
      attribute.value = fields.text("value");
      fields.done();
    }
    for (const FileValue* value : top.list("sources", true)) read_source(*value);
    for (const Source& source : model_.sources) source_names_.push_back(source.id);
    for (const FileValue* value : top.list("term_cites", false))
      model_.term_cites.push_back(read_citation(*value));

    const std::size_t before = faults_.count();
    const auto sections = top.list("sections", true);
    for (const FileValue* value : sections) read_section(*value);
    index_questions();
    if (model_.questions.empty() && faults_.count() == before)
      faults_.at_value(ErrorCode::bad_value, draft_.tree.root(),
                       "The file has no question; \"sections\" holds them.");
    if (const FileValue* variables = top.may("variables", JsonKind::object))
      read_variables(*variables);
    read_chart_variables(draft_, top);
    draft_.questions_sound = faults_.count() == before;
    place_questions();

    for (const FileValue* value : top.list("exercises", false)) read_exercise(*value);
    for (const Exercise& exercise : model_.exercises) exercise_names_.push_back(exercise.id);
    for (const FileValue* value : top.list("rules", true)) read_rule(*value);
    for (const Rule& rule : model_.rules) kinds_.push_back(rule.kind);
    std::sort(kinds_.begin(), kinds_.end());
    kinds_.erase(std::unique(kinds_.begin(), kinds_.end()), kinds_.end());
    for (const FileValue* value : top.list("tallies", true)) read_tally(*value);
    for (const FileValue* value : top.list("notices", true)) read_notice(*value);
    top.done();
    check_counts();
  }

 private:
  using Seen = std::unordered_map<std::string, const FileValue*>;

  /// An id that nothing else of `seen` carries; `what` names the things for the message.
  std::string unique_id(Fields& fields, const FileValue& object, Seen& seen,
                        std::string_view what) {
    std::string id = fields.id("id");
    if (const FileValue* place = id.empty() ? nullptr : object.find("id"))
      note_id(*place, id, seen, what, false);
    return id;
  }

  void note_id(const FileValue& place, const std::string& id, Seen& seen, std::string_view what,
               bool at_key) {
    const auto [entry, fresh] = seen.emplace(id, &place);
    if (fresh) return;
    const FileValue& other = *entry->second;
    std::string message = "\"" + id + "\" is already used in line " + std::to_string(other.line) +
                          "; " + std::string(what) + " each need a name of their own.";
    if (at_key)
      faults_.at_key(ErrorCode::duplicate_id, place, std::move(message));
    else
      faults_.at_value(ErrorCode::duplicate_id, place, std::move(message));
  }

  /// Exported sections, questions and findings are items of one form, whose ids must differ.
  void check_item_id(const FileValue& place, const std::string& rule) {
    const bool is_section = std::any_of(model_.items.begin(), model_.items.end(),
                                        [&](const Item& section) { return section.id == rule; });
    if (is_section || model_.slot(rule))
      note_id(place, rule, question_ids_, "sections, questions and rules", false);
  }

  void check_counts() {
    std::size_t notes = 0;
    for (const Rule& rule : model_.rules) notes += rule.notes.size();
    for (const std::size_t count :
         {model_.questions.size(), model_.variables.size(), model_.exercises.size(),
          model_.rules.size(), notes, model_.notices.size(), draft_.chart_variables.size(),
          draft_.chart_rules.size()}) {
      if (count <= most_things) continue;
      draft_.too_many = true;
      faults_.at_value(ErrorCode::too_large, draft_.tree.root(),
                       "A file has at most " + std::to_string(most_things) +
                           " each of questions, variables, exercises, rules, notes, notices, chart "
                           "variables and chart rules.");
      return;
    }
  }

  void read_source(const FileValue& value) {
    Fields fields(faults_, value, "a source");
    Source& source = model_.sources.emplace_back();
    source.id = unique_id(fields, value, source_ids_, "sources");
    source.title = fields.text("title");
    source.publisher = fields.text("publisher");
    source.kind = fields.text("kind");
    source.published = fields.text("published");
    source.evidence = fields.text("evidence");
    source.text_sha256 = fields.text("text_sha256");
    const FileValue* sum = value.find("text_sha256");
    if (sum && sum->is(JsonKind::string) &&
        (sum->text.size() != 64 ||
         sum->text.find_first_not_of("0123456789abcdef") != std::string::npos))
      faults_.at_value(ErrorCode::bad_value, *sum,
                       "A SHA-256 has 64 lower-case hexadecimal digits; take it from the source's "
                       "text with U+00A0 read as a space.");
    fields.done();
  }

  void read_section(const FileValue& value) {
    Fields fields(faults_, value, "a section");
    Item& section = model_.items.emplace_back();
    section.type = ItemType::group;
    section.id = unique_id(fields, value, question_ids_, "sections, questions and variables");
    section.text = fields.text("title");
    section.optional = fields.flag("optional");
    const FileValue* questions = fields.need("questions", JsonKind::array);
    if (questions && questions->children.empty())
      faults_.at_value(ErrorCode::bad_value, *questions, "A section holds at least one question.");
    if (questions)
      for (const FileValue* question : questions->children)
        read_question(*question, section.items.emplace_back());
    fields.done();
  }

  void read_question(const FileValue& value, Item& item) {
    Fields fields(faults_, value, "a question");
    item.id = unique_id(fields, value, question_ids_, "sections, questions and variables");
    const std::optional<ItemType> type = read_type(fields);
    item.type = type.value_or(ItemType::text);
    item.text = fields.text("text");
    item.help = fields.optional_text("help");
    item.unit = fields.optional_text("unit");
    item.several = fields.flag("several");
    const FileValue* options = fields.may("options", JsonKind::array);
    if (options) read_options(*options, item);
    if (type) check_options(value, options, item);
    item.least = fields.number("least");
    item.most = fields.number("most");
    if (type) check_range(value, item);
    item.asked_when = fields.optional_text("asked_when");
    asked_when_.push_back(item.asked_when.empty() ? nullptr : value.find("asked_when"));
    if (const FileValue* why = fields.need("why", JsonKind::object)) item.why = read_citation(*why);
    item.code_list = fields.optional_text("code_list");
    read_chart_rules(draft_, fields, static_cast<std::uint32_t>(asked_when_.size() - 1), item);
    fields.done();
  }

  std::optional<ItemType> read_type(Fields& fields) {
    const FileValue* value = fields.need("type", JsonKind::string);
    if (!value) return std::nullopt;
    std::vector<std::string_view> words;
    for (const TypeWord& known : type_words) {
      if (known.word == value->text) return known.type;
      words.push_back(known.word);
    }
    faults_.at_value(ErrorCode::bad_value, *value, "A question's type is " + one_of(words) + ".");
    return std::nullopt;
  }

  void read_options(const FileValue& options, Item& item) {
    Seen seen;
    for (const FileValue* value : options.children) {
      Fields fields(faults_, *value, "an option");
      Option& option = item.options.emplace_back();
      option.code = fields.word("code");
      if (!option.code.empty()) {
        const FileValue& code = *value->find("code");
        if (option.code == "unknown" || option.code == "declined")
          faults_.at_value(
              ErrorCode::reserved_option, code,
              "\"" + option.code + "\" is accepted for every question; remove this option.");
        note_id(code, option.code, seen, "the options of a question", false);
      }
      option.text = fields.text("text");
      option.exclusive = fields.flag("exclusive");
      option.code_list = fields.optional_text("code_list");
      for (const FileValue* coded : fields.list("coding", false)) {
        Fields parts(faults_, *coded, "a coding");
        Coding& coding = option.codings.emplace_back();
        coding.system = parts.text("system");
        coding.code = parts.text("code");
        coding.display = parts.text("display");
        parts.done();
      }
      fields.done();
    }
  }

  void check_options(const FileValue& question, const FileValue* options, const Item& item) {
    const auto fault = [&](std::string message) {
      faults_.at_value(ErrorCode::bad_value, options ? *options : question, std::move(message));
    };
    if (item.type != ItemType::choice) {
      if (options) fault("Only a choice has options; remove them or change the type.");
      if (item.several) fault("Only a choice takes several answers; remove \"several\".");
      return;
    }
    if (item.options.size() < 2) return fault("A choice offers at least two options.");
    std::size_t yes_or_no = 0, exclusive = 0;
    bool none = false;
    for (const Option& option : item.options) {
      yes_or_no += option.code == "yes" || option.code == "no";
      exclusive += option.exclusive;
      none = none || (option.exclusive && option.code == "none");
    }
    if (yes_or_no == item.options.size())
      fault(
          "Options that are exactly yes and no make a question of the type \"yes_no\", without "
          "options.");
    if (item.several && (exclusive != 1 || !none))
      fault(
          "A choice that takes several answers offers one option \"none\" with \"exclusive\": "
          "true, so that leaving it out can mean unknown.");
    if (!item.several && exclusive > 0)
      fault("\"exclusive\" has a meaning only where several options may be chosen.");
  }

  void check_range(const FileValue& question, const Item& item) {
    if ((item.least || item.most) && item.type != ItemType::integer)
      faults_.at_value(ErrorCode::bad_value, question,
                       "\"least\" and \"most\" belong to a question of the type \"integer\".");
    if (item.least && item.most && *item.least > *item.most)
      faults_.at_value(ErrorCode::bad_value, question,
                       "\"least\" is greater than \"most\"; no answer would fit.");
  }

  Citation read_citation(const FileValue& value) {
    Citation citation;
    Fields fields(faults_, value, "a citation");
    citation.source = fields.text("source");
    const FileValue* source = value.find("source");
    if (source && source->is(JsonKind::string) && !source_ids_.count(citation.source))
      faults_.at_value(ErrorCode::bad_reference, *source,
                       "\"sources\" holds no source of this id." +
                           faults_.did_you_mean(citation.source, source_names_));
    // May be empty, but has to be thought of.
    if (const FileValue* heading = fields.need("heading", JsonKind::string))
      citation.heading = heading->text;
    citation.phrase = fields.text("phrase");
    for (const char* key : {"heading", "phrase"}) {
      const FileValue* text = value.find(key);
      if (text && text->is(JsonKind::string) && text->text.find("\u00A0") != std::string::npos)
        faults_.at_value(ErrorCode::bad_value, *text,
                         "The text holds a no-break space (U+00A0); write a plain space.");
    }
    if (const std::size_t words = count_words(citation.phrase); words > most_phrase_words)
      faults_.at_value(ErrorCode::phrase_too_long, *value.find("phrase"),
                       "The phrase has " + std::to_string(words) +
                           " words; cite at most twelve, those that carry the statement.");
    fields.done();
    return citation;
  }

  /// `what` needs at least one citation.
  std::vector<Citation> read_citations(Fields& fields, const FileValue& owner,
                                       std::string_view what) {
    std::vector<Citation> cites;
    for (const FileValue* value : fields.list("cites", false))
      cites.push_back(read_citation(*value));
    if (cites.empty() && owner.is(JsonKind::object))
      faults_.at_value(ErrorCode::not_cited, owner,
                       std::string(what) +
                           " cites at least one place of a source: add \"cites\" with source, "
                           "heading and phrase.");
    return cites;
  }

  /// The questions by slot, once all sections are read and no item moves any more.
  void index_questions() {
    for (const Item& section : model_.items) {
      for (const Item& item : section.items) {
        const auto slot = static_cast<std::uint32_t>(model_.questions.size());
        model_.questions.push_back(&item);
        model_.sections.push_back(&section);
        model_.slots.emplace(item.id, slot);
      }
    }
    model_.asked_when.resize(model_.questions.size());
  }

  void read_variables(const FileValue& variables) {
    for (const FileValue* value : variables.children) {
      if (std::string why = why_no_id(value->key); !why.empty())
        faults_.at_key(ErrorCode::bad_id, *value, std::move(why));
      note_id(*value, value->key, question_ids_, "sections, questions and variables", true);
      if (!is_expression(faults_, *value)) continue;
      const auto index = static_cast<std::uint32_t>(model_.variables.size());
      model_.variables.push_back({value->key, {}});
      draft_.expressions.push_back({ExpressionPlace::Use::variable, index, 0, value});
    }
  }

  void place_questions() {
    for (std::uint32_t slot = 0; slot < asked_when_.size(); ++slot)
      if (asked_when_[slot])
        draft_.expressions.push_back(
            {ExpressionPlace::Use::asked_when, slot, 0, asked_when_[slot]});
  }

  void read_exercise(const FileValue& value) {
    const auto index = static_cast<std::uint32_t>(model_.exercises.size());
    Fields fields(faults_, value, "an exercise");
    Exercise& exercise = model_.exercises.emplace_back();
    model_.exercise_conditions.emplace_back();
    exercise.id = unique_id(fields, value, exercise_ids_, "exercises");
    exercise.title = fields.text("title");
    exercise.planned_when = fields.text("planned_when");
    if (!exercise.planned_when.empty())
      draft_.expressions.push_back(
          {ExpressionPlace::Use::planned_when, index, 0, value.find("planned_when")});
    exercise.cites = read_citations(fields, value, "An exercise");
    if (const FileValue* position = fields.may("position", JsonKind::object))
      exercise.position = read_statement(*position, "a position");
    for (const FileValue* step : fields.list("steps", false))
      exercise.steps.push_back(read_statement(*step, "a step"));
    if (const FileValue* amount = fields.may("repetitions", JsonKind::object))
      exercise.repetitions = read_amount(*amount, "repetitions");
    if (const FileValue* amount = fields.may("times_a_day", JsonKind::object))
      exercise.times_a_day = read_amount(*amount, "times a day");
    for (const FileValue* caution : fields.list("cautions", false))
      exercise.cautions.push_back(read_statement(*caution, "a caution"));
    for (const FileValue* each : fields.list("conflicts", false)) {
      Fields parts(faults_, *each, "a conflict");
      SourceConflict& conflict = exercise.conflicts.emplace_back();
      conflict.name = parts.text("name");
      conflict.text = parts.text("text");
      conflict.cites = read_citations(parts, *each, "A conflict");
      parts.done();
    }
    exercise.interpretation = fields.optional_text("interpretation");
    fields.done();
  }

  Statement read_statement(const FileValue& value, std::string_view what) {
    Fields fields(faults_, value, what);
    Statement statement;
    statement.text = fields.text("text");
    statement.cites = read_citations(fields, value, "What a card says");
    fields.done();
    return statement;
  }

  Amount read_amount(const FileValue& value, std::string_view name) {
    Fields fields(faults_, value, name);
    Amount amount;
    amount.name = name;
    amount.text = fields.text("text");
    amount.question = fields.optional_text("question");
    const auto slot = model_.slot(amount.question);
    const FileValue* question = amount.question.empty() ? nullptr : value.find("question");
    if (question && !slot)
      faults_.at_value(ErrorCode::bad_reference, *question, "There is no question of this id.");
    if (question && slot && model_.questions[*slot]->type != ItemType::integer)
      faults_.at_value(ErrorCode::bad_reference, *question,
                       "This question records no whole number; its type would be \"integer\".");
    amount.cites = read_citations(fields, value, "A number");
    fields.done();
    return amount;
  }

  /// The exercise whose numbers a rule compares; one of them at least is recorded somewhere.
  std::string read_compared(Fields& fields, const FileValue& rule) {
    const std::string id = fields.optional_text("exercise");
    const FileValue* place = id.empty() ? nullptr : rule.find("exercise");
    if (!place) return id;
    const auto exercise = std::find_if(model_.exercises.begin(), model_.exercises.end(),
                                       [&](const Exercise& each) { return each.id == id; });
    const auto recorded = [](const std::optional<Amount>& amount) {
      return amount && !amount->question.empty();
    };
    if (exercise == model_.exercises.end())
      faults_.at_value(ErrorCode::bad_reference, *place,
                       "\"exercises\" holds no exercise of this id." +
                           faults_.did_you_mean(id, exercise_names_));
    else if (!recorded(exercise->repetitions) && !recorded(exercise->times_a_day))
      faults_.at_value(ErrorCode::bad_reference, *place,
                       "No number of this exercise names a question that records it, so there is "
                       "nothing to show beside the source; add \"question\" to the number.");
    return id;
  }

  void read_rule(const FileValue& value) {
    using Use = ExpressionPlace::Use;
    const auto index = static_cast<std::uint32_t>(model_.rules.size());
    Fields fields(faults_, value, "a rule");
    Rule& rule = model_.rules.emplace_back();
    CompiledRule& compiled = model_.compiled_rules.emplace_back();
    rule.id = unique_id(fields, value, rule_ids_, "rules");
    if (!rule.id.empty()) check_item_id(*value.find("id"), rule.id);
    rule.kind = fields.word("kind");
    rule.title = fields.text("title");
    rule.brief = fields.optional_text("brief");
    rule.place = fields.optional_text("place");
    rule.applies_when = fields.optional_text("applies_when");
    if (!rule.applies_when.empty())
      draft_.expressions.push_back({Use::applies_when, index, 0, value.find("applies_when")});
    rule.present_when = fields.text("present_when");
    if (!rule.present_when.empty())
      draft_.expressions.push_back({Use::present_when, index, 0, value.find("present_when")});
    rule.cites = read_citations(fields, value, "A rule");
    rule.interpretation = fields.optional_text("interpretation");
    for (const FileValue* each : fields.list("notes", false)) {
      Fields parts(faults_, *each, "a note");
      const auto number = static_cast<std::uint32_t>(rule.notes.size());
      Note& note = rule.notes.emplace_back();
      compiled.notes.emplace_back();
      note.when = parts.text("when");
      if (!note.when.empty())
        draft_.expressions.push_back({Use::note, index, number, each->find("when")});
      note.text = parts.text("text");
      note.brief = parts.optional_text("brief");
      if (each->find("cites")) note.cites = read_citations(parts, *each, "A note with cites");
      parts.done();
    }
    for (const FileValue* each : fields.list("steps", false)) {
      Fields parts(faults_, *each, "a step");
      Step& step = rule.steps.emplace_back();
      step.timing = parts.text("timing");
      if (const FileValue* timing = each->find("timing");
          timing && timing->is(JsonKind::string) &&
          std::find(timings.begin(), timings.end(), step.timing) == timings.end())
        faults_.at_value(ErrorCode::bad_value, *timing,
                         "A step's timing is " + one_of(timings) + ".");
      step.text = parts.text("text");
      step.cites = read_citations(parts, *each, "A step");
      parts.done();
    }
    rule.exercise = read_compared(fields, value);
    fields.done();
  }

  void read_tally(const FileValue& value) {
    Fields fields(faults_, value, "a tally");
    TallyDefinition& tally = model_.tallies.emplace_back();
    tally.id = unique_id(fields, value, tally_ids_, "tallies");
    tally.kind = fields.word("kind");
    if (!tally.kind.empty() && !std::binary_search(kinds_.begin(), kinds_.end(), tally.kind))
      faults_.at_value(ErrorCode::bad_reference, *value.find("kind"),
                       "No rule is of this kind, so there is nothing to count." +
                           faults_.did_you_mean(tally.kind, kinds_));
    tally.noun = fields.text("noun");
    tally.statement = fields.text("statement");
    fields.done();
  }

  void read_notice(const FileValue& value) {
    const auto index = static_cast<std::uint32_t>(model_.notices.size());
    Fields fields(faults_, value, "a notice");
    Notice& notice = model_.notices.emplace_back();
    model_.notice_conditions.emplace_back();
    notice.id = unique_id(fields, value, notice_ids_, "notices");
    notice.text = fields.text("text");
    notice.when = fields.optional_text("when");
    if (!notice.when.empty())
      draft_.expressions.push_back({ExpressionPlace::Use::notice, index, 0, value.find("when")});
    fields.done();
  }

  Draft& draft_;
  Faults& faults_;
  Questionnaire::Model& model_;
  Seen source_ids_, question_ids_, exercise_ids_, rule_ids_, tally_ids_, notice_ids_;
  std::vector<std::string_view> source_names_, exercise_names_;
  std::vector<std::string_view> kinds_;       // of rules, sorted
  std::vector<const FileValue*> asked_when_;  // by slot; null: always asked
};

}  // namespace

void read_model(Draft& draft) {
  ModelReader(draft).read();
}

}  // namespace fbss
