// SPDX-License-Identifier: Apache-2.0
// Questionnaire -> FHIR R4 Questionnaire with SDC's variables and expressions: groups and questions
// as they stand in the file, then each rule and tally as read-only items that an engine computes.
// Entered through export_questionnaire().
//
// What is no content of ours is left to the standard's own words: unknown and declined are codes of
// HL7's data-absent-reason. Code systems are named and not contained: every code that is used
// stands in its option, and a contained resource that nothing refers to would break FHIR's dom-3.
#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/fhir.hpp>

#include "fhir/expressions.hpp"
#include "fhir/item_writer.hpp"
#include "fhir/names.hpp"
#include "fhir/wording.hpp"
#include "json/write.hpp"
#include "questionnaire/citation_words.hpp"
#include "questionnaire/heading.hpp"
#include "questionnaire/model.hpp"

namespace fbss {
namespace fhir {
namespace {

using json::Writer;

constexpr std::string_view core = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::string_view calculated =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

std::string core_url(std::string_view name) {
  return std::string(core) + std::string(name);
}

std::string_view type_word(ItemType type) {
  switch (type) {
    case ItemType::group:
      return "group";
    case ItemType::display:
      return "display";
    case ItemType::yes_no:
    case ItemType::choice:
      return "choice";
    case ItemType::open_choice:
      return "open-choice";
    case ItemType::integer:
      return "integer";
    case ItemType::decimal:
      return "decimal";
    case ItemType::date:
      return "date";
    case ItemType::date_time:
      return "dateTime";
    case ItemType::time:
      return "time";
    case ItemType::text:
      return "string";
    case ItemType::long_text:
      return "text";
    case ItemType::url:
      return "url";
    case ItemType::quantity:
      return "quantity";
    case ItemType::attachment:
      return "attachment";
    case ItemType::reference:
      return "reference";
  }
  return "";
}

bool has_options(const Item& question) {
  return question.type == ItemType::yes_no || question.type == ItemType::choice ||
         question.type == ItemType::open_choice;
}

/// "preop_screen" as a name that programs can use: "PreopScreen".
std::string computer_name(std::string_view id) {
  std::string name;
  bool upper = true;
  for (char c : id) {
    if (c == '_') {
      upper = true;
      continue;
    }
    name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return name;
}

class Exporter {
 public:
  Exporter(const Questionnaire& questionnaire, const FhirOptions& options)
      : q_(questionnaire),
        model_(questionnaire.model()),
        names_(options.base, questionnaire),
        lists_(options.code_lists),
        out_(text_, 2),
        items_(out_, model_, [this](const Item& question) { return names_.answers(question); }) {}

  std::string write() {
    out_.begin_object();
    head();
    write_extensions(out_, variables());
    out_.key("item").begin_array();
    about();
    for (const Item& section : q_.items()) group(section);
    findings();
    for (std::size_t i = 0; i < q_.tallies().size(); ++i) tally(q_.tallies()[i]);
    out_.end_array().end_object();
    text_ += '\n';
    return std::move(text_);
  }

 private:
  void head() {
    out_.member("resourceType", "Questionnaire");
    out_.key("meta").begin_object().key("tag").begin_array();
    write_coding(out_, {names_.content(), std::string(q_.sha256()), {}});
    out_.end_array().end_object();
    out_.member("url", names_.questionnaire());
    out_.member("version", q_.version()).member("name", computer_name(q_.id()));
    out_.member("title", q_.title()).member("status", "active");
    out_.key("subjectType").begin_array().string("Patient").end_array();
    out_.member("description", description(q_));
    if (const std::string notices = copyright(); !notices.empty())
      out_.member("copyright", notices);
  }

  /// %id for every question, then the file's own variables, each behind those that it reads.
  std::vector<Extension> variables() const {
    std::vector<Extension> all;
    const auto add = [&](std::string name, std::string expression) {
      all.push_back(
          extension::expression(core_url("variable"), std::move(expression), std::move(name)));
    };
    for (const Item* question : q_.questions()) add(question->id, answer_expression(*question));
    for (const Stage& stage : model_.stages) {
      if (stage.kind != Stage::Kind::variable) continue;
      const Variable& variable = model_.variables[stage.index];
      add(variable.name, std::string(variable.condition.expression->text()));
    }
    return all;
  }

  /// What a person has to know before the first question.
  void about() {
    const std::string link(about_link);
    items_.begin({.link = link, .type = "group", .text = "About this questionnaire"});
    out_.key("item").begin_array();
    items_.display(link + ".intended_use", "Intended use: " + std::string(q_.intended_use()));
    items_.display(link + ".evidence", "Evidence: " + std::string(q_.evidence()));
    items_.display(link + ".term", term_text(q_));
    notices(false);
    out_.end_array().end_object();
  }

  /// The notices that always stand there, or those that answers bring up.
  void notices(bool conditional) {
    for (std::size_t i = 0; i < q_.notices().size(); ++i) {
      const Notice& notice = q_.notices()[i];
      if (notice.when.empty() == conditional) continue;
      items_.display("fbss.notice." + notice.id, notice.text, &model_.notice_conditions[i]);
    }
  }

  void group(const Item& section) {
    items_.begin({.link = section.id, .type = "group", .text = heading_of(section)});
    out_.key("item").begin_array();
    for (const Item& item : section.items) question(item);
    out_.end_array().end_object();
  }

  void question(const Item& item) {
    items_.begin({.link = item.id,
                  .type = type_word(item.type),
                  .text = item.text,
                  .extensions = extensions_of(item),
                  .codes = listed(item.code_list),
                  .enabled = &model_.asked_when[*model_.slot(item.id)]});
    if (item.several) out_.key("repeats").boolean(true);
    if (item.type == ItemType::text)
      out_.member("maxLength", static_cast<std::int64_t>(Limits{}.text_characters));
    if (has_options(item)) options(item);
    if (const std::string help = question_help(q_, item); !help.empty()) {
      out_.key("item").begin_array();
      items_.help(item.id, help);
      out_.end_array();
    }
    out_.end_object();
  }

  static std::vector<Extension> extensions_of(const Item& item) {
    std::vector<Extension> all;
    const auto bound = [&](std::string_view name, std::optional<std::int64_t> value) {
      using Fhir = std::numeric_limits<std::int32_t>;  // FHIR's integer
      if (value && *value >= Fhir::min() && *value <= Fhir::max())
        all.push_back(extension::integer(core_url(name), *value));
    };
    bound("minValue", item.least);
    bound("maxValue", item.most);
    // Words, which no code of UCUM is made of by guessing.
    if (!item.unit.empty())
      all.push_back(extension::coding(core_url("questionnaire-unit"), {{}, {}, item.unit}));
    if (has_options(item))
      all.push_back(extension::control(item.several ? "check-box" : "radio-button"));
    return all;
  }

  void options(const Item& item) {
    const std::string system = names_.answers(item);
    out_.key("answerOption").begin_array();
    if (item.type == ItemType::yes_no) {
      option({system, "yes", "Yes"}, {});
      option({system, "no", "No"}, {});
    }
    for (const Option& each : item.options) {
      std::vector<Extension> also;
      if (each.exclusive) also.push_back(exclusive());
      std::vector<Coding> codings = each.codings;
      for (Coding& coding : listed(each.code_list)) codings.push_back(std::move(coding));
      for (Coding& coding : codings)
        also.push_back(extension::coding(names_.also_coded_as(), std::move(coding)));
      option({system, each.code, each.text}, also);
    }
    const std::vector<Extension> alone =
        item.several ? std::vector{exclusive()} : std::vector<Extension>();
    const std::string absent(absent_reason_system);
    option({absent, std::string(asked_unknown), std::string(asked_unknown_text)}, alone);
    option({absent, std::string(asked_declined), std::string(asked_declined_text)}, alone);
    out_.end_array();
  }

  static Extension exclusive() {
    return extension::flag(core_url("questionnaire-optionExclusive"), true);
  }

  void option(const Coding& coding, const std::vector<Extension>& extensions) {
    out_.begin_object();
    write_extensions(out_, extensions);
    write_coding(out_.key("valueCoding"), coding);
    out_.end_object();
  }

  void findings() {
    items_.begin({.link = std::string(findings_link),
                  .type = "group",
                  .text = "Findings, computed from the answers"});
    out_.key("item").begin_array();
    items_.display(std::string(findings_link) + ".absent_means", std::string(q_.absent_means()));
    notices(true);
    for (std::size_t i = 0; i < q_.rules().size(); ++i)
      finding(q_.rules()[i], model_.compiled_rules[i]);
    out_.end_array().end_object();
  }

  void finding(const Rule& rule, const CompiledRule& compiled) {
    begin_computed(rule.id, "string", rule.title, status_expression(rule));
    out_.key("item").begin_array();
    items_.help(rule.id, rule_help(q_, rule));
    for (std::size_t i = 0; i < rule.notes.size(); ++i)
      items_.display(rule.id + ".note" + std::to_string(i + 1), note_text(q_, rule.notes[i]),
                     &compiled.notes[i]);
    out_.end_array().end_object();
  }

  void begin_computed(std::string link, std::string_view type, std::string text,
                      std::string expression) {
    items_
        .begin({.link = std::move(link),
                .type = type,
                .text = std::move(text),
                .extensions = {extension::expression(calculated, std::move(expression))}})
        .key("readOnly")
        .boolean(true);
  }

  /// Counts, never alone: the statement stands with them, and the rules above them. A rule that no
  /// engine has computed yet counts as unknown.
  void tally(const TallyDefinition& tally) {
    const std::string link = tally_link(tally.id);
    std::size_t rules = 0;
    for (const Rule& rule : q_.rules()) rules += rule.kind == tally.kind;
    const std::string listed = std::to_string(rules);
    const auto count = [&](std::string_view name, std::string text, std::string expression) {
      begin_computed(link + '.' + std::string(name), "integer", std::move(text),
                     std::move(expression));
      out_.end_object();
    };
    const auto of = [&](std::string_view wanted) { return count_expression(q_, tally, wanted); };
    items_.begin(
        {.link = link, .type = "group", .text = "Tally of the " + listed + ' ' + tally.noun});
    out_.key("item").begin_array();
    items_.display(link + ".statement", tally.statement);
    count("at_least", "At least present", of("'present'"));
    count("at_most", "At most present", listed + " - " + of("'absent' | 'not_applicable'"));
    count("present", "Recorded as present", of("'present'"));
    count("absent", "Recorded as absent", of("'absent'"));
    count("unknown", "Could not be determined",
          listed + " - " + of("'present' | 'absent' | 'not_applicable'"));
    count("not_applicable", "Do not apply", of("'not_applicable'"));
    out_.end_array().end_object();
  }

  std::vector<Coding> listed(const std::string& code_list) const {
    if (!lists_ || code_list.empty()) return {};
    return lists_->codings(code_list);
  }

  /// The notices that go with the codes of public terminologies which the export has.
  std::string copyright() const {
    std::vector<std::string_view> notices;
    const auto add_those_of = [&](const std::string& code_list) {
      for (const Coding& coding : listed(code_list))
        for (const std::string_view notice : lists_->notices(coding.system))
          if (std::ranges::find(notices, notice) == notices.end()) notices.push_back(notice);
    };
    for (const Item* question : q_.questions()) {
      add_those_of(question->code_list);
      for (const Option& each : question->options) add_those_of(each.code_list);
    }
    std::string text;
    for (const std::string_view notice : notices)
      text += (text.empty() ? "" : "\n\n") + std::string(notice);
    return text;
  }

  const Questionnaire& q_;
  const Questionnaire::Model& model_;
  Names names_;
  const CodeLists* lists_;
  std::string text_;
  Writer out_;
  ItemWriter items_;
};

}  // namespace
}  // namespace fhir

std::string export_questionnaire(const Questionnaire& questionnaire, const FhirOptions& options) {
  return fhir::Exporter(questionnaire, options).write();
}

}  // namespace fbss
