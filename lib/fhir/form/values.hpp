// SPDX-License-Identifier: Apache-2.0
// Choice elements: value[x] of an answer, an option or an extension, with the FHIR type that its
// name says. In: the object that holds it. Out: a fhirpath::Value.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"
#include "json/node.hpp"

namespace fbss::form {

/// A value[x]. `node` is null where there is none, or where only its companion (_value[x]) is.
struct Choice {
  const json::Node* node = nullptr;
  const json::Node* companion = nullptr;
  fhirpath::ModelType type = 0;  ///< 0: no type of FHIR R4

  explicit operator bool() const { return node != nullptr || companion != nullptr; }
  /// What stands behind the base name: "Coding".
  std::string_view suffix(std::string_view base) const {
    if (node) return node->key_view().substr(base.size());
    return companion ? companion->key_view().substr(base.size() + 1) : std::string_view{};
  }
  fhirpath::Value value() const { return fhirpath::ValueAccess::of_node(node, companion, type); }
};

/// The choice element of that base name ("value", "answer") that an object has.
inline Choice find_choice(const json::Node& holder, std::string_view base) {
  Choice found;
  for (const json::Node* member = holder.first(); member; member = member->next()) {
    const std::string_view name = member->key_view();
    const bool is_companion = name.starts_with('_');
    if (!name.substr(is_companion ? 1 : 0).starts_with(base)) continue;
    if (name.size() <= base.size() + (is_companion ? 1 : 0)) continue;
    if (is_companion)
      found.companion = member;
    else if (!found.node)
      found.node = member;
  }
  if (found) found.type = fhirpath::find_choice_type(found.suffix(base));
  return found;
}

inline Choice find_choice(JsonNode holder, std::string_view base) {
  return holder ? find_choice(*holder.get(), base) : Choice{};
}

/// A value that stands under its key ("valueCoding"), with the FHIR type that the key tells.
inline fhirpath::Value typed_value(const json::Node& value) {
  const auto type =
      fhirpath::find_choice_type(value.key_view().substr(std::string_view("value").size()));
  return fhirpath::ValueAccess::of_node(&value, nullptr, type);
}

/// The number that a node of JSON is, where it is whole and not negative.
inline std::optional<std::uint32_t> whole_number(JsonNode node) {
  if (node.kind() != JsonKind::number) return std::nullopt;
  std::uint32_t number = 0;
  const std::string_view digits = node.text();
  const char* const last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, number);
  if (error != std::errc() || end != last) return std::nullopt;
  return number;
}

}  // namespace fbss::form
