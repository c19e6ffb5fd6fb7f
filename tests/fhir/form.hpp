// SPDX-License-Identifier: Apache-2.0
// A small engine for exported Questionnaires, written from FHIR's and SDC's text and not from the
// export: it reads the resource, keeps answers as a QuestionnaireResponse does, enables items and
// computes the calculated ones with FHIRPath. In: an exported Questionnaire, and answers. Out:
// which items are enabled, and what the calculated ones come to.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>
#include <fbss/response.hpp>

#include "json/write.hpp"

namespace form {

/// One QuestionnaireResponse.item.answer.
struct Answer {
  std::string key;           ///< "valueCoding", …; empty: no value, a reason only
  std::string system, code;  ///< of a coding; of the reason where there is no value
  std::string value;         ///< as JSON writes it
};
using Answers = std::map<std::string, std::vector<Answer>>;  // by linkId

struct Filled {
  std::set<std::string> enabled;                ///< linkIds of all items
  std::map<std::string, std::string> computed;  ///< calculated items, by linkId; as text
};

inline std::string text_of(fbss::JsonNode node, std::string_view member) {
  const fbss::JsonNode found = node.find(member);
  return found ? std::string(found.text()) : std::string();
}

inline fbss::JsonNode extension(fbss::JsonNode element, std::string_view url_end) {
  for (auto each = element.find("extension").first(); each; each = each.next())
    if (each.find("url").text().ends_with(url_end)) return each;
  return {};
}

struct Item {
  fbss::JsonNode json;
  std::string link, type;
  Item* parent = nullptr;
  std::optional<fbss::fhirpath::Expression> enabled_when, calculated;
  std::vector<std::unique_ptr<Item>> items;
};

class Form {
 public:
  explicit Form(const std::string& exported) {
    REQUIRE(questionnaire_.parse(exported).ok());
    const fbss::JsonNode root = questionnaire_.root();
    std::vector<std::string> texts;
    for (auto each = root.find("extension").first(); each; each = each.next()) {
      if (!each.find("url").text().ends_with("/variable")) continue;
      options_.variables.push_back(text_of(each.find("valueExpression"), "name"));
      texts.push_back(text_of(each.find("valueExpression"), "expression"));
    }
    for (const std::string& text : texts) variables_.push_back(compile(text));
    workspaces_.resize(texts.size());
    for (auto each = root.find("item").first(); each; each = each.next()) read(each, nullptr);
  }

  const Item& item(const std::string& link) const {
    INFO("linkId ", link);
    REQUIRE(by_link_.contains(link));
    return *by_link_.at(link);
  }

  const std::vector<const Item*>& items() const { return all_; }

  /// The answers that a Response holds, as this form offers them.
  Answers answers_of(const fbss::Response& response) const {
    Answers answers;
    for (const fbss::Item* question : response.questionnaire().questions()) {
      const std::string text = response.answer_text(*question);
      if (text.empty()) continue;
      const bool absent = response.answer_label(*question) == "Unknown" && text == "unknown";
      const bool declined = text == "declined" && response.answer_label(*question) == "Declined";
      const std::string reason = absent ? "asked-unknown" : declined ? "asked-declined" : "";
      const Item& asked = item(question->id);
      std::vector<Answer>& given = answers[question->id];
      if (asked.json.find("answerOption"))
        for (const std::string& code : split(reason.empty() ? text : reason))
          given.push_back(option(asked, code));
      else if (!reason.empty())
        given.push_back({"", "", reason, ""});
      else
        given.push_back(value(asked.type, text));
    }
    return answers;
  }

  /// What an engine makes of the answers. Those of items that are not enabled are left out, until
  /// nothing changes any more.
  Filled fill(Answers answers) {
    for (std::size_t round = 0;; ++round) {
      REQUIRE(round < all_.size());
      settle(answers);
      const Filled filled{enabled_items(answers), {}};
      const auto dropped = std::erase_if(
          answers, [&](const auto& answer) { return !filled.enabled.contains(answer.first); });
      if (dropped == 0) return compute(std::move(answers), filled);
    }
  }

