// SPDX-License-Identifier: Apache-2.0
// Extensions by their names. In: an element of a Questionnaire. Out: its extensions, each with the
// short name that extensions.def has for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <fbss/document.hpp>

namespace fbss::form {

/// The name of extensions.def for a url of FHIR or SDC: "minOccurs" for
/// "http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs". Empty for other urls.
std::string_view extension_name(std::string_view url);

enum class ExtensionUse : std::uint8_t { used, shown, unsupported };

/// What becomes of it; nothing for a name that extensions.def does not have.
std::optional<ExtensionUse> extension_use(std::string_view name);

/// The element's first extension of that name; nothing where it has none.
JsonNode find_extension(JsonNode element, std::string_view name);

/// The first member of an extension whose name begins with "value".
JsonNode extension_value(JsonNode extension);

/// Within an extension that is made of extensions: the value of the one with that url.
JsonNode part_value(JsonNode extension, std::string_view url);

/// Calls visit(extension, name, index) for each extension of an element; the name may be empty.
template <class Visit>
void each_extension(JsonNode element, Visit visit) {
  const JsonNode list = element.find("extension");
  if (list.kind() != JsonKind::array) return;
  std::uint32_t index = 0;
  for (JsonNode extension = list.first(); extension; extension = extension.next(), ++index)
    visit(extension, extension_name(extension.find("url").text()), index);
}

}  // namespace fbss::form
