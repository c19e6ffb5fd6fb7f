// SPDX-License-Identifier: Apache-2.0
// What code lists rest on: other lists, and code systems. ValueSets answers "not known" where one
// of these is missing and does not say why; this does. In: the resources that were added. Out: a
// sentence for each list whose codes cannot be told, with a way out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/value_sets.hpp>

namespace fbss::fhir {

class CodeListLinks {
 public:
  enum class Origin : std::uint8_t { built_in, site };

  /// Notes a ValueSet or CodeSystem, or those of a Bundle: they take the place of those of their
  /// urls. Gives how many it found, those included that ValueSets refuses.
  std::size_t add(JsonNode resource, Origin origin);

  /// What is missing of the value set and of those that it refers to. What a built-in list refers
  /// to may have been left out of the build: that is not told.
  std::vector<std::string> faults(std::string_view value_set,
                                  const fhirpath::ValueSets& value_sets) const;

 private:
  /// A code system of which a list takes all codes, or those below a concept.
  struct SystemUse {
    std::string system, version;
    bool is_filtered = false;
  };
  struct List {
    std::string url, version;
    Origin origin{};
    std::size_t round = 0;  // of add()
    bool has_compose = false, has_expansion = false;
    std::string expanded_system, expanded_code;  // the first one that its expansion holds
    std::vector<std::string> lists;              // that it refers to, "|version" included
    std::vector<SystemUse> systems;
  };
  struct System {
    std::string version;
    std::size_t round = 0;
    bool has_codes = false;
  };
  class Walk;

  void add_list(JsonNode resource, Origin origin);
  void add_system(JsonNode resource);
  const List* find(std::string_view canonical) const;
  bool is_decided(const SystemUse& use) const;

  std::map<std::string, std::vector<List>, std::less<>> lists_;      // by url, the newest last
  std::map<std::string, std::vector<System>, std::less<>> systems_;  // the same
  std::size_t round_ = 0;
};

}  // namespace fbss::fhir
