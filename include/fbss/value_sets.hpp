// SPDX-License-Identifier: Apache-2.0
// The value sets and code systems that the engine may ask: memberOf(), subsumes() and SDC's
// weight() answer from them, through Environment::value_sets. Nothing is fetched from anywhere.
//
//     fbss::Document file;
//     if (!file.parse(R"({"resourceType": "ValueSet", "url": "http://example.org/smoking",)"
//                     R"("compose": {"include": [{"system": "http://example.org/codes",)"
//                     R"("concept": [{"code": "never"}, {"code": "former"}]}]}})"))
//       return;
//     fbss::fhirpath::ValueSets sets;
//     if (auto added = sets.add(file.root()); !added)
//       for (const fbss::Problem& problem : added.problems())
//         std::cerr << problem.pointer << ": " << problem.message << '\n';
//     auto known =
//         sets.contains("http://example.org/smoking", "http://example.org/codes", "never");
//     std::cout << (!known ? "not known" : *known ? "member" : "no member") << '\n';
//
// Every answer is true, false or not known (nothing): a set that was never added, a code system of
// which only a part is known, a filter that is not understood never make a "no".
//
// Threads: fill it first, from one thread; afterwards any number of threads may ask. It copies what
// it needs, so the Document may be parsed again.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>

namespace fbss::fhirpath {

class ValueSets {
 public:
  ValueSets();
  ~ValueSets();
  ValueSets(ValueSets&&) noexcept;
  ValueSets& operator=(ValueSets&&) noexcept;

  /// Adds a ValueSet or CodeSystem of FHIR R4, or those of a Bundle. Of a ValueSet the expansion
  /// counts where it is whole, else compose: lists of concepts, whole code systems, the filters
  /// `concept is-a` and `concept descendent-of`, other value sets by url. What these refer to may
  /// be added later.
  ///
  /// Problems: bad_value (none of these resources), missing_key, duplicate_id (url and version are
  /// there already; the first stays), not_supported (a filter, for example). The rest is added all
  /// the same, and what a part that is not supported would decide is not known.
  ///
  /// ICD-10 and ICD-10-CM need no code system for those filters: where none of their url was added,
  /// a code stands below its beginnings of three characters and more (E11.65 below E11.6 and E11),
  /// and neither case nor the dot matters.
  Result<void> add(JsonNode resource);

  /// The same, but what is there already of the url of one that is added, in whatever version, is
  /// asked no more.
  Result<void> replace(JsonNode resource);

  /// Whether a value set of that url was added.
  bool knows(std::string_view value_set) const;

  /// Whether the code is in the value set of that url, with or without "|version"; without one the
  /// set that was added last. Codes that nobody may choose (abstract ones) are in no set. Cost:
  /// some hundred nanoseconds, no allocation.
  std::optional<bool> contains(std::string_view value_set, std::string_view system,
                               std::string_view code) const;

  /// The same for a code without a system: not known where the set has codes of several systems.
  std::optional<bool> contains_code(std::string_view value_set, std::string_view code) const;

  struct Code {
    std::string_view system, code, display;  ///< the display may be empty
  };

  /// The codes that are known to be in the set and that it, or a set that it includes, lists one by
  /// one: in the order of these lists, sorted within each, none twice. They live as long as this
  /// object. Cost: some hundred nanoseconds a code.
  std::vector<Code> listed_codes(std::string_view value_set) const;

  /// Whether a code of the system is the other, or stands above it in the system's hierarchy.
  std::optional<bool> subsumes(std::string_view system, std::string_view above,
                               std::string_view below) const;

  /// The weight that the code system gives a concept (ordinalValue, itemWeight), its digits as
  /// written; empty where it gives none.
  std::string_view weight(std::string_view system, std::string_view code) const;

 private:
  friend struct ValueSetsAccess;  // lib/fhirpath/terminology.hpp
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fbss::fhirpath
