// SPDX-License-Identifier: Apache-2.0
// What a reader has to know of a resource that says something: when, which number, which code. In:
// a resource of FHIR R4. Out: its date, value and codings, never a text that somebody typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fbss/code_lists.hpp>
#include <fbss/questionnaire.hpp>

#include "fhirpath/member_memo.hpp"
#include "json/node.hpp"

namespace fbss::fhir {

/// When it was, or else when it was recorded (FiveWs.done, init, recorded): ISO 8601 as written,
/// maybe partial; of a period its start, or else its end. Empty where no sound date is there.
std::string_view date_of(const json::Node& resource);

/// An Observation's number with its unit ("150 min/wk", "<5 d/wk"); empty for everything else.
std::string value_of(const json::Node& resource);

/// What is reused from one question to the next.
struct CodingMemory {
  fhirpath::MemberMemo members;
  std::vector<const json::Node*> own, all;  // of what the resource is about; of all of it
};

/// The coding that led to the resource: of the first list that any of its codings is in, the first
/// of these, those of what the resource is about (its code) before others. Where none is (the code
/// stands in another resource), the first of what it is about; empty where there is none.
Coding coding_of(const json::Node& resource, const std::vector<std::string>& code_lists,
                 const CodeLists& lists, CodingMemory& memory);

}  // namespace fbss::fhir
