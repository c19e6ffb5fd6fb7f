// SPDX-License-Identifier: Apache-2.0
// A literal reference taken apart, and against which server a relative one is read. In: its text;
// an entry of a Bundle. Out: type, id, version, url.
// hl7.org/fhir/R4/references.html and bundle.html, section "Resolving references in Bundles".
#pragma once

#include <string_view>

#include "json/node.hpp"

namespace fbss::fhirpath {

/// [base/]Type/id[/_history/version], or urn:uuid:….
struct ReferenceTarget {
  std::string_view url;       // without the version
  std::string_view version;   // empty: any
  std::string_view type, id;  // of a relative one; empty: not told
  bool is_absolute = false;
};

ReferenceTarget parse_reference(std::string_view text);

/// "http://server/" of an entry whose fullUrl is http://server/Type/id; empty for others (urn:uuid)
/// and for null.
std::string_view server_of(const json::Node* entry);
std::string_view server_of(std::string_view full_url, std::string_view type, std::string_view id);

}  // namespace fbss::fhirpath
