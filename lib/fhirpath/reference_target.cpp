// SPDX-License-Identifier: Apache-2.0
// References taken apart. Entered through parse_reference() and server_of().
#include "fhirpath/reference_target.hpp"

#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {

ReferenceTarget parse_reference(std::string_view text) {
  constexpr std::string_view history = "/_history/";
  ReferenceTarget target;
  const std::size_t versioned = text.find(history);
  target.url = text.substr(0, versioned);
  if (versioned != std::string_view::npos) target.version = text.substr(versioned + history.size());
  const std::size_t colon = target.url.find(':'), slash = target.url.find('/');
  target.is_absolute = colon < slash;
  if (!target.is_absolute && slash != std::string_view::npos &&
      target.url.find('/', slash + 1) == std::string_view::npos) {
    target.type = target.url.substr(0, slash);
    target.id = target.url.substr(slash + 1);
  }
  return target;
}

std::string_view server_of(const json::Node* entry) {
  const json::Node* resource = entry ? entry->find("resource") : nullptr;
  if (!resource) return {};
  std::string_view url = text_member(*entry, "fullUrl");
  for (const char* name : {"id", "resourceType"}) {
    const std::string_view last = text_member(*resource, name);
    if (last.empty() || !url.ends_with(last)) return {};
    url.remove_suffix(last.size());
    if (!url.ends_with('/')) return {};
    if (name[0] == 'i') url.remove_suffix(1);
  }
  return url;
}

}  // namespace fbss::fhirpath