 private:
  fbss::fhirpath::Expression compile(const std::string& text) const {
    auto compiled = fbss::fhirpath::Expression::compile(text, options_);
    INFO(text);
    for (const fbss::Problem& problem : compiled.problems()) MESSAGE(problem.message);
    REQUIRE(compiled.ok());
    return std::move(*compiled);
  }

  void read(fbss::JsonNode json, Item* parent) {
    auto& siblings = parent ? parent->items : top_;
    Item& item = *siblings.emplace_back(std::make_unique<Item>());
    item.json = json;
    item.link = text_of(json, "linkId");
    item.type = text_of(json, "type");
    item.parent = parent;
    if (const auto found = extension(json, "/sdc-questionnaire-enableWhenExpression"))
      item.enabled_when = compile(text_of(found.find("valueExpression"), "expression"));
    if (const auto found = extension(json, "/sdc-questionnaire-calculatedExpression"))
      item.calculated = compile(text_of(found.find("valueExpression"), "expression"));
    REQUIRE(by_link_.emplace(item.link, &item).second);
    all_.push_back(&item);
    for (auto each = json.find("item").first(); each; each = each.next()) read(each, &item);
  }

  static std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
      const std::size_t end = text.find(", ");
      parts.emplace_back(text.substr(0, end));
      if (end == std::string_view::npos) return parts;
      text.remove_prefix(end + 2);
    }
  }

  static Answer option(const Item& item, const std::string& code) {
    for (auto each = item.json.find("answerOption").first(); each; each = each.next())
      if (const auto coding = each.find("valueCoding"); text_of(coding, "code") == code)
        return {"valueCoding", text_of(coding, "system"), code, ""};
    FAIL("no option ", code);
    return {};
  }

  static Answer value(const std::string& type, const std::string& text) {
    if (type == "integer") return {"valueInteger", "", "", text};
    if (type == "decimal") return {"valueDecimal", "", "", text};
    std::string quoted;
    fbss::json::append_string(quoted, text);
    return {type == "date" ? "valueDate" : "valueString", "", "", quoted};
  }

  static void write(fbss::json::Writer& out, const Answer& answer) {
    out.begin_object();
    if (answer.key.empty()) {
      out.key("extension").begin_array().begin_object();
      out.member("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason");
      out.member("valueCode", answer.code).end_object().end_array();
    } else if (answer.key == "valueCoding") {
      out.key("valueCoding").begin_object();
      out.member("system", answer.system).member("code", answer.code).end_object();
    } else {
      out.key(answer.key).raw(answer.value);
    }
    out.end_object();
  }

  static bool holds_any(const Item& item, const Answers& answers) {
    return answers.contains(item.link) ||
           std::any_of(item.items.begin(), item.items.end(),
                       [&](const auto& child) { return holds_any(*child, answers); });
  }

  static void write(fbss::json::Writer& out, const std::vector<std::unique_ptr<Item>>& items,
                    const Answers& answers) {
    out.key("item").begin_array();
    for (const auto& item : items) {
      if (!holds_any(*item, answers)) continue;
      out.begin_object().member("linkId", item->link);
      if (const auto given = answers.find(item->link); given != answers.end()) {
        out.key("answer").begin_array();
        for (const Answer& answer : given->second) write(out, answer);
        out.end_array();
      } else {
        write(out, item->items, answers);
      }
      out.end_object();
    }
    out.end_array();
  }

  /// The answers as a resource, and the root variables over it.
  void settle(const Answers& answers) {
    std::string text;
    fbss::json::Writer out(text);
    out.begin_object().member("resourceType", "QuestionnaireResponse");
    out.member("status", "in-progress");
    write(out, top_, answers);
    out.end_object();
    REQUIRE(response_.parse(text).ok());
    values_.assign(variables_.size(), {});
    for (std::size_t i = 0; i < variables_.size(); ++i)
      values_[i] = evaluate(variables_[i], workspaces_[i]);
  }

  fbss::fhirpath::Collection evaluate(const fbss::fhirpath::Expression& expression,
                                      fbss::fhirpath::Workspace& workspace) const {
    auto found = fbss::fhirpath::evaluate(
        expression, {.input = response_.root(), .variables = values_}, workspace);
    INFO(expression.text());
    for (const fbss::Problem& problem : found.problems()) MESSAGE(problem.message);
    REQUIRE(found.ok());
    return *found;
  }

  /// FHIR R4, Questionnaire.item.enableWhen: whether some answer has the value.
  static bool holds(fbss::JsonNode line, const Answers& answers) {
    const auto given = answers.find(text_of(line, "question"));
    const std::string sign = text_of(line, "operator");
    if (given == answers.end()) return false;
    return std::any_of(given->second.begin(), given->second.end(), [&](const Answer& answer) {
      if (const auto coding = line.find("answerCoding"))
        return sign == "=" && answer.key == "valueCoding" &&
               answer.system == text_of(coding, "system") && answer.code == text_of(coding, "code");
      const std::string number = text_of(line, "answerInteger").empty()
                                     ? text_of(line, "answerDecimal")
                                     : text_of(line, "answerInteger");
      REQUIRE_FALSE(number.empty());
      if (answer.key.empty()) return false;
      const double left = std::atof(answer.value.c_str()), right = std::atof(number.c_str());
      if (sign == "=") return left == right;
      if (sign == "<") return left < right;
      if (sign == "<=") return left <= right;
      if (sign == ">") return left > right;
      REQUIRE(sign == ">=");
      return left >= right;
    });
  }

  bool enabled(const Item& item, const Answers& answers) {
    if (item.parent && !enabled(*item.parent, answers)) return false;
    if (item.enabled_when) {
      const auto values = evaluate(*item.enabled_when, workspace_);
      REQUIRE(values.size() == 1);  // an engine need not know what to do with none
      return values[0].boolean();
    }
    const auto lines = item.json.find("enableWhen");
    if (!lines) return true;
    const bool all = text_of(item.json, "enableBehavior") == "all";
    for (auto line = lines.first(); line; line = line.next())
      if (holds(line, answers) != all) return !all;
    return all;
  }

  std::set<std::string> enabled_items(const Answers& answers) {
    std::set<std::string> links;
    for (const Item* item : all_)
      if (enabled(*item, answers)) links.insert(item->link);
    return links;
  }

  /// Calculated items may read each other: again, until nothing changes any more.
  Filled compute(Answers answers, Filled filled) {
    for (std::size_t round = 0;; ++round) {
      REQUIRE(round < all_.size());
      std::map<std::string, std::string> computed;
      for (const Item* item : all_) {
        if (!item->calculated) continue;
        const auto values = evaluate(*item->calculated, workspace_);
        REQUIRE(values.size() == 1);
        computed[item->link] = fbss::fhirpath::to_text(values[0]);
      }
      if (computed == filled.computed) return filled;
      filled.computed = std::move(computed);
      for (const auto& [link, text] : filled.computed)
        answers[link] = {value(item(link).type, text)};
      settle(answers);
    }
  }

  fbss::Document questionnaire_, response_;
  fbss::fhirpath::Expression::Options options_;
  std::vector<fbss::fhirpath::Expression> variables_;
  std::vector<fbss::fhirpath::Workspace> workspaces_;
  std::vector<fbss::fhirpath::Collection> values_;
  fbss::fhirpath::Workspace workspace_;
  std::vector<std::unique_ptr<Item>> top_;
  std::vector<const Item*> all_;
  std::map<std::string, Item*> by_link_;
};

}  // namespace form
