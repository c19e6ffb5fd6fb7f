// SPDX-License-Identifier: Apache-2.0
// Values of FHIRPath as JSON and as lines of text; see fhirpath_values.hpp.
#include "fhirpath_values.hpp"

#include "text.hpp"

namespace fbss::app {

namespace {

using fhirpath::Type;
using fhirpath::Value;

bool is_text(const Value& value) {
  if (value.type() == Type::node) return value.node() && value.node().kind() == JsonKind::string;
  return value.type() == Type::string;
}

bool has_value(const Value& value) {
  return value.type() != Type::node || (value.node() && value.node().kind() != JsonKind::null);
}

// "4 'mg'" and "4 days": the unit stands behind the number, a code of UCUM in quotation marks.
void append_quantity(JsonWriter& json, const std::string& text) {
  const std::size_t space = text.find(' ');
  std::string_view unit = std::string_view(text).substr(space + 1);
  if (unit.size() > 1 && unit.front() == '\'') unit = unit.substr(1, unit.size() - 2);
  json.begin_object().key("value").raw(std::string_view(text).substr(0, space));
  json.key("unit").string(unit).end_object();
}

// "System.Integer"
void append_type(JsonWriter& json, const std::string& text) {
  const std::size_t point = text.find('.');
  json.begin_object().key("namespace").string(std::string_view(text).substr(0, point));
  json.key("name").string(std::string_view(text).substr(point + 1)).end_object();
}

// The text on one line: line ends and tabs as FHIRPath writes them in a string.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return printable(out);
}

}  // namespace

void append_json_value(JsonWriter& json, const Value& value) {
  const std::string text = has_value(value) ? fhirpath::to_text(value) : "null";
  switch (value.type()) {
    case Type::boolean:
    case Type::integer:
    case Type::long_integer:
    case Type::decimal:
      json.raw(text);
      return;
    case Type::string:
    case Type::date:
    case Type::date_time:
    case Type::time:
      json.string(text);
      return;
    case Type::quantity:
      return append_quantity(json, text);
    case Type::type_info:
      return append_type(json, text);
    case Type::node:
      if (is_text(value)) {
        json.string(text);
      } else {
        json.raw(text);
      }
      return;
  }
}

void append_typed_values(JsonWriter& json, fhirpath::Collection values) {
  json.begin_array();
  for (const Value& value : values) {
    json.begin_object().key("type").string_or_null(fhirpath::type_name(value)).key("value");
    append_json_value(json, value);
    json.end_object();
  }
  json.end_array();
}

std::string text_of(const Value& value) {
  return has_value(value) ? on_one_line(fhirpath::to_text(value)) : "(no value)";
}

std::string short_text_of(fhirpath::Collection values, std::size_t width) {
  if (values.empty()) return "{ }";
  std::string out = values.size() > 1 ? std::to_string(values.size()) + " values: " : "";
  const std::size_t begin = out.size();
  for (const Value& value : values) {
    if (out.size() > begin) out += ", ";
    out += is_text(value) ? '\'' + text_of(value) + '\'' : text_of(value);
    if (columns(out) > width) break;
  }
  return shortened(out, width);
}

}  // namespace fbss::app
