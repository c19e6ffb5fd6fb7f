// SPDX-License-Identifier: Apache-2.0
// Short names for the urls of extensions, and lookups by them.
#include "fhir/form/extensions.hpp"

#include <algorithm>
#include <array>

namespace fbss::form {
namespace {

struct ExtensionRow {
  std::string_view name;
  ExtensionUse use;
};

constexpr std::array extension_rows = {
#define FBSS_EXTENSION(name, use) ExtensionRow{#name, ExtensionUse::use},
#include "fhir/form/extensions.def"
#undef FBSS_EXTENSION
};

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string_view extension_name(std::string_view url) {
  if (drop_prefix(url, "https://fbss.example/fhir/StructureDefinition/")) return url;
  if (!drop_prefix(url, "http://hl7.org/fhir/")) return {};
  drop_prefix(url, "uv/sdc/");
  if (!drop_prefix(url, "StructureDefinition/")) return {};
  drop_prefix(url, "sdc-");
  drop_prefix(url, "questionnaire-");
  return url;
}

std::optional<ExtensionUse> extension_use(std::string_view name) {
  const auto* found = std::ranges::find(extension_rows, name, &ExtensionRow::name);
  if (found == extension_rows.end()) return std::nullopt;
  return found->use;
}

JsonNode find_extension(JsonNode element, std::string_view name) {
  JsonNode found;
  each_extension(element, [&](JsonNode extension, std::string_view own, std::uint32_t) {
    if (!found && own == name) found = extension;
  });
  return found;
}

JsonNode extension_value(JsonNode extension) {
  for (JsonNode member = extension.first(); member; member = member.next())
    if (member.key().starts_with("value")) return member;
  return {};
}

JsonNode part_value(JsonNode extension, std::string_view url) {
  const JsonNode parts = extension.find("extension");
  if (parts.kind() != JsonKind::array) return {};
  for (JsonNode part = parts.first(); part; part = part.next())
    if (part.find("url").text() == url) return extension_value(part);
  return {};
}

}  // namespace fbss::form
