// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <cctype>
#include <fstream>
#include <optional>
#include <sstream>

namespace differential {

namespace {

// What stands in the JSON for a primitive; numbers and Booleans as they are, the rest in quotes.
const std::map<std::string, std::vector<std::string>, std::less<>> primitive_values = {
    {"boolean", {"true", "false"}},
    {"integer", {"0", "1", "-1", "3", "42", "2147483647"}},
    {"positiveInt", {"1", "2", "7"}},
    {"decimal", {"1.50", "0.1", "-3.25", "100", "120.0", "72.5", "0.001", "3", "5400"}},
    {"string",
     {"\"Jim\"", "\"Jos\u00e9\"", "\" padded \"", "\"O'Brien\"", "\"12\"", "\"true\"",
      "\"2020-01-02\"", "\"a|b,c\"", "\"Caf\u00e9 au lait\"", "\"mg\"", "\"line\\nbreak\"",
      "\"\u4e2d\u6587\"", "\"phone\""}},
    {"markdown", {"\"*hi* there\"", "\"plain\""}},
    {"uri",
     {"\"http://example.org/a\"", "\"http://example.org/b\"", "\"http://loinc.org\"",
      "\"http://unitsofmeasure.org\""}},
    {"canonical", {"\"http://example.org/q|1.0\""}},
    {"id", {"\"example\"", "\"p-1\"", "\"A.2\""}},
    {"code", {"\"x\"", "\"final\""}},
    {"date", {"\"2012-06-03\"", "\"1974-12\"", "\"1980\"", "\"2012-04-15\"", "\"1974-12-25\""}},
    {"dateTime",
     {"\"2015-02-04T14:34:28+10:00\"", "\"2015-02-04T04:34:28Z\"", "\"2015-02\"", "\"2012-04-15\"",
      "\"2012\"", "\"2012-04-15T15:00:00.123Z\"", "\"2020-02-29T23:59:59-05:00\""}},
    {"instant", {"\"2015-02-04T14:34:28.000+10:00\"", "\"2012-04-15T15:00:00Z\""}},
    {"time", {"\"14:30:00\"", "\"08:00:00.5\"", "\"23:59:59\""}},
};

constexpr int deepest = 6;

std::string in_quotes(const std::string& name) {
  return '"' + name + '"';
}

std::string with_capital(std::string name) {
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return name;
}

std::string primitive(const std::string& type, const Element& element, Random& random) {
  if (!element.codes.empty()) return in_quotes(random.pick(element.codes));
  return random.pick(primitive_values.find(type)->second);
}

}  // namespace

Schema::Schema(const std::string& path) {
  std::ifstream file(path);
  std::vector<Element>* elements = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line[0] != ' ') {
      elements = &types_[line];
      continue;
    }
    std::istringstream words(line);
    Element element;
    words >> element.name;
    if (element.name.ends_with("[x]")) {
      element.is_choice = true;
      element.name.resize(element.name.size() - 3);
    }
    for (std::string word; words >> word;) {
      if (word == "*")
        element.is_list = true;
      else if (word == "!")
        element.is_always_there = true;
      else if (word == "?")
        element.is_rare = true;
      else if (!element.types.empty() && (element.types[0] == "code" || element.types[0] == "uri"))
        element.codes.push_back(word);
      else
        element.types.push_back(word);
    }
    elements->push_back(element);
  }
}

const std::vector<Element>& Schema::elements(std::string_view type) const {
  static const std::vector<Element> none;
  const auto found = types_.find(type);
  return found == types_.end() ? none : found->second;
}

bool Schema::is_primitive(std::string_view type) {
  return primitive_values.find(type) != primitive_values.end();
}

std::string Schema::resource(const std::string& type, Random& random) const {
  return "{\"resourceType\":" + in_quotes(type) + "," + object(type, random, 0).substr(1);
}

std::string Schema::object(const std::string& type, Random& random, int depth) const {
  const bool is_small = type == "Quantity" || type == "Coding" || type == "Extension";
  std::string out;
  for (const Element& element : elements(type)) {
    const std::size_t likely = element.is_rare ? 5 : depth < 3 || is_small ? 80 : 20;
    if (!element.is_always_there && !random.chance(likely)) continue;
    if (depth >= deepest && !is_primitive(element.types[0])) continue;
    const std::string made = member(element, random, depth);
    out += (out.empty() ? "" : ",") + made;
  }
  // Every data type may have extensions; a resource's stand in its table.
  if (depth > 0 && depth < 3 && random.chance(8)) {
    const Element extension{
        .name = "extension", .types = {"Extension"}, .codes = {}, .is_list = true};
    out += (out.empty() ? "" : ",") + member(extension, random, deepest - 1);
  }
  if (out.empty()) out = "\"id\":\"only\"";  // FHIR has no empty objects
  return "{" + out + "}";
}

std::string Schema::member(const Element& element, Random& random, int depth) const {
  const std::string& type = random.pick(element.types);
  const std::string name = element.is_choice ? element.name + with_capital(type) : element.name;
  const std::size_t count = element.is_list ? 1 + random.below(3) : 1;
  std::string values, companions;
  bool has_values = false, has_companions = false;
  for (std::size_t i = 0; i < count; ++i) {
    const char* comma = i == 0 ? "" : ",";
    if (!is_primitive(type)) {
      values += comma + object(type, random, depth + 1);
      has_values = true;
      continue;
    }
    // One primitive in twelve has extensions, one in three of those has nothing else.
    const bool is_extended = depth < 3 && element.name != "linkId" && random.chance(8);
    const bool has_value = !is_extended || random.chance(66);
    values += comma + (has_value ? primitive(type, element, random) : "null");
    companions += comma;
    if (is_extended) {
      companions += R"({"extension":[)" + object("Extension", random, deepest - 1) + "]}";
    } else {
      companions += "null";
    }
    has_values = has_values || has_value;
    has_companions = has_companions || is_extended;
  }
  const auto listed = [&](const std::string& text) {
    return element.is_list ? "[" + text + "]" : text;
  };
  std::string out;
  if (has_values) out = in_quotes(name) + ":" + listed(values);
  if (has_companions)
    out += (out.empty() ? "" : ",") + in_quotes("_" + name) + ":" + listed(companions);
  return out;
}

}  // namespace differential
