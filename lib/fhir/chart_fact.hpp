// SPDX-License-Identifier: Apache-2.0
// What a reader has to know of a resource that says something: when, which number, which code. In:
// a resource of FHIR R4. Out: its date, value and codings, never a text that somebody typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/code_lists.hpp>
#include <fbss/value_sets.hpp>

#include "fhirpath/member_memo.hpp"
#include "json/node.hpp"

namespace fbss::fhir {

/// When it was, or else when it was recorded (FiveWs.done, init, recorded): ISO 8601 as written,
/// maybe partial; of a period its start, or else its end. Empty where no sound date is there.
std::string_view date_of(const json::Node& resource);

/// An Observation's number with its unit ("150 min/wk", "<5 d/wk"); empty for everything else.
std::string value_of(const json::Node& resource);

/// Finds the coding that led to a resource. Remembers what value sets said; one per thread.
class CodingFinder {
 public:
  explicit CodingFinder(const CodeLists& lists) : lists_(lists) {}

  /// From here on these code lists count. Their urls have to stay where they are.
  void use(const std::vector<std::string>& code_lists);

  /// Of the first list that any of the resource's codings is in, the first of these, those of what
  /// the resource is about (its code) before others. Where none is (the code stands in another
  /// resource), the first of what it is about; empty where there is none. The texts are those of
  /// the record and of the code lists.
  fhirpath::ValueSets::Code find(const json::Node& resource);

 private:
  const json::Node* find_member(const fhirpath::MemberMemo::Set& set,
                                const std::vector<const json::Node*>& codings);

  const CodeLists& lists_;
  fhirpath::MemberMemo memo_;
  std::vector<fhirpath::MemberMemo::Set> sets_;      // the code lists
  std::vector<const json::Node*> about_, anywhere_;  // of what the resource is about; of all of it
};

}  // namespace fbss::fhir
