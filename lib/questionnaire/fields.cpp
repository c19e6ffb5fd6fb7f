// SPDX-License-Identifier: Apache-2.0
// Strict reading of one object of a questionnaire file. Entered through Fields.
#include "questionnaire/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/utf8.hpp"

namespace fbss {
namespace {

std::string_view kind_name(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a text in quotes";
    case JsonKind::array:
      return "an array";
    case JsonKind::object:
      return "an object";
  }
  return "";
}

/// Names of FHIRPath's and SDC's own variables, columns of tables, and the words for no answer.
constexpr std::array<std::string_view, 15> reserved = {
    "context",       "resource", "ucum",    "sct",      "loinc", "vs", "ext",   "factory",
    "terminologies", "qitem",    "unknown", "declined", "line",  "id", "status"};

}  // namespace

Fields::Fields(Faults& faults, const FileValue& object, std::string_view what)
    : faults_(faults), object_(object), what_(what) {
  if (!object.is(JsonKind::object))
    faults.at_value(ErrorCode::bad_value, object,
                    "Here stands " + std::string(kind_name(object.kind)) + "; " +
                        std::string(what) + " is written as an object.");
}

const FileValue* Fields::get(std::string_view key, JsonKind kind, bool needed) {
  known_.push_back(key);
  if (!object_.is(JsonKind::object)) return nullptr;
  const FileValue* value = object_.find(key);
  if (!value) {
    if (needed)
      faults_.at_value(ErrorCode::missing_key, object_,
                       "The key \"" + std::string(key) + "\" is missing; " + std::string(what_) +
                           " needs " + std::string(kind_name(kind)) + " there.");
    return nullptr;
  }
  if (value->is(kind)) return value;
  faults_.at_value(ErrorCode::bad_value, *value,
                   "\"" + std::string(key) + "\" takes " + std::string(kind_name(kind)) + ", not " +
                       std::string(kind_name(value->kind)) + ".");
  return nullptr;
}

std::string Fields::text(std::string_view key) {
  const FileValue* value = need(key, JsonKind::string);
  if (!value) return "";
  if (value->text.find_first_not_of(' ') == std::string::npos)
    faults_.at_value(ErrorCode::bad_value, *value,
                     "\"" + std::string(key) + "\" is empty; it needs a text.");
  if (const auto control = find_control_character(value->text))
    faults_.at_value(ErrorCode::bad_value, *value,
                     "The text holds the control character " + character_name(*control) +
                         "; write it as one line of plain text.");
  return value->text;
}

std::string Fields::optional_text(std::string_view key) {
  known_.push_back(key);
  return object_.find(key) ? text(key) : "";
}

std::string Fields::id(std::string_view key) {
  const FileValue* value = need(key, JsonKind::string);
  if (!value) return "";
  if (std::string why = why_no_id(value->text); !why.empty())
    faults_.at_value(ErrorCode::bad_id, *value, std::move(why));
  return value->text;
}

std::string Fields::word(std::string_view key) {
  const FileValue* value = need(key, JsonKind::string);
  if (!value) return "";
  if (std::string why = why_no_word(value->text); !why.empty())
    faults_.at_value(ErrorCode::bad_id, *value, std::move(why));
  return value->text;
}

bool Fields::flag(std::string_view key) {
  const FileValue* value = may(key, JsonKind::boolean);
  return value && value->text == "true";
}

std::optional<std::int64_t> Fields::number(std::string_view key) {
  const FileValue* value = may(key, JsonKind::number);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const char* end = value->text.data() + value->text.size();
  const auto read = std::from_chars(value->text.data(), end, number);
  // Bounds far inside 64 bits, so that a neighbour of a bound is a number too.
  constexpr std::int64_t bound = 1'000'000'000'000;
  if (read.ec == std::errc() && read.ptr == end && number >= -bound && number <= bound)
    return number;
  faults_.at_value(
      ErrorCode::bad_value, *value,
      "\"" + std::string(key) +
          "\" takes a whole number of at most twelve digits, without point or exponent.");
  return std::nullopt;
}

std::vector<const FileValue*> Fields::list(std::string_view key, bool needed) {
  const FileValue* value = get(key, JsonKind::array, needed);
  return value ? value->children : std::vector<const FileValue*>();
}

void Fields::done() {
  if (!object_.is(JsonKind::object)) return;
  for (const FileValue* member : object_.children) {
    if (std::find(known_.begin(), known_.end(), member->key) != known_.end()) continue;
    faults_.at_key(ErrorCode::unknown_key, *member,
                   "The format has no key \"" + member->key + "\" for " + std::string(what_) + "." +
                       faults_.did_you_mean(member->key, known_));
  }
}

std::string why_no_word(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (!name.empty() && name.size() <= 64 && name[0] >= 'a' && name[0] <= 'z' &&
      std::all_of(name.begin(), name.end(), fits))
    return "";
  return "The name does not fit: use snake_case, that is lower-case letters, digits and "
         "underscores, a letter first, at most 64 of them.";
}

std::string why_no_id(std::string_view name) {
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end())
    return "\"" + std::string(name) + "\" has a meaning of its own; choose a longer name.";
  return why_no_word(name);
}

}  // namespace fbss
