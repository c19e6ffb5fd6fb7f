// SPDX-License-Identifier: Apache-2.0
// The canonical form of a questionnaire file (RFC 8785): the same for every way of writing the same
// content, so that its SHA-256 names the content and not the spaces.
#pragma once

#include <string>
#include <string_view>

#include "questionnaire/file_reader.hpp"

namespace fbss {

std::string canonical_form(const FileValue& value);

/// A JSON number as ECMAScript prints it (RFC 8785, section 3.2.2.3): "1.0" -> "1", "1E21" ->
/// "1e+21".
std::string canonical_number(std::string_view number);

}  // namespace fbss
