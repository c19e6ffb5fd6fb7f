// SPDX-License-Identifier: Apache-2.0
// See small_forms.hpp. What is not understood ends the test with an exception.
#include "small_forms.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>
#include <vector>

#include <fbss/document.hpp>

#include "json/write.hpp"

namespace small {
namespace {

using fbss::JsonKind;
using fbss::JsonNode;
using fbss::json::Writer;

constexpr std::string_view option_system = "http://example.org/options";
constexpr std::string_view sdc =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
constexpr std::string_view core = "http://hl7.org/fhir/StructureDefinition/";

struct Line {
  std::size_t depth = 0;
  std::string link_id, type, expression, enable, name;
  std::vector<std::string> words;
};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::string part;
  int brackets = 0;
  for (const char c : text) {
    brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
    if (c == at && brackets == 0) {
      if (!part.empty()) parts.push_back(part);
      part.clear();
    } else {
      part += c;
    }
  }
  if (!part.empty()) parts.push_back(part);
  return parts;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::vector<Line> read(std::string_view text) {
  std::vector<Line> lines;
  for (const std::string& raw : split(text, '\n')) {
    if (trimmed(raw).empty()) continue;
    Line line;
    line.depth = raw.find_first_not_of(' ') / 2;
    std::string left = raw;
    for (const std::string_view sign : {":=", "?="}) {
      const std::size_t at = left.find(sign);
      if (at == std::string::npos) continue;
      (sign == ":=" ? line.expression : line.enable) = trimmed(left.substr(at + 2));
      left.resize(at);
    }
    line.words = split(left, ' ');
    line.link_id = line.words.at(0);
    line.words.erase(line.words.begin());
    if (line.link_id[0] != '%') {
      line.type = line.words.at(0);
      line.words.erase(line.words.begin());
    }
    if (!line.words.empty() && line.words.back()[0] == '{') {
      line.name = line.words.back().substr(1, line.words.back().size() - 2);
      line.words.pop_back();
    }
    lines.push_back(std::move(line));
  }
  const auto shallow = std::ranges::min_element(lines, {}, &Line::depth);
  const std::size_t least = shallow == lines.end() ? 0 : shallow->depth;
  for (Line& line : lines) line.depth -= least;
  return lines;
}

void write_expression(Writer& json, std::string_view url, const std::string& text,
                      const std::string& name = {}) {
  json.begin_object().member("url", url).key("valueExpression").begin_object();
  if (!name.empty()) json.member("name", name);
  json.member("language", "text/fhirpath").member("expression", text);
  json.end_object().end_object();
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

// A value of an answer, an option or a condition, with its key.
void write_value(Writer& json, const Line& item, std::string_view text, std::string_view prefix) {
  const auto key = [&](std::string_view type) { return std::string(prefix) + std::string(type); };
  if (text == "unknown" && item.type != "choice") {
    json.key('_' + key(item.type == "integer" ? "Integer" : "String")).begin_object();
    json.key("extension").begin_array().begin_object();
    json.member("url", std::string(core) + "data-absent-reason");
    json.member("valueCode", "asked-unknown").end_object().end_array().end_object();
  } else if (text == "unknown") {
    json.key(key("Coding")).begin_object();
    json.member("system", "http://terminology.hl7.org/CodeSystem/data-absent-reason");
    json.member("code", "asked-unknown").end_object();
  } else if (item.type == "choice") {
    json.key(key("Coding")).begin_object();
    json.member("system", option_system).member("code", text).end_object();
  } else if (item.type == "boolean") {
    json.key(key("Boolean")).boolean(text == "true");
  } else if (item.type == "integer") {
    json.key(key("Integer")).raw(text);
  } else if (item.type == "decimal") {
    json.key(key("Decimal")).raw(text);
  } else if (item.type == "quantity") {
    json.key(key("Quantity")).begin_object();
    const auto parts = split(text, '|');
    json.key("value").raw(parts.at(0));
    if (parts.size() > 1) {
      json.member("unit", parts[1]).member("system", "http://unitsofmeasure.org");
      json.member("code", parts[1]);
    }
    json.end_object();
  } else if (item.type == "date" || item.type == "dateTime" || item.type == "time") {
    std::string type = item.type;
    type[0] = static_cast<char>(std::toupper(type[0]));
    json.key(key(type)).string(text);
  } else {
    json.key(key(item.type == "url" ? "Uri" : "String")).string(text);
  }
}

class FormWriter {
 public:
  explicit FormWriter(std::string_view text) : lines_(read(text)) {}

  std::string run() {
    std::string out;
    Writer json(out);
    json.begin_object().member("resourceType", "Questionnaire").member("status", "active");
    within(json, 0, lines_.size(), 0);
    json.end_object();
    return out;
  }

 private:
  // The variables and items of one level.
  void within(Writer& json, std::size_t begin, std::size_t end, std::size_t depth,
              const Line* own = nullptr) {
    list(json, "extension", [&](Writer& out) {
      for (std::size_t i = begin; i < end; ++i)
        if (lines_[i].depth == depth && lines_[i].link_id[0] == '%')
          write_expression(out, std::string(core) + "variable", lines_[i].expression,
                           lines_[i].link_id.substr(1));
      if (own) extensions(out, *own);
    });
    list(json, "item", [&](Writer& out) {
      for (std::size_t i = begin; i < end; ++i) {
        if (lines_[i].depth != depth || lines_[i].link_id[0] == '%') continue;
        std::size_t last = i + 1;
        while (last < end && lines_[last].depth > depth) ++last;
        item(out, i, last);
      }
    });
  }

  // FHIR has no empty lists.
  template <class Fill>
  static void list(Writer& json, std::string_view key, Fill fill) {
    std::string text;
    Writer inner(text);
    inner.begin_array();
    fill(inner);
    inner.end_array();
    if (text != "[]") json.key(key).raw(text);
  }

  void item(Writer& json, std::size_t at, std::size_t end) {
    const Line& line = lines_[at];
    json.begin_object().member("linkId", line.link_id).member("type", line.type);
    json.member("text", "Text of " + line.link_id);
    for (const std::string& word : line.words)
      if (word == "repeats" || word == "required" || word == "readOnly")
        json.key(word).boolean(true);
    options(json, line);
    conditions(json, line);
    within(json, at + 1, end, line.depth + 1, &line);
    json.end_object();
  }

  static bool is_option(const Line& line, const std::string& word) {
    return line.type == "choice" && word.find_first_of("[=") == std::string::npos &&
           word != "repeats" && word != "required" && word != "readOnly" && word != "any";
  }

  static void options(Writer& json, const Line& line) {
    if (line.type != "choice") return;
    json.key("answerOption").begin_array();
    for (const std::string& word : line.words) {
      if (!is_option(line, word)) continue;
      const auto parts = split(word, ':');
      json.begin_object();
      if (parts.size() > 1) {
        json.key("extension").begin_array().begin_object();
        json.member("url", std::string(core) + "ordinalValue").key("valueDecimal").raw(parts[1]);
        json.end_object().end_array();
      }
      write_value(json, line, parts[0], "value");
      json.end_object();
    }
    json.end_array();
  }

  void conditions(Writer& json, const Line& line) const {
    std::vector<std::string> found;
    for (const std::string& word : line.words)
      if (word[0] == '[') found.push_back(word.substr(1, word.size() - 2));
    if (found.empty()) return;
    const bool any = std::ranges::find(line.words, "any") != line.words.end();
    json.member("enableBehavior", any ? "any" : "all").key("enableWhen").begin_array();
    for (const std::string& condition : found) {
      const auto parts = split(condition, ' ');
      json.begin_object().member("question", parts.at(0)).member("operator", parts.at(1));
      if (parts[1] == "exists")
        json.key("answerBoolean").boolean(parts.at(2) == "true");
      else
        write_value(json, line_of(parts[0]), parts.at(2), "answer");
      json.end_object();
    }
    json.end_array();
  }

  const Line& line_of(std::string_view link_id) const {
    const auto found = std::ranges::find(lines_, link_id, &Line::link_id);
    if (found == lines_.end()) throw std::runtime_error("no item " + std::string(link_id));
    return *found;
  }

  static void extensions(Writer& json, const Line& line) {
    std::string items;
    for (const std::string& word : line.words)
      if (word.starts_with("items=")) items = word.substr(6);
    for (const std::string& word : line.words) {
      const auto dots = word.find("..");
      if (dots != std::string::npos && is_number(word.substr(0, dots) + word.substr(dots + 2)))
        bounds(json, line, word.substr(0, dots), word.substr(dots + 2));
      if (word.starts_with("max="))
        json.begin_object()
            .member("url", std::string(core) + "questionnaire-maxOccurs")
            .key("valueInteger")
            .raw(word.substr(4))
            .end_object();
      if (word.starts_with("unit=")) {
        json.begin_object().member("url", std::string(core) + "questionnaire-unit");
        json.key("valueCoding").begin_object().member("system", "http://unitsofmeasure.org");
        json.member("code", word.substr(5)).end_object().end_object();
      }
      if (word.starts_with("rule=")) rule(json, word.substr(5), items);
    }
    if (!line.expression.empty())
      write_expression(json, std::string(sdc) + "calculatedExpression", line.expression, line.name);
    if (!line.enable.empty())
      write_expression(json, std::string(sdc) + "enableWhenExpression", line.enable);
  }

  static void bounds(Writer& json, const Line& line, const std::string& low,
                     const std::string& high) {
    const std::string type = line.type == "integer" ? "valueInteger" : "valueDecimal";
    if (!low.empty())
      json.begin_object()
          .member("url", std::string(core) + "minValue")
          .key(type)
          .raw(low)
          .end_object();
    if (!high.empty())
      json.begin_object()
          .member("url", std::string(core) + "maxValue")
          .key(type)
          .raw(high)
          .end_object();
  }

  static void rule(Writer& json, const std::string& text, const std::string& items) {
    const auto parts = split(text, '/');
    json.begin_object().member("url",
                               "https://fbss.example/fhir/StructureDefinition/missing-data-rule");
    json.key("extension").begin_array();
    json.begin_object().member("url", "rule").member("valueCode", parts.at(0)).end_object();
    if (parts.size() > 1)
      json.begin_object()
          .member("url", "max-missing")
          .key("valueInteger")
          .raw(parts[1])
          .end_object();
    for (const std::string& link_id : split(items, ','))
      json.begin_object().member("url", "items").member("valueString", link_id).end_object();
    json.end_array().end_object();
  }

  std::vector<Line> lines_;
};

class ResponseWriter {
 public:
  ResponseWriter(std::string_view form, std::string_view words)
      : lines_(read(form)), text_(words) {}

  std::string run() {
    std::string status = "in-progress";
    if (const std::size_t colon = text_.find(": "); colon != std::string_view::npos) {
      status = trimmed(text_.substr(0, colon));
      at_ = colon + 1;
    }
    std::string out;
    Writer json(out);
    json.begin_object().member("resourceType", "QuestionnaireResponse").member("status", status);
    items(json);
    json.end_object();
    if (at_ != text_.size()) throw std::runtime_error("a response with a } too many");
    return out;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  void items(Writer& json) {
    json.key("item").begin_array();
    for (skip_blanks(); at_ < text_.size() && text_[at_] != '}'; skip_blanks()) item(json);
    json.end_array();
  }

  void item(Writer& json) {
    const std::size_t end = std::min(text_.find_first_of("={} \n", at_), text_.size());
    const std::string link_id(text_.substr(at_, end - at_));
    at_ = end;
    json.begin_object().member("linkId", link_id);
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      answers(json, link_id);
    } else if (at_ < text_.size() && text_[at_] == '{') {
      ++at_;
      items(json);
      ++at_;
    }
    json.end_object();
  }

  void answers(Writer& json, const std::string& link_id) {
    const std::size_t end = std::min(text_.find_first_of("{} \n", at_), text_.size());
    const auto found = std::ranges::find(lines_, link_id, &Line::link_id);
    const Line line = found == lines_.end() ? Line{} : *found;
    const auto parts = split(text_.substr(at_, end - at_), ',');
    at_ = end;
    json.key("answer").begin_array();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      json.begin_object();
      write_value(json, line, parts[i], "value");
      if (i + 1 == parts.size() && at_ < text_.size() && text_[at_] == '{') {
        ++at_;
        items(json);
        ++at_;
      }
      json.end_object();
    }
    json.end_array();
  }

  std::vector<Line> lines_;
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string word_of_value(JsonNode value) {
  if (value.kind() == JsonKind::boolean) return value.boolean() ? "true" : "false";
  if (value.kind() != JsonKind::object) return std::string(value.text());
  if (value.find("value")) {
    std::string out(value.find("value").text());
    if (value.find("code")) out += '|' + std::string(value.find("code").text());
    return out;
  }
  if (value.find("reference")) return std::string(value.find("reference").text());
  const std::string_view code = value.find("code").text();
  return std::string(code == "asked-unknown" ? "unknown" : code);
}

std::string items_of(JsonNode holder) {
  std::string out;
  for (JsonNode item = holder.find("item").first(); item; item = item.next()) {
    if (!out.empty()) out += ' ';
    out += item.find("linkId").text();
    std::string inner;
    bool is_first = true;
    for (JsonNode answer = item.find("answer").first(); answer; answer = answer.next()) {
      out += is_first ? '=' : ',';
      is_first = false;
      for (JsonNode member = answer.first(); member; member = member.next())
        out += member.key().starts_with("value")    ? word_of_value(member)
               : member.key().starts_with("_value") ? "unknown"
                                                    : "";
      if (answer.find("item")) out += '{' + items_of(answer) + '}';
    }
    if (item.find("item")) out += '{' + items_of(item) + '}';
  }
  return out;
}

}  // namespace

std::string questionnaire(std::string_view lines) {
  return FormWriter(lines).run();
}

std::string response(std::string_view form_lines, std::string_view words) {
  return ResponseWriter(form_lines, words).run();
}

std::string words_of(std::string_view response_json) {
  fbss::Document document;
  if (!document.parse(response_json)) throw std::runtime_error("no JSON");
  return items_of(document.root());
}

}  // namespace small
