// SPDX-License-Identifier: Apache-2.0
// Values of FHIRPath as JSON and as lines of text. In: what an evaluation gave; out: text. Always
// valid JSON, and text that cannot steer a terminal.
#pragma once

#include <cstddef>
#include <string>

#include <fbss/fhirpath.hpp>

#include "json_text.hpp"

namespace fbss::app {

/// A Boolean, a number with its digits as written, a text (also dates and times), {"value","unit"}
/// for a quantity, a part of a record as it stands there; null for a primitive without value.
void append_json_value(JsonWriter& json, const fhirpath::Value& value);

/// [{"type","value"}]; "type" is null where nobody knows it.
void append_typed_values(JsonWriter& json, fhirpath::Collection values);

/// One line without its newline.
std::string text_of(const fhirpath::Value& value);

/// All values in at most so many columns, strings in quotation marks.
std::string short_text_of(fhirpath::Collection values, std::size_t width);

}  // namespace fbss::app
