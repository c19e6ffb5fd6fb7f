// SPDX-License-Identifier: Apache-2.0
// What ValueSets holds: code systems and value sets as they are asked, with all texts in one arena.
// Filled by terminology_reader.cpp, read by value_sets.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/value_sets.hpp>

#include "base/arena.hpp"

namespace fbss::fhirpath {

constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

/// Codes of one or more systems, sorted: found by binary search, with or without regard to case
/// (ASCII).
class CodeTable {
 public:
  struct Entry {
    std::string_view system, code;
    std::string_view display;                // of a value set's codes
    std::uint32_t concept_index = no_index;  // of a code system's
  };

  void add(const Entry& entry) { entries_.push_back(entry); }
  void sort();

  /// Only after sort().
  const Entry* find(std::string_view system, std::string_view code, bool ignore_case) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

struct Concept {
  bool is_abstract = false;
  std::string_view weight;
  std::vector<std::uint32_t> parents;
};

/// What the nesting of a code system's concepts means.
enum class Hierarchy : std::uint8_t { not_told, is_a, other };

struct CodeSystem {
  std::string_view url, version;
  std::uint32_t older = no_index;  // the one of this url that was added before
  bool has_all_codes = false;      // what is not in it is no code
  bool has_all_concepts = false;   // the same, but for codes that are put together of several
  bool ignores_case = false;
  Hierarchy hierarchy = Hierarchy::not_told;
  CodeTable codes;
  std::vector<Concept> concepts;
};

/// A filter on the hierarchy.
struct Filter {
  std::string_view code;
  bool with_itself;  // is-a; else descendent-of
};

/// A part of a value set: all its conditions hold for a code that is in it.
struct ValueSetPart {
  enum class Kind : std::uint8_t {
    listed,    // the codes of the table
    filtered,  // those of the system that pass the filters: all of it where there are none
    imported   // no system: only value_sets count
  };
  Kind kind = Kind::imported;
  bool is_known = true;  // false: it has a condition that is not understood, or not all is listed
  std::string_view system, version;  // an expansion has no system: its codes have
  CodeTable codes;
  std::vector<Filter> filters;
  std::vector<std::string_view> value_sets;
};

struct ValueSet {
  std::string_view url, version;
  std::uint32_t older = no_index;
  bool may_have_fewer = false;  // something not understood takes codes away
  std::vector<ValueSetPart> included, excluded;
};

/// Counts up through the process.
std::uint64_t new_stamp();

struct Terminology {
  Arena arena;
  std::vector<CodeSystem> systems;
  std::vector<ValueSet> sets;
  std::unordered_map<std::string_view, std::uint32_t> newest_system, newest_set;  // by url
  std::unordered_map<std::string_view, std::uint32_t> system_of_set;  // CodeSystem.valueSet
  std::uint64_t stamp = new_stamp();  // a number that nobody else in the process has

  /// Adds a resource; `pointer` leads to it. What is wrong goes to `problems`. Where it `replaces`,
  /// those of its url that were there before are asked no more.
  void add(JsonNode resource, std::string_view pointer, bool replaces, Problems& problems);

  const CodeSystem* find_system(std::string_view url, std::string_view version) const;
  const ValueSet* find_set(std::string_view url, std::string_view version) const;
};

struct ValueSets::State : Terminology {};

struct ValueSetsAccess {
  static std::uint64_t stamp(const ValueSets& sets) { return sets.state_->stamp; }
};

}  // namespace fbss::fhirpath
