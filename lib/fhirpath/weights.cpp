// SPDX-License-Identifier: Apache-2.0
// The extensions that hold a weight (hl7.org/fhir/R4/extension-ordinalvalue.html; itemWeight came
// later; the names with a prefix are those of STU3).
#include "fhirpath/weights.hpp"

#include <algorithm>
#include <string_view>

namespace fbss::fhirpath {
namespace {

constexpr std::string_view base = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::string_view names[] = {"itemWeight",
                                      "ordinalValue",
                                      "questionnaire-ordinalValue",
                                      "codesystem-ordinalValue",
                                      "valueset-ordinalValue",
                                      "iso21090-CO-value"};

bool holds_weight(std::string_view url) {
  if (!url.starts_with(base)) return false;
  return std::ranges::find(names, url.substr(base.size())) != std::end(names);
}

}  // namespace

JsonNode find_weight(JsonNode element) {
  const JsonNode extensions = element.find("extension");
  if (extensions.kind() != JsonKind::array) return {};
  for (JsonNode extension = extensions.first(); extension; extension = extension.next()) {
    if (!holds_weight(extension.find("url").text())) continue;
    for (const char* name : {"valueDecimal", "valueInteger"})
      if (const JsonNode number = extension.find(name); number.kind() == JsonKind::number)
        return number;
  }
  return {};
}

}  // namespace fbss::fhirpath
