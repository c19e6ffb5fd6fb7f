// SPDX-License-Identifier: Apache-2.0
// The resources that a form is filled from, as one record. In: texts of resources, Bundles,
// Parameters. Out: a Bundle of all of them (so that references resolve across texts), the values of
// names, and which resource a node belongs to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/populate.hpp>

#include "json/node.hpp"

namespace fbss {

struct Sources::State {
  explicit State(const Limits& bounds) : limits(bounds) {}

  struct Resource {
    const json::Node* node = nullptr;
    const json::Node* entry = nullptr;  ///< of the Bundle that holds it
    bool is_named_only = false;         ///< within the value of a name; a search does not see it
  };

  Limits limits;
  std::vector<std::string> entries;                        // of the Bundle, in JSON
  std::unordered_set<std::string> identities;              // "Patient/p1": there already
  std::vector<std::pair<std::string, std::size_t>> names;  // to entries

  // Made by build().
  Document document;
  std::vector<Resource> resources;  // in document order

  /// Makes the Bundle of what was added since. Problems: those of Document::parse().
  Result<void> build();

  const json::Node* bundle() const { return document.root().get(); }

  /// The value of a name; nothing where it was not given.
  JsonNode named(std::string_view name) const;

  /// The innermost resource in which the node lies (no Bundle); null where it lies in none.
  const Resource* resource_of(const json::Node* node) const;

  /// The resource to which a reference leads: "Patient/p1", an absolute url, "urn:uuid:…"; null
  /// where it is not at hand.
  const Resource* find(std::string_view reference) const;

 private:
  bool is_built_ = false;

 public:
  void touch() { is_built_ = false; }
};

/// "Patient/p1"; without an id the fullUrl; empty without either.
std::string name_of(const Sources::State::Resource& resource);

}  // namespace fbss
