// SPDX-License-Identifier: Apache-2.0
// The code lists that chart rules ask (memberOf), and that give exported options their codes. Those
// built in come with the questionnaires (questionnaires/code_lists/, each file with its licence
// notice); a site adds its own, or replaces one by adding a value set of the same url.
//
//     fbss::CodeLists lists;  // those built in
//     constexpr std::string_view operations =
//         R"({"resourceType": "ValueSet",)"
//         R"( "url": "https://fbss.example/fhir/ValueSet/spine-operations-site",)"
//         R"( "compose": {"include": [{"system": "http://site.example/codes",)"
//         R"(                          "concept": [{"code": "L5-S1", "display": "Fusion"}]}]}})";
//     if (auto added = lists.add(operations); !added)
//       std::cerr << added.problems().front().message << '\n';
//     for (const fbss::Coding& coding :
//          lists.codings("https://fbss.example/fhir/ValueSet/spine-operations"))
//       std::cout << coding.system << ' ' << coding.code << ' ' << coding.display << '\n';
//
// Threads: fill it first, from one thread; afterwards any number of threads may ask.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/value_sets.hpp>

namespace fbss {

class CodeLists {
 public:
  /// With the built-in lists. Cost: about a millisecond.
  CodeLists();
  ~CodeLists();
  CodeLists(CodeLists&&) noexcept;
  CodeLists& operator=(CodeLists&&) noexcept;

  /// Adds the text of a ValueSet, a CodeSystem or a Bundle of them; one of a url that is there
  /// already takes its place, whatever its version. Problems: those of Document::parse() and
  /// ValueSets::add(), and bad_value for a Bundle that holds none; what is sound is added all the
  /// same.
  Result<void> add(std::string_view json, const Limits& limits = {});

  /// Whether it can be told what is in a value set that is there: bad_reference for each list, it
  /// or one that it refers to, that rests on what is not there or comes back to itself. All codes
  /// of such a list may be unknown, and rules find nothing by it. Ask when all lists are added.
  Problems check(std::string_view value_set) const;

  /// What memberOf() asks.
  const fhirpath::ValueSets& value_sets() const;

  /// The codes that a value set lists one by one, its imported sets included; empty where it is not
  /// known or lists none. Codes that a filter chooses are not listed.
  std::vector<Coding> codings(std::string_view value_set) const;

  /// The licence notices of the lists, each once, in the order in which they were added. They live
  /// until something is added.
  std::vector<std::string_view> notices() const;

  /// Those of the lists that take codes from that code system: what belongs to a copy of the codes.
  std::vector<std::string_view> notices(std::string_view system) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fbss
