// SPDX-License-Identifier: Apache-2.0
// FHIR's data types as JSON, and the meta of everything that we export about a record. In: a writer
// that stands where a value is due, and texts. Out: the value.
#pragma once

#include <string_view>

#include <fbss/questionnaire.hpp>

#include "fhir/names.hpp"
#include "json/write.hpp"

namespace fbss::fhir {

/// A Coding; `version` is that of the code system, left out where it is empty.
void write_coding(json::Writer& out, std::string_view system, std::string_view code,
                  std::string_view display, std::string_view version = {});

/// A CodeableConcept of one coding; `text` is left out where it is empty.
void write_concept(json::Writer& out, std::string_view system, std::string_view code,
                   std::string_view display, std::string_view version = {},
                   std::string_view text = {});

/// The member "meta": a tag with the questionnaire's content, a label where it is test data.
void write_meta(json::Writer& out, const Questionnaire& questionnaire, const Names& names,
                bool sample);

/// The label alone, for what has no questionnaire of its own.
void write_test_data_label(json::Writer& out);

}  // namespace fbss::fhir
