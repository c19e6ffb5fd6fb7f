// SPDX-License-Identifier: Apache-2.0
// One row a primitive type: how it is told from others, and how it is written.
#include "fhir/form/primitives.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/decimal.hpp"
#include "base/temporal.hpp"
#include "base/utf8.hpp"

namespace fbss::form {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_text(JsonNode node) {
  return node.kind() == JsonKind::string && !node.text().empty();
}

bool is_boolean(JsonNode node) {
  return node.kind() == JsonKind::boolean;
}

bool is_integer_from(JsonNode node, std::int64_t least) {
  if (node.kind() != JsonKind::number) return false;
  if (node.text().find_first_of(".eE") != std::string_view::npos) return false;
  const auto number = Decimal::parse(node.text());
  const auto whole = number ? number->to_int64() : std::nullopt;
  return whole && *whole >= least && *whole <= INT32_MAX;
}
bool is_integer(JsonNode node) {
  return is_integer_from(node, INT32_MIN);
}
bool is_unsigned(JsonNode node) {
  return is_integer_from(node, 0);
}
bool is_positive(JsonNode node) {
  return is_integer_from(node, 1);
}

bool is_decimal(JsonNode node) {
  return node.kind() == JsonKind::number;
}

bool is_date(JsonNode node) {
  return is_text(node) && Temporal::parse(node.text(), TemporalKind::date);
}

// With a time there are seconds and a zone.
bool is_date_time(JsonNode node) {
  if (!is_text(node)) return false;
  const auto read = Temporal::parse(node.text(), TemporalKind::date_time);
  if (!read || node.text().ends_with('T')) return false;
  return read->precision <= TemporalField::day ||
         (read->precision >= TemporalField::second && read->has_zone);
}

bool is_instant(JsonNode node) {
  return is_date_time(node) && node.text().find('T') != std::string_view::npos;
}

bool is_time(JsonNode node) {
  if (!is_text(node) || node.text().starts_with('T')) return false;
  const auto read = Temporal::parse(node.text(), TemporalKind::time);
  return read && read->precision >= TemporalField::second;
}

bool is_uri(JsonNode node) {
  return is_text(node) && std::ranges::none_of(node.text(), is_space);
}

// No white space at the ends, and no two spaces in a row.
bool is_code(JsonNode node) {
  if (!is_text(node)) return false;
  const std::string_view text = node.text();
  if (is_space(text.front()) || is_space(text.back())) return false;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (is_space(text[i]) && (text[i] != ' ' || is_space(text[i - 1]))) return false;
  return true;
}

bool is_id(JsonNode node) {
  return is_text(node) && node.text().size() <= 64 && std::ranges::all_of(node.text(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.';
         });
}

bool is_base64(JsonNode node) {
  if (!is_text(node)) return false;
  std::size_t letters = 0, padding = 0;
  for (const char c : node.text()) {
    if (is_space(c)) continue;
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '+' || c == '/';
    if (c == '=')
      ++padding;
    else if (!is_letter || padding > 0)
      return false;
    else
      ++letters;
  }
  return padding <= 2 && (letters + padding) % 4 == 0;
}

struct Primitive {
  std::string_view name;
  bool (*is_valid)(JsonNode);
  std::string_view form;
};

constexpr std::array primitives = {
    Primitive{"boolean", is_boolean, "true or false"},
    Primitive{"integer", is_integer, "a whole number of 32 bits"},
    Primitive{"unsignedInt", is_unsigned, "a whole number from 0"},
    Primitive{"positiveInt", is_positive, "a whole number from 1"},
    Primitive{"decimal", is_decimal, "a number"},
    Primitive{"date", is_date, "a date: YYYY, YYYY-MM or YYYY-MM-DD"},
    Primitive{"dateTime", is_date_time,
              "a date, or a date with a time, its seconds and its zone: "
              "2026-11-21T14:30:00+01:00"},
    Primitive{"instant", is_instant,
              "a date with a time, its seconds and its zone: 2026-11-21T14:30:00+01:00"},
    Primitive{"time", is_time, "a time of day with its seconds: 14:30:00"},
    Primitive{"string", is_text, "a text that is not empty"},
    Primitive{"markdown", is_text, "a text that is not empty"},
    Primitive{"uri", is_uri, "a URI without white space"},
    Primitive{"url", is_uri, "a URL without white space"},
    Primitive{"canonical", is_uri, "a URL without white space"},
    Primitive{"oid", is_uri, "a URI without white space"},
    Primitive{"uuid", is_uri, "a URI without white space"},
    Primitive{"code", is_code, "a code without white space at its ends"},
    Primitive{"id", is_id, "at most 64 letters, digits, hyphens and dots"},
    Primitive{"base64Binary", is_base64, "base64"},
};

// By the number of the type, so that a record costs no search.
const Primitive* find(fhirpath::ModelType type) {
  static const auto by_type = [] {
    std::array<const Primitive*, 64> made{};
    for (const Primitive& primitive : primitives) {
      const fhirpath::ModelType number = fhirpath::find_model_type(primitive.name);
      if (number < made.size()) made[number] = &primitive;
    }
    return made;
  }();
  if (type < by_type.size()) return by_type[type];
  const auto* found =
      std::ranges::find(primitives, fhirpath::model_type_name(type), &Primitive::name);
  return found == primitives.end() ? nullptr : found;
}

}  // namespace

bool is_valid_primitive(JsonNode node, fhirpath::ModelType type) {
  const Primitive* primitive = find(type);
  return !primitive || primitive->is_valid(node);
}

std::string_view primitive_form(fhirpath::ModelType type) {
  const Primitive* primitive = find(type);
  return primitive ? primitive->form : "an object";
}

}  // namespace fbss::form
