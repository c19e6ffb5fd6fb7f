// SPDX-License-Identifier: Apache-2.0
// References: that they say what they refer to, and to which type of resource. In: an answer that
// is a Reference. hl7.org/fhir/R4/references.html. Nothing is fetched; of a urn or a reference by
// identifier only Reference.type says what it is.
#include <algorithm>

#include "fhir/validate/validation.hpp"
#include "fhirpath/types.hpp"

namespace fbss::form {
namespace {

// "Patient" of "Patient/1", "http://example.org/fhir/Patient/1/_history/2"; empty where the
// reference has no such form.
std::string_view type_in(std::string_view reference) {
  const std::string_view url = reference.substr(0, reference.find("/_history/"));
  if (url.starts_with("urn:") || url.starts_with('#')) return {};
  const std::size_t slash = url.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view before = url.substr(0, slash);
  return before.substr(before.rfind('/') + 1);  // npos + 1 is 0
}

JsonNode find_contained(JsonNode response, std::string_view id) {
  const JsonNode list = response.find("contained");
  if (list.kind() != JsonKind::array) return {};
  for (JsonNode resource = list.first(); resource; resource = resource.next())
    if (resource.find("id").text() == id) return resource;
  return {};
}

bool is_resource_type(std::string_view type) {
  return fhirpath::is_resource(fhirpath::find_model_type(type));
}

}  // namespace

void check_reference(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  const JsonNode json = answer.json();
  const auto tell = [&](FormRule rule, std::string message) {
    validation.tell(rule, instance, answer.place, std::move(message));
  };
  const std::string_view reference = json.find("reference").text();
  if (reference.empty() && !json.find("identifier") && json.find("display").text().empty())
    return tell(FormRule::invalidRefValue,
                "The reference has neither reference nor identifier nor display.");
  std::string_view type = json.find("type").text();
  if (type.starts_with("http://hl7.org/fhir/StructureDefinition/"))
    type = type.substr(type.rfind('/') + 1);
  if (reference.starts_with('#') && reference.size() > 1) {
    const JsonNode contained =
        find_contained(validation.state.document.root(), reference.substr(1));
    if (!contained)
      return tell(FormRule::invalidRefValue, "The response contains no resource of this id.");
    type = contained.find("resourceType").text();
  } else if (const std::string_view named = type_in(reference); !named.empty()) {
    type = named;
  } else if (!reference.empty() && !reference.starts_with("urn:") && reference != "#") {
    return tell(FormRule::invalidRefValue,
                "A reference is Type/id, a URL that ends so, #id, or a urn.");
  }
  if (type.empty()) return;
  if (!is_resource_type(type))
    return tell(FormRule::invalidRefResourceType,
                "The reference is to a type of resource that FHIR R4 does not have.");
  const auto& allowed = item.reference_types;
  if (allowed.empty() || std::ranges::find(allowed, type) != allowed.end() ||
      std::ranges::find(allowed, "Resource") != allowed.end())
    return;
  std::string names;
  for (const std::string_view one : allowed)
    names += (names.empty() ? "" : ", ") + std::string(one);
  tell(FormRule::invalidRefResourceTypeRestriction,
       "The reference is to a " + std::string(type) + "; allowed are " + names + '.');
}

}  // namespace fbss::form
