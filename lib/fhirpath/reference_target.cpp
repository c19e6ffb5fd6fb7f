// SPDX-License-Identifier: Apache-2.0
// References taken apart. Entered through parse_reference() and server_of().
#include "fhirpath/reference_target.hpp"

#include "base/same_bytes.hpp"
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

std::string_view server_of(std::string_view full_url, std::string_view type, std::string_view id) {
  const std::size_t tail = 1 + type.size() + 1 + id.size();  // /Type/id
  if (type.empty() || id.empty() || full_url.size() <= tail) return {};
  const std::size_t server = full_url.size() - tail + 1;
  const char* const at = full_url.data() + server;
  const bool fits = at[-1] == '/' && same_bytes(at, type.data(), type.size()) &&
                    at[type.size()] == '/' &&
                    same_bytes(at + type.size() + 1, id.data(), id.size());
  return fits ? full_url.substr(0, server) : std::string_view{};
}

std::string_view server_of(const json::Node* entry) {
  const json::Node* resource = entry ? entry->find("resource") : nullptr;
  return resource ? server_of(text_member(*entry, "fullUrl"),
                              text_member(*resource, "resourceType"), text_member(*resource, "id"))
                  : std::string_view{};
}

}  // namespace fbss::fhirpath
