// SPDX-License-Identifier: Apache-2.0
// What a reader has to know of a resource that says something: when, which number, which code. In:
// a resource of FHIR R4. Out: its date, value and codings, never a text that somebody typed.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/code_lists.hpp>
#include <fbss/questionnaire.hpp>

#include "json/node.hpp"

namespace fbss::fhir {

/// When it was, or else when it was recorded (FiveWs.done, init, recorded): ISO 8601 as written,
/// maybe partial; of a period its start, or else its end. Empty where no sound date is there.
std::string_view date_of(const json::Node& resource);

/// An Observation's number with its unit ("150 min/wk", "<5 d/wk"); empty for everything else.
std::string value_of(const json::Node& resource);

/// The coding that led to the resource: of the first list that any of its codings is in, the first
/// of these. Where none is (the code stands in another resource), the first coding of what the
/// resource is about; empty where there is none.
Coding coding_of(const json::Node& resource, const std::vector<std::string>& code_lists,
                 const CodeLists& lists);

}  // namespace fbss::fhir
